"""The verb that signs a release: who, as what, in which way, read in which language (practice C1, C7, R5)."""

import json
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from alongside.confidentiality.models import Capacity, Method, Release, ReleaseState
from alongside.confidentiality.queries.basis import BASES
from alongside.confidentiality.queries.coverage import plain
from alongside.confidentiality.queries.whole import gaps_of, not_its_own, not_of_the_day
from alongside.confidentiality.states import RELEASE
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import held, next_edition
from alongside.foundations.roles import WORK_CASE
from alongside.foundations.state import move
from alongside.foundations.strokes import read_strokes
from alongside.people.models import Person, Representative

RULE = "practice C1"


@dataclass(frozen=True)
class Signing:
    """How it was signed. `read_in` is the language it was read or read aloud in; `on` the day, if earlier than today."""

    capacity: str = Capacity.CLIENT
    method: str = Method.TYPED
    name: str = ""
    strokes: str = ""
    read_in: str = ""
    witness: str = ""
    interpreter: str = ""
    on: date | None = None

    @property
    def day(self) -> date:
        """The day of the signature."""
        return self.on or clock.today()


@verb(WORK_CASE)
def release_sign(actor: Actor, *, release: Release, signing: Signing, edition: int) -> Done[Release]:
    """Take the signature that puts a release in force; from then on the database lets nobody change its words.

    The one it renews is replaced in the same moment. Raises `RuleBroken` when an element its basis forces is missing, when
    the statements are not those that its basis said on the day of the signature, when nobody signed, when it was only said
    aloud where the law asks for writing, or when whoever signs for the client is not written down with that authority today.
    """
    draft = held(release, "case__client")
    next_edition(draft, edition, {}, said=_("It is now %(state)s.") % {"state": draft.get_state_display()})
    for field, sentence in gaps_of(draft) or not_its_own(draft) or not_of_the_day(draft, signing.day):
        raise RuleBroken(sentence, RULE, field)
    if draft.state != ReleaseState.DRAFT:
        raise RuleBroken(_("This release is not waiting for a signature."), RULE)
    _fill(draft, signing)
    draft.taken_by_id, draft.signed_at = actor.staff, clock.now()
    draft.save()
    move(actor, draft, RELEASE, "sign")
    _replace(actor, draft)
    said = _("Release signed by %(capacity)s: %(how)s")
    words = {"capacity": draft.get_capacity_display(), "how": draft.get_method_display()}
    return Done(draft, draft, said % words, case=draft.case_id)


def _replace(actor: Actor, draft: Release) -> None:
    """The older one ends here, if it is still signed: two papers never say different things at once."""
    if draft.previous_id is None:
        return
    before = Release.objects.select_for_update(of=("self",), no_key=True).get(pk=draft.previous_id)
    if before.state == ReleaseState.SIGNED:
        move(actor, before, RELEASE, "replace")


def _fill(draft: Release, signing: Signing) -> None:
    drawn = read_strokes(signing.strokes)
    method = Method.DRAWN if drawn and signing.method in (Method.DRAWN, Method.TYPED) else signing.method
    _check_method(draft, method, signing, drawn=bool(drawn))
    day = signing.day
    if day > clock.today() or (day != clock.today() and method in (Method.DRAWN, Method.TYPED)):
        raise RuleBroken(_("It is dated on the day it was signed, and not ahead of today."), RULE, "signed_on")
    must_say(signing.read_in, _("Say in which language it was read."), "practice R5", "read_in")
    _who(draft, signing)
    draft.method, draft.signed_on, draft.read_in = method, day, signing.read_in.strip()
    draft.strokes = json.dumps(drawn) if method == Method.DRAWN else ""
    draft.witness, draft.interpreter = signing.witness.strip(), signing.interpreter.strip()


def _check_method(draft: Release, method: str, signing: Signing, *, drawn: bool) -> None:
    basis = BASES[draft.basis]
    if method not in Method.values:
        raise RuleBroken(_("Choose how it was signed."), RULE, "method")
    if method == Method.ALOUD and basis.written:
        sentence = _("This law asks for consent in writing. Choose a way of signing on paper or on screen.")
        raise RuleBroken(sentence, basis.source, "method")
    if method == Method.ALOUD:
        must_say(signing.witness, _("Name who heard it."), RULE, "witness")
    if method == Method.DRAWN and not drawn:
        raise RuleBroken(_("Sign on the pad, or type the name."), RULE, "name")


def acting_representative(client: Person, name: str) -> Representative:
    """Who is written down under this name and may act for the client today. Raises `RuleBroken` for nobody (practice C7)."""
    today = clock.today()
    known = Representative.objects.filter(Q(until=None) | Q(until__gte=today), person=client, since__lte=today)
    found = next((one for one in known.order_by("pk") if plain(one.name) == plain(name)), None)
    if found is None:
        raise RuleBroken(
            _("Nobody of this name is written down as a representative. Add them under People first."),
            "practice C7", "name",
        )  # fmt: skip
    return found


def _who(draft: Release, signing: Signing) -> None:
    """The name under it: the client's own, or that of somebody who holds the authority today (practice C7)."""
    name, client = signing.name.strip(), draft.case.client
    draft.capacity = signing.capacity
    if signing.capacity == Capacity.CLIENT:
        if not name and signing.method == Method.TYPED and not signing.strokes:
            raise RuleBroken(_("Sign on the pad, or type the name."), RULE, "name")
        draft.signer, draft.representative, draft.authority = name or client.preferred_name, None, ""
        return
    if signing.capacity not in Capacity.values:
        raise RuleBroken(_("Choose who they sign as: client, guardian or agent."), "practice C7", "capacity")
    found = acting_representative(client, name)
    must_say(found.scope, _("Write down under People how far their authority reaches."), "practice C7", "name")
    draft.signer, draft.representative, draft.authority = found.name, found, found.scope
