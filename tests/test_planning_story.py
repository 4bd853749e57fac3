"""Planning, told with the cast: from the assessment to a plan that all have signed, and what comes after it."""

from decimal import Decimal

import pytest
from django.db.models import Value
from django.db.utils import IntegrityError

from alongside.client_level.planning.actions import (
    activity_add,
    activity_remove,
    decision_end,
    decision_record,
    goal_add,
    goal_change,
    goal_remove,
    objective_add,
    objective_change,
    objective_remove,
    plan_amend,
    plan_change,
    plan_offer,
    plan_sign,
    plan_start,
    plan_take_back,
    plan_withdraw,
)  # fmt: skip
from alongside.client_level.planning.actions.ground import letters
from alongside.client_level.planning.queries.compare import GOAL_FIELDS, OBJECTIVE_FIELDS, changes_between
from alongside.client_level.planning.queries.page import plan_drawn
from alongside.client_level.planning.queries.versions import fingerprint, version_before, versions_of
from alongside.documentation.models import (
    Activity,
    Goal,
    NeedDecision,
    Note,
    NoteLink,
    Objective,
    PlanVersion,
    Signature,
)
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import ChangedByAnother, NotAllowed, RuleBroken
from alongside.foundations.models import Deed
from alongside.people.models import Case, Program, Representative
from tests.cast import Cast
from tests.planning import (
    STROKES,
    agreed,
    ahead,
    assess,
    doing,
    drafted,
    frame,
    fresh,
    need_of,
    offered,
    started,
    step,
)  # fmt: skip

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


def state(cast: Cast, version: PlanVersion) -> str:
    return fresh(cast, version).state


@pytest.mark.demand("P1")
def test_a_plan_is_made_from_a_completed_assessment(cast: Cast) -> None:
    case = cast.sama
    with pytest.raises(RuleBroken, match="Complete the assessment first"):
        plan_start(cast.maren, case=case, frame=frame())
    assess(cast, case)
    version = plan_start(cast.maren, case=case, frame=frame())
    assert (version.number, version.state) == (1, "draft")


def test_a_plan_is_begun_once(cast: Cast) -> None:
    started(cast)
    with pytest.raises(RuleBroken, match="There is a plan already"):
        plan_start(cast.maren, case=cast.sama, frame=frame())


@pytest.mark.demand("P7")
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"made_on": ahead(1)}, "made_on"),
        ({"made_on": ahead(-400)}, "made_on"),
        ({"review_on": ahead(0)}, "review_on"),
        ({"reassess_on": ahead(-1)}, "reassess_on"),
    ],
)
def test_the_schedule_of_a_plan_lies_after_the_day_it_is_made(
    cast: Cast, changed: dict[str, object], field: str
) -> None:
    assess(cast, cast.sama)
    with pytest.raises(RuleBroken) as broken:
        plan_start(cast.maren, case=cast.sama, frame=frame(**changed))
    assert broken.value.field == field


@pytest.mark.demand("P1", "P3", "P8")
def test_sama_and_maren_agree_on_a_plan_and_it_takes_effect(cast: Cast) -> None:
    version, _goal, _objective = offered(cast)
    assert version.state == "signing"
    plan_sign(cast.maren, version=version, capacity="client", strokes=STROKES, language="Arabic")
    assert state(cast, version) == "signing"
    plan_sign(cast.maren, version=version, capacity="worker")
    now = fresh(cast, version)
    assert (now.state, now.in_effect_on) == ("in_effect", clock.today())
    with acting(cast.maren):
        client, worker = Signature.objects.filter(version=version).order_by("signed_at")
        assert (client.name, client.method, client.language) == ("Sama Othman", "drawn", "Arabic")
        assert (worker.name, worker.method) == ("Maren Achterberg", "typed")
        said = list(Deed.objects.filter(case_id=version.case_id).values_list("verb", flat=True))
    assert {"plan_start", "goal_add", "objective_add", "activity_add", "plan_offer", "plan_sign"} <= set(said)


@pytest.mark.demand("P1")
def test_a_need_without_goal_or_decision_keeps_the_plan_from_being_offered(cast: Cast) -> None:
    version, _goal, _objective = drafted(cast)
    rest = need_of(cast, version.case, 2, "English lessons")
    with pytest.raises(RuleBroken, match=r"Need 2, English lessons, has neither"):
        plan_offer(cast.maren, version=version)
    decision_record(
        cast.maren, need=rest, kind="defer", decided_by="client", why="One thing at a time", decided_on=ahead(0),
        look_again_on=ahead(30), client_words="Later, please.",
    )  # fmt: skip
    assert plan_offer(cast.maren, version=version).state == "signing"


