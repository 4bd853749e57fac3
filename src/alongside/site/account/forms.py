"""What is typed at the door and on the pages of one's own account."""

from collections.abc import Callable
from struct import error as StructError
from typing import Any

from allauth.account.adapter import get_adapter as account_adapter
from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)  # fmt: skip
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.foundations import looks
from alongside.foundations.mistakes import REQUIRED, OurWords
from alongside.foundations.needs import page_name
from alongside.foundations.pages import HouseForm
from alongside.people.models.agency import IDLE_LEAST, IDLE_MOST
from alongside.site.account.actions import code_takes, tries_clear, try_counts
from alongside.site.account.door import staff_behind

CODE = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "form-control"})


class SignInForm(OurWords, LoginForm):  # type: ignore[misc]
    """The door."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label, password.help_text = _("E-mail"), _("Password"), ""
        login.widget = forms.EmailInput(attrs={"class": "form-control", "autocomplete": "username"})
        password.widget = forms.PasswordInput(attrs={"class": "form-control", "autocomplete": "current-password"})
        login.error_messages[REQUIRED] = _("Type the e-mail you sign in with.")
        password.error_messages[REQUIRED] = _("Type your password.")


class WhoIsThereForm(OurWords, ReauthenticateForm):  # type: ignore[misc]
    """The password once more, from whoever left the page for long."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        password = self.fields["password"]
        password.label, password.help_text = _("Password"), ""
        password.widget = forms.PasswordInput(attrs={"class": "form-control", "autocomplete": "current-password"})
        password.error_messages[REQUIRED] = _("Type your password.")


class CodeForm(OurWords, AuthenticateForm):  # type: ignore[misc]  # the library carries no types
    """The second step: a code of the app or of the sheet, each good once; five wrong ones lock it for a while."""

    code = forms.CharField(label=_("Code"), max_length=20, widget=CODE)

    def clean_code(self) -> str:
        """Count the try, then use the code up. Raises `ValidationError` for a wrong one, and for a locked door."""
        request, code = context.request, str(self.cleaned_data["code"])
        if not try_counts("code", self.user.email):
            looks.look(looks.LOCKED_OUT, actor=staff_behind(self.user), page=page_name(request))
            raise account_adapter().validation_error("too_many_login_attempts")
        found = code_takes(self.user, code)
        if found is None:
            looks.look(looks.SIGN_IN_FAILED, actor=staff_behind(self.user), page=page_name(request))
            raise get_adapter().validation_error("incorrect_code")
        tries_clear("code", self.user.email)
        found.user = self.user
        self.authenticator = found
        return code


class FirstCodeForm(OurWords, ActivateTOTPForm):  # type: ignore[misc]
    """The code that proves that the app has taken in the secret. Until then the session holds it, sealed."""

    code = forms.CharField(label=_("Code the app shows"), max_length=20, widget=CODE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        session, adapter = context.request.session, get_adapter()
        held = session.pop(SECRET_SESSION_KEY, None)
        if held and kwargs.get("data") is not None:  # else the library makes a fresh one
            session[SECRET_SESSION_KEY] = adapter.decrypt(held)
        super().__init__(*args, **kwargs)
        session[SECRET_SESSION_KEY] = adapter.encrypt(self.secret)


class Credential(forms.JSONField):
    """What a browser's passkey said. The library trusts its shape; whoever sends it need not be a browser."""

    widget = forms.HiddenInput
    MOST = 30_000  # letters; a passkey says a tenth of that

    def to_python(self, value: Any) -> Any:
        """Refuse what is too long, nested without end, or no passkey at all."""
        try:
            said = super().to_python(value) if len(str(value or "")) <= self.MOST else None
        except RecursionError:
            said = None
        whole = isinstance(said, dict) and isinstance(said.get("response"), dict) and all(
            isinstance(said.get(name), str) for name in ("id", "rawId", "type")
        )  # fmt: skip
        if not whole:
            raise ValidationError(_("No passkey was used. Try again, or choose another way."))
        return said


def said_badly(form: Any, check: Callable[[], Any]) -> Any:
    """What `check` finds; a shape that the library stumbles over is a passkey that does not fit, and a look."""
    try:
        return check()
    except ValidationError:
        looks.look(looks.SIGN_IN_FAILED, actor=staff_behind(form.user), page=page_name(context.request))
        raise
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, StructError) as odd:
        looks.look(looks.SIGN_IN_FAILED, actor=staff_behind(form.user), page=page_name(context.request))
        raise ValidationError(_("No passkey was used. Try again, or choose another way.")) from odd


class PasskeyForm(OurWords, AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey: it has to ask for a finger, a face or a PIN itself, for it opens the door alone."""

    credential = Credential()
    name = forms.CharField(
        label=_("Name"), max_length=60, required=False, widget=forms.TextInput(attrs={"class": "form-control"}),
        help_text=_("What you will know it by, such as “work laptop”."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Take it as one that opens the door alone."""
        self.cleaned_data["passwordless"] = True
        cleaned: dict[str, Any] = said_badly(self, super().clean)
        return cleaned


class _UsedPasskey(OurWords, AuthenticateWebAuthnForm):  # type: ignore[misc]
    credential = Credential()

    def clean_credential(self) -> Authenticator:
        """The passkey that was used."""
        found: Authenticator = said_badly(self, super().clean_credential)
        return found


class ComeInByPasskey(_UsedPasskey, LoginWebAuthnForm):  # type: ignore[misc]
    """Signing in by a passkey alone."""


class PasskeyAsSecondStep(_UsedPasskey):
    """A passkey in the place of a code."""


class PasskeyAgain(_UsedPasskey, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey to say who is there."""


class PasskeyNameForm(HouseForm):
    """A passkey's name."""

    name = forms.CharField(
        label=_("Name"), max_length=60, help_text=_("What you will know it by, such as “work laptop”.")
    )


class LostPhoneForm(HouseForm):
    """The first password for somebody whose second step is taken away."""

    password = forms.CharField(
        label=_("New password"), max_length=200, strip=False, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("At least 12 letters or numbers. Hand it over in person, to somebody you know by sight."),
    )  # fmt: skip


class IssuerLinkForm(HouseForm):
    """By which key the agency's own sign-in knows somebody."""

    subject = forms.CharField(
        label=_("Key"), max_length=255, widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
        help_text=_("It stood on their page when they were told that this opens nothing here. Let them read it to you."),
    )  # fmt: skip


class IdleForm(HouseForm):
    """After how many minutes an untouched page locks."""

    idle_minutes = forms.IntegerField(
        label=_("Lock after"), min_value=IDLE_LEAST, max_value=IDLE_MOST,
        help_text=_("Minutes in which nobody touches the page. Everyone then says who they are, and finds their words again."),
    )  # fmt: skip
