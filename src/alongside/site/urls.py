"""Every address of the program. Library pages are named one by one: what is not named is not served."""

from typing import Any

from allauth.account import views as account
from django.urls import include, path

from alongside.foundations.needs import state_need
from alongside.foundations.roles import NOTHING, OWN_ACCOUNT, Right
from alongside.site import views
from alongside.site.sign_in import tries_seen


def _library(view: Any, right: Right) -> Any:
    state_need(view, right)
    return view


urlpatterns = [
    path("", views.home, name="home"),
    path("drafts/", views.draft, name="draft"),
    path("theme/", views.theme, name="theme"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("account/sign-in/", _library(tries_seen(account.login), NOTHING), name="account_login"),
    path("account/sign-out/", _library(account.logout, OWN_ACCOUNT), name="account_logout"),
    path("account/password/", _library(account.password_change, OWN_ACCOUNT), name="account_change_password"),
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