@pytest.mark.demand("P3")
def test_a_goal_without_objective_keeps_the_plan_from_being_offered(cast: Cast) -> None:
    need, version = started(cast)
    goal_add(cast.maren, need=need, title="Hold my own tenancy")
    with pytest.raises(RuleBroken, match=r"Goal 1.1, Hold my own tenancy, has no objective"):
        plan_offer(cast.maren, version=version)


def test_an_empty_plan_is_not_offered(cast: Cast) -> None:
    assess(cast, cast.sama)
    version = plan_start(cast.maren, case=cast.sama, frame=frame())
    with pytest.raises(RuleBroken, match="no goal yet"):
        plan_offer(cast.maren, version=version)


@pytest.mark.demand("P7")
def test_a_plan_whose_review_day_has_passed_is_not_offered(cast: Cast) -> None:
    version, _goal, _objective = drafted(cast)
    past = frame(made_on=ahead(-5), review_on=ahead(-2), reassess_on=ahead(-1))
    plan_change(cast.maren, version=version, edition=fresh(cast, version).edition, frame=past)
    with pytest.raises(RuleBroken, match="next review has passed") as broken:
        plan_offer(cast.maren, version=version)
    assert "next reassessment has passed" in broken.value.sentence


@pytest.mark.demand("P3")
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": " "}, "title"),
        ({"indicator": ""}, "indicator"),
        ({"baseline": ""}, "baseline"),
        ({"target": " "}, "target"),
        ({"target": "$120"}, "target"),
        ({"due_on": None}, "due_on"),
        ({"due_on": ahead(0)}, "due_on"),
        ({"due_on": ahead(-3)}, "due_on"),
    ],
)
def test_an_objective_without_measure_or_date_cannot_be_added(
    cast: Cast, changed: dict[str, object], field: str
) -> None:
    need, _version = started(cast)
    goal = goal_add(cast.maren, need=need, title="Hold my own tenancy")
    with pytest.raises(RuleBroken) as broken:
        objective_add(cast.maren, goal=goal, step=step(**changed))
    assert (broken.value.field, broken.value.source) == (field, "practice P3")


@pytest.mark.demand("P2")
def test_goals_are_numbered_by_their_need_and_a_number_is_never_given_again(cast: Cast) -> None:
    need, version = started(cast)
    second = need_of(cast, version.case, 2, "Sleep")
    numbers = [
        goal_add(cast.maren, need=n, title="A goal", term="long", kind="capacity").number for n in (need, need, second)
    ]
    assert numbers == ["1.1", "1.2", "2.1"]
    with acting(cast.maren):
        last = Goal.objects.select_related("version__case").get(number="1.2")
    goal_remove(cast.maren, goal=last)
    assert goal_add(cast.maren, need=need, title="Another").number == "1.3"
    with pytest.raises(RuleBroken) as broken:
        goal_add(cast.maren, need=need, title="  ")
    assert broken.value.field == "title"


@pytest.mark.demand("P3")
def test_objectives_are_lettered_and_a_letter_is_never_given_again(cast: Cast) -> None:
    need, _version = started(cast)
    goal = goal_add(cast.maren, need=need, title="Hold my own tenancy")
    first, second = (objective_add(cast.maren, goal=goal, step=step()) for _ in range(2))
    assert (first.number, second.number) == ("1.1.a", "1.1.b")
    objective_remove(cast.maren, objective=second)
    assert objective_add(cast.maren, goal=goal, step=step()).number == "1.1.c"
    assert [letters(n) for n in (1, 26, 27, 52, 53)] == ["a", "z", "aa", "az", "ba"]


@pytest.mark.demand("P4")
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"who": ""}, "who"),
        ({"what": " "}, "what"),
        ({"ends_on": ahead(-1)}, "ends_on"),
        ({"cost": Decimal(-1)}, "cost"),
        ({"cost": Decimal(5)}, "paid_by"),
    ],
)
def test_an_activity_names_who_what_when_and_who_pays(cast: Cast, changed: dict[str, object], field: str) -> None:
    _version, _goal, objective = drafted(cast)
    with pytest.raises(RuleBroken) as broken:
        activity_add(cast.maren, objective=objective, doing=doing(**changed))
    assert broken.value.field == field


