"""What waits on a person: one small query for each kind of work due (practice M7)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.client_level.assessment.models import Sitting
from alongside.client_level.engagement.models import ReferralIn
from alongside.client_level.engagement.queries import door_programs
from alongside.client_level.engagement.states import OPEN
from alongside.client_level.monitoring.models import Review
from alongside.client_level.termination.models import FollowUp
from alongside.confidentiality.models import Conflict
from alongside.confidentiality.queries.policies import unread
from alongside.confidentiality.queries.urgent import unjudged
from alongside.documentation.models import NeedDecision, Note, PlanVersion, ReferralOut
from alongside.documentation.models.note import NoteState
from alongside.documentation.models.plan import PlanState
from alongside.documentation.models.work import OWES_ANSWER, Mode, is_unanswered
from alongside.foundations import clock
from alongside.foundations.actor import Actor
from alongside.foundations.waiting import waiting_for
from alongside.people.models import Assignment
from alongside.people.models.case import AssignmentRole
from alongside.supervision.queries.carried import Carried, current

MOST_ROWS = 40
READ_WITHIN = timedelta(days=14)
"""How long someone has to read a policy that was put in force."""
CLIENT = "case__client__preferred_name"


@dataclass(frozen=True)
class Line:
    """One thing to do: when, what, about whom, and the one address where it is done.

    `due` is None for what has no day of its own. `worker` names who carries the case when it is not oneself.
    `first` stands before everything else.
    """

    due: date | None
    what: str
    client: str
    action: str
    href: str
    case: UUID | None = None
    more: str = ""
    worker: str = ""
    broken: bool = False
    first: bool = False

    @property
    def days_late(self) -> int:
        """Whole days past the due day; 0 when it is not past."""
        return max((clock.today() - self.due).days, 0) if self.due else 0


def week_end() -> date:
    """The last day that still counts as this week: seven days from today."""
    return clock.today() + timedelta(days=7)


def _of(carried: Mapping[UUID, Carried], row: Mapping[str, Any]) -> dict[str, Any]:
    held = carried[row["case_id"]]
    return {"client": held.case.client.preferred_name, "case": held.case.pk, "worker": held.worker}


def notes(actor: Actor) -> list[dict[str, Any]]:
    """Notes that wait for this person's signature: their own drafts, and those of trainees to co-sign (I3)."""
    cosign = Q(cosigner_id=actor.staff) | Q(cosigner=None, writer__supervisor_id=actor.staff)
    mine = Q(writer_id=actor.staff, state=NoteState.DRAFT) | (Q(state=NoteState.COSIGN) & cosign)
    rows = (
        Note.objects.filter(mine).order_by("at").values("pk", "case_id", "state", "at", "mode", "writer__name", CLIENT)
    )
    return [
        row
        | {"mode": Mode(row["mode"]).label, "href": reverse("note", args=[row["case_id"], row["pk"]]), "client": row[CLIENT],
           "on": row["at"], "days": (clock.now() - row["at"]).days}
        for row in rows[:MOST_ROWS]
    ]  # fmt: skip


def note_lines(rows: list[dict[str, Any]]) -> Iterator[Line]:
    """Notes to co-sign, and one's own that were not signed on the day after the contact."""
    for row in rows:
        to_cosign = row["state"] == NoteState.COSIGN
        said = (
            _("Read and co-sign %(name)s’s note") % {"name": row["writer__name"]} if to_cosign else _("Sign the note")
        )
        if to_cosign or row["days"] >= 1:
            yield Line(
                timezone.localtime(row["at"]).date() + timedelta(days=1), said, row[CLIENT], _("Open note"), row["href"], row["case_id"],
                more=str(row["mode"]),
            )  # fmt: skip


