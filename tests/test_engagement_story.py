"""Engagement, told with the cast."""

import pytest

from alongside.foundations.actor import acting
from alongside.people.models import Case
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


@pytest.mark.demand("E5", "C4")
def test_sama_is_enrolled_and_only_those_who_work_with_her_can_see_her_case(cast: Cast) -> None:
    """Maren and her line see the case; a colleague, another agency and the administrator do not."""
    case = cast.sama
    for who, sees in {"maren": True, "delphine": True, "priya": True, "tadesse": False, "otto": False, "noor": False, "quinn": False}.items():
        with acting(getattr(cast, who)):
            assert Case.objects.filter(pk=case.pk).exists() is sees, who