@pytest.mark.demand("P10")
def test_the_plan_totals_its_cost_by_who_pays(cast: Cast) -> None:
    version, _goal, objective = drafted(cast)
    for cost in ("135.50", "14.50"):
        activity_add(cast.maren, objective=objective, doing=doing(cost=Decimal(cost), paid_by="State grant"))
    with acting(cast.maren):
        drawn = plan_drawn(version.case, version, None)
    assert drawn.costs == [("City deposit fund", Decimal(450)), ("State grant", Decimal("150.00"))]
    assert drawn.total == Decimal(600)


@pytest.mark.demand("P1")
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"why": ""}, "why"),
        ({"decided_on": ahead(1)}, "decided_on"),
        ({"decided_on": ahead(-100)}, "decided_on"),
        ({"look_again_on": None}, "look_again_on"),
        ({"look_again_on": ahead(0)}, "look_again_on"),
    ],
)
def test_a_decision_to_wait_says_why_and_until_when(cast: Cast, changed: dict[str, object], field: str) -> None:
    need, _version = started(cast)
    values: dict[str, object] = {
        "kind": "defer",
        "decided_by": "both",
        "why": "Later",
        "decided_on": ahead(0),
        "look_again_on": ahead(9),
    }
    with pytest.raises(RuleBroken) as broken:
        decision_record(cast.maren, need=need, **values | changed)  # type: ignore[arg-type]
    assert broken.value.field == field


@pytest.mark.demand("P1")
def test_a_need_rests_by_one_decision_until_it_is_taken_up_again(cast: Cast) -> None:
    need, version = started(cast)
    decision = decision_record(
        cast.maren, need=need, kind="decline", decided_by="client", why="She does not want it", decided_on=ahead(0)
    )
    with pytest.raises(RuleBroken, match="resting already"):
        decision_record(cast.maren, need=need, kind="decline", decided_by="client", why="Again", decided_on=ahead(0))
    assert decision_end(cast.maren, decision=decision).ended_on == clock.today()
    with pytest.raises(RuleBroken, match="ended already"):
        decision_end(cast.maren, decision=decision)
    with pytest.raises(RuleBroken, match="neither a goal nor a decision"):
        plan_offer(cast.maren, version=version)


@pytest.mark.demand("P1")
def test_a_goal_for_a_resting_need_ends_its_rest(cast: Cast) -> None:
    need, _version = started(cast)
    decision_record(cast.maren, need=need, kind="decline", decided_by="client", why="Not now", decided_on=ahead(0))
    goal_add(cast.maren, need=need, title="After all")
    with acting(cast.maren):
        assert not NeedDecision.objects.filter(need=need, ended_on=None).exists()


@pytest.mark.demand("P8")
def test_what_is_signed_never_changes_not_even_by_the_back_door(cast: Cast) -> None:
    version, goal, objective = agreed(cast)
    for refused in (
        lambda: goal_remove(cast.maren, goal=goal),
        lambda: objective_remove(cast.maren, objective=objective),
        lambda: plan_change(cast.maren, version=version, edition=version.edition, frame=frame()),
        lambda: plan_offer(cast.maren, version=version),
        lambda: plan_take_back(cast.maren, version=version),
    ):
        with pytest.raises(RuleBroken):
            refused()
    raw = (
        lambda: PlanVersion.objects.filter(pk=version.pk).update(roles=Value("other")),
        lambda: Goal.objects.filter(pk=goal.pk).update(title=Value("other")),
        lambda: Objective.objects.filter(pk=objective.pk).update(target=Value("$1")),
        lambda: Activity.objects.filter(version=version).update(cost=1),
        lambda: Signature.objects.filter(version=version).update(name=Value("other")),
        lambda: Signature.objects.filter(version=version).delete(),
        lambda: Activity.objects.filter(version=version).delete(),
    )
    for change in raw:
        with pytest.raises(IntegrityError), acting(cast.maren):
            change()


