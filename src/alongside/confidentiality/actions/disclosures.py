"""The one way out: whatever leaves the agency about a client leaves by `disclosure_make` (practice C1, C2, C3, C8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from alongside.confidentiality.actions.grounds import check_ground, check_told, check_wish
from alongside.confidentiality.models import Disclosure, How, Release, RestsOn, Told
from alongside.confidentiality.queries.coverage import objections, other_called, plain
from alongside.confidentiality.queries.disclosures import CONSULT_WITHIN
from alongside.confidentiality.queries.packet import Item, items_of, seal_of
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import held, next_edition
from alongside.foundations.roles import WORK_CASE
from alongside.people.models import Case, SignificantOther

RULE = "practice C2"


@dataclass(frozen=True)
class Consulted:
    """With whom the worker spoke before telling (practice C3), when, and what came of it."""

    whom: str
    at: datetime
    advice: str


@dataclass(frozen=True)
class Leave:
    """On what a disclosure rests: a release, what the client lets this person know, a stated ground, or nothing of these
    where it is the client who receives it. `urgent` puts the consultation off, for a day at the most.
    """

    release: Release | None = None
    other: SignificantOther | None = None
    ground: str = ""
    urgent: bool = False
    consulted: Consulted | None = None
    told: str = ""
    not_told_because: str = ""

    def __post_init__(self) -> None:
        """Refuse two grounds at once: the log could not say on which of them it rested."""
        if sum(bool(one) for one in (self.release, self.other, self.ground)) > 1:
            raise ValueError("a disclosure rests on one thing")

    @property
    def rests_on(self) -> RestsOn:
        """Which of the four it is."""
        if self.release:
            return RestsOn.RELEASE
        if self.other:
            return RestsOn.WISH
        return RestsOn.GROUND if self.ground else RestsOn.CLIENT


@verb(WORK_CASE)
def disclosure_make(
    actor: Actor, *, case: Case, recipient: str, leave: Leave, ticked: Sequence[str], purpose: str, relevant: str = "",
    how: str = How.PACKET, previewed: str | None = None,
) -> Done[Disclosure]:  # fmt: skip
    """Let the `ticked` items of a case leave, if they may at this very moment, and write down that they did.

    The release is held while it is looked at: one that was taken back or ended a moment ago lets nothing out, and one that
    is taken back in the same moment waits until this is written. `previewed` is the digest of what the sender saw.

    Raises `RuleBroken` for a recipient that is not named, nothing ticked, an item that the release, the client's wish or
    the ground does not cover, a person around the client to whom another way was tried, a ground without its
    consultation, and for words that were changed since they were looked at.
    """
    to_client = leave.rests_on == RestsOn.CLIENT
    recipient = recipient.strip() or (case.client.preferred_name if to_client else "")
    must_say(recipient, _("Name who receives it."), "practice C1", "recipient")
    must_say(purpose, _("Say what it is for."), "practice C1", "purpose")
    release = _held_release(case, leave)
    items = items_of(case, ticked)
    if not items or len(items) != len(set(ticked)):
        raise RuleBroken(_("Tick what leaves, and nothing that is not needed."), RULE, "ticked")
    if not to_client:
        must_say(relevant, _("Say why each of this is needed for it."), RULE, "relevant")
    if previewed is not None and previewed != seal_of(items):
        raise RuleBroken(_("Something in it was changed since you looked. Look at what leaves once more."), RULE)
    _check(case, recipient, leave, release, items)
    made = _row(actor, case, leave, release, items)
    made.recipient = "" if to_client else recipient
    made.purpose, made.relevant, made.how = purpose.strip(), relevant.strip(), how
    made.save(force_insert=True)
    said = _("Disclosed to %(whom)s, %(rests_on)s: %(what)s")
    named = {RestsOn.CLIENT: _("the client"), RestsOn.WISH: _("somebody around the client")}  # an alias may come later
    whom = named.get(RestsOn(leave.rests_on), made.recipient)
    words = {"whom": whom, "rests_on": made.get_rests_on_display(), "what": ", ".join(made.category_names)}
    return Done(made, made, said % words, case=case.pk)


def _held_release(case: Case, leave: Leave) -> Release | None:
    if leave.release is None:
        return None
    release = held(leave.release)
    if release.case_id != case.pk:
        raise RuleBroken(_("That release is of another case."), "practice C1", "release")
    return release


def _check(case: Case, recipient: str, leave: Leave, release: Release | None, items: list[Item]) -> None:
    """Raises `RuleBroken` with the first thing that stands against it."""
    kin = other_called(case.client, recipient)
    if kin and kin.must_not_know:
        raise RuleBroken(
            _("%(name)s must not learn of the service at all. Nothing is sent.") % {"name": kin.name}, "practice C8", "recipient"
        )  # fmt: skip
    if kin and leave.rests_on == RestsOn.RELEASE:
        raise RuleBroken(
            _("%(name)s is somebody around the client. What they may know is set under People.") % {"name": kin.name},
            "practice C8", "recipient",
        )  # fmt: skip
    if leave.rests_on == RestsOn.CLIENT and plain(recipient) != plain(case.client.preferred_name):
        raise RuleBroken(
            _("Only %(name)s gets this without a release or a legal reason.") % {"name": case.client.preferred_name},
            "practice C1", "recipient",
        )  # fmt: skip
    if release is not None:
        for sentence in objections(release, items, recipient, clock.today()):
            raise RuleBroken(sentence, "practice C1", "ticked")
    if leave.other is not None:
        check_wish(case, leave.other, items)
    if leave.ground:
        check_ground(leave.ground, urgent=leave.urgent, consulted=leave.consulted is not None)
        check_told(leave.told, leave.not_told_because)
    if leave.consulted:
        _check_consulted(leave.consulted, clock.now())


def _row(actor: Actor, case: Case, leave: Leave, release: Release | None, items: list[Item]) -> Disclosure:
    spoken = leave.consulted
    return Disclosure(
        case=case, rests_on=leave.rests_on, release=release, other=leave.other, ground=leave.ground, urgent=leave.urgent,
        basis=release.basis if release else "", categories=list(dict.fromkeys(item.category.value for item in items)),
        marks=sorted({mark.value for item in items for mark in item.marks}), left=[_left(item) for item in items],
        at=clock.now(), by_id=actor.staff, consulted_with=spoken.whom.strip() if spoken else "",
        consulted_at=spoken.at if spoken else None, advice=spoken.advice.strip() if spoken else "",
        consultation_by_id=actor.staff if spoken else None, told=leave.told, not_told_because=leave.not_told_because.strip(),
        told_on=clock.today() if leave.told == Told.YES else None,
    )  # fmt: skip


def _left(item: Item) -> dict[str, str]:
    on = item.on.isoformat() if item.on else ""
    return {"key": item.key, "category": item.category.value, "on": on, "digest": item.digest}


def _check_consulted(consulted: Consulted, latest: datetime) -> None:
    must_say(consulted.whom, _("Name whom you consulted."), "practice C3", "consulted_with")
    must_say(consulted.advice, _("Write down what came of it."), "practice C3", "advice")
    if consulted.at > latest:
        raise RuleBroken(_("A consultation is written down once it took place."), "practice C3", "consulted_at")


@verb(WORK_CASE)
def disclosure_consult(actor: Actor, *, disclosure: Disclosure, consulted: Consulted, edition: int) -> Done[Disclosure]:
    """Write down the consultation that an emergency put off; once written it stands (practice C3).

    Raises `RuleBroken` when it is written already, lacks a part, or is dated ahead or before the disclosure.
    """
    made = held(disclosure, "case")
    if made.consulted_at is not None or made.rests_on != RestsOn.GROUND:
        raise RuleBroken(_("No consultation is owed here."), "practice C3")
    _check_consulted(consulted, clock.now())
    if consulted.at < made.at:
        raise RuleBroken(_("This is the consultation that followed. Give its own time."), "practice C3", "consulted_at")
    next_edition(made, edition, {})
    made.consulted_with, made.consulted_at = consulted.whom.strip(), consulted.at
    made.advice, made.consultation_by_id = consulted.advice.strip(), actor.staff
    made.save()
    late = consulted.at > made.at + CONSULT_WITHIN
    said = _("Consulted after a disclosure, later than 24 hours") if late else _("Consulted after a disclosure")
    return Done(made, made, said, case=made.case_id)


@verb(WORK_CASE)
def disclosure_tell(
    actor: Actor, *, disclosure: Disclosure, told: str, edition: int, on: date | None = None, because: str = ""
) -> Done[Disclosure]:
    """Write down that the client was told of a disclosure made without them, or why not (practice C2, C3)."""
    made = held(disclosure, "case")
    if made.rests_on != RestsOn.GROUND:
        raise RuleBroken(_("The client knew of this one."), "practice C3", "told")
    check_told(told, because)
    if on is not None and not made.at.date() <= on <= clock.today():
        raise RuleBroken(_("Choose a day between the disclosure and today."), "practice C3", "on")
    next_edition(made, edition, {"told": made.told})
    made.told, made.not_told_because = told, because.strip()
    made.told_on = (on or clock.today()) if told == Told.YES else None
    made.save()
    return Done(made, made, _("Wrote down whether the client was told of a disclosure"), case=made.case_id)
