"""Needs, plan versions, signed notes, services and referrals as items that can leave, one by one (practice C2).

Drafts never leave: a note or a plan that nobody signed is not yet the agency's word.
"""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.confidentiality.models import Category
from alongside.confidentiality.queries.packet import PACKET, Item, OwnWords, PacketPart, marks_of, told_lines
from alongside.confidentiality.queries.sharing import shared_writers
from alongside.documentation.models import Need, Note, PlanVersion, ReferralOut, Service
from alongside.documentation.models.note import NoteState
from alongside.documentation.models.plan import PlanState
from alongside.foundations.templatetags.house import full_day
from alongside.people.models import Case, Staff


def _needs(case: Case) -> Sequence[Item]:
    return [
        Item(
            f"needs:{row.pk}", Category.NEEDS, f"{row.number}. {row.title}", on=row.found_on, marks=marks_of(row),
            lines=told_lines((_("Side of life"), row.get_domain_display()), (_("In their words"), OwnWords(row.client_words))),
        )
        for row in Need.objects.filter(case=case).order_by("number")
    ]  # fmt: skip


def _plans(case: Case) -> Sequence[Item]:
    settled = (PlanState.SIGNING, PlanState.IN_EFFECT, PlanState.REPLACED)
    rows = PlanVersion.objects.filter(case=case, state__in=settled).order_by("number")
    return [_plan(row) for row in rows.prefetch_related("goals__objectives__activities")]


def _plan(row: PlanVersion) -> Item:
    steps = [
        (f"{objective.number} {objective.title}", _aim(objective))
        for goal in row.goals.all()
        for objective in goal.objectives.all()
    ]
    title = _("Plan version %(number)d, %(state)s") % {"number": row.number, "state": row.get_state_display()}
    lines = told_lines(*((f"{goal.number}", goal.title) for goal in row.goals.all()), *steps)
    return Item(
        f"plan:{row.pk}",
        Category.PLAN,
        title,
        lines or ((_("Goals"), _("none")),),
        row.made_on,
        marks_of(row),
        row.number,
    )


def _aim(objective: object) -> str:
    told = {name: getattr(objective, name) for name in ("indicator", "baseline", "target")}
    said = _("%(indicator)s, from %(baseline)s to %(target)s, by %(day)s")
    return said % (told | {"day": full_day(getattr(objective, "due_on"))})  # noqa: B009


def _notes(case: Case) -> Sequence[Item]:
    rows = list(
        Note.objects.filter(case=case).exclude(state=NoteState.DRAFT).prefetch_related("addenda").order_by("at")
    )
    # Asked by themselves: another agency, with which the case is shared, reads no row of who works here, but who wrote the note.
    writers = dict(Staff.objects.filter(pk__in={row.writer_id for row in rows}).values_list("pk", "name"))
    told = shared_writers(case.pk) if any(row.writer_id not in writers for row in rows) else {}
    return [_note(row, writers.get(row.writer_id) or told.get(row.pk, "")) for row in rows]


def _note(row: Note, writer: str) -> Item:
    lines = told_lines(
        (_("What happened"), row.happened), (_("In their words"), OwnWords(row.client_words)), (_("What the client did"), row.client_did),
        (_("What the worker did"), row.worker_did), (_("What comes next"), row.next_step),
        *((_("Added later"), one.words) for one in row.addenda.all()), (_("Written by"), writer),
    )  # fmt: skip
    day = timezone.localtime(row.at).date()
    return Item(f"notes:{row.pk}", Category.NOTES, row.title or str(_("Progress note")), lines, day, marks_of(row))


def _services(case: Case) -> Sequence[Item]:
    return [
        Item(
            f"services:{row.pk}", Category.SERVICES, row.what, on=row.on, marks=marks_of(row),
            lines=told_lines((_("Kind"), row.get_kind_display()), (_("Minutes"), row.minutes), (_("How"), row.get_mode_display())),
        )
        for row in Service.objects.filter(case=case).order_by("on", "pk")
    ]  # fmt: skip


def _referrals(case: Case) -> Sequence[Item]:
    rows = ReferralOut.objects.filter(case=case, sent_on__isnull=False).order_by("sent_on", "pk")
    return [
        Item(
            f"referrals:{row.pk}", Category.REFERRALS, row.organization, on=row.sent_on, marks=marks_of(row),
            lines=told_lines((_("Service"), row.service), (_("Status"), row.get_state_display()), (_("What came of it"), row.outcome)),
        )
        for row in rows
    ]  # fmt: skip


PACKET.put(PacketPart("needs", "practice C2, A3", 50, Category.NEEDS, gettext_lazy("Needs"), _needs))
PACKET.put(PacketPart("plan", "practice C2, P8", 60, Category.PLAN, gettext_lazy("Service plan"), _plans))
PACKET.put(PacketPart("notes", "practice C2, I2", 70, Category.NOTES, gettext_lazy("Progress notes"), _notes))
PACKET.put(PacketPart("services", "practice C2, I1", 80, Category.SERVICES, gettext_lazy("Services given"), _services))
PACKET.put(
    PacketPart("referrals", "practice C2, I4", 90, Category.REFERRALS, gettext_lazy("Referrals to others"), _referrals)
)
