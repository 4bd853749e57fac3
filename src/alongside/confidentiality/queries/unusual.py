"""Unusual looks that somebody may judge, and what of them waits."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.confidentiality.models import LookRules, UnusualLook
from alongside.foundations.actor import Actor
from alongside.foundations.waiting import Waits

MOST = 100


def rules_of(agency: UUID) -> LookRules:
    """What the agency set, or the defaults."""
    return LookRules.objects.filter(agency_id=agency).first() or LookRules(agency_id=agency)


def to_judge(actor: Actor) -> QuerySet[UnusualLook]:
    """Those that nobody has judged and that `actor` may, the oldest first."""
    rows = UnusualLook.objects.filter(agency_id=actor.agency, judged_at=None).exclude(staff_id=actor.staff)
    return rows.select_related("case__client").order_by("on", "first_at")


def judged(actor: Actor) -> QuerySet[UnusualLook]:
    """Those that were judged, the last first."""
    rows = UnusualLook.objects.filter(agency_id=actor.agency, judged_at__isnull=False).exclude(staff_id=actor.staff)
    return rows.select_related("case__client", "judged_by").order_by("-judged_at")


def looks_to_judge(actor: Actor) -> QuerySet[UnusualLook]:
    """Those that wait for `actor`, the oldest first."""
    rows = UnusualLook.objects.filter(agency_id=actor.agency, judged_at=None).exclude(staff_id=actor.staff)
    return rows.order_by("on")


def lines_to_judge(_actor: Actor, told: Sequence[Mapping[str, str]]) -> Iterable[Waits]:
    """One line for all of them, due on the day after the oldest."""
    said = ngettext("Judge one unusual look", "Judge %(n)d unusual looks", len(told)) % {"n": len(told)}
    due = date.fromisoformat(told[0]["on"]) + timedelta(days=1)
    yield Waits(due, said, _("who looked at which record, and why"), _("Review"), reverse("unusual"))
