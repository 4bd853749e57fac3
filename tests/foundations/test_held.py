"""Two people at one paper: it is held, the later one is told who changed it, and nothing of theirs is passed over."""

from collections.abc import Callable
from functools import partial

import pytest
from django import forms

from alongside.client_level.assessment.actions.needs import need_change, needs_rank
from alongside.client_level.assessment.queries import needs_of, order_edition
from alongside.client_level.engagement.actions import person_change, referral_screen
from alongside.client_level.engagement.models import Criterion, ReferralIn
from alongside.client_level.planning.actions import goal_change, objective_change, plan_change
from alongside.client_level.planning.queries.compare import GOAL_FIELDS, OBJECTIVE_FIELDS
from alongside.client_level.planning.queries.versions import fingerprint
from alongside.confidentiality.actions import conflict_declare
from alongside.documentation.models import Need
from alongside.foundations.actor import acting
from alongside.foundations.errors import ChangedByAnother, NotAllowed, RuleBroken
from alongside.foundations.held import held, last_hand, must_be_unchanged, next_edition
from alongside.foundations.models import Deed
from alongside.foundations.pages import HouseForm
from alongside.people.access import held_in_open_case, must_be_open, must_look_open
from alongside.people.models import Assignment, Case
from tests.assessing import name_need
from tests.cast import Cast
from tests.planning import drafted, frame, step

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


def told_by(attempt: Callable[[], object]) -> ChangedByAnother:
    """What the later one is told."""
    with pytest.raises(ChangedByAnother) as changed:
        attempt()
    assert changed.value.who in changed.value.sentence
    return changed.value


def test_a_row_is_handed_over_as_it_stands_now(cast: Cast) -> None:
    need = name_need(cast)
    with acting(cast.delphine):
        Need.objects.filter(pk=need.pk).update(extent=5)
        assert held(need).extent == 5
        assert held(need, "case__client").case.client.pk == cast.sama.client_id


def test_the_next_edition_is_taken_only_from_the_one_that_was_read(cast: Cast) -> None:
    need = name_need(cast)
    with acting(cast.maren):
        row = held(need)
        next_edition(row, 1, {"title": row.title})
        assert row.edition == 2
        for read in (1, 0, 3, None):
            changed = told_by(partial(next_edition, row, read, {"title": row.title}))
            assert (changed.edition, changed.theirs) == (2, {"title": row.title})
        assert row.edition == 2


def test_more_is_said_after_the_sentence_where_more_is_to_be_told(cast: Cast) -> None:
    need = name_need(cast)
    with acting(cast.maren):
        changed = told_by(lambda: must_be_unchanged(need, 1, {}, now=2, who="Delphine", said="It is closed by now."))
    assert changed.sentence == "Delphine changed this while you were writing. It is closed by now."


def test_where_no_deed_says_who_it_was_somebody_did(cast: Cast) -> None:
    with acting(cast.maren):
        changed = told_by(lambda: must_be_unchanged(Need(case=cast.sama), 1, {}, now=2))
    assert changed.who == "Someone"


@pytest.mark.demand("C4")
@pytest.mark.parametrize("who", ["tadesse", "noor", "otto"])
def test_nobody_holds_a_row_that_is_not_theirs_to_change(cast: Cast, who: str) -> None:
    need = name_need(cast)
    with acting(getattr(cast, who)):
        for attempt in (held, held_in_open_case):
            with pytest.raises(NotAllowed):
                attempt(need)
        with pytest.raises(NotAllowed):
            must_be_open(cast.sama)


@pytest.mark.demand("C4", "S12")
def test_who_has_the_file_on_loan_reads_the_case_and_holds_nothing_in_it(cast: Cast) -> None:
    need = name_need(cast)
    with acting(cast.maren):
        Assignment(
            case=cast.sama,
            staff=cast.staff["tadesse"],
            role="review",
            reason="Review",
            until="2099-01-01",
            since=cast.sama.opened_on,
        ).save()
    with acting(cast.tadesse):
        assert Need.objects.filter(pk=need.pk).exists()
        must_look_open(cast.sama)
        with pytest.raises(NotAllowed, match="not change it"):
            held_in_open_case(need)


@pytest.mark.demand("T8")
def test_no_row_of_a_closed_case_is_held_whatever_was_read_before(cast: Cast) -> None:
    need = name_need(cast)
    with acting(cast.maren):
        Case.objects.filter(pk=cast.sama.pk).update(closed_on=cast.sama.opened_on)
        assert need.case.is_open, "as it was read"
        with pytest.raises(RuleBroken, match="This case is closed"):
            held_in_open_case(need)
        assert not need.case.is_open


@pytest.mark.demand("P8")
def test_whoever_changed_a_part_of_the_plan_is_named_to_the_one_who_comes_second(cast: Cast) -> None:
    version, goal, objective = drafted(cast)
    read, values = fingerprint(goal, GOAL_FIELDS), {name: getattr(goal, name) for name in GOAL_FIELDS}
    before = fingerprint(objective, OBJECTIVE_FIELDS)
    goal_change(cast.delphine, goal=goal, edition=read, values=values | {"title": "Hers"})
    changed = told_by(lambda: goal_change(cast.maren, goal=goal, edition=read, values=values | {"title": "Mine"}))
    assert changed.who == "Delphine Arceneaux"
    changed = told_by(lambda: plan_change(cast.maren, version=version, edition=1, frame=frame(roles="Mine")))
    assert changed.who == "Delphine Arceneaux", "the frame's page was read before she changed the goal"
    objective_change(cast.priya, objective=objective, edition=before, step=step(target="$800"))
    changed = told_by(lambda: objective_change(cast.maren, objective=objective, edition=before, step=step(target="$7")))
    assert changed.who == "Priya Raman"