@pytest.mark.demand("P8")
def test_an_amendment_is_a_new_version_with_the_same_origins_and_replaces_the_old_when_signed(cast: Cast) -> None:
    version, goal, objective = agreed(cast)
    second = plan_amend(cast.maren, case=version.case, frame=frame(roles="Sama leads."))
    assert (second.number, second.state) == (2, "draft")
    with pytest.raises(RuleBroken, match="being written already"):
        plan_amend(cast.maren, case=version.case, frame=frame())
    with acting(cast.maren):
        copied = Goal.objects.select_related("version__case").get(version=second)
        step_copy = Objective.objects.select_related("version__case").get(version=second)
        assert Activity.objects.filter(version=second, objective=step_copy).count() == 2
    assert (copied.origin_id, copied.number, copied.pk != goal.pk) == (goal.pk, "1.1", True)
    assert (step_copy.origin_id, step_copy.goal_id) == (objective.pk, copied.pk)
    plan_offer(cast.maren, version=second)
    assert state(cast, version) == "in_effect"
    plan_sign(cast.maren, version=second, capacity="client", name="Sama Othman", language="Arabic")
    plan_sign(cast.maren, version=second, capacity="worker")
    assert (state(cast, version), state(cast, second)) == ("replaced", "in_effect")


def test_there_is_nothing_to_amend_before_a_plan_is_in_effect(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="no plan in effect"):
        plan_amend(cast.maren, case=cast.sama, frame=frame())


@pytest.mark.demand("P8")
def test_a_mend_on_a_signed_plan_begins_its_amendment_by_itself(cast: Cast) -> None:
    version, goal, objective = agreed(cast)
    added = objective_add(cast.maren, goal=goal, step=step(title="Sign a lease"))
    assert (added.number, added.version.number, added.version.state) == ("1.1.b", 2, "draft")
    assert added.goal_id != goal.pk
    activity = activity_add(cast.maren, objective=objective, doing=doing(what="Asks for a reference"))
    assert activity.version_id == added.version_id
    assert state(cast, version) == "in_effect"


def test_nothing_is_added_while_the_plan_waits_for_signatures_or_before_one_is_begun(cast: Cast) -> None:
    assess(cast, cast.sama)
    need = need_of(cast, cast.sama)
    with pytest.raises(RuleBroken, match="no plan yet"):
        goal_add(cast.maren, need=need, title="A goal")
    plan_start(cast.maren, case=cast.sama, frame=frame())
    goal = goal_add(cast.maren, need=need, title="A goal")
    objective_add(cast.maren, goal=goal, step=step())
    with acting(cast.maren):
        version = PlanVersion.objects.select_related("case").get(case=cast.sama)
    plan_offer(cast.maren, version=version)
    with pytest.raises(RuleBroken, match="waiting for signatures"):
        goal_add(cast.maren, need=need, title="Another")


@pytest.mark.demand("P8")
def test_what_changed_between_two_versions_is_told(cast: Cast) -> None:
    first, goal, _objective = agreed(cast)
    second = plan_amend(cast.maren, case=first.case, frame=frame(roles="Sama leads."))
    with acting(cast.maren):
        copied = Objective.objects.select_related("version__case").get(version=second)
        dropped = Activity.objects.select_related("version__case", "objective").get(version=second, actor="provider")
    objective_change(
        cast.maren, objective=copied, edition=fingerprint(copied, OBJECTIVE_FIELDS), step=step(target="$1,000")
    )
    activity_remove(cast.maren, activity=dropped)
    objective_add(cast.maren, goal=goal, step=step(title="Sign a lease"))
    with acting(cast.maren):
        told = {(c.kind, c.what, c.label, c.old, c.new) for c in changes_between(first, fresh(cast, second))}
        drawn = plan_drawn(first.case, fresh(cast, second), first)
    assert ("changed", "1.1.a Save for the deposit", "To", "$900", "$1,000") in told
    assert ("added", "1.1.b Sign a lease", "", "", "") in told
    assert ("taken out", "Northgate Housing: Matches her savings", "", "", "") in told
    assert (
        "changed",
        "The plan as a whole",
        "Who is responsible for what",
        "Sama saves. Maren reads leases.",
        "Sama leads.",
    ) in told
    steps = {one.objective.number: one.news for one in drawn.goals[0].objectives}
    assert steps["1.1.a"] == frozenset({"target"})
    assert steps["1.1.b"] == frozenset(OBJECTIVE_FIELDS)
    assert "roles" in drawn.news


