"""Verbs about the client as a person and the people around them (practice E6, C7, C8)."""

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from alongside.confidentiality.access import may_work
from alongside.confidentiality.queries.alias import under_alias
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import NotAllowed, RuleBroken
from alongside.foundations.held import held, next_edition
from alongside.foundations.roles import WORK_CASE
from alongside.people.access import must_be_open
from alongside.people.models import (
    Address,
    Case,
    ContactPoint,
    Person,
    PersonIdentifier,
    PersonName,
    Representative,
    SignificantOther,
)  # fmt: skip
from alongside.people.queries import SHORTEST_NUMBER, identifier_digest, plain_number

ALONE = frozenset({"unknown", "declined"})


def check_person(values: dict[str, Any]) -> None:
    """Raises `RuleBroken` for a person without a name, a birth date to come, or answers that exclude each other (E6)."""
    if not str(values.get("preferred_name", "")).strip():
        raise RuleBroken(_("Write the name they want to be called by."), "practice E6", "preferred_name")
    born = values.get("birth_date")
    if born and born > clock.today():
        raise RuleBroken(_("A birth date cannot be ahead of today."), "practice E6", "birth_date")
    race = set(values.get("race") or [])
    if race & ALONE and len(race) > 1:
        sentence = _("Choose what they named, or that they do not know or prefer not to answer; not both.")
        raise RuleBroken(sentence, "HMIS FY2026, element 3.04", "race")


def writable(case: Case) -> None:
    """A row about a person has no case of its own in the policy, so the verb asks for the right to work on this one."""
    must_be_open(case)
    if not may_work(case.pk):
        raise NotAllowed(_("You may read this case, but not change it."))


@verb(WORK_CASE)
def person_change(actor: Actor, *, case: Case, values: dict[str, Any], edition: int) -> Done[Person]:
    """Change what is known of the client. Raises `ChangedByAnother` when `edition` is no longer the stored one."""
    writable(case)
    check_person(values)
    if values.get("legal_name"):
        _must_not_be_under_alias(case, "legal_name")
    person = held(case.client)
    before = {key: getattr(person, key) for key in values}
    differs = {key: old for key, old in before.items() if old != values[key]}
    next_edition(person, edition, differs)
    for key, value in values.items():
        setattr(person, key, value)
    person.save()
    changes = {key: (old, values[key]) for key, old in differs.items()}
    return Done(person, person, _("Changed what is known of the client"), case=case.pk, changes=changes)


def _must_not_be_under_alias(case: Case, field: str) -> None:
    """Raises `RuleBroken` where a name would stand beside an alias: the true ones are kept apart (practice C4)."""
    if under_alias(case.client_id):
        raise RuleBroken(
            _("This person is listed under an alias. Other names are kept private; leave this empty."),
            "practice C4",
            field,
        )


def _added(case: Case, row: models.Model, said: str) -> Done[Any]:
    row.save(force_insert=True)
    return Done(row, row, said, case=case.pk)


def _check_span(since: date | None, until: date | None, field: str = "until") -> None:
    if since and until and until < since:
        raise RuleBroken(_("The last day cannot lie before the first."), "practice E6", field)


@verb(WORK_CASE)
def contact_add(actor: Actor, *, case: Case, values: dict[str, Any]) -> Done[ContactPoint]:
    """Add a way to reach the client, with who answers, when it is safe, and whether a message may be left (E6)."""
    writable(case)
    if not str(values.get("value", "")).strip():
        raise RuleBroken(_("Write the number or address itself."), "practice E6", "value")
    return _added(case, ContactPoint(person_id=case.client_id, **values), _("Added a way to make contact"))


@verb(WORK_CASE)
def contact_stop(actor: Actor, *, case: Case, contact: ContactPoint) -> Done[ContactPoint]:
    """Mark a way to reach the client as no longer safe. It stays in sight, so that nobody tries it again (E6)."""
    writable(case)
    contact = held(contact)
    contact.safe = contact.may_leave_message = False
    contact.save(update_fields=["safe", "may_leave_message"])
    return Done(contact, contact, _("Marked a way to make contact as not safe"), case=case.pk)


@verb(WORK_CASE)
def address_add(actor: Actor, *, case: Case, values: dict[str, Any]) -> Done[Address]:
    """Add where the client lives or gets mail; a confidential address never leaves the team (practice E6)."""
    writable(case)
    if not str(values.get("lines", "")).strip():
        raise RuleBroken(_("Write the street and number, or how to find the place."), "practice E6", "lines")
    _check_span(values.get("since"), values.get("until"))
    return _added(case, Address(person_id=case.client_id, **values), _("Added an address"))


