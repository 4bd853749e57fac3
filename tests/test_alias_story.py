"""A confidential client is listed under an alias: the team knows the name, everyone else reads and finds the alias (C4)."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from alongside.client_level.engagement.actions import assignment_add, name_add, person_change
from alongside.confidentiality.actions import alias_end, alias_give, urgent_open
from alongside.confidentiality.models import TrueName
from alongside.confidentiality.queries.urgent import Called, cases_called
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import NotAllowed, RuleBroken
from alongside.foundations.models import Deed
from alongside.people.models import Case, Household, HouseholdMember, Person, PersonName
from alongside.people.queries import people_like
from tests.access.routes import lend
from tests.cast import Cast
from tests.visits import beside, read, send, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4")]

ALIAS, TRUE = "Anna Berg", "Sama Othman"
LEGAL, MAIDEN = "Samira Othman-Aziz", "Samira Aziz"
SECRETS = ("Sama", "Othman", "Samira", "Aziz")
NOT_TEAM = ("priya", "quinn")


@pytest.fixture
def case(cast: Cast) -> Case:
    """Sama’s case. She has a legal name and a maiden name, and Quinn has been lent the file."""
    case = cast.sama
    with acting(cast.maren):
        person = Person.objects.get(pk=case.client_id)
        person_change(
            cast.maren, case=case, values={"preferred_name": TRUE, "legal_name": LEGAL}, edition=person.edition
        )
        name_add(cast.maren, case=case, name=MAIDEN, kind="birth name")
    lend(cast, case, "quinn")
    return fresh(cast, case)


def fresh(cast: Cast, case: Case) -> Case:
    """The case as the database has it now."""
    with acting(cast.maren):
        return Case.objects.select_related("client", "program").get(pk=case.pk)


@pytest.fixture
def hidden(cast: Cast, case: Case) -> Case:
    """The same, listed under an alias."""
    alias_give(cast.maren, case=case, alias=ALIAS, reason="Her husband works for the county.")
    return fresh(cast, case)


def found(cast: Cast, who: str, typed: str) -> list[Any]:
    """The cases that somebody finds."""
    answer = send(signed_in(cast, who), "cases", q=typed)
    return [row.case.pk for row in answer.context["rows"]]


def test_the_team_and_the_line_read_both_and_everyone_else_the_alias(cast: Cast, hidden: Case) -> None:
    for who in ("maren", "delphine"):
        page = read(signed_in(cast, who), "case_people", hidden.pk)
        assert ALIAS in page
        assert f"True name <b>{TRUE}</b>" in page
        assert LEGAL in page
        assert MAIDEN in page
    for who in NOT_TEAM:
        page = read(signed_in(cast, who), "case_people", hidden.pk)
        assert ALIAS in page
        for secret in SECRETS:
            assert secret not in page, (who, secret)


@pytest.mark.parametrize(
    "name", ["case", "timeline", "assessment", "plan", "services", "ending", "seen", "case_access", "case_file"]
)
def test_no_page_of_the_case_gives_a_name_away(cast: Cast, hidden: Case, name: str) -> None:
    """Titles, headings, the printed file and who has seen it: the name is nowhere in what is sent."""
    for who in NOT_TEAM:
        answer = signed_in(cast, who).get(f"{_address(name, hidden)}")
        assert answer.status_code == 200, name
        body = b"".join(answer) if answer.streaming else answer.content
        text = body.decode("utf-8", "replace") + str(answer.headers)
        for secret in SECRETS:
            assert secret not in text, (who, name, secret)


def _address(name: str, case: Case) -> str:
    return reverse(name, args=[case.pk])


def test_lists_and_today_show_the_alias(cast: Cast, hidden: Case) -> None:
    for page in ("cases", "today"):
        told = read(signed_in(cast, "priya"), page)
        for secret in SECRETS:
            assert secret not in told
    assert ALIAS in read(signed_in(cast, "priya"), "cases")


def test_the_true_name_finds_the_case_for_those_who_may_know_it_only(cast: Cast, hidden: Case) -> None:
    for typed in (TRUE, "Sama", "sama otman", "Samira", "Aziz"):
        for who in ("maren", "delphine"):
            assert found(cast, who, typed) == [hidden.pk], (who, typed)
        for who in (*NOT_TEAM, "tadesse", "noor"):
            assert found(cast, who, typed) == [], (who, typed)
    for who in ("maren", "delphine", *NOT_TEAM):
        assert found(cast, who, ALIAS) == [hidden.pk]


def test_neither_autocomplete_nor_the_urgent_door_knows_it(cast: Cast, hidden: Case) -> None:
    with acting(cast.priya):
        assert people_like(TRUE) == []
        assert [one.pk for one in people_like(ALIAS)] == [hidden.client_id]
    with acting(cast.tadesse):
        for secret in (TRUE, LEGAL, MAIDEN):
            assert cases_called(secret) == []
        assert [one.case for one in cases_called(ALIAS)] == [hidden.pk]


def test_whoever_opened_it_urgently_reads_the_alias(cast: Cast, hidden: Case) -> None:
    urgent_open(cast.tadesse, called=Called(hidden.pk, hidden.program_id, hidden.number), reason="She is at the door")
    page = read(signed_in(cast, "tadesse"), "case", hidden.pk)
    assert ALIAS in page
    assert not any(secret in page for secret in SECRETS)


def test_who_joins_the_team_reads_it_and_who_leaves_no_longer_does(cast: Cast, hidden: Case) -> None:
    row = assignment_add(cast.delphine, case=hidden, staff=cast.staff["tadesse"], role="team", since=clock.today())
    assert TRUE in read(signed_in(cast, "tadesse"), "case", hidden.pk)
    with acting(cast.delphine):
        type(row).objects.filter(pk=row.pk).update(until=clock.today())
    with acting(cast.tadesse):
        assert not TrueName.objects.exists()


def test_a_housemates_worker_reads_the_alias_in_the_household_and_its_history(cast: Cast, case: Case) -> None:
    with acting(cast.maren):
        home = Household(agency=cast.agency, name="Cooper Row")
        home.save(force_insert=True)
        HouseholdMember(
            household=home, person_id=case.client_id, role="herself", since=clock.today(), known_as=TRUE
        ).save()
    alias_give(cast.maren, case=case, alias=ALIAS, reason="Danger")
    with acting(cast.maren):
        assert HouseholdMember.objects.get(person_id=case.client_id).known_as == ALIAS


def test_the_names_are_in_no_other_row_any_more(cast: Cast, hidden: Case) -> None:
    with acting(cast.priya):
        person = Person.objects.get(pk=hidden.client_id)
        assert (person.preferred_name, person.legal_name) == (ALIAS, "")
        assert not PersonName.objects.filter(person=person).exists()
        assert not TrueName.objects.exists()
        told = [f"{deed.sentence} {deed.reason} {deed.changes}" for deed in Deed.objects.filter(case_id=hidden.pk)]
    assert told
    assert not any(secret in one for one in told for secret in SECRETS)


def test_no_other_name_is_put_beside_an_alias_by_anybody(cast: Cast, hidden: Case) -> None:
    """Not by a verb and not by a bare statement: someone who does not know better may mean well."""
    for who in ("maren", "priya"):
        actor = getattr(cast, who)
        with pytest.raises(RuleBroken, match="under an alias"):
            person_change(
                actor, case=hidden, values={"preferred_name": ALIAS, "legal_name": LEGAL}, edition=hidden.client.edition
            )
        with pytest.raises(RuleBroken, match="under an alias"):
            name_add(actor, case=hidden, name=MAIDEN, kind="birth name")
        with acting(actor), pytest.raises(DatabaseError), transaction.atomic():
            Person.objects.filter(pk=hidden.client_id).update(legal_name=LEGAL)
        with acting(actor), pytest.raises(DatabaseError), transaction.atomic():
            PersonName(person_id=hidden.client_id, name=MAIDEN).save(force_insert=True)


def test_an_alias_in_which_a_true_name_stands_is_refused(cast: Cast, case: Case) -> None:
    maren = signed_in(cast, "maren")
    for alias in ("Sama Berg", "anna OTHMAN", "Samira"):
        assert "no word of the true name" in beside(send(maren, "alias", case.pk, alias=alias, reason="x"), "alias")
    assert "Say why." in beside(send(maren, "alias", case.pk, alias=ALIAS, reason=""), "reason")
    assert send(maren, "alias", case.pk, alias=ALIAS, reason="Danger").status_code == 302


def test_only_the_team_gives_an_alias_and_only_once(cast: Cast, case: Case) -> None:
    with pytest.raises(NotAllowed):
        alias_give(cast.priya, case=case, alias=ALIAS, reason="x")
    alias_give(cast.delphine, case=case, alias=ALIAS, reason="Danger")
    with pytest.raises(RuleBroken, match="already"):
        alias_give(cast.maren, case=fresh(cast, case), alias="Eva Lund", reason="x")


def test_the_names_come_back_when_the_danger_is_over(cast: Cast, hidden: Case) -> None:
    maren = signed_in(cast, "maren")
    assert "Stop using the alias" in read(maren, "alias", hidden.pk)
    assert send(maren, "alias", hidden.pk, why="He has moved away").status_code == 302
    page = read(signed_in(cast, "priya"), "case_people", hidden.pk)
    assert TRUE in page
    assert LEGAL in page
    assert MAIDEN in page
    assert found(cast, "priya", "Samira") == [hidden.pk]
    with pytest.raises(RuleBroken, match="not listed"):
        alias_end(cast.maren, case=fresh(cast, hidden), reason="x")


def test_a_manager_who_does_not_know_the_name_cannot_lift_the_alias(cast: Cast, hidden: Case) -> None:
    with pytest.raises(RuleBroken, match="not listed"):
        alias_end(cast.priya, case=hidden, reason="I want to know")
    assert TRUE not in words_of(signed_in(cast, "priya").get(_address("alias", hidden)))
