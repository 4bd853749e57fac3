"""Verbs of a sitting: begun, kept while it is written, completed; and the strengths and barriers found in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NotRequired, TypedDict, Unpack

from django.utils.translation import gettext as _

from alongside.client_level.assessment.actions.asked import must_name_source
from alongside.client_level.assessment.models import DomainEntry, Finding, Sitting
from alongside.client_level.assessment.queries import has_completed_sitting, open_sitting
from alongside.client_level.assessment.states import SITTING, SittingState
from alongside.documentation.models import Need
from alongside.documentation.models.thread import Domain, Source
from alongside.documentation.models.work import Mode
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import held, next_edition
from alongside.foundations.roles import WORK_CASE
from alongside.foundations.state import move
from alongside.people.access import held_in_open_case, must_be_in_its_life, must_be_open
from alongside.people.models import Case


@dataclass(frozen=True)
class Occasion:
    """When, how and where the client was met, who was there, and whether the client was seen alone (practice A1)."""

    on: date
    mode: str = Mode.FACE_TO_FACE
    place: str = ""
    present: list[str] = field(default_factory=list)
    seen_alone: bool = False


@dataclass(frozen=True)
class Account:
    """One side of life in two voices, with what it is known from (practice A1, A5, A6)."""

    worker: str = ""
    client: str = ""
    sources: list[str] = field(default_factory=list)

    @property
    def says_something(self) -> bool:
        """True when either voice has written anything."""
        return bool(self.worker.strip() or self.client.strip())


Accounts = Mapping[str, Account]


@verb(WORK_CASE)
def sitting_begin(actor: Actor, *, case: Case, occasion: Occasion) -> Done[Sitting]:
    """Begin an assessment; once one is complete, the next is a reassessment (practice A1, A9).

    Raises `RuleBroken` when one is open already (it is gone on with, A10), or for a day outside the case's life.
    """
    must_be_open(case)
    held(case)
    if open_sitting(case) is not None:
        raise RuleBroken(_("An assessment is open already. Go on with that one."), "practice A10")
    sitting = Sitting(case=case, by_id=actor.staff, kind="again" if has_completed_sitting(case) else "first")
    _set_occasion(sitting, occasion)
    sitting.save(force_insert=True)
    return Done(sitting, sitting, _("Began an assessment"), case=case.pk)


@verb(WORK_CASE)
def sitting_keep(
    actor: Actor, *, sitting: Sitting, accounts: Accounts, edition: int, occasion: Occasion | None = None
) -> Done[Sitting]:
    """Keep what is written so far of any of the nine domains, to be gone on with later (practice A1, A5, A10).

    Raises `RuleBroken` for a complete sitting and `ChangedByAnother` when someone kept it since `edition` was read.
    """
    fresh = held_in_open_case(sitting)
    _keep(fresh, accounts, edition, occasion)
    return Done(fresh, fresh, _("Went on with an assessment"), case=fresh.case_id)


@verb(WORK_CASE)
def sitting_complete(
    actor: Actor, *, sitting: Sitting, edition: int, accounts: Accounts | None = None, occasion: Occasion | None = None
) -> Done[Sitting]:
    """Complete a sitting, keeping what is still unkept; from then on it is fixed (practice A1, A6, A10).

    Raises `RuleBroken` when no domain says anything, a domain does not name what it is known from, or the case has no
    need yet; and `ChangedByAnother` as `sitting_keep` does.
    """
    fresh = held_in_open_case(sitting)
    _keep(fresh, accounts or {}, edition, occasion)
    written = list(DomainEntry.objects.filter(sitting=fresh))
    said = [entry for entry in written if entry.worker_words.strip() or entry.client_words.strip()]
    if not said:
        raise RuleBroken(_("Write of at least one side of life before you complete this."), "practice A1")
    for entry in said:
        must_name_source(entry.sources, f"sources_{entry.domain}")
    if not Need.objects.filter(case=fresh.case_id).exists():
        sentence = _("Name at least one need first: save this, add the need, then complete it.")
        raise RuleBroken(sentence, "practice A3")
    fresh.completed_at = clock.now()
    fresh.save(update_fields=["completed_at"])
    move(actor, fresh, SITTING, "complete")
    return Done(fresh, fresh, _("Completed an assessment"), case=fresh.case_id)


def _keep(sitting: Sitting, accounts: Accounts, edition: int, occasion: Occasion | None) -> None:
    _must_take_words(sitting)
    entries = {entry.domain: entry for entry in DomainEntry.objects.filter(sitting=sitting)}
    next_edition(sitting, edition, _theirs(sitting, entries))
    for domain, account in accounts.items():
        _check_codes(domain, account)
        entry = entries.get(domain)
        if entry is None and not account.says_something and not account.sources:
            continue
        entry = entry or DomainEntry(case=sitting.case, sitting=sitting, domain=domain)
        entry.worker_words, entry.client_words, entry.sources = account.worker, account.client, account.sources
        entry.save()
    if occasion is not None:
        _set_occasion(sitting, occasion)
    sitting.save()


def _theirs(sitting: Sitting, entries: Mapping[str, DomainEntry]) -> dict[str, object]:
    """What stands in the sitting now, by the names of the form's fields."""
    now: dict[str, object] = {
        "on": sitting.on, "mode": sitting.mode, "place": sitting.place, "present": sitting.present,
        "seen_alone": sitting.seen_alone,
    }  # fmt: skip
    for domain in Domain.values:
        entry = entries.get(domain, DomainEntry())
        now |= {
            f"client_{domain}": entry.client_words, f"worker_{domain}": entry.worker_words,
            f"sources_{domain}": entry.sources,
        }  # fmt: skip
    return now


