"""What changed from one version of a plan to another (practice P8)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.queries.alias import done_by, made_with
from alongside.documentation.models import Activity, Goal, Objective, PlanVersion
from alongside.foundations.templatetags.house import day

GOAL_FIELDS = ("title", "term", "kind", "builds_on", "barriers")
OBJECTIVE_FIELDS = ("title", "indicator", "baseline", "target", "due_on")
ACTIVITY_FIELDS = (
    "actor", "who", "what", "how_often", "every_days", "starts_on", "ends_on", "expected", "cost", "paid_by", "instead",
)  # fmt: skip
VERSION_FIELDS = ("review_on", "reassess_on", "roles", "options_told", "made_with", "made_on")

LABELS = {
    "review_on": _("Next review"), "reassess_on": _("Next reassessment"), "made_with": _("Made with"),
    "made_on": _("Made on"), "how_often": _("How often"), "every_days": _("At least every (days)"), "starts_on": _("From"),
    "ends_on": _("Until"), "expected": _("Expected change"), "cost": _("Cost"), "paid_by": _("Paid by"),
    "instead": _("If that fails"), "actor": _("Who acts"), "who": _("Who"), "what": _("Does what"), "term": _("Term"),
    "kind": _("Kind"),
}  # fmt: skip
News = dict[UUID, frozenset[str]]


@dataclass(frozen=True)
class Change:
    """One thing that changed: what it is called, which part of it, how it read before and reads now.

    `kind` is `added`, `taken out` or `changed`.
    """

    kind: str
    what: str
    label: str = ""
    old: str = ""
    new: str = ""


def label_of(row: models.Model, name: str) -> str:
    """The name of a field as the plan's page has it."""
    known = LABELS.get(name)
    return capfirst(str(known if known else row._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def in_words(row: models.Model, name: str) -> str:
    """A field's value as the page says it."""
    shown = getattr(row, f"get_{name}_display", None)
    value = shown() if shown else getattr(row, name)
    if isinstance(row, PlanVersion) and name == "made_with":
        value = made_with(row, row.case.client)
    if value is None or value == "":
        return ""
    return day(value) if isinstance(value, date) else str(value)


def changed_fields(old: models.Model, new: models.Model, fields: tuple[str, ...]) -> frozenset[str]:
    """Which of `fields` differ between two rows."""
    return frozenset(name for name in fields if getattr(old, name) != getattr(new, name))


def news_of(old: list[Any], new: list[Any], fields: tuple[str, ...]) -> News:
    """For each new row's key, the fields that are new in it: all of them when the row itself is new."""
    before = {row.origin_id: row for row in old}
    return {
        row.pk: changed_fields(before[row.origin_id], row, fields) if row.origin_id in before else frozenset(fields)
        for row in new
    }


def _called(row: Any) -> str:
    return f"{row.number} {row.title}" if hasattr(row, "number") else f"{row.who}: {row.what}"


def _rows(old: list[Any], new: list[Any], fields: tuple[str, ...]) -> list[Change]:
    before, after = ({row.origin_id: row for row in rows} for rows in (old, new))
    said = [Change("added", _called(row)) for key, row in after.items() if key not in before]
    said += [Change("taken out", _called(row)) for key, row in before.items() if key not in after]
    for key, row in after.items():
        if key in before:
            said += _fields(before[key], row, fields, _called(row))
    return said


def _fields(old: models.Model, new: models.Model, fields: tuple[str, ...], what: str) -> list[Change]:
    differ = changed_fields(old, new, fields)
    return [
        Change("changed", what, label_of(new, name), in_words(old, name), in_words(new, name))
        for name in fields
        if name in differ
    ]


def changes_between(older: PlanVersion, newer: PlanVersion) -> list[Change]:
    """Everything that differs between two versions of one plan: goals, objectives, activities, then the frame."""
    said: list[Change] = []
    for kind, fields in ((Goal, GOAL_FIELDS), (Objective, OBJECTIVE_FIELDS), (Activity, ACTIVITY_FIELDS)):
        rows: list[Any] = list(kind._default_manager.filter(version_id__in=[older.pk, newer.pk]))
        for row in rows if kind is Activity else ():
            row.who = done_by(row, newer.case.client)
        old, new = ([row for row in rows if row.version_id == version.pk] for version in (older, newer))
        said += _rows(old, new, fields)
    return said + _fields(older, newer, VERSION_FIELDS, str(_("The plan as a whole")))
