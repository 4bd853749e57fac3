"""Who works here now: everyone whose last day is still ahead, or who has none."""

from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.foundations import clock
from alongside.people.models import Staff


def working_here() -> Q:
    """The condition on `Staff`, as `Staff.works_here` says it of one row."""
    return Q(left_on=None) | Q(left_on__gt=clock.today())


def here_now(agency: UUID) -> QuerySet[Staff]:
    """Staff of the agency who have not left, by name."""
    return Staff.objects.filter(working_here(), agency_id=agency).order_by("name")
