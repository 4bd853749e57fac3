"""Secrets of second steps rest sealed like words: under a key of the account, the agency's, and the master key (decision 0013).

A passkey leaves nothing here that would have to be: what the library keeps of one is its public half.
"""

from uuid import UUID

from alongside.foundations import keys
from alongside.foundations.actor import Actor, acting
from alongside.foundations.master import Damaged


def seal(words: str, *, account: UUID, actor: Actor) -> str:
    """A secret of `account` as noise. `actor` is whoever it belongs to: in their agency its key is made."""
    with acting(actor):
        return keys.seal(words, keeper=account, agency=actor.agency, place=_place(account))


def unseal(sealed: str) -> str:
    """The secret. Raises `Damaged` for what was changed, and `KeyMissing` without the master key."""
    account = keys.keeper_in(sealed)
    if account is None:
        raise Damaged("mfa_authenticator")
    return keys.open_sealed(sealed, place=_place(account))


def must_be_of(sealed: str, account: UUID) -> None:
    """Raises `Damaged` for a secret of another account: put into this one's row, it opens nothing."""
    if keys.keeper_in(sealed) != account:
        raise Damaged("mfa_authenticator")


def unseal_of(sealed: str, account: UUID) -> str:
    """The secret of this account and no other. Raises as the two above do."""
    must_be_of(sealed, account)
    return unseal(sealed)


def _place(account: UUID) -> str:
    return f"mfa_authenticator:{account}"
