"""Choosing one's own password, and the order of things: what comes first, comes before any page."""

from collections.abc import Callable
from typing import Any

from allauth.account.forms import ChangePasswordForm
from django import forms
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.foundations.mistakes import REQUIRED, OurWords
from alongside.site.account.door import did_second_step
from alongside.site.account.queries import second_steps

ALWAYS = frozenset({"account_logout", "healthz", "readyz"})
PASSWORD = frozenset({"account_change_password"})
STEPS = frozenset({
    "second_step_first", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "mfa_reauthenticate_webauthn",
})  # fmt: skip
"""The pages on which a second step is set up."""


OWN = {
    "oldpassword": (gettext_lazy("The password you have now"), "current-password", gettext_lazy("Type the password you have now.")),
    "password1": (gettext_lazy("New password"), "new-password", gettext_lazy("Type a new password.")),
    "password2": (gettext_lazy("New password once more"), "new-password", gettext_lazy("Type the new password once more.")),
}  # fmt: skip
"""By field: what it is called, what a password manager fills in, and what is said where it was left empty."""


class OwnPassword(OurWords, ChangePasswordForm):  # type: ignore[misc]  # the library carries no types
    """The library's form; a password that somebody else chose is not one's own when it is typed once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, keeps, left_out) in OWN.items():
            field = self.fields[name]
            field.label, field.help_text, field.error_messages[REQUIRED] = label, "", left_out
            field.widget = forms.PasswordInput(attrs={"class": "form-control", "autocomplete": keeps})

    def clean(self) -> dict[str, Any]:
        """Refuse the password that is being left, and two that differ."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        new, again = cleaned.get("password1"), self.data.get("password2")
        if new and again and new != again:
            self.errors.pop("password2", None)
            self.add_error("password2", ValidationError(_("These two differ. Type the same password twice.")))
        if new and self.user.check_password(new):
            self.add_error("password1", ValidationError(_("Choose another than the one you have now.")))
        return cleaned


class FirstThings:
    """Before anything else: a password of one's own, then a second step. Until then there is this, or the way out.

    The password comes first: a second step that hangs on a password two people know would be set up by either. Only
    the staff of an invented agency go without the second step.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponseBase | None:
        """Send them to what comes first, from wherever they were going."""
        pages = self._pages(request)
        if not pages:
            return None
        request.first_things = True  # type: ignore[attr-defined]  # the frame offers nothing else
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in pages | ALWAYS:
            return None
        if pages is STEPS and second_steps(request.user).any:
            # It was set up elsewhere meanwhile; this session never passed it.
            logout(request)
            return HttpResponseRedirect(reverse("account_login"))
        return HttpResponseRedirect(reverse("account_change_password" if pages is PASSWORD else "second_step_first"))

    def _pages(self, request: HttpRequest) -> frozenset[str]:
        """The pages that lead out of what comes first; none when nothing does."""
        if getattr(request.user, "must_change_password", False):
            return PASSWORD
        asked = hasattr(request, "actor") and not getattr(request, "demonstration", False)
        return STEPS if asked and not did_second_step(request) else frozenset()