def plan_lines(carried: Mapping[UUID, Carried]) -> Iterator[Line]:
    """Plans that wait for signatures, and plans whose review or reassessment is due (P7, P8)."""
    reviewed = Review.objects.filter(version=OuterRef("pk")).order_by("-on").values("next_on")[:1]
    again = Sitting.objects.filter(case=OuterRef("case"), kind="again", on__gte=OuterRef("in_effect_on"))
    rows = (
        PlanVersion.objects.filter(case_id__in=carried, state__in=(PlanState.SIGNING, PlanState.IN_EFFECT))
        .annotate(look_on=Coalesce(Subquery(reviewed), "review_on"), reassessed=Exists(again))
        .filter(
            Q(state=PlanState.SIGNING) | Q(look_on__lte=week_end()) | Q(reassess_on__lte=week_end(), reassessed=False)
        )
        .values("case_id", "number", "state", "look_on", "reassess_on", "reassessed")
    )
    for row in rows:
        case, whose = row["case_id"], _of(carried, row)
        if row["state"] == PlanState.SIGNING:
            said = _("Plan version %(n)d waits for signatures") % {"n": row["number"]}
            yield Line(clock.today(), said, action=_("Open plan"), href=reverse("plan", args=[case]), **whose)
            continue
        if row["look_on"] <= week_end():
            said = _("Review plan version %(n)d") % {"n": row["number"]}
            yield Line(row["look_on"], said, action=_("Review"), href=reverse("review_new", args=[case]), **whose)
        if row["reassess_on"] <= week_end() and not row["reassessed"]:
            yield Line(
                row["reassess_on"], _("Reassess"), action=_("Start"), href=reverse("sitting_new", args=[case]), **whose
            )


def resting_lines(carried: Mapping[UUID, Carried]) -> Iterator[Line]:
    """Needs set aside on purpose whose day to look again has come: taken up again first, then decided anew (P1)."""
    rows = NeedDecision.objects.filter(case_id__in=carried, ended_on=None, look_again_on__lte=week_end())
    for row in rows.values("pk", "case_id", "need__number", "need__title", "look_again_on"):
        said = _("Look again at need %(n)d: %(title)s") % {"n": row["need__number"], "title": row["need__title"]}
        href = reverse("decision_end", args=[row["case_id"], row["pk"]])
        yield Line(row["look_again_on"], said, action=_("Look again"), href=href, **_of(carried, row))


def enroll_lines(carried: Mapping[UUID, Carried]) -> Iterator[Line]:
    """Cases that were opened and whose client is not enrolled yet (E5)."""
    for pk, held in carried.items():
        if held.case.enrolled_on is None:
            yield Line(
                held.case.opened_on + timedelta(days=7), _("Enroll the client"), held.case.client.preferred_name,
                _("Enroll"), reverse("case_enroll", args=[pk]), pk, more=held.case.program.name, worker=held.worker,
            )  # fmt: skip


def referrals_out(carried: Mapping[UUID, Carried]) -> list[dict[str, Any]]:
    """Referrals sent and not answered, the oldest first, with the days they wait (I4)."""
    rows = ReferralOut.objects.filter(case_id__in=carried, state__in=OWES_ANSWER).order_by("sent_on")
    return [
        row | _of(carried, row)
        | {"href": reverse("referral_out", args=[row["case_id"], row["pk"]]),
           "days": (clock.today() - row["sent_on"]).days if row["sent_on"] else 0,
           "is_late": is_unanswered(row["state"], row["chase_on"], row["answered_on"])}
        for row in rows.values("pk", "case_id", "organization", "service", "state", "sent_on", "chase_on", "answered_on")[:MOST_ROWS]
    ]  # fmt: skip


def referral_lines(rows: list[dict[str, Any]]) -> Iterator[Line]:
    """Referrals to chase today or this week; those past their day are breaks of the Thread already."""
    for row in rows:
        if row["chase_on"] and clock.today() <= row["chase_on"] <= week_end():
            said = _("Ask %(place)s for an answer: %(service)s") % {
                "place": row["organization"],
                "service": row["service"],
            }
            yield Line(row["chase_on"], said, row["client"], _("Chase"), row["href"], row["case"], worker=row["worker"])


def referrals_in(actor: Actor) -> list[ReferralIn]:
    """Referrals to answer at this person's doors, the most pressing first (E2)."""
    rows = ReferralIn.objects.filter(program_id__in=door_programs(actor), state__in=OPEN, case=None).select_related(
        "client", "program"
    )
    sealed = (
        "source_contact",
        "reason",
        "immediate_needs",
        "answer_words",
        "client__safe_contact",
    )
    return list(rows.defer(*sealed).order_by("answer_by", "received_on")[:MOST_ROWS])


