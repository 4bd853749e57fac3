"""Verbs of retention rules, for administrators (practice D6)."""

from django.utils.translation import gettext as _

from alongside.confidentiality.models import RetentionRule
from alongside.confidentiality.models.retention import EVENTS_OF, RecordKind
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken
from alongside.foundations.held import held, next_edition
from alongside.foundations.roles import ADMINISTER
from alongside.people.models import Program

SOURCE = "practice D6"


@verb(ADMINISTER)
def rule_add(
    actor: Actor, *, kind: str, program: Program | None, event: str, years: int, source: str
) -> Done[RetentionRule]:
    """Set how long one kind of record is kept, in a program or in all that have no rule of their own.

    Raises `RuleBroken` where there is one already, for years under 1, and for an event that the kind does not have.
    """
    _can_be(kind, event, years)
    if RetentionRule.objects.filter(agency_id=actor.agency, kind=kind, program=program).exists():
        raise RuleBroken(_("There is a rule for this already. Change that one."), SOURCE, "kind")
    rule = RetentionRule(
        agency_id=actor.agency, kind=kind, program=program, event=event, years=years, source=source
    )  # fmt: skip
    rule.save(force_insert=True)
    return Done(rule, rule, _said(rule))


@verb(ADMINISTER)
def rule_change(
    actor: Actor, *, rule: RetentionRule, event: str, years: int, source: str, edition: int
) -> Done[RetentionRule]:
    """Change a rule: what is due changes with it at once. Raises as `rule_add`, and `ChangedByAnother`."""
    rule = held(rule)
    _can_be(rule.kind, event, years)
    next_edition(rule, edition, {"event": rule.event, "years": rule.years, "source": rule.source})
    changes: dict[str, tuple[object, object]] = {
        name: (getattr(rule, name), value)
        for name, value in {"event": event, "years": years, "source": source}.items()
        if getattr(rule, name) != value
    }
    rule.event, rule.years, rule.source = event, years, source
    rule.save()
    return Done(rule, rule, _said(rule), changes=changes)


def _said(rule: RetentionRule) -> str:
    said = _("Set how long %(kind)s is kept: %(years)d years after %(event)s")
    return said % {"kind": rule.get_kind_display(), "years": rule.years, "event": rule.get_event_display()}


def _can_be(kind: str, event: str, years: int) -> None:
    if event not in EVENTS_OF[RecordKind(kind)]:
        raise RuleBroken(
            _("That is not known of this kind of record. Choose another day to count from."), SOURCE, "event"
        )
    if not 1 <= years <= 100:
        raise RuleBroken(_("Give a number of years from 1 to 100."), SOURCE, "years")
