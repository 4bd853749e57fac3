"""The tables of the site itself; Django looks for them here."""

from alongside.site.account.models import SignIn, Tries

__all__ = ["SignIn", "Tries"]
