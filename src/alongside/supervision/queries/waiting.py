"""What waits on a person: one small query for each kind of work due (practice M7)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.client_level.assessment.models import Sitting
from alongside.client_level.engagement.models import ReferralIn
from alongside.client_level.engagement.queries import door_programs, next_step
from alongside.client_level.engagement.states import OPEN
from alongside.client_level.monitoring.models import Review
from alongside.documentation.models import Note, PlanVersion
from alongside.documentation.models.note import NoteState
from alongside.documentation.models.plan import PlanState
from alongside.documentation.models.work import OWES_ANSWER, Mode
from alongside.documentation.thread import Rows
from alongside.documentation.thread.work import is_unanswered
from alongside.foundations import clock
from alongside.foundations.actor import Actor
from alongside.foundations.addresses import address
from alongside.foundations.asked import Given, Question
from alongside.supervision.queries.carried import Carried

MOST_ROWS = 40
CLIENT = "case__client__preferred_name"
NOTE = ("pk", "case_id", "state", "at", "mode", "writer__name", CLIENT)
"""What is read of a note that waits."""


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


def _waiting_notes() -> QuerySet[Any, Any]:
    """Each ground for itself, so that PostgreSQL finds each in an index; asked together it reads every note there is."""
    me = Given("staff", UUIDField())
    mine = Note.objects.filter(writer_id=me, state=NoteState.DRAFT)
    asked = Note.objects.filter(cosigner_id=me, state=NoteState.COSIGN)
    of_trainees = Note.objects.filter(cosigner=None, writer__supervisor_id=me, state=NoteState.COSIGN)
    first, *others = [rows.order_by("at").values_list(*NOTE)[:MOST_ROWS] for rows in (mine, asked, of_trainees)]
    found: QuerySet[Any, Any] = first.union(*others, all=True).order_by("at")
    return found[:MOST_ROWS]


_WAITING_NOTES = Question(_waiting_notes)


def notes(actor: Actor) -> list[dict[str, Any]]:
    """Notes that wait for this person's signature: their own drafts, and those of trainees to co-sign (I3)."""
    rows = [dict(zip(NOTE, row, strict=True)) for row in _WAITING_NOTES.ask(staff=actor.staff)]
    return [
        row
        | {"mode": Mode(row["mode"]).label, "href": address("note", row["case_id"], row["pk"]), "client": row[CLIENT],
           "on": row["at"], "days": (clock.now() - row["at"]).days}
        for row in rows
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
            yield Line(clock.today(), said, action=_("Open plan"), href=address("plan", case), **whose)
            continue
        if row["look_on"] <= week_end():
            said = _("Review plan version %(n)d") % {"n": row["number"]}
            yield Line(row["look_on"], said, action=_("Review"), href=address("review_new", case), **whose)
        if row["reassess_on"] <= week_end() and not row["reassessed"]:
            yield Line(row["reassess_on"], _("Reassess"), action=_("Start"), href=address("sitting_new", case), **whose)


def resting_lines(carried: Mapping[UUID, Carried], rows: Iterable[Rows]) -> Iterator[Line]:
    """Needs set aside on purpose whose day to look again has come: taken up again first, then decided anew (P1)."""
    for of_case in rows:
        needs = {need.id: need for need in of_case.needs}
        for one in of_case.decisions:
            if one.look_again_on and one.look_again_on <= week_end():
                need = needs[one.need]
                said = _("Look again at need %(n)d: %(title)s") % {"n": need.number, "title": need.title}
                href = address("decision_end", one.case, one.id)
                yield Line(
                    one.look_again_on, said, action=_("Look again"), href=href, **_of(carried, {"case_id": one.case})
                )


def enroll_lines(carried: Mapping[UUID, Carried]) -> Iterator[Line]:
    """Cases that were opened and whose client is not enrolled yet (E5)."""
    for pk, held in carried.items():
        if held.case.enrolled_on is None:
            yield Line(
                held.case.opened_on + timedelta(days=7), _("Enroll the client"), held.case.client.preferred_name,
                _("Enroll"), address("case_enroll", pk), pk, more=held.case.program.name, worker=held.worker,
            )  # fmt: skip


def referrals_out(carried: Mapping[UUID, Carried], rows: Iterable[Rows]) -> list[dict[str, Any]]:
    """Referrals sent and not answered, the oldest first, with the days they wait (I4)."""
    owed = [one for of_case in rows for one in of_case.referrals if one.state in OWES_ANSWER]
    return [
        _of(carried, {"case_id": one.case})
        | {"organization": one.organization, "service": one.service, "sent_on": one.sent_on, "chase_on": one.chase_on,
           "href": address("referral_out", one.case, one.id) + "#chase",
           "days": (clock.today() - one.sent_on).days if one.sent_on else 0, "is_late": is_unanswered(one)}
        for one in sorted(owed, key=lambda one: (one.sent_on or date.max, str(one.id)))[:MOST_ROWS]
    ]  # fmt: skip


def referral_lines(rows: list[dict[str, Any]]) -> Iterator[Line]:
    """Referrals to chase today or this week; those past their day are breaks of the Thread already."""
    for row in rows:
        if row["chase_on"] and clock.today() <= row["chase_on"] <= week_end():
            said = _("Ask %(place)s for an answer: %(service)s") % {
                "place": row["organization"],
                "service": row["service"],
            }
            yield Line(
                row["chase_on"], said, row["client"], _("Ask again"), row["href"], row["case"], worker=row["worker"]
            )


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
            step = next_step(row)
            yield Line(
                row.answer_by, step.said, row.client.preferred_name, step.action, step.href, more=row.program.name
            )
