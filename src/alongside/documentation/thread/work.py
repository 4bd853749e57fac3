"""The work toward an objective or a goal, link by link, and since when it has been waiting for a note."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.documentation.models import work
from alongside.documentation.models.work import ReferralState
from alongside.documentation.thread import breaks
from alongside.documentation.thread.parts import Link, Place, State
from alongside.documentation.thread.rows import ActivityRow, ReferralRow, ServiceRow
from alongside.foundations import clock
from alongside.foundations.templatetags.house import day

PRESSING = (State.GAP, State.WAIT, State.IN_PLACE, State.MET, State.YET, State.REST)


def counts_as_work(referral: ReferralRow) -> bool:
    """True for a referral that was sent and not turned down."""
    unsent = referral.state == ReferralState.DRAFT or is_withdrawn(referral)
    return not unsent and referral.state != ReferralState.DECLINED


def is_withdrawn(referral: ReferralRow) -> bool:
    """True for a referral that was given up before it was sent."""
    return referral.state == ReferralState.CLOSED and referral.sent_on is None


def is_unanswered(referral: ReferralRow) -> bool:
    """True from the day after it was to be chased until it is answered or taken back."""
    return work.is_unanswered(referral.state, referral.chase_on, referral.answered_on)


def most_pressing_first(links: Iterable[Link]) -> tuple[Link, ...]:
    """Breaks, then what waits, what is in place, what is to come, what rests."""
    return tuple(sorted(links, key=lambda link: PRESSING.index(link.state)))


def referral_link(referral: ReferralRow, need: int | None, is_open: bool) -> Link:
    """A referral: who was asked, and how it stands."""
    place = Place("referral_out", (referral.case, referral.id))
    if is_open and is_unanswered(referral):
        broken = breaks.unanswered(referral.case, need, referral)
        return Link(State.GAP, _("Break: referral"), broken.sentence, referral.chase_on, place, broken)
    state, when, tag = _standing(referral, is_open)
    return Link(state, _("Referral"), referral.organization, when, place, tag=tag)


def _standing(referral: ReferralRow, is_open: bool) -> tuple[State, date | None, tuple[str, str, str]]:
    named = str(dict(ReferralState.choices).get(referral.state, referral.state)).capitalize()
    answered = referral.started_on or referral.answered_on
    if referral.state in work.OWES_ANSWER:
        state = State.WAIT if is_open else State.REST
        return (
            state,
            referral.sent_on,
            (_("Asked %(day)s, no answer yet") % {"day": day(referral.sent_on)}, "due", "hourglass"),
        )
    if referral.state == ReferralState.WAITLISTED:
        return State.WAIT if is_open else State.REST, answered, (f"{named} {day(answered)}".strip(), "due", "clock")
    if referral.state == ReferralState.DECLINED:
        return State.REST, answered, (f"{named} {day(answered)}".strip(), "", "circle-x")
    if referral.state == ReferralState.DRAFT:
        return State.YET, None, (_("Not sent yet"), "", "pencil")
    when = referral.closed_on or answered
    if is_withdrawn(referral):
        return State.REST, when, (_("Withdrawn unsent %(day)s") % {"day": day(when)}, "", "circle-x")
    return State.IN_PLACE, when, (f"{named} {day(when)}".strip(), "done", "circle-check")


def activity_link(activity: ActivityRow, place: Place) -> Link:
    """What someone does, how often; not yet due before its first day."""
    kind = f"{activity.who}, {activity.how_often}" if activity.how_often else activity.who
    if activity.starts_on > clock.today():
        return Link(
            State.YET,
            kind,
            activity.what,
            activity.starts_on,
            place,
            detail=_("Starts %(day)s") % {"day": day(activity.starts_on)},
        )
    return Link(State.IN_PLACE, kind, activity.what, activity.starts_on, place)


def service_link(service: ServiceRow) -> Link:
    """The latest service given."""
    kind = _("%(who)s, %(day)s") % {"who": service.by.split(" ")[0], "day": day(service.on)}
    return Link(State.IN_PLACE, kind, service.what, service.on, Place("services", (service.case,)))


def first_day(activities: list[ActivityRow], services: list[ServiceRow], referrals: list[ReferralRow]) -> date | None:
    """The day on which work began, or None when all of it lies ahead."""
    days = [a.starts_on for a in activities] + [s.on for s in services]
    days += [r.sent_on for r in referrals if r.sent_on and counts_as_work(r)]
    begun = [d for d in days if d <= clock.today()]
    return min(begun) if begun else None


def every_days(activities: list[ActivityRow], usual: int) -> int:
    """How often a note is due, in days: the closest rhythm of the activities that run today, else the case's own."""
    today = clock.today()
    running = [a for a in activities if a.starts_on <= today and (a.ends_on is None or a.ends_on >= today)]
    return min((a.every_days for a in running if a.every_days), default=usual)


def due_by(since: date, every: int) -> date:
    """The last day on which a note is still in time."""
    return since + timedelta(days=every)


def plan_place(case: UUID) -> Place:
    """The plan's page."""
    return Place("plan", (case,))