@pytest.mark.demand("A5")
def test_whoever_ranked_is_named_and_not_who_did_something_else_in_the_case(cast: Cast) -> None:
    home, english = name_need(cast, "Home"), name_need(cast, "English")
    with acting(cast.maren):
        read = order_edition(needs_of(cast.sama))
    needs_rank(cast.delphine, case=cast.sama, client={home.pk: 2}, worker={}, edition=read)
    need_change(cast.priya, need=english, edition=1, title="English B1", domain="economic", sources=["interview"])
    changed = told_by(lambda: needs_rank(cast.maren, case=cast.sama, client={home.pk: 1}, worker={}, edition=read))
    assert changed.who == "Delphine Arceneaux"


@pytest.mark.demand("C4", "E3")
def test_at_the_door_a_colleague_is_named_though_the_deed_itself_is_not_shown(cast: Cast) -> None:
    referral = cast.refer("Bo-ra Seo")
    with acting(cast.ines):
        ask = Criterion.objects.filter(program=cast.program).order_by("position")[0]
    referral_screen(cast.ines, referral=referral, answers={ask: ("yes", "Lease seen")}, edition=1)
    with acting(cast.priya):
        again = ReferralIn.objects.get(pk=referral.pk)
        assert not Deed.objects.filter(subject_id=referral.pk).exists()
    attempt = {ask: ("no", "Moved away")}
    changed = told_by(lambda: referral_screen(cast.priya, referral=again, answers=attempt, edition=1))
    assert changed.who == "Ines Barbosa"


@pytest.mark.demand("C4")
def test_the_staff_of_another_agency_learn_no_name(cast: Cast) -> None:
    need = name_need(cast)
    with acting(cast.noor):
        assert last_hand(need) == ""
    with acting(cast.maren):
        assert last_hand(need) == "Maren Achterberg"


@pytest.mark.demand("C4", "R6")
def test_who_was_at_a_paper_last_is_told_only_to_those_who_may_see_the_paper(cast: Cast) -> None:
    """Whoever knows a key learns nothing by it: neither that there is such a record, nor who works on it."""
    need, referral, person = name_need(cast), cast.refer("Bo-ra Seo"), cast.sama.client
    person_change(
        cast.maren,
        case=cast.sama,
        values={"preferred_name": "Sama Othman", "pronouns": "they/them"},
        edition=person.edition,
    )
    told = {"maren": [True, False, True], "delphine": [True, False, True], "priya": [True, True, True],
            "ines": [True] * 3, "tadesse": [False] * 3, "quinn": [False] * 3, "noor": [False] * 3}  # fmt: skip
    for who, answered in told.items():
        with acting(getattr(cast, who)):
            assert [last_hand(row) != "" for row in (need, referral, person)] == answered, who
    with acting(cast.otto):
        assert [last_hand(row) for row in (need, person)] == ["", ""], "an administrator sees no client"
    conflict_declare(cast.delphine, case=cast.sama, staff=cast.staff["maren"], reason="They are cousins.")
    with acting(cast.maren):
        assert last_hand(need) == "", "kept apart from the case, she is not told who works on it"


class Walk(HouseForm):
    """A form with one field of each kind."""

    asks = {"where": "Say where you went."}

    where = forms.CharField(label="Where")
    how = forms.ChoiceField(label="How", choices=[("foot", "On foot"), ("bus", "By bus")])
    what_for = forms.MultipleChoiceField(label="What for", choices=[("a", "Air"), ("b", "Bread")])
    alone = forms.BooleanField(label="Alone", required=False)
    on = forms.DateField(label="On", required=False)


SENT = {"where": "Quay", "how": "bus", "what_for": ["a", "b"], "alone": "on", "on": "2026-11-24"}


@pytest.mark.parametrize(
    ("theirs", "shown"),
    [
        ({"where": "Quay"}, None),
        ({"where": "Park"}, ("Where", "Park", "Quay")),
        ({"how": "foot"}, ("How", "On foot", "By bus")),
        ({"what_for": ["a", "b"]}, None),
        ({"what_for": ["b"]}, ("What for", "Bread", "Air, Bread")),
        ({"alone": False}, ("Alone", "no", "yes")),
        ({"alone": True}, None),
        ({"on": None}, ("On", "", "2026-11-24")),
        ({"nothing": "of the form"}, None),
    ],
)
def test_both_versions_are_shown_in_the_words_of_the_page(
    theirs: dict[str, object], shown: tuple[str, str, str] | None
) -> None:
    form = Walk(SENT)
    assert form.both_versions() == []
    form.conflict = ChangedByAnother("Delphine changed this.", theirs, 2)
    both = [(one["label"], one["theirs"], one["yours"]) for one in form.both_versions()]
    assert both == ([shown] if shown else [])


def test_what_was_sent_is_handed_on_without_the_tokens_of_the_form() -> None:
    form = Walk(SENT | {"edition": "3"})
    assert form.is_valid()
    assert form.values("where", "how") == {"where": "Quay", "how": "bus"}
    assert set(form.values()) == {"where", "how", "what_for", "alone", "on"}


def test_a_field_left_empty_is_asked_for_in_its_own_words() -> None:
    form = Walk(SENT | {"where": ""})
    assert form.errors["where"] == ["Say where you went."]