@verb(WORK_CASE)
def address_end(actor: Actor, *, case: Case, address: Address, until: date) -> Done[Address]:
    """Say until when the client lived, or had mail, there."""
    writable(case)
    address = held(address)
    _check_span(address.since, until)
    address.until, address.mail_is_safe = until, False
    address.save(update_fields=["until", "mail_is_safe"])
    return Done(address, address, _("Ended an address"), case=case.pk)


@verb(WORK_CASE)
def name_add(actor: Actor, *, case: Case, name: str, kind: str) -> Done[PersonName]:
    """Add another name the client has or had: a birth name, an alias, a spelling on a paper (practice E6)."""
    writable(case)
    if not name.strip():
        raise RuleBroken(_("Write the name."), "practice E6", "name")
    _must_not_be_under_alias(case, "name")
    return _added(case, PersonName(person_id=case.client_id, name=name, kind=kind), _("Added another name"))


@verb(WORK_CASE)
def identifier_add(actor: Actor, *, case: Case, kind: str, number: str) -> Done[PersonIdentifier]:
    """Keep a number that an office gave the client, sealed, so that it is found again by the very same number (E6, C4).

    Raises `RuleBroken` for a number too short to tell people apart, or one that is there already.
    """
    writable(case)
    if len(plain_number(number)) < SHORTEST_NUMBER:
        raise RuleBroken(_("Write the whole number: at least four characters."), "practice E6", "number")
    looked_up = identifier_digest(number, actor.agency)
    if PersonIdentifier.objects.filter(person=case.client_id, looked_up=looked_up).exists():
        raise RuleBroken(_("This number is on record already."), "practice E6", "number")
    row = PersonIdentifier(person_id=case.client_id, kind=kind, number=number.strip(), looked_up=looked_up)
    return _added(case, row, _("Added a number: %(kind)s") % {"kind": row.get_kind_display()})


@verb(WORK_CASE)
def identifier_remove(actor: Actor, *, case: Case, identifier: PersonIdentifier) -> Done[PersonIdentifier]:
    """Remove a number that is wrong or no longer needed: nothing of it is kept (practice C4: no more than is needed)."""
    writable(case)
    row = held(identifier)
    PersonIdentifier.objects.filter(pk=row.pk).delete()
    return Done(row, row, _("Removed a number: %(kind)s") % {"kind": row.get_kind_display()}, case=case.pk)


def check_other(values: dict[str, Any]) -> None:
    """Raises `RuleBroken` when somebody must not know of the service and may yet be told something (practice C8)."""
    if values.get("must_not_know") and str(values.get("may_know", "")).strip():
        sentence = _("They must not know, so nothing may be told. Empty this, or take back “must not know”.")
        raise RuleBroken(sentence, "practice C8", "may_know")


@verb(WORK_CASE)
def significant_other_add(actor: Actor, *, case: Case, values: dict[str, Any]) -> Done[SignificantOther]:
    """Add someone who matters to the client, with what the client wants shared with them (practice E6, C8)."""
    writable(case)
    check_other(values)
    return _added(case, SignificantOther(person_id=case.client_id, **values), _("Added someone around the client"))


@verb(WORK_CASE)
def significant_other_change(
    actor: Actor, *, case: Case, other: SignificantOther, values: dict[str, Any], edition: int | None = None
) -> Done[SignificantOther]:
    """Change what is known of someone around the client, or what may be shared with them (practice C8).

    Raises `ChangedByAnother` when `edition`, as a page read it, is no longer the stored one.
    """
    writable(case)
    other = held(other)
    check_other({key: getattr(other, key) for key in ("must_not_know", "may_know")} | values)
    differs = {key: old for key in values if (old := getattr(other, key)) != values[key]}
    next_edition(other, other.edition if edition is None else edition, differs)
    changes = {key: (old, values[key]) for key, old in differs.items()}
    for key, value in values.items():
        setattr(other, key, value)
    other.save()
    return Done(other, other, _("Changed what is known of someone around the client"), case=case.pk, changes=changes)


@verb(WORK_CASE)
def representative_add(actor: Actor, *, case: Case, values: dict[str, Any]) -> Done[Representative]:
    """Add a legal representative with the scope they act within (practice C7).

    Raises `RuleBroken` when no scope is stated: beyond it the client decides.
    """
    writable(case)
    if not str(values.get("scope", "")).strip():
        raise RuleBroken(_("Say what they may decide. Everything else the client decides."), "practice C7", "scope")
    _check_span(values.get("since"), values.get("until"))
    return _added(case, Representative(person_id=case.client_id, **values), _("Added a representative"))


@verb(WORK_CASE)
def representative_end(
    actor: Actor, *, case: Case, representative: Representative, until: date
) -> Done[Representative]:
    """Say on which day a representative's authority ended (practice C7)."""
    writable(case)
    representative = held(representative)
    _check_span(representative.since, until)
    representative.until = until
    representative.save(update_fields=["until"])
    return Done(representative, representative, _("Ended a representative’s authority"), case=case.pk)
