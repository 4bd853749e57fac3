"""What every part of an assessment rests on."""

from django.utils.translation import gettext as _

from alongside.foundations.errors import RuleBroken


def must_name_source(sources: list[str], field: str = "sources") -> None:
    """Raises `RuleBroken` when the evidence is not named (practice A6)."""
    if not sources:
        raise RuleBroken(_("Say what this is known from."), "practice A6", field)
