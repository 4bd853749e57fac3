"""Verbs about the household: where the client lives, with whom, and since when (practice E6).

A household is shared: those who live in one are seen by whoever works with any of them, until the day they part. So
nobody joins whom the actor does not know, and no household in which the actor works with nobody; the database holds
both (`may_take_up`, `may_join`).
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from alongside.client_level.engagement.actions.persons import check_person, writable
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken
from alongside.foundations.held import held, next_edition
from alongside.foundations.models import Deed
from alongside.foundations.roles import WORK_CASE
from alongside.people.models import Case, Household, HouseholdMember, Person

RULE = "practice E6"


def _check_since(since: date, *people: Person) -> None:
    if since > clock.today():
        raise RuleBroken(_("This day is still ahead. Write it down when they live there."), RULE, "since")
    for person in people:
        if person.birth_date and not person.birth_date_estimated and since < person.birth_date:
            sentence = _("%(name)s was not born yet on that day.") % {"name": person.short_name}
            raise RuleBroken(sentence, RULE, "since")


def _check_parting(member: HouseholdMember, day: date, field: str) -> None:
    if day > clock.today():
        raise RuleBroken(_("This day is still ahead. Write it down when it has come."), RULE, field)
    if day < member.since:
        raise RuleBroken(_("Nobody moves out before they moved in."), RULE, field)


def _check_alone(member: HouseholdMember, field: str, leaving: Iterable[HouseholdMember] = ()) -> None:
    """Raises `RuleBroken` when the same person has another place, in this household or elsewhere, at the same time.

    `leaving` are places that end when this one begins.

    Whoever lived in two at once would still be seen from the one they left (practice C4); the database refuses it too.
    """
    others = HouseholdMember.objects.filter(person=member.person_id)
    lasting = Q(until=None) | Q(until__gt=member.since)
    begun = Q(since__lt=member.until) if member.until else Q()
    there = others.filter(lasting & begun).exclude(pk__in=[member.pk, *(one.pk for one in leaving)]).first()
    if there is not None and there.household_id == member.household_id:
        raise RuleBroken(_("They are in this household already."), RULE, field)
    if there is not None:
        raise RuleBroken(_("They lived in another household on that day, and moved out of it later."), RULE, "since")


def _place(
    household: Household, person: Person, role: str, since: date, leaving: Iterable[HouseholdMember] = ()
) -> HouseholdMember:
    """Let `person` live in `household` from `since` on; the caller ends the places they are `leaving`."""
    member = HouseholdMember(
        household=household, person=person, role=role.strip(), since=since, known_as=person.preferred_name
    )
    _check_alone(member, "preferred_name", leaving)
    member.save(force_insert=True)
    return member


def _part(member: HouseholdMember, day: date) -> None:
    """End a place on `day`, under the name the person goes by now."""
    member.until, member.known_as = day, member.person.preferred_name
    member.edition += 1
    member.save(update_fields=["until", "known_as", "edition"])


def _date_back(member: HouseholdMember, since: date) -> None:
    """Let a place begin earlier than was thought. Raises `RuleBroken` where the person cannot have lived there then."""
    _check_since(since, member.person)
    member.since, member.edition = since, member.edition + 1
    _check_alone(member, "since")
    member.save(update_fields=["since", "edition"])


def _home_of(case: Case) -> HouseholdMember | None:
    """The client's place in the household they live in, held; None when none is known."""
    return next(iter(_held_places(Q(person=case.client_id, until=None))), None)


def _begins_with(member: HouseholdMember, home: HouseholdMember | None, before: date) -> HouseholdMember | None:
    """The client's place `home`, where it began only because `member` was named as living with them since `before`.

    Nobody said then since when the client lives there, so no deed tells of that place: it goes by the day of the other.
    """
    if home is None or home.pk == member.pk or (home.household_id, home.since) != (member.household_id, before):
        return None
    return None if Deed.objects.filter(subject_id=home.pk).exists() else home


def _held_places(which: Q) -> list[HouseholdMember]:
    """Places as they stand now, held in one order, so that two who move the same people do not wait in a circle."""
    rows = HouseholdMember.objects.filter(which).select_related("household", "person").order_by("pk")
    return list(rows.select_for_update(of=("self",), no_key=True))