def door_lines(rows: list[ReferralIn]) -> Iterator[Line]:
    """Referrals whose answer is late, due today or due this week."""
    for row in rows:
        if row.answer_by <= week_end():
            yield Line(
                row.answer_by, _("Answer the referral from %(source)s") % {"source": row.source}, row.client.preferred_name,
                _("Answer"), reverse("referral_in", args=[row.pk]), more=row.program.name,
            )  # fmt: skip


def urgent_lines(actor: Actor) -> Iterator[Line]:
    """Urgent openings that nobody has judged yet, of cases this person answers for: due on the day they were made (C5)."""
    for row in unjudged(actor)[:MOST_ROWS]:
        said = _("%(name)s opened a case urgently: judge it") % {"name": row.staff.name}
        on = timezone.localtime(row.began_at).date()
        href = reverse("urgent_judgment", args=[row.pk])
        yield Line(on, said, row.case.client.preferred_name, _("Judge it"), href, row.case_id, first=True)


def kept_apart(line: list[UUID]) -> QuerySet[Conflict]:
    """Conflicts that stand between a primary of the line and the case."""
    primaries = Assignment.objects.filter(current(), case=OuterRef("case"), staff=OuterRef("staff"), role="primary")
    return Conflict.objects.filter(Q(until=None) | Q(until__gt=clock.today()), Exists(primaries), staff_id__in=line)


def apart_lines(line: list[UUID]) -> Iterator[Line]:
    """Cases of the line whose primary is kept apart from them by a conflict of interest: somebody else takes them on (R6)."""
    for row in kept_apart(line).select_related("staff", "case__client").order_by("since")[:MOST_ROWS]:
        said = _("%(name)s is kept apart from the case: name the next primary") % {"name": row.staff.name}
        href = reverse("primary_next", args=[row.case_id])
        yield Line(row.since, said, row.case.client.preferred_name, _("Name the next"), href, row.case_id)


def follow_up_lines(line: list[UUID]) -> Iterator[Line]:
    """Follow-ups after closing that are late or come this week, unless the ending was undone meanwhile (T6, T7)."""
    cases = Assignment.objects.filter(current(), staff_id__in=line).values("case_id")
    waits = FollowUp.objects.filter(case_id__in=cases, done_on=None, due_on__lte=week_end())
    rows = waits.filter(closure__reopened_on=None).order_by("due_on")
    for row in rows.values("pk", "case_id", "due_on", CLIENT)[:MOST_ROWS]:
        href = reverse("follow_up", args=[row["case_id"], row["pk"]])
        yield Line(row["due_on"], _("Follow-up after closing"), row[CLIENT], _("Follow up"), href, row["case_id"])


def policy_lines(actor: Actor) -> Iterator[Line]:
    """Policies in force that this person has not acknowledged yet, asked for until they have (C6)."""
    for version in unread(actor):
        if version.in_force_on:
            due, href = version.in_force_on + READ_WITHIN, reverse("policy", args=[version.policy_id])
            yield Line(due, _("Read a policy of the agency"), version.policy.title, _("Read"), href)


def other_lines(actor: Actor) -> Iterator[Line]:
    """What waits on this person beside the work with clients: looks to judge, clocks of a breach (C5)."""
    for one in waiting_for(actor):
        yield Line(one.due, one.what, one.about, one.action, one.href)


def left_behind(carried: Mapping[UUID, Carried]) -> QuerySet[Assignment]:
    """Places of a primary who has left."""
    primary = Assignment.objects.filter(current(), role=AssignmentRole.PRIMARY, case_id__in=list(carried))
    return primary.filter(staff__left_on__lte=clock.today())


def left_lines(carried: Mapping[UUID, Carried]) -> Iterator[Line]:
    """Open cases whose primary no longer works here: whoever answered for them names another (E7, S12)."""
    for row in left_behind(carried).values("case_id", "staff__name", "staff__left_on")[:MOST_ROWS]:
        said = _("%(name)s has left: name another primary case manager") % {"name": row["staff__name"]}
        href = reverse("primary_next", args=[row["case_id"]])
        yield Line(row["staff__left_on"], said, action=_("Name one"), href=href, **_of(carried, row) | {"worker": ""})
