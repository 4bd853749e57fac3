"""Services given and referrals out on the timeline (practice I1, I4)."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.documentation.models import ReferralOut, Service
from alongside.documentation.models.work import Kind as ServiceKind
from alongside.documentation.models.work import Mode
from alongside.documentation.queries.events import TIMELINE, Event, Kind, Read, Row
from alongside.foundations.in_place import InPlace


def _services() -> list[Read]:
    columns = {
        "what": InPlace("what"), "kind": "kind", "minutes": "minutes", "mode": "mode", "goal": InPlace("goal__title"),
        "stands_alone": "stands_alone", "by": "by__name", "recorded_at": "recorded_at",
    }  # fmt: skip
    return [Read(Service.objects.all(), "on", columns)]


def _service(case: UUID, row: Row) -> Event:
    told = row.columns
    kind, mode = str(ServiceKind(told["kind"]).label), str(Mode(told["mode"]).label).lower()
    title = _("Service: %(kind)s, %(mode)s, %(minutes)s min.") % {
        "kind": kind.lower(),
        "mode": mode,
        "minutes": told["minutes"],
    }
    loose = not told["goal"] and not told["stands_alone"]
    tags = [(_("Tied to no goal"), "late", "link-off")] if loose else []
    recorded = row.moment("recorded_at")
    late = (timezone.localtime(recorded).date() - timezone.localtime(row.at).date()).days if recorded else None
    return Event(title, told["what"], ("services", (case,)), told["goal"], told["by"], tags, late)


def _referrals() -> list[Read]:
    rows = ReferralOut.objects.all()
    columns = {
        "organization": "organization",
        "service": InPlace("service"),
        "state": "state",
        "goal": InPlace("goal__title"),
        "by": "by__name",
    }
    steps = {"1": "sent_on", "2": "answered_on", "3": "started_on", "4": "closed_on"}
    return [Read(rows, day, columns, step) for step, day in steps.items()]


def _referral(case: UUID, row: Row) -> Event:
    told = row.columns
    answers = {
        "declined": _("%(organization)s declined the referral"),
        "waitlisted": _("%(organization)s put the client on its waiting list"),
    }
    sentences = {
        "1": _("Referral sent to %(organization)s"),
        "2": answers.get(told["state"], _("%(organization)s answered the referral")),
        "3": _("Service began at %(organization)s"),
        "4": _("Referral to %(organization)s closed"),
    }
    title = sentences[row.step] % {"organization": told["organization"]}
    return Event(f"{title}.", told["service"], ("referral_out", (case, row.id)), told["goal"], told["by"])


TIMELINE.put(
    Kind("service", "practice I1, D2", "services", gettext_lazy("Services"), "heart-handshake", _services, _service)
)
TIMELINE.put(
    Kind("referral", "practice I4, D2", "referrals", gettext_lazy("Referrals"), "share", _referrals, _referral)
)
