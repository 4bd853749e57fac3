"""The client's list says of a shared case which records the other agency could read, when, and who opened them (practice C2, C5)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import HealthCheck, given, settings

from alongside.client_level.intervention.actions.notes import addendum_add, note_mark
from alongside.client_level.planning.actions import plan_offer, plan_sign, plan_take_back
from alongside.confidentiality.actions import case_share_end
from alongside.confidentiality.queries.accounting import Account, accounts_of
from alongside.documentation.actions import document_add, document_put_aside
from alongside.documentation.models import PlanVersion, ReferralOut
from alongside.foundations import clock, looks
from alongside.foundations.actor import Actor, acting
from alongside.foundations.ids import new_id
from alongside.foundations.models import Look
from alongside.people.models import Case, Person, Staff
from tests.access import database
from tests.access.test_oracle import everyone
from tests.access.worlds import World, filled, settled_worlds
from tests.cast import Cast
from tests.disposing import Reader, told_to_the_owner
from tests.papers import LEASE, about
from tests.planning import drafted, fresh, offered
from tests.releasing import ahead
from tests.sharing import agreed, released, rows, shared
from tests.test_release_pages import printed
from tests.test_sharing_story import written
from tests.visits import read, set_close, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks", "owner"]), pytest.mark.demand("C2")]
TABLES = {
    "need": "documentation_need", "version": "documentation_planversion", "note": "documentation_note",
    "addendum": "documentation_addendum", "service": "documentation_service", "referral": "documentation_referralout",
    "document": "documentation_document", "sitting": "assessment_sitting", "finding": "assessment_finding",
}  # fmt: skip


@pytest.fixture
def looks_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep looks on the test’s own connection: what another writes and never commits cannot be read here."""

    def keep(kind: str, *, actor: Actor, case: Any = None, page: str = "", subject: Any = None) -> None:
        Look(at=clock.now(), agency_id=actor.agency, staff_id=actor.staff, actor_name=actor.name, case_id=case, kind=kind,
             page=page, subject_id=subject[1] if subject else None).save()  # fmt: skip

    monkeypatch.setattr(looks, "look", keep)


def listed(cast: Cast, case: Case | None = None) -> list[Account]:
    """What Maren finds in the list of what could be read."""
    with acting(cast.maren):
        return accounts_of(case or cast.sama)


def told_of(account: Account, part: str) -> list[tuple[str, date | None, date, date | None]]:
    """The records of one part: what, of which day, and from when until when they could be read."""
    return [(r.kind, r.on, r.since, r.until) for one in account.parts if one.name == part for r in one.records]


def test_it_names_each_record_also_what_was_written_after_the_first_day_of_the_sharing(cast: Cast) -> None:
    written(cast, "Before")
    shared(cast)
    written(cast, "After")
    written(cast, "Under a mark that the release does not name", "hiv")
    (account,) = listed(cast)
    today = clock.today()
    assert told_of(account, "Progress notes") == [("A progress note", today, today, None)] * 2
    assert [one.name for one in account.parts] == [
        "Name, birth date and language",
        "How to reach them safely",
        "Progress notes",
    ]
    assert account.agency == "Eastfield Family Center"
    (notes,) = (one for one in account.parts if one.name == "Progress notes")
    assert [(row.kind, times) for row, times in notes.lines] == [("A progress note", 2)]
    maren = signed_in(cast, "maren")
    page = read(maren, "disclosure", cast.sama.pk, account.share.disclosure_id)
    assert page.count("A progress note") == 1 and "2 × A progress note" in set_close(page)


def test_it_ends_with_the_sharing_and_says_no_word_of_any_record(cast: Cast) -> None:
    note = written(cast, "Title nobody should read in a list")
    share = shared(cast)
    addendum_add(cast.maren, note=note, words="More")
    case_share_end(cast.maren, share=share, why="Found")
    written(cast, "Too late to be read, but on the same day")
    (account,) = listed(cast)
    today = clock.today()
    assert {(kind, since, until) for kind, _on, since, until in told_of(account, "Progress notes")} == {
        ("A progress note", today, today),
        ("What was added to a note", today, today),
    }
    assert "Title" not in repr(account)


@pytest.fixture
def long_shared(django_db_setup: None) -> Iterator[tuple[Cast, Reader]]:
    """A case that was shared from twenty days ago until it was ended five days ago, with notes from before and since."""
    with told_to_the_owner() as (cast, reader):
        for ago in (30, 10, 2):
            with clock.held(clock.now() - timedelta(days=ago)):
                written(cast, f"{ago} days ago")
        for ago, aside in ((30, 8), (30, 25)):
            with clock.held(clock.now() - timedelta(days=ago)):
                document = document_add(cast.maren, case=cast.sama, paper=about(on=clock.today()), files=[LEASE])
            with clock.held(clock.now() - timedelta(days=aside)):
                document_put_aside(cast.maren, document=document, because="Not hers", edition=document.edition)
        share = shared(cast, released(cast, ("notes", "documents")))
        case_share_end(cast.maren, share=share, why="Found")
        moved(
            reader,
            "caseshare",
            "since = current_date - 20, until = current_date + 9, ended_at = now() - interval '5 days'",
        )
        moved(reader, "release", "starts_on = current_date - 20")
        moved(reader, "agreement", "since = current_date - 40")
        yield cast, reader