@pytest.mark.demand("P8")
def test_an_unsigned_plan_is_taken_back_and_becomes_a_draft_again(cast: Cast) -> None:
    version, goal, _objective = offered(cast)
    back = plan_take_back(cast.maren, version=version, reason="Wrong date")
    assert (back.pk, back.state) == (version.pk, "draft")
    with acting(cast.maren):
        goal = Goal.objects.select_related("version__case").get(pk=goal.pk)
    values = {name: getattr(goal, name) for name in GOAL_FIELDS} | {"title": "A flat of my own"}
    assert (
        goal_change(cast.maren, goal=goal, edition=fingerprint(goal, GOAL_FIELDS), values=values).title
        == "A flat of my own"
    )


@pytest.mark.demand("P8")
def test_a_plan_that_somebody_signed_stays_as_signed_and_goes_on_as_a_new_version(cast: Cast) -> None:
    version, goal, _objective = offered(cast)
    plan_sign(cast.maren, version=version, capacity="client", strokes=STROKES, language="Arabic")
    new = plan_take_back(cast.maren, version=version)
    assert (state(cast, version), new.number, new.state) == ("withdrawn", 2, "draft")
    with acting(cast.maren):
        assert Signature.objects.filter(version=version).count() == 1
        assert not Signature.objects.filter(version=new).exists()
        assert Goal.objects.get(version=new).origin_id == goal.pk


def test_a_draft_can_be_dropped_with_a_reason_and_the_plan_begun_anew(cast: Cast) -> None:
    version, _goal, _objective = drafted(cast)
    with pytest.raises(RuleBroken) as broken:
        plan_withdraw(cast.maren, version=version, reason=" ")
    assert broken.value.field == "reason"
    assert plan_withdraw(cast.maren, version=version, reason="She wants to begin anew").state == "withdrawn"
    assert plan_start(cast.maren, case=version.case, frame=frame()).number == 2


@pytest.mark.demand("P8")
def test_the_supervisor_signs_where_the_program_asks(cast: Cast) -> None:
    version, _goal, _objective = offered(cast)
    with acting(cast.otto):
        Program.objects.filter(pk=cast.program.pk).update(supervisor_signs_plans=True)
    plan_sign(cast.maren, version=version, capacity="client", strokes=STROKES, language="Arabic")
    plan_sign(cast.maren, version=version, capacity="worker")
    assert state(cast, version) == "signing"
    with pytest.raises(RuleBroken, match="Only a supervisor"):
        plan_sign(cast.maren, version=version, capacity="supervisor")
    plan_sign(cast.delphine, version=version, capacity="supervisor")
    assert state(cast, version) == "in_effect"


def test_one_person_does_not_sign_in_two_places_for_the_agency(cast: Cast) -> None:
    version, _goal, _objective = offered(cast)
    plan_sign(cast.delphine, version=version, capacity="worker")
    with pytest.raises(RuleBroken, match="you have signed already"):
        plan_sign(cast.delphine, version=version, capacity="supervisor")


@pytest.mark.demand("P8", "C7")
def test_a_representative_signs_in_the_clients_place_if_the_file_knows_them(cast: Cast) -> None:
    version, _goal, _objective = offered(cast)
    with pytest.raises(RuleBroken, match="Add them under People first"):
        plan_sign(cast.maren, version=version, capacity="representative", name="Rana Othman", language="English")
    with acting(cast.maren):
        Representative(
            person=version.case.client, name="Rana Othman", capacity="Guardian", scope="All", since=ahead(-30)
        ).save()
    plan_sign(cast.maren, version=version, capacity="representative", name="rana  othman ", language="English")
    with pytest.raises(RuleBroken, match="signed already"):
        plan_sign(cast.maren, version=version, capacity="client", name="Sama Othman", language="Arabic")
    plan_sign(cast.maren, version=version, capacity="worker")
    assert state(cast, version) == "in_effect"


@pytest.mark.demand("P8")
def test_family_signs_where_wished_before_or_after_the_plan_takes_effect(cast: Cast) -> None:
    version, _goal, _objective = agreed(cast)
    signed = plan_sign(cast.maren, version=version, capacity="family", name="Lina Othman", language="Arabic")
    assert signed.capacity == "family"
    with pytest.raises(RuleBroken, match="signed already"):
        plan_sign(cast.maren, version=version, capacity="family", name="Lina Othman", language="Arabic")
    with pytest.raises(RuleBroken, match="not waiting for that signature"):
        plan_sign(cast.maren, version=version, capacity="client", name="Sama", language="Arabic")


