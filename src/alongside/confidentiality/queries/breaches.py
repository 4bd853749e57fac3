"""Breaches of the agency with their clocks, and what of them waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.confidentiality.models import Breach
from alongside.confidentiality.models.oversight import ANSWERS
from alongside.confidentiality.states import BreachState
from alongside.foundations import clock
from alongside.foundations.actor import Actor
from alongside.foundations.waiting import Told, Waits


@dataclass(frozen=True)
class Clock:
    """One clock of a breach: by when it has to be answered, and when it was."""

    key: str
    name: str
    by: datetime
    stopped_at: datetime | None

    @property
    def late(self) -> bool:
        """True when it ran out, or was answered after it had."""
        return (self.stopped_at or clock.now()) > self.by

    @property
    def runs(self) -> bool:
        """True while nobody has answered it."""
        return self.stopped_at is None


def breaches_of(actor: Actor) -> QuerySet[Breach]:
    """All breaches of the agency, the newest first, with their steps."""
    rows = Breach.objects.filter(agency_id=actor.agency).select_related("account").order_by("-found_at")
    return rows.prefetch_related("steps")


def clocks_of(breach: Breach) -> list[Clock]:
    """The two clocks of a breach, the shorter first."""
    done = {
        key: min((step.done_at for step in breach.steps.all() if step.kind in kinds), default=None)
        for key, kinds in ANSWERS.items()
    }
    return [
        Clock("notice", _("Notice to the funder"), breach.notice_by, done["notice"]),
        Clock("people", _("Telling the people concerned"), breach.people_by, done["people"]),
    ]


def breaches_open(actor: Actor) -> QuerySet[Breach]:
    """Breaches that are not closed."""
    return breaches_of(actor).exclude(state=BreachState.CLOSED)


def breach_lines(actor: Actor, _told: list[Told]) -> Iterable[Waits]:
    """The clocks that run, each with the day on which it runs out; and an open breach until it is contained."""
    for breach in breaches_open(actor):
        found = timezone.localtime(breach.found_at)
        about = _("breach found on %(day)s") % {"day": f"{found:%Y-%m-%d %H:%M}"}
        href = reverse("breach", args=[breach.pk])
        if breach.state == BreachState.OPEN:
            yield Waits(found.date(), _("Contain the breach"), about, _("Open the breach"), href)
        for one in clocks_of(breach):
            if one.runs:
                yield Waits(timezone.localtime(one.by).date(), one.name, about, _("Open the breach"), href)
