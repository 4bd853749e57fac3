"""Reads of intervention: what work can be tied to, what was planned and what was given, and what lies loose."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.client_level.engagement.models import Preference
from alongside.documentation.models import Activity, Goal, Note, NoteLink, Objective, PlanVersion, ReferralOut, Service
from alongside.documentation.models.note import NoteState
from alongside.documentation.models.plan import PlanState
from alongside.documentation.models.work import OWES_ANSWER, ReferralState, is_unanswered
from alongside.documentation.thread.breaks import no_answer
from alongside.foundations import clock
from alongside.foundations.models import Deed
from alongside.people.models import Case

OWED = OWES_ANSWER | {ReferralState.WAITLISTED}
"""States in which the other agency can still be asked: for an answer, or for a place on its list."""


@dataclass(frozen=True)
class Pick:
    """A goal or an objective as something to choose: both are origin rows; `value` names it in a form."""

    goal: Goal
    objective: Objective | None
    number: str
    title: str
    more: str = ""
    last_note: datetime | None = None

    @property
    def value(self) -> str:
        """The key of the origin row this pick stands for."""
        return str((self.objective or self.goal).pk)


def plan_to_work_on(case: Case) -> PlanVersion | None:
    """The plan in effect, else the newest that is being drafted or signed."""
    found = PlanVersion.objects.filter(case=case).exclude(state__in=[PlanState.REPLACED, PlanState.WITHDRAWN])
    return max(found, key=lambda version: (version.state == PlanState.IN_EFFECT, version.number), default=None)


def picks_of(case: Case) -> list[Pick]:
    """Goals and objectives that work can be tied to, each goal before its objectives, with the day of the last note."""
    version = plan_to_work_on(case)
    if version is None:
        return []
    links = NoteLink.objects.filter(case=case).exclude(note__state=NoteState.DRAFT)
    last = {
        (row["goal"], row["objective"]): row["at"]
        for row in links.values("goal", "objective").annotate(at=Max("note__at"))
    }
    picks: list[Pick] = []
    objectives = list(Objective.objects.filter(version=version).select_related("origin", "goal__origin"))
    for goal in Goal.objects.filter(version=version).select_related("origin"):
        days = [at for (of, objective), at in last.items() if of == goal.origin_id]
        picks.append(Pick(goal.origin, None, goal.number, goal.title, "", max(days, default=None)))
        picks += [
            Pick(
                goal.origin,
                one.origin,
                one.number,
                one.title,
                _way(one),
                last.get((goal.origin_id, one.origin_id)),
            )
            for one in objectives
            if one.goal_id == goal.pk
        ]
    return picks


def _way(objective: Objective) -> str:
    return f"{objective.baseline} → {objective.target}"


@dataclass(frozen=True)
class Delivery:
    """A planned activity beside what was given for it (practice M1). `state` is one of the words the page explains."""

    activity: Activity
    times: int
    last: date | None
    state: str
    days: int = 0


def deliveries_of(case: Case) -> list[Delivery]:
    """Every activity of the plan that is worked on, with the services and signed notes of its objective since it began."""
    version = plan_to_work_on(case)
    if version is None:
        return []
    given = _days_given(case)
    activities = Activity.objects.filter(version=version).select_related("objective__goal")
    return [_delivery(activity, given.get(activity.objective.origin_id, [])) for activity in activities]


def _days_given(case: Case) -> dict[UUID, list[date]]:
    days: dict[UUID, list[date]] = {}
    for objective, on in Service.objects.filter(case=case, objective__isnull=False).values_list("objective_id", "on"):
        days.setdefault(objective, []).append(on)
    notes = NoteLink.objects.filter(case=case, objective__isnull=False).exclude(note__state=NoteState.DRAFT)
    for objective, at in notes.values_list("objective_id", "note__at"):
        days.setdefault(objective, []).append(timezone.localtime(at).date())
    return days


def _delivery(activity: Activity, days: Iterable[date]) -> Delivery:
    """Not due yet, given as agreed, planned and never started, or silent for longer than agreed."""
    since = sorted(day for day in days if day >= activity.starts_on)
    last = since[-1] if since else None
    today = clock.today()
    span = timedelta(days=activity.every_days or 14)
    if activity.ends_on and activity.ends_on < today:
        state, days_late = ("given" if last else "never"), 0
    elif last is None:
        late = today - activity.starts_on - span
        state = "ahead" if activity.starts_on > today else "due" if late <= timedelta(0) else "never"
        days_late = (today - activity.starts_on).days
    else:
        silent = (today - last) > span and activity.every_days is not None
        state, days_late = ("silent" if silent else "given"), (today - last).days
    return Delivery(activity, len(since), last, state, days_late)


@dataclass(frozen=True)
class Step:
    """A step of a referral: `past`, `here` or nothing yet, with its day where there is one."""

    label: str
    place: str
    on: date | None


def steps_of(referral: ReferralOut) -> list[Step]:
    """The way of a referral, as the page draws it (practice I4): sent, received, answered, first service, closed."""
    r, state = ReferralState, ReferralState(referral.state)
    answer = state if state in (r.DECLINED, r.WAITLISTED) else r.ACCEPTED
    way = [
        (r.SENT, r.SENT.label, referral.sent_on),
        (r.RECEIVED, r.RECEIVED.label, None),
        (
            answer,
            _("answered") if state == r.CLOSED and not referral.started_on else answer.label,
            referral.answered_on,
        ),
        (r.STARTED, r.STARTED.label, referral.started_on),
        (r.CLOSED, r.CLOSED.label, referral.closed_on),
    ]
    here = next((at for at, (name, *rest) in enumerate(way) if name == state), -1)
    reached = [any(on for *rest, on in way[at:4]) for at in range(5)]
    return [
        Step(str(label), "here" if at == here else "past" if at < here and reached[at] else "", on)
        for at, (state_name, label, on) in enumerate(way)
        if not (state == r.DECLINED and at == 3)
    ]


def is_late(referral: ReferralOut) -> bool:
    """True while its answer is overdue: the same rule as in the Thread and on Today (practice I4)."""
    return is_unanswered(referral.state, referral.chase_on, referral.answered_on)


def late_words(referral: ReferralOut) -> str:
    """That its answer is overdue, as the Thread and Today say it; empty while it is not (practice I4)."""
    since = referral.sent_on or referral.chase_on
    return no_answer(referral.organization, since) if since and is_late(referral) else ""


def loose_notes(case: Case) -> list[Note]:
    """Signed notes that concern no goal and are not said to stand on their own."""
    notes = Note.objects.filter(case=case, links__isnull=True, stands_alone=False).exclude(state=NoteState.DRAFT)
    return list(notes.select_related("writer").order_by("-at"))


def loose_services(case: Case) -> list[Service]:
    """Services that were for no goal and are not said to stand on their own."""
    services = Service.objects.filter(case=case, goal=None, stands_alone=False)
    return list(services.select_related("by").order_by("-on"))


def services_of(case: Case) -> list[Service]:
    """The hundred latest services, the newest first."""
    return list(
        Service.objects.filter(case=case)
        .select_related("goal", "objective", "by")
        .order_by("-on", "-recorded_at")[:100]
    )


def referrals_of(case: Case) -> list[ReferralOut]:
    """Every referral out; those that wait for an answer first, by the day on which it is asked after."""
    closed = Q(state=ReferralState.CLOSED)
    rows = ReferralOut.objects.filter(case=case).select_related("goal", "objective")
    open_ones = list(rows.exclude(closed))
    return sorted(open_ones, key=lambda row: row.chase_on or date.max) + list(
        rows.filter(closed).order_by("-closed_on")
    )


def own_drafts(case: Case, writer: UUID) -> list[Note]:
    """Drafts that this person began here and has not signed."""
    return list(Note.objects.filter(case=case, writer_id=writer, state=NoteState.DRAFT).order_by("-at"))


def last_signed(case: Case) -> Note | None:
    """The last signed note, to have at hand while the next is written."""
    return (
        Note.objects.filter(case=case).exclude(state=NoteState.DRAFT).select_related("writer").order_by("-at").first()
    )


def with_ties(notes: QuerySet[Note]) -> QuerySet[Note]:
    """Notes with `tied`: the keys of the objectives they concern, or of the goal where it is the goal as a whole."""
    keys = NoteLink.objects.filter(note=OuterRef("pk")).annotate(key=Coalesce("objective_id", "goal_id"))
    return notes.annotate(tied=ArraySubquery(keys.values("key")))


def draft_at(case: Case, key: UUID) -> Note | None:
    """The note of that key in this case, with what it is tied to, or None where none was begun."""
    found = with_ties(Note.objects.filter(pk=key, case=case)).first()
    if found is not None:
        found.case = case
    return found


def links_of(note: Note) -> list[NoteLink]:
    """What a note concerns, by the numbers of the plan."""
    return list(note.links.select_related("goal", "objective").order_by("goal__number", "objective__number"))


def wishes_of(case: Case) -> Preference | None:
    """What the client last said about being seen alone and about what others may know (practice I6, C8)."""
    return Preference.objects.filter(case=case).order_by("-id").first()


def history_of(referral: ReferralOut) -> list[Deed]:
    """What was done with a referral, the newest first: sent, asked again, answered."""
    return list(Deed.objects.filter(subject_id=referral.pk).order_by("-at"))