def _check_codes(domain: str, account: Account) -> None:
    if domain not in Domain.values:
        raise RuleBroken(_("This is none of the sides of life that are assessed."), "practice A1")
    if set(account.sources) - set(Source.values):
        raise RuleBroken(_("Choose what this is known from in the list."), "practice A6", f"sources_{domain}")


def _must_take_words(sitting: Sitting) -> None:
    if sitting.state == SittingState.COMPLETE:
        raise RuleBroken(_("This assessment is complete and fixed. Begin a reassessment to add to it."), "practice A10")


def _set_occasion(sitting: Sitting, occasion: Occasion) -> None:
    must_be_in_its_life(sitting.case, occasion.on, "practice A1", "on")
    sitting.on, sitting.mode, sitting.place = occasion.on, occasion.mode, occasion.place
    sitting.present, sitting.seen_alone = list(occasion.present), occasion.seen_alone


class FindingFacts(TypedDict):
    """A strength or a barrier: `kind`, both voices, the codes of what it is known from, and its marks (practice A2, A6)."""

    kind: str
    objective_words: str
    client_words: str
    sources: list[str]
    marks: NotRequired[list[str]]


@verb(WORK_CASE)
def finding_add(actor: Actor, *, sitting: Sitting, **facts: Unpack[FindingFacts]) -> Done[Finding]:
    """Record a strength or a barrier in objective and in subjective terms, with its evidence (practice A2, A6).

    Raises `RuleBroken` when either voice or the evidence is missing, or the sitting is complete.
    """
    fresh = held_in_open_case(sitting)
    finding = Finding(case=fresh.case, sitting=fresh)
    _set_finding(finding, facts)
    finding.save(force_insert=True)
    return Done(finding, finding, _("Recorded a %(kind)s") % {"kind": finding.kind}, case=finding.case_id)


@verb(WORK_CASE)
def finding_change(actor: Actor, *, finding: Finding, edition: int, **facts: Unpack[FindingFacts]) -> Done[Finding]:
    """Put a finding of an open sitting in other words. Raises as `finding_add`, and `ChangedByAnother`."""
    fresh = held_in_open_case(finding)
    fresh.sitting = held(fresh.sitting)
    next_edition(fresh, edition, {name: getattr(fresh, name) for name in FindingFacts.__annotations__})
    _set_finding(fresh, facts)
    fresh.save()
    return Done(fresh, fresh, _("Changed a %(kind)s") % {"kind": fresh.kind}, case=fresh.case_id)


def _set_finding(finding: Finding, facts: FindingFacts) -> None:
    _must_take_words(finding.sitting)
    if facts["kind"] not in ("strength", "barrier"):
        raise RuleBroken(_("Choose a strength or a barrier."), "practice A2", "kind")
    must_say(facts["objective_words"], _("Say what can be seen or shown."), "practice A2", "objective_words")
    must_say(facts["client_words"], _("Say it in the client’s words, too."), "practice A2", "client_words")
    must_name_source(facts["sources"])
    for name, value in facts.items():
        setattr(finding, name, value)
