"""The sentence of every break and the form that mends it. No narrative: titles of goals and names of agencies at most."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.documentation.thread.parts import Break, BreakKind, Place
from alongside.documentation.thread.rows import GoalRow, NeedRow, ObjectiveRow, ReferralRow
from alongside.foundations import clock
from alongside.foundations.templatetags.house import apart, day


def no_goal(need: NeedRow) -> Break:
    """A need without a goal, and without a standing decision to let it rest."""
    return Break(
        need.case, need.number, BreakKind.NO_GOAL, _("This need has no goal, and no decision to wait"), _("Add a goal"),
        Place("goal_new", (need.case,), (("need", str(need.id)),)), _("need %(n)s") % {"n": need.number}, need.title,
        need.found_on, (_("or record a decision to wait"), Place("decision_new", (need.case, need.id))),
    )  # fmt: skip


def no_objective(need: NeedRow, goal: GoalRow) -> Break:
    """A goal without an objective."""
    return Break(
        need.case, need.number, BreakKind.NO_OBJECTIVE, _("This goal has no objective yet"), _("Add an objective"),
        Place("objective_new", (need.case,), (("goal", str(goal.id)),)), _("goal %(n)s") % {"n": goal.number}, goal.title,
    )  # fmt: skip


def no_work(need: NeedRow, objective: ObjectiveRow) -> Break:
    """An objective toward which nobody does anything."""
    refer = Place("referral_out_new", (need.case,), (("objective", str(objective.origin)),))
    return Break(
        need.case, need.number, BreakKind.NO_WORK, _("Nobody is doing anything toward this yet"), _("Add work"),
        Place("activity_new", (need.case,), (("objective", str(objective.id)),)), _about(objective), objective.title,
        other=(_("or refer"), refer),
    )  # fmt: skip


def no_note(need: NeedRow, goal: GoalRow, objective: ObjectiveRow, since: date) -> Break:
    """Work without a note for longer than its frequency; `since` is the last note, or the day the work began."""
    days = (clock.today() - since).days
    return Break(
        need.case, need.number, BreakKind.NO_NOTE,
        ngettext("No note for %(n)d day", "No note for %(n)d days", days) % {"n": days}, _("Write the note"),
        Place("note_new", (need.case,), (("goal", str(goal.origin)), ("objective", str(objective.origin)))),
        _about(objective), objective.title, since,
    )  # fmt: skip


def no_answer(organization: str, since: date) -> str:
    """That a referral is without an answer since it was sent, in the words of every screen."""
    days = (clock.today() - since).days
    sentence = ngettext(
        "%(organization)s has not answered for %(n)d day", "%(organization)s has not answered for %(n)d days", days
    )
    return sentence % {"organization": organization, "n": days}


def unanswered(case: UUID, need: int | None, referral: ReferralRow) -> Break:
    """A referral without an answer on the day after it was to be chased."""
    said = no_answer(referral.organization, referral.sent_on or referral.chase_on or clock.today())
    return Break(
        case, need, BreakKind.UNANSWERED, said, _("Ask again"),
        Place("referral_out", (case, referral.id), part="chase"), _("with %(organization)s") % {"organization": referral.organization},
        referral.organization, referral.chase_on,
    )  # fmt: skip


def no_result(need: NeedRow, objective: ObjectiveRow) -> Break:
    """An objective whose date has passed without anyone saying how it ended."""
    return Break(
        need.case, need.number, BreakKind.NO_RESULT, _("Date passed, no result"), _("Record result"),
        Place("progress_new", (need.case, objective.origin)), _about(objective), objective.title, objective.due_on,
    )  # fmt: skip


def loose(case: UUID, noun: str, key: UUID, on: date) -> Break:
    """A note or a service (`noun`) that hangs from no goal."""
    note = noun == "note"
    return Break(
        case, None, BreakKind.LOOSE_NOTE if note else BreakKind.LOOSE_SERVICE,
        _("A note is tied to no goal") if note else _("A service is tied to no goal"), _("Tie it to a goal"),
        Place("loose_end_attach", (case, noun, key)), _("loose end of %(day)s") % {"day": day(on)}, since=on,
    )  # fmt: skip


def _about(objective: ObjectiveRow) -> str:
    return _("objective %(n)s") % {"n": apart(objective.number)}