@verb(WORK_CASE)
def household_enter(
    actor: Actor, *, case: Case, since: date, role: str = "", household: Household | None = None, name: str = "",
    along: list[HouseholdMember] | None = None,
) -> Done[HouseholdMember]:  # fmt: skip
    """Let the client live in `household`, or in a new one called `name`, from `since` on, and those of `along` too.

    Where they lived until then ends on that day and stays in the history. Raises `RuleBroken` for a day that cannot
    be, or for the household they live in already; `NotAllowed` for one in which the actor works with nobody.
    """
    writable(case)
    _check_since(since, case.client)
    moving = [one.pk for one in along or []]
    places = _held_places(Q(pk__in=moving) | Q(person=case.client_id, until=None))
    before = next((one for one in places if one.pk not in moving), None)
    if before is not None and household is not None and before.household_id == household.pk:
        raise RuleBroken(_("They live in this household already."), RULE, "neighbor")
    for one in places:
        _check_parting(one, since, "since")
    if household is None:
        household = Household(agency_id=actor.agency, name=name.strip() or _("Household"))
        household.save(force_insert=True)
    member = _place(household, case.client, role, since, places)
    # The client's own place ends last: until then it is the ground on which the others' may be written.
    for one in sorted(places, key=lambda one: one is before):
        if one is not before:
            _place(household, one.person, one.role, since, places)
        _part(one, since)
    said = _("The client moved to another household") if before else _("Named the household the client lives in")
    return Done(member, member, said, case=case.pk, changes={"since": (before.since if before else "", since)})


@verb(WORK_CASE)
def household_member_add(
    actor: Actor,
    *,
    case: Case,
    role: str,
    since: date,
    known: Person | None = None,
    person: dict[str, Any] | None = None,
) -> Done[HouseholdMember]:
    """Add someone who lives with the client since a day: somebody `known` here, or someone new by the fields `person`.

    Where the client has no household yet, one begins with the client's place in it, on that same day. Whoever lived
    elsewhere until then lives there no longer. Raises `RuleBroken` for a day that cannot be or a person without a name;
    `NotAllowed` for a person the actor may not reach.
    """
    writable(case)
    if known is None:
        check_person(person or {})
    new = Person(agency_id=actor.agency, **(person or {}))
    someone = known or new
    _check_since(since, someone)
    if someone.pk == case.client_id:
        raise RuleBroken(_("This is the client. Name someone who lives with them."), RULE, "preferred_name")
    home = _home_of(case)
    if home is None:
        _check_since(since, case.client)
        household = Household(agency_id=actor.agency, name=_("Household"))
        household.save(force_insert=True)
        home = _place(household, case.client, "", since)
    if known is None:
        new.save(force_insert=True)
    leaving = _held_places(Q(person=someone, until=None) & ~Q(household=home.household))
    for one in leaving:
        _check_parting(one, since, "since")
    member = _place(home.household, someone, role, since, leaving)
    for one in leaving:
        _part(one, since)
    return Done(member, member, _("Added someone to the household"), case=case.pk, changes={"since": ("", since)})


@verb(WORK_CASE)
def household_member_change(
    actor: Actor, *, case: Case, member: HouseholdMember, role: str, since: date, edition: int,
    person: dict[str, Any] | None = None,
) -> Done[HouseholdMember]:  # fmt: skip
    """Change who somebody is in the household and since when; and by `person` what is known of someone without a case.

    Dated back, it takes along the client's own place where that began with this one. Raises `RuleBroken` for a day that
    cannot be, or for `person` where a case keeps what is known; `ChangedByAnother` when `edition` is no longer the stored one.
    """
    writable(case)
    places = _held_places(Q(pk=member.pk) | Q(person=case.client_id, until=None))
    member = held(member, "person", "household")
    home = _begins_with(member, next((one for one in places if one.person_id == case.client_id), None), member.since)
    if member.until is not None:
        raise RuleBroken(_("They have moved out already."), RULE)
    someone = held(member.person) if person else member.person
    now = {"role": member.role, "since": member.since} | {key: getattr(someone, key) for key in person or {}}
    wanted = {"role": role.strip(), "since": since} | (person or {})
    next_edition(member, edition, {key: old for key, old in now.items() if old != wanted[key]})
    if person and someone.programs:
        raise RuleBroken(_("What is known of them is changed in their own case."), RULE, "preferred_name")
    if person:
        check_person(person)
        for key, value in person.items():
            setattr(someone, key, value)
        someone.edition += 1
        someone.save()
    _check_since(since, someone)
    member.role, member.since, member.known_as = role.strip(), since, someone.preferred_name
    _check_alone(member, "since")
    member.save(update_fields=["role", "since", "known_as", "edition"])
    if home is not None and since < home.since:
        _date_back(home, since)
    changes = {key: (now[key], wanted[key]) for key in ("role", "since") if now[key] != wanted[key]}
    return Done(member, member, _("Changed someone’s place in the household"), case=case.pk, changes=changes)


@verb(WORK_CASE)
def household_member_end(actor: Actor, *, case: Case, member: HouseholdMember, until: date) -> Done[HouseholdMember]:
    """Say on which day someone moved out. Their place stays in the history under the name they went by (practice E6).

    Raises `RuleBroken` for a day still ahead or before they moved in, and for someone who has moved out already.
    """
    writable(case)
    member = held(member, "person")
    if member.until is not None:
        raise RuleBroken(_("They have moved out already."), RULE, "until")
    _check_parting(member, until, "until")
    _part(member, until)
    return Done(member, member, _("Someone moved out of the household"), case=case.pk, changes={"until": ("", until)})