def moved(reader: Reader, table: str, change: str) -> None:
    """Change the days of a paper, as no verb does."""
    cursor = reader.cursor
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("RESET ROLE")
    cursor.execute(f"ALTER TABLE confidentiality_{table} DISABLE TRIGGER USER")
    cursor.execute(f"UPDATE confidentiality_{table} SET {change}")  # noqa: S608
    cursor.execute(f"ALTER TABLE confidentiality_{table} ENABLE TRIGGER USER")
    cursor.execute("SET LOCAL ROLE alongside_app")


def test_between_which_days_each_record_could_be_read(long_shared: tuple[Cast, Reader]) -> None:
    cast, _reader = long_shared
    (account,) = listed(cast)
    assert told_of(account, "Progress notes") == [
        ("A progress note", ahead(-30), ahead(-20), ahead(-5)),
        ("A progress note", ahead(-10), ahead(-10), ahead(-5)),
    ]
    assert told_of(account, "Documents and pictures") == [("A document", ahead(-30), ahead(-20), ahead(-8))]


ENDED_BEFORE = {
    "the release taken back": ("release", "state = 'taken_back', taken_back_at = now() - interval '12 days'", -12),
    "the release at its end": ("release", "ends_on = current_date - 13", -13),
    "what ends the release": ("release", "event_on = current_date - 14", -14),
    "the agreement ended": ("agreement", "state = 'ended', ended_on = current_date - 15", -15),
    "the agreement at its end": ("agreement", "until = current_date - 15", -16),
    "the last day of the share": ("caseshare", "until = current_date - 16", -17),
}


@pytest.mark.parametrize("what", ENDED_BEFORE)
def test_whichever_paper_ended_first_is_what_closed_it(long_shared: tuple[Cast, Reader], what: str) -> None:
    cast, reader = long_shared
    table, change, day = ENDED_BEFORE[what]
    moved(reader, table, change)
    (account,) = listed(cast)
    assert told_of(account, "Progress notes") == [("A progress note", ahead(-30), ahead(-20), ahead(day))]


def test_a_note_that_was_marked_later_counts_as_read_until_then(cast: Cast) -> None:
    """Which marks it bore before is not kept: the list says rather too much than too little."""
    note = written(cast)
    shared(cast)
    note_mark(cast.maren, note=note, marks=["hiv"], reason="She asked for it")
    (account,) = listed(cast)
    today = clock.today()
    assert ("A progress note", today, today, today) in told_of(account, "Progress notes")


@pytest.mark.parametrize("signed_before", [False, True])
def test_a_plan_that_was_taken_back_from_signing_counts_as_read_until_then(cast: Cast, signed_before: bool) -> None:
    """Nobody has signed it, and it is a draft again; or the client has, and it is withdrawn."""
    version, _goal, _objective = offered(cast)
    shared(cast, released(cast, ("plan",)))
    assert rows(cast, PlanVersion, cast.sama) == 1
    if signed_before:
        plan_sign(cast.maren, version=version, capacity="client", name="Sama Othman", language="Arabic")
    plan_take_back(cast.maren, version=version, reason="The rent was wrong")
    assert rows(cast, PlanVersion, cast.sama) == 0
    (account,), today = listed(cast), clock.today()
    assert told_of(account, "Service plan") == [("A plan", version.made_on, today, today)]


def test_a_plan_that_was_taken_back_and_offered_anew_is_open(cast: Cast) -> None:
    version, _goal, _objective = offered(cast)
    shared(cast, released(cast, ("plan",)))
    plan_take_back(cast.maren, version=version)
    plan_offer(cast.maren, version=fresh(cast, version))
    (account,), today = listed(cast), clock.today()
    assert told_of(account, "Service plan") == [("A plan", version.made_on, today, None)]


def test_a_plan_that_nobody_was_given_to_sign_is_not_named(cast: Cast) -> None:
    drafted(cast)
    shared(cast, released(cast, ("plan",)))
    (account,) = listed(cast)
    assert told_of(account, "Service plan") == []


def test_a_referral_is_named_where_every_part_that_it_tells_of_is_covered(cast: Cast) -> None:
    with acting(cast.maren):
        for gives in (["needs"], ["needs", "plan"]):
            known: dict[Any, Any] = {Case: cast.sama, Staff: cast.staff["maren"]}
            filled(
                ReferralOut, known, case=cast.sama, program_id=cast.sama.program_id, gives=gives, sent_on=clock.today()
            ).save(force_insert=True)
    shared(cast, released(cast, ("referrals", "needs")))
    (account,) = listed(cast)
    assert len(told_of(account, "Referrals to others")) == 1 == rows(cast, ReferralOut, cast.sama)


