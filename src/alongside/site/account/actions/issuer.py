"""Verbs on whom the agency's own sign-in knows by which key, and on whether its word for several steps is taken."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import held
from alongside.foundations.roles import ADMINISTER, OWN_ACCOUNT
from alongside.people.models import Agency, Staff
from alongside.site.account.models import IssuerLink
from alongside.site.account.oidc.issuer import Issuer
from alongside.site.account.oidc.tokens import is_plain


def _link(actor: Actor, staff: Staff, issuer: Issuer, subject: str) -> None:
    row = IssuerLink(agency_id=actor.agency, staff_id=staff.pk, issuer=issuer.url, subject=subject, since=clock.now())
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as taken:
        raise RuleBroken(
            _("This key, or this account, is linked already. Undo that link first."), "practice C4", "subject"
        ) from taken


@verb(OWN_ACCOUNT)
def issuer_link_own(actor: Actor, *, issuer: Issuer, subject: str) -> Done[None]:
    """Keep by which key the issuer knows oneself, the first time it vouched for one's e-mail. Raises `RuleBroken`."""
    staff = Staff.objects.get(pk=actor.staff)
    _link(actor, staff, issuer, subject)
    return Done(None, staff, _("Signed in by %(issuer)s for the first time") % {"issuer": issuer.name})


@verb(ADMINISTER)
def issuer_link(actor: Actor, *, staff: Staff, issuer: Issuer, subject: str) -> Done[None]:
    """Say by which key the issuer knows a member of staff. Raises `RuleBroken` for one that is taken or cannot be one."""
    must_say(subject, _("Type the key that stood on their page."), "practice C4", "subject")
    if not is_plain(subject):
        raise RuleBroken(_("A key has plain letters and numbers only. Type it as it stood."), "practice C4", "subject")
    _link(actor, held(staff), issuer, subject)
    said = _("Linked %(name)s to the sign-in by %(issuer)s") % {"name": staff.name, "issuer": issuer.name}
    return Done(None, staff, said)


@verb(ADMINISTER)
def issuer_unlink(actor: Actor, *, staff: Staff, issuer: Issuer) -> Done[None]:
    """Undo the link of a member of staff: their e-mail has to be vouched for, or be linked, anew."""
    IssuerLink.objects.filter(staff_id=held(staff).pk, issuer=issuer.url).delete()
    said = _("Undid the link of %(name)s to the sign-in by %(issuer)s") % {"name": staff.name, "issuer": issuer.name}
    return Done(None, staff, said)


@verb(ADMINISTER)
def issuer_steps_trust(actor: Actor, *, trusted: bool) -> Done[Agency]:
    """Say whether somebody who passed several steps at the issuer is asked for a second one here."""
    agency = held(Agency(pk=actor.agency))
    before, agency.trusts_issuer_steps = agency.trusts_issuer_steps, trusted
    agency.save(update_fields=["trusts_issuer_steps"])
    said = (
        _("Set that the second step of the agency’s own sign-in is enough")
        if trusted
        else _("Set that a second step is asked here after the agency’s own sign-in too")
    )
    return Done(agency, agency, said, changes={"trusts_issuer_steps": (before, trusted)})
