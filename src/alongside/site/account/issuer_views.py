"""Signing in by the agency's own sign-in, and the administrator's pages about it (decision 0019)."""

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from uuid import UUID

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from allauth.mfa.stages import AuthenticateStage
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.foundations import looks
from alongside.foundations.errors import NotYours
from alongside.foundations.needs import Routed, actor_of, needs, page_name
from alongside.foundations.pages import ask, open_form
from alongside.foundations.roles import ADMINISTER, NOTHING
from alongside.people.models import Staff
from alongside.site.account.actions import issuer_link, issuer_steps_trust, issuer_unlink
from alongside.site.account.door import BY_ISSUER, issuer_here, staff_behind
from alongside.site.account.forms import IssuerLinkForm
from alongside.site.account.oidc import flow
from alongside.site.account.oidc.fetch import Silent
from alongside.site.account.oidc.flow import Asked, Vouched
from alongside.site.account.oidc.issuer import Issuer
from alongside.site.account.oidc.tokens import NotVouched
from alongside.site.account.oidc.who import Known, is_enough, known, named

KEPT_AS = "issuer_asked"
BY_ADDRESS = {"app": "allauth.account", "action": "login", "limit_get": True}
"""Counted with the tries of passwords, by address."""


def _refused(request: HttpRequest, issuer: Issuer, status: int, sentence: str, key: str = "") -> HttpResponse:
    context = {"sentence": sentence % {"issuer": issuer.name}, "key": key, "issuer": issuer.name}
    return render(request, "site/issuer_refused.html", context, status=status)


def _silent(request: HttpRequest, issuer: Issuer) -> HttpResponse:
    sentence = _("%(issuer)s does not answer at the moment. Sign in with your password, or try again later.")
    return _refused(request, issuer, 503, sentence)


def at_the_issuers_door(view: Callable[[HttpRequest, Issuer], HttpResponseBase]) -> Routed:
    """For whoever is not in yet, where there is an issuer, at the pace at which passwords are tried; else the door."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        issuer = issuer_here()
        if issuer is None:
            return redirect("account_login")
        stopped: HttpResponse | None = ratelimit.consume_or_429(request, **BY_ADDRESS)
        if stopped is not None:
            return stopped
        return redirect("home") if request.user.is_authenticated else view(request, issuer)

    return guarded


@needs(NOTHING)
@require_GET
@at_the_issuers_door
def issuer_begin(request: HttpRequest, issuer: Issuer) -> HttpResponseBase:
    """Lead to the issuer. Only a page of ours leads there: nobody is signed in because they read another's page."""
    if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        return redirect("home")
    place = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(place, {request.get_host()}, require_https=request.is_secure())
    back = request.build_absolute_uri(reverse("issuer_back"))
    try:
        there, asked = flow.begin(issuer, back=back, next=place if safe else "")
    except Silent:
        return _silent(request, issuer)
    request.session[KEPT_AS] = asdict(asked)
    return HttpResponseRedirect(there)


@needs(NOTHING)
@require_GET
@at_the_issuers_door
def issuer_back(request: HttpRequest, issuer: Issuer) -> HttpResponseBase:
    """Take in what the issuer says, and go on as after a password."""
    kept = request.session.pop(KEPT_AS, None)
    asked = Asked(**kept) if kept else None
    if asked is not None and "error" in request.GET:
        return redirect("home")
    try:
        vouched = flow.finish(issuer, asked, request.GET.dict())
    except Silent:
        return _silent(request, issuer)
    except NotVouched:
        looks.look(looks.SIGN_IN_FAILED, page=page_name(request))
        sentence = _("What came from %(issuer)s does not belong to a sign-in that was begun here. Begin again.")
        return _refused(request, issuer, 403, sentence)
    found = known(issuer, vouched)
    return _unknown(request, issuer, vouched) if found is None else _come_in(request, found, vouched, asked)


def _unknown(request: HttpRequest, issuer: Issuer, vouched: Vouched) -> HttpResponse:
    """The same for whoever has no account and whoever has one that this does not open: a stranger learns nothing of it."""
    looks.look(looks.SIGN_IN_FAILED, actor=staff_behind(named(vouched)), page=page_name(request))
    return _refused(
        request, issuer, 403, _("%(issuer)s knows you, but no account here is linked to you."), vouched.subject
    )


def _come_in(request: HttpRequest, found: Known, vouched: Vouched, asked: Asked | None) -> HttpResponse:
    login = Login(
        user=found.account,
        redirect_url=(asked.next if asked else "") or None,
        signal_kwargs={"issuer_key": found.link} if found.link else None,
    )
    record_authentication(request, found.account, method=BY_ISSUER)
    if is_enough(found, vouched):
        record_authentication(request, found.account, method="mfa", type=BY_ISSUER)
        login.state["stages"] = {AuthenticateStage.key: {"handled": True}}
    answer: HttpResponse = perform_login(request, login)
    return answer


def _staff(request: HttpRequest, key: UUID) -> Staff:
    return get_object_or_404(Staff, pk=key, agency_id=actor_of(request).agency)


def _issuer_of(request: HttpRequest) -> Issuer:
    issuer = issuer_here(getattr(request, "agency_name", ""))
    if issuer is None:
        raise NotYours(_("There is nothing here."))
    return issuer


@needs(ADMINISTER)
@require_http_methods(["GET", "POST"])
def staff_issuer(request: HttpRequest, staff: UUID) -> HttpResponse:
    """Link a member of staff to the key by which the issuer knows them."""
    issuer, found = _issuer_of(request), _staff(request, staff)
    form = open_form(request, IssuerLinkForm)

    def do() -> str:
        issuer_link(actor_of(request), staff=found, issuer=issuer, subject=form.cleaned_data["subject"])
        said = _("%(name)s signs in by %(issuer)s from now on.") % {"name": found.name, "issuer": issuer.name}
        messages.success(request, said)
        return reverse("staff_door", args=[found.pk])

    context = {"here": "agency", "staff": found, "issuer": issuer.name}
    return ask(request, form, do, "site/staff_issuer.html", context)


@needs(ADMINISTER)
@require_POST
def staff_issuer_end(request: HttpRequest, staff: UUID) -> HttpResponse:
    """Undo the link."""
    issuer, found = _issuer_of(request), _staff(request, staff)
    issuer_unlink(actor_of(request), staff=found, issuer=issuer)
    messages.success(request, _("The link to %(issuer)s is undone.") % {"issuer": issuer.name})
    return redirect("staff_door", staff=found.pk)


@needs(ADMINISTER)
@require_POST
def issuer_trust(request: HttpRequest) -> HttpResponse:
    """Take the issuer's second step for enough, or not."""
    _issuer_of(request)
    trusted = request.POST.get("trusted") == "yes"
    issuer_steps_trust(actor_of(request), trusted=trusted)
    said = _("Its second step is enough.") if trusted else _("A second step is asked here too.")
    messages.success(request, said)
    return redirect("sign_in_rules")
