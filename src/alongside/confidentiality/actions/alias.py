"""Verbs of a client listed under an alias (practice C4, design section 4)."""

from django.utils.translation import gettext as _

from alongside.confidentiality.models import TrueName
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import held
from alongside.foundations.roles import WORK_CASE
from alongside.people.access import must_be_open
from alongside.people.models import Case, PersonName


@verb(WORK_CASE)
def alias_give(actor: Actor, *, case: Case, alias: str, reason: str) -> Done[TrueName]:
    """List the client under `alias`: every other name is kept apart, for the case team and who answers for it only.

    The alias takes the place of the name, so that no page has to remember to hide it. The deed holds neither. Raises
    `RuleBroken` for an alias that gives a name away, without a reason, or when there is an alias already; `NotAllowed`
    for somebody who is not on the team.
    """
    must_be_open(case)
    must_say(reason, _("Say why they have to be listed under an alias."), "practice C4", "reason")
    must_say(alias, _("Choose a name that gives nothing away."), "practice C4", "alias")
    person = held(case.client)
    if TrueName.objects.filter(person=person).exists():
        raise RuleBroken(_("They are listed under an alias already."), "practice C4", "alias")
    others = list(PersonName.objects.filter(person=person).order_by("pk"))
    _check_alias(alias, [person.preferred_name, person.legal_name, *(one.name for one in others)])
    row = TrueName(
        person=person, name=person.preferred_name, legal_name=person.legal_name, others="\n".join(one.name for one in others),
        given_on=clock.today(), given_by_id=actor.staff, reason=reason.strip(),
    )  # fmt: skip
    row.save(force_insert=True)
    PersonName.objects.filter(person=person).delete()
    person.preferred_name, person.legal_name, person.edition = alias.strip(), "", person.edition + 1
    person.save(update_fields=["preferred_name", "legal_name", "edition"])
    return Done(row, person, _("Listed the client under an alias"), case=case.pk)


@verb(WORK_CASE)
def alias_end(actor: Actor, *, case: Case, reason: str) -> Done[None]:
    """List the client under their true name again: everyone who may see them reads it from then on.

    Raises `RuleBroken` without a reason, or when there is no alias that the actor may lift.
    """
    must_be_open(case)
    must_say(reason, _("Say why the true name may be read again."), "practice C4", "reason")
    person = held(case.client)
    kept = TrueName.objects.filter(person=person).first()
    if kept is None:
        raise RuleBroken(_("They are not listed under an alias."), "practice C4")
    name, legal_name, others = kept.name, kept.legal_name, [one for one in kept.others.split("\n") if one]
    kept.delete()
    person.preferred_name, person.legal_name, person.edition = name, legal_name, person.edition + 1
    person.save(update_fields=["preferred_name", "legal_name", "edition"])
    for one in others:
        PersonName(person=person, name=one).save(force_insert=True)
    return Done(None, person, _("Listed the client under their own name again"), case=case.pk)


def _check_alias(alias: str, names: list[str]) -> None:
    """Raises `RuleBroken` for an alias that has a word of a true name in it."""
    known = {word for name in names for word in name.casefold().split()}
    if known & set(alias.casefold().split()):
        raise RuleBroken(_("Choose a name in which no word of the true name stands."), "practice C4", "alias")
