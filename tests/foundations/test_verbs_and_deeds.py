"""Every change is a verb done by somebody, and leaves its deed; every refusal says why."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from pytest_django import DjangoCaptureOnCommitCallbacks

from alongside.foundations import looks
from alongside.foundations.action import VERBS, Done, verb
from alongside.foundations.actor import Actor, acting, current
from alongside.foundations.errors import NotAllowed, RuleBroken
from alongside.foundations.models import Deed, Look
from alongside.foundations.roles import ADMINISTER, OWN_ACCOUNT, READ_CASE, RECEIVE, WORK_CASE, Role
from alongside.people.actions import program_save, team_save
from alongside.people.models import Case, Program, Team
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


@pytest.mark.demand("C5", "D5")
def test_a_verb_leaves_its_deed_with_old_and_new_values(cast: Cast) -> None:
    """Otto lengthens the span between contacts; the deed says from what to what."""
    with acting(cast.otto):
        program = Program.objects.get(pk=cast.program.pk)
    program_save(cast.otto, program=program, values={"contact_every_days": 21})
    with acting(cast.otto):
        deed = Deed.objects.filter(verb="program_save").latest("at")
    assert deed.actor_name == "Otto Lindqvist"
    assert deed.changes == {"contact_every_days": ["14", "21"]}


def test_whoever_lacks_the_right_is_refused_before_anything_happens(cast: Cast) -> None:
    """Maren may not change programs."""
    with pytest.raises(NotAllowed):
        program_save(cast.maren, program=Program(), values={"name": "Mine"})
    with acting(cast.maren):
        assert not Program.objects.filter(name="Mine").exists()


def test_a_verb_that_breaks_a_rule_changes_nothing_and_leaves_no_deed(cast: Cast) -> None:
    """The change, the refusal and the deed stand or fall together."""

    @verb(ADMINISTER)
    def team_save_then_regret(actor: Actor, *, name: str) -> Done[None]:
        team_save(actor, team=Team(), name=name, members=[])
        raise RuleBroken("Not today.")

    with acting(cast.otto):
        before = Deed.objects.count()
        with pytest.raises(RuleBroken):
            team_save_then_regret(cast.otto, name="Night team")
        assert not Team.objects.filter(name="Night team").exists()
        assert Deed.objects.count() == before
    del VERBS["team_save_then_regret"]


def test_two_verbs_of_one_name_are_refused_at_start() -> None:
    """A name means one thing."""

    def theme_choose(actor: Actor) -> Done[None]:
        raise AssertionError("never called")

    with pytest.raises(ValueError, match="theme_choose"):
        verb(OWN_ACCOUNT)(theme_choose)


def test_messages_go_out_only_after_the_commit(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    """What follows a verb waits until the change is safe."""
    told: list[str] = []

    @verb(ADMINISTER)
    def bell_ring(actor: Actor) -> Done[None]:
        return Done(None, cast.agency, "Rang the bell", after_commit=(lambda: told.append("rung"),))

    with django_capture_on_commit_callbacks(execute=True):
        bell_ring(cast.otto)
        assert told == []
    assert told == ["rung"]
    del VERBS["bell_ring"]


@pytest.mark.demand("C5")
@pytest.mark.parametrize("table", ["foundations_deed", "foundations_look", "foundations_statechange"])
@pytest.mark.parametrize("attempt", ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {}"])
def test_nobody_rewrites_what_was_done_or_seen(cast: Cast, table: str, attempt: str) -> None:
    """Not even an administrator of the agency, by any statement."""
    with acting(cast.otto), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attempt.format(table))


@pytest.mark.demand("C5")
def test_a_look_is_kept_although_the_page_fails(cast: Cast) -> None:
    """The look is written on a connection of its own."""
    case = cast.sama
    with pytest.raises(RuntimeError), acting(cast.maren):
        looks.look(looks.OPENED, actor=cast.maren, case=case.pk, page="case")
        raise RuntimeError("the page broke")
    with acting(cast.maren):
        assert Look.objects.using("looks").model is Look
        rows = Look.objects.using("looks")
    with transaction.atomic(using="looks"):
        from django.db import connections

        with connections["looks"].cursor() as cursor:
            cursor.execute(
                "SELECT set_config('alongside.staff', %s, true), set_config('alongside.agency', %s, true)",
                [str(cast.maren.staff), str(cast.maren.agency)],
            )
        assert rows.filter(case_id=case.pk, kind=looks.OPENED).count() == 1


@pytest.mark.demand("C4")
def test_with_nobody_acting_there_is_nothing_to_see(cast: Cast) -> None:
    """No actor, no rows."""
    case = cast.sama
    assert current() is None
    assert not Case.objects.filter(pk=case.pk).exists()


@pytest.mark.demand("C4")
def test_the_actor_before_is_put_back_after_a_nested_one(cast: Cast) -> None:
    """A job that acts for someone inside a request leaves no one else's rights behind."""
    case = cast.sama
    with acting(cast.tadesse):
        with acting(cast.maren):
            assert Case.objects.filter(pk=case.pk).exists()
        assert current() == cast.tadesse
        assert not Case.objects.filter(pk=case.pk).exists()


@pytest.mark.demand("C4")
def test_an_error_of_a_nested_actor_is_told_as_it_was_and_puts_the_actor_before_back(cast: Cast) -> None:
    case = cast.sama
    with acting(cast.tadesse):
        with pytest.raises(DatabaseError, match="division by zero"), acting(cast.maren), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        assert current() == cast.tadesse
        assert not Case.objects.filter(pk=case.pk).exists()
    assert not Case.objects.filter(pk=case.pk).exists()


@pytest.mark.parametrize(
    ("right", "holders"),
    [
        (ADMINISTER, {Role.ADMINISTRATOR}),
        (RECEIVE, {Role.INTAKE_WORKER, Role.CASE_MANAGER, Role.SUPERVISOR, Role.PROGRAM_MANAGER}),
        (READ_CASE, set(Role) - {Role.ADMINISTRATOR}),
        (WORK_CASE, set(Role) - {Role.ADMINISTRATOR, Role.QUALITY_REVIEWER}),
        (OWN_ACCOUNT, set(Role)),
    ],
)
def test_each_right_is_held_by_just_these_roles(right: object, holders: set[Role]) -> None:
    """Administrators have no right over clients; reviewers read only."""
    assert {role for role in Role if right.held_by(frozenset({role}))} == holders  # type: ignore[attr-defined]


def test_initials_come_from_the_first_and_the_last_name(cast: Cast) -> None:
    """For the corner of the page."""
    assert cast.maren.initials == "MA"
    assert Actor(cast.maren.staff, cast.maren.agency, cast.maren.account, "Cher", frozenset()).initials == "C"


@pytest.mark.demand("E2")
def test_a_program_changed_to_its_own_values_leaves_no_changes(cast: Cast) -> None:
    """Saving without a change says so."""
    with acting(cast.otto):
        program = Program.objects.get(pk=cast.program.pk)
    program_save(cast.otto, program=program, values={"name": program.name})
    with acting(cast.otto):
        assert Deed.objects.filter(verb="program_save").latest("at").changes == {}
