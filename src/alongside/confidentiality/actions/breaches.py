"""Verbs of a breach: written down, filled from the looks, acted on, contained, closed; and the agency's rules of looking."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from alongside.confidentiality.models import Breach, BreachCase, BreachStep, LookRules, StepKind
from alongside.confidentiality.queries.breaches import clocks_of
from alongside.confidentiality.queries.touched import Touched, touched_by
from alongside.confidentiality.states import BREACH, BreachState
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import held, next_edition
from alongside.foundations.roles import ADMINISTER
from alongside.foundations.state import move
from alongside.people.models import Staff

RULES = ("night_from", "night_until", "many_files", "many_minutes", "notice_hours", "people_days")
KEPT = ("happened", "found_at", "found_by", "account", "since", "until", "notice_hours", "people_days")


@verb(ADMINISTER)
def look_rules_save(actor: Actor, *, values: dict[str, int], edition: int | None) -> Done[LookRules]:
    """Set from where on a look stands out and how long a breach may wait. Raises `ChangedByAnother`."""
    rules = LookRules.objects.filter(agency_id=actor.agency).first()
    if rules is None:
        rules = LookRules(agency_id=actor.agency)
        before = {key: getattr(rules, key) for key in values}
    else:
        rules = held(rules)
        before = {key: getattr(rules, key) for key in values}
        next_edition(rules, edition, {key: old for key, old in before.items() if old != values[key]})
    for key, value in values.items():
        setattr(rules, key, value)
    rules.save()
    changes = {key: (old, values[key]) for key, old in before.items() if old != values[key]}
    return Done(rules, rules, _("Set which access stands out"), changes=changes)


@verb(ADMINISTER)
def breach_record(actor: Actor, *, values: dict[str, Any]) -> Done[Breach]:
    """Write down a breach, and fill in whose records its account touched in its time (practice C5).

    Raises `RuleBroken` without words on what happened, for a time ahead, and for an end before the beginning.
    """
    _must_fit(values)
    breach = Breach(agency_id=actor.agency, **values)
    breach.save(force_insert=True)
    _fill(breach)
    return Done(breach, breach, _("Wrote down a breach"))


@verb(ADMINISTER)
def breach_change(actor: Actor, *, breach: Breach, values: dict[str, Any], edition: int | None) -> Done[Breach]:
    """Change what is known of a breach that is not closed; whose records it concerns is filled in anew."""
    breach = held(breach)
    _must_be_unclosed(breach)
    next_edition(breach, edition, {key: now for key in KEPT if (now := getattr(breach, key)) != values[key]})
    _must_fit(values)
    changes = {key: (getattr(breach, key), values[key]) for key in KEPT if getattr(breach, key) != values[key]}
    for key in KEPT:
        setattr(breach, key, values[key])
    breach.save()
    _fill(breach)
    return Done(breach, breach, _("Changed what is known of a breach"), changes=changes)


@verb(ADMINISTER)
def breach_step_add(
    actor: Actor, *, breach: Breach, kind: str, done_at: datetime, told: str, words: str
) -> Done[BreachStep]:
    """Write down what was done about a breach; a notice or telling the people meets its deadline."""
    breach = held(breach)
    _must_be_unclosed(breach)
    must_say(words, _("Write what was done."), "practice C5", "words")
    if kind in ("notice", "people"):
        must_say(told, _("Write who was told: an office, or how many people and in which way."), "practice C5", "told")
    step = _step(actor, breach, kind, done_at, words, told)
    return Done(step, breach, _("Wrote down what was done about a breach"))


def _step(actor: Actor, breach: Breach, kind: str, done_at: datetime, words: str, told: str = "") -> BreachStep:
    if done_at > clock.now():
        raise RuleBroken(_("This is still ahead. Write it down when it is done."), "practice C5", "done_at")
    step = BreachStep(
        agency_id=actor.agency, breach=breach, kind=kind, done_at=done_at, told=told, words=words, by_id=actor.staff
    )
    step.save(force_insert=True)
    return step


@verb(ADMINISTER)
def breach_move(
    actor: Actor, *, breach: Breach, step: str, words: str = "", done_at: datetime | None = None
) -> Done[Breach]:
    """Contain a breach, open it again, or close it once both clocks are answered.

    What contained it, `done_at` or now, and why it is open again stay among what was done. Raises `RuleBroken` without
    these words, for a time ahead, and for closing while a clock runs.
    """
    breach = held(breach)
    if step == "contain":
        must_say(words, _("Write what was done to contain it."), "practice C5", "words")
    if step == "open again":
        must_say(words, _("Write why it is open again."), "practice C5", "words")
    if step == "close" and breach.state == BreachState.CONTAINED and any(one.runs for one in clocks_of(breach)):
        raise RuleBroken(
            _("A deadline of this breach is still open. Write down who was notified, or why nobody had to be."),
            "practice C5",
        )
    move(actor, breach, BREACH, step)
    kept = {"contain": _("Contained: %(words)s"), "open again": _("Open again: %(words)s")}
    if step in kept:
        _step(actor, breach, StepKind.OTHER, done_at or clock.now(), kept[step] % {"words": words.strip()})
    said = {"contain": _("Contained a breach"), "open again": _("Opened a breach again"), "close": _("Closed a breach")}
    return Done(breach, breach, said[step])


def _must_be_unclosed(breach: Breach) -> None:
    if not breach.is_open:
        raise RuleBroken(_("This breach is closed, and stays as it is. Write down a new one."), "practice C5")


def _must_fit(values: dict[str, Any]) -> None:
    must_say(values["happened"], _("Write what happened, without naming a client."), "practice C5", "happened")
    if values["found_at"] > clock.now():
        raise RuleBroken(_("It cannot have been found later than now."), "practice C5", "found_at")
    since, until = values["since"], values["until"]
    if since and until and until <= since:
        raise RuleBroken(_("The end has to lie after the beginning."), "practice C5", "until")
    if values["account"] and not (since and until):
        raise RuleBroken(_("Give from when to when the account was in other hands."), "practice C5", "since")


def _fill(breach: Breach) -> None:
    BreachCase.objects.filter(breach=breach).delete()
    account: Staff | None = breach.account
    if account is None or breach.since is None or breach.until is None:
        return
    rows: Sequence[Touched] = [one for one in touched_by(account.pk, breach.since, breach.until) if one.number]
    BreachCase.objects.bulk_create(
        BreachCase(agency_id=breach.agency_id, breach=breach, number=one.number, kinds=one.said[:200], times=one.times,
                   first_at=one.first_at, last_at=one.last_at)
        for one in rows
    )  # fmt: skip