@pytest.mark.demand("C4")
def test_whoever_may_not_open_the_case_is_told_of_no_record(cast: Cast) -> None:
    written(cast)
    shared(cast)
    for who in ("noor", "tadesse", "otto"):
        with acting(getattr(cast, who)), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM shared_record(%s)", [cast.sama.pk])
            assert cursor.fetchone() == (0,), who
    for inner in ("share_spans", "record_to_share", "record_that_stands", "could_be_read"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_function_privilege('alongside_app', %s, 'EXECUTE')", [f"{inner}(uuid)"])
            assert cursor.fetchone() == (False,), inner


@pytest.mark.demand("C5")
def test_it_names_who_opened_which_part_and_when(cast: Cast, looks_here: None, monkeypatch: pytest.MonkeyPatch) -> None:
    written(cast)
    agreement = agreed(cast)
    share, other = shared(cast, agreement=agreement), shared(cast, released(cast, ("needs",)), agreement=agreement)
    noor = signed_in(cast, "noor")
    for part in ("notes", "notes", "contact"):
        read(noor, "shared_part", share.pk, part)
    (second, first) = listed(cast)
    assert (first.share.pk, second.share.pk) == (share.pk, other.pk)
    opened = {one.name: [(who.who, len(who.at)) for who in one.opened] for one in first.parts}
    assert opened["Progress notes"] == [("Noor Haddad", 2)] and opened["How to reach them safely"] == [
        ("Noor Haddad", 1)
    ]
    assert opened["Name, birth date and language"] == [] and not any(one.opened for one in second.parts)
    maren, papers = signed_in(cast, "maren"), printed(monkeypatch)
    page = words_of(maren.get(reverse("disclosure", args=[cast.sama.pk, share.disclosure_id])))
    assert reverse("disclosure", args=[cast.sama.pk, share.disclosure_id]) in read(maren, "consent", cast.sama.pk)
    with acting(cast.maren):
        Person.objects.filter(pk=cast.sama.client_id).update(reads_language="English")
    maren.get(reverse("accounting", args=[cast.sama.pk]))
    for words in (page, papers[-1]):
        assert "Opened by Noor Haddad:" in words and "Nobody has opened this part." in words
        assert "A progress note" in words and "can be read since" in words
    assert "Shared: Progress notes" in read(maren, "seen", cast.sama.pk)


@pytest.mark.demand("C5")
def test_what_was_asked_for_in_vain_was_refused_and_not_opened(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the client would be told that somebody opened what they never saw. Kept in memory: here a 404 takes back all looks."""
    share, noor = shared(cast), signed_in(cast, "noor")
    kept: list[tuple[str, str, UUID | None]] = []
    monkeypatch.setattr(looks, "look", lambda kind, **told: kept.append((kind, told["page"], told.get("case"))))
    for page, asked in (("shared_file", new_id()), ("shared_part", "documents")):
        assert noor.get(reverse(page, args=[share.pk, asked])).status_code == 404
    with_her_case = [(kind, page) for kind, page, case in kept if case == cast.sama.pk]
    assert with_her_case == [(looks.REFUSED, "shared_file"), (looks.REFUSED, "shared_part")]


@pytest.mark.demand("C4")
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(world=settled_worlds())
def test_what_the_list_calls_open_is_what_the_policies_open_to_the_reader(world: World) -> None:
    """The rule stands twice, for the present and for the past: here both must say the same of today."""
    with database.nothing_kept() as cursor:
        database.write(cursor, world)
        asked = "SELECT share_id, kind, record FROM could_be_read(%s) WHERE last_day IS NULL AND record IS NOT NULL"
        for case in world.of(Case):
            cursor.execute(asked, [case.pk])
            listing = set(cursor.fetchall())
            for sight in everyone(world):
                with database.looking_as(cursor, sight.me):
                    cursor.execute("SELECT share_id FROM shared_with_me() WHERE case_id = %s", [case.pk])
                    mine = {share for (share,) in cursor.fetchall()}
                    if mine:
                        assert seen_of(cursor, case) == {
                            (kind, record) for share, kind, record in listing if share in mine
                        }


def seen_of(cursor: Any, case: Case) -> set[tuple[str, UUID]]:
    """Which records of the case the policies show to whoever looks."""
    parts = [f"SELECT '{kind}', id FROM {table} WHERE case_id = %(case)s" for kind, table in TABLES.items()]  # noqa: S608
    cursor.execute(" UNION ALL ".join(parts), {"case": case.pk})
    return set(cursor.fetchall())
