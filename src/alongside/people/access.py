"""Rules about who may still write."""

from django.utils.translation import gettext as _

from alongside.foundations.errors import RuleBroken
from alongside.people.models import Case


def must_be_open(case: Case) -> None:
    """Raises `RuleBroken` for a closed case: it is read, and reopened, but not written in (practice T7, T8)."""
    if not case.is_open:
        raise RuleBroken(_("This case is closed. Reopen it first."), "practice T8")
