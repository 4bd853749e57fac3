"""The tables of the site itself; Django looks for them here."""

from alongside.site.account.models import IssuerLink, SignIn, Tries

__all__ = ["IssuerLink", "SignIn", "Tries"]
