"""Whose account it is that an issuer vouches for: an administrator made it before, in the issuer's own agency (decision 0019)."""

from dataclasses import dataclass

from alongside.foundations.actor import Actor, acting
from alongside.people.models import Account, Agency
from alongside.site.account.door import agency_of, staff_behind
from alongside.site.account.oidc.flow import Vouched
from alongside.site.account.oidc.issuer import Issuer
from alongside.site.account.queries import account_known_by, issuer_link_of


@dataclass(frozen=True)
class Known:
    """An account, and who it is. `link`: the issuer's key for them, where it is to be kept from now on."""

    account: Account
    actor: Actor
    link: str = ""


def known(issuer: Issuer, vouched: Vouched) -> Known | None:
    """Whoever is linked to this key; else whose e-mail the issuer vouches for, if it has no other key for them.

    None for whoever has no account, has left, or is of another agency.
    """
    linked = account_known_by(issuer.url, vouched.subject)
    if linked is not None:
        return _theirs(issuer, Account.objects.filter(pk=linked).first())
    found = _theirs(issuer, named(vouched)) if vouched.verified else None
    if found is None or issuer_link_of(found.actor, issuer.url) is not None:
        return None
    return Known(found.account, found.actor, vouched.subject)


def named(vouched: Vouched) -> Account | None:
    """Whose e-mail it names, whether or not it vouches for it."""
    return Account.objects.filter(email=vouched.email).first() if vouched.email else None


def _theirs(issuer: Issuer, account: Account | None) -> Known | None:
    actor = staff_behind(account)
    if account is None or actor is None or not account.is_active or agency_of(account) != issuer.agency:
        return None
    return Known(account, actor)


def is_enough(found: Known, vouched: Vouched) -> bool:
    """True when several steps were passed there and the agency takes that at its word."""
    with acting(found.actor):
        return vouched.several_steps and Agency.objects.get(pk=found.actor.agency).trusts_issuer_steps
