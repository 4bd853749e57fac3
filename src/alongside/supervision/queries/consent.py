"""What consent asks of a day: consultations owed after an emergency, releases that run out (practice C3, M7)."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.confidentiality.models import Release, ReleaseState
from alongside.confidentiality.queries.disclosures import owed_consultations
from alongside.confidentiality.queries.releases import newer
from alongside.foundations import clock
from alongside.supervision.queries.carried import Carried
from alongside.supervision.queries.waiting import Line, week_end


def consultation_lines(held: Mapping[UUID, Carried]) -> Iterator[Line]:
    """Disclosures made in an emergency, until the consultation is written down: due within 24 hours."""
    for out in owed_consultations(held):
        case, by = held[out.row.case_id], out.consult_by
        yield Line(
            timezone.localtime(by).date() if by else None, _("Consult on what was told to %(whom)s") % {"whom": out.row.recipient},
            case.case.client.preferred_name, _("Write it down"), reverse("disclosure", args=[case.case.pk, out.row.pk]),
            case.case.pk, more=out.rests_on, worker=case.worker,
        )  # fmt: skip


def ending(held: Mapping[UUID, Carried]) -> QuerySet[Release]:
    """Releases in force that end within the week and have no next one."""
    return Release.objects.filter(
        ~newer(), case_id__in=list(held), state=ReleaseState.SIGNED, ends_on__gte=clock.today(), ends_on__lte=week_end(),
        event_on=None,
    )  # fmt: skip


def release_lines(held: Mapping[UUID, Carried]) -> Iterator[Line]:
    """Releases in force that end within the week and that nothing takes the place of."""
    for row in ending(held).only("case_id", "recipients", "ends_on"):
        case = held[row.case_id]
        yield Line(
            row.ends_on, _("The release to %(whom)s ends") % {"whom": row.to_whom}, case.case.client.preferred_name,
            _("Look at it"), reverse("release", args=[case.case.pk, row.pk]), case.case.pk, worker=case.worker,
        )  # fmt: skip