@pytest.mark.parametrize(
    "strokes",
    ["[[1,2", "{}", "[[]]", "[[1]]", "[[1,2,3]]", "[[1,1001]]", "[[1.5,2]]", '[["a","b"]]', "[[true,1]]", "[1,2]"],
)
def test_what_no_pad_would_send_is_refused(cast: Cast, strokes: str) -> None:
    version, _goal, _objective = offered(cast)
    with pytest.raises(RuleBroken, match="did not arrive whole"):
        plan_sign(cast.maren, version=version, capacity="client", strokes=strokes, language="Arabic")


@pytest.mark.demand("P8", "P9")
def test_a_signature_needs_a_name_or_a_drawing_and_the_language_it_was_read_in(cast: Cast) -> None:
    version, _goal, _objective = offered(cast)
    with pytest.raises(RuleBroken) as nameless:
        plan_sign(cast.maren, version=version, capacity="client", language="Arabic")
    with pytest.raises(RuleBroken) as silent:
        plan_sign(cast.maren, version=version, capacity="client", name="Sama Othman")
    assert (nameless.value.field, silent.value.field) == ("name", "language")


def test_a_goal_that_notes_are_tied_to_stays(cast: Cast) -> None:
    _version, goal, objective = drafted(cast)
    with acting(cast.maren):
        note = Note(case=goal.case, at=clock.now(), started_at=clock.now(), writer_id=cast.maren.staff)
        note.save(force_insert=True)
        NoteLink(case=goal.case, note=note, goal=goal, objective=objective).save(force_insert=True)
    with pytest.raises(RuleBroken, match="tied to this goal"):
        goal_remove(cast.maren, goal=goal)
    with pytest.raises(RuleBroken, match="tied to this objective"):
        objective_remove(cast.maren, objective=objective)


def test_two_who_write_at_once_are_shown_both_versions(cast: Cast) -> None:
    version, goal, objective = drafted(cast)
    values = {name: getattr(goal, name) for name in GOAL_FIELDS}
    read = fingerprint(goal, GOAL_FIELDS)
    goal_change(cast.delphine, goal=goal, edition=read, values=values | {"title": "Hers"})
    with pytest.raises(ChangedByAnother) as changed:
        goal_change(cast.maren, goal=goal, edition=read, values=values | {"title": "Mine"})
    assert changed.value.theirs["title"] == "Hers"
    before = fingerprint(objective, OBJECTIVE_FIELDS)
    objective_change(cast.delphine, objective=objective, edition=before, step=step(target="$800"))
    with pytest.raises(ChangedByAnother):
        objective_change(cast.maren, objective=objective, edition=before, step=step(target="$700"))
    with pytest.raises(ChangedByAnother):
        plan_change(cast.maren, version=version, edition=1, frame=frame(roles="Mine"))


def test_a_closed_case_is_not_written_in(cast: Cast) -> None:
    need, version = started(cast)
    with acting(cast.maren):
        Case.objects.filter(pk=version.case_id).update(closed_on=clock.today())
        need.refresh_from_db()
        version.refresh_from_db()
        need.case.refresh_from_db()
        version.case.refresh_from_db()
    for refused in (
        lambda: goal_add(cast.maren, need=need, title="A goal"),
        lambda: plan_offer(cast.maren, version=version),
        lambda: plan_sign(cast.maren, version=version, capacity="worker"),
        lambda: decision_record(
            cast.maren, need=need, kind="decline", decided_by="client", why="x", decided_on=ahead(0)
        ),
    ):
        with pytest.raises(RuleBroken, match="closed"):
            refused()


@pytest.mark.demand("C4")
@pytest.mark.parametrize("who", ["tadesse", "otto", "noor", "quinn"])
def test_others_cannot_begin_or_sign_a_plan(cast: Cast, who: str) -> None:
    version, _goal, _objective = offered(cast)
    with pytest.raises((NotAllowed, RuleBroken, PlanVersion.DoesNotExist)):
        plan_sign(getattr(cast, who), version=version, capacity="worker")
    with acting(getattr(cast, who)):
        assert versions_of(version.case) == []


def test_the_version_before_is_the_last_that_was_agreed(cast: Cast) -> None:
    first, _goal, _objective = agreed(cast)
    second = plan_amend(cast.maren, case=first.case, frame=frame())
    plan_withdraw(cast.maren, version=second, reason="Not now")
    third = plan_amend(cast.maren, case=first.case, frame=frame())
    with acting(cast.maren):
        versions = versions_of(first.case)
        assert version_before(versions, third) == first
        assert version_before(versions, first) is None
