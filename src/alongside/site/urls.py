"""Every address of the program. Library pages are named one by one: what is not named is not served."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as steps
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView

from alongside.foundations.needs import state_need
from alongside.foundations.roles import NOTHING, OWN_ACCOUNT, Right
from alongside.site import views
from alongside.site.account import issuer_views, staff_views
from alongside.site.account import views as own
from alongside.site.account.adapter import tries_seen
from alongside.site.account.again import key_turned


def _library(view: Any, right: Right) -> Any:
    state_need(view, right)
    return view


ACCOUNT_PAGE = RedirectView.as_view(pattern_name="account")

urlpatterns = [
    path("", views.home, name="home"),
    path("drafts/", views.draft, name="draft"),
    path("theme/", views.theme, name="theme"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("account/sign-in/", _library(tries_seen(account.login), NOTHING), name="account_login"),
    path("account/sign-out/", _library(account.logout, OWN_ACCOUNT), name="account_logout"),
    path("account/password/", _library(account.password_change, OWN_ACCOUNT), name="account_change_password"),
    path(
        "account/who-is-there/",
        _library(key_turned(account.reauthenticate), OWN_ACCOUNT),
        name="account_reauthenticate",
    ),
    path("account/sign-in/code/", _library(steps.authenticate, NOTHING), name="mfa_authenticate"),
    path("account/sign-in/issuer/", issuer_views.issuer_begin, name="issuer_begin"),
    path("account/sign-in/issuer/back/", issuer_views.issuer_back, name="issuer_back"),
    path(
        "account/sign-in/passkey/",
        _library(login_not_required(passkeys.login_webauthn), NOTHING),
        name="mfa_login_webauthn",
    ),
    path(
        "account/who-is-there/passkey/",
        _library(key_turned(passkeys.reauthenticate_webauthn), OWN_ACCOUNT),
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/app/", _library(app.activate_totp, OWN_ACCOUNT), name="mfa_activate_totp"),
    path("account/app/remove/", _library(app.deactivate_totp, OWN_ACCOUNT), name="mfa_deactivate_totp"),
    path("account/passkeys/new/", _library(passkeys.add_webauthn, OWN_ACCOUNT), name="mfa_add_webauthn"),
    path(
        "account/passkeys/<int:pk>/remove/",
        _library(own.PasskeyRemove.as_view(), OWN_ACCOUNT),
        name="mfa_remove_webauthn",
    ),
    path("account/passkeys/<int:pk>/name/", own.passkey_name, name="passkey_name"),
    path("account/codes/", _library(codes.view_recovery_codes, OWN_ACCOUNT), name="mfa_view_recovery_codes"),
    path(
        "account/codes/new/", _library(codes.generate_recovery_codes, OWN_ACCOUNT), name="mfa_generate_recovery_codes"
    ),
    path("account/", own.account, name="account"),
    # Where the library leads after it has changed something.
    path("account/steps/", _library(ACCOUNT_PAGE, OWN_ACCOUNT), name="mfa_index"),
    path("account/passkeys/", _library(ACCOUNT_PAGE, OWN_ACCOUNT), name="mfa_list_webauthn"),
    path("account/second-step/", own.second_step_first, name="second_step_first"),
    path("account/lock/", own.lock, name="lock"),
    path("account/here/", own.here, name="here"),
    path("account/places/end/", own.others_end, name="others_end"),
    path("account/places/<uuid:sign_in>/end/", own.place_end, name="place_end"),
    path("account/places/<uuid:sign_in>/whose/", own.device_answered, name="device_answered"),
    path("agency/sign-in/", staff_views.sign_in_rules, name="sign_in_rules"),
    path("agency/sign-in/issuer/", issuer_views.issuer_trust, name="issuer_trust"),
    path("agency/staff/<uuid:staff>/sign-in/issuer/", issuer_views.staff_issuer, name="staff_issuer"),
    path("agency/staff/<uuid:staff>/sign-in/issuer/end/", issuer_views.staff_issuer_end, name="staff_issuer_end"),
    path("agency/staff/<uuid:staff>/sign-in/", staff_views.staff_door, name="staff_door"),
    path("agency/staff/<uuid:staff>/sign-in/open/", staff_views.staff_door_open, name="staff_door_open"),
    path("agency/staff/<uuid:staff>/sign-in/end/", staff_views.staff_signed_out, name="staff_signed_out"),
    path("agency/staff/<uuid:staff>/sign-in/lost-phone/", staff_views.staff_lost_phone, name="staff_lost_phone"),
    path("", include("alongside.supervision.urls")),
    path("", include("alongside.people.urls")),
    path("", include("alongside.documentation.urls")),
    path("", include("alongside.confidentiality.urls")),
    path("", include("alongside.client_level.engagement.urls")),
    path("", include("alongside.client_level.assessment.urls")),
    path("", include("alongside.client_level.planning.urls")),
    path("", include("alongside.client_level.intervention.urls")),
    path("", include("alongside.client_level.monitoring.urls")),
    path("", include("alongside.client_level.termination.urls")),
]
