"""Pages of outreach: what was done at the doors one stands at, one record, and a referral that comes from it (E1)."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.client_level.engagement.actions import outreach_change, outreach_record
from alongside.client_level.engagement.forms.outreach import NewOutreachForm, OutreachForm
from alongside.client_level.engagement.models import Outreach
from alongside.client_level.engagement.queries import doors, led_to, outreach_page
from alongside.client_level.engagement.views.referrals import taking_in
from alongside.foundations import looks
from alongside.foundations.errors import NotAllowed, NotYours
from alongside.foundations.needs import actor_of, needs, page_name
from alongside.foundations.pages import ask, open_form
from alongside.foundations.roles import RECEIVE

HERE = {"here": "referrals_in"}
TYPED = ("on", "place", "how", "met", "languages", "who", "offered", "said")


@needs(RECEIVE)
def outreach_list(request: HttpRequest) -> HttpResponse:
    """Outreach at the doors one stands at, the newest first, each with whether it led to a referral."""
    try:
        after = UUID(request.GET.get("after", ""))
    except ValueError:
        after = None
    page, receives = outreach_page(after), doors(actor_of(request)).exists()
    looks.look(looks.LISTED, actor=actor_of(request), page=page_name(request))
    context = HERE | {"page": page, "further": after is not None, "receives": receives}
    return render(request, "engagement/outreach.html", context)


@needs(RECEIVE)
def outreach_new(request: HttpRequest) -> HttpResponse:
    """Record outreach; nobody has to be named."""
    programs = doors(actor_of(request))
    form = open_form(request, NewOutreachForm, programs=programs)

    def do() -> str:
        values = form.values(*TYPED)
        kept = outreach_record(actor_of(request), program=form.cleaned_data["program"], values=values)
        return reverse("outreach_one", args=[kept.pk])

    context = HERE | {"outreach": None, "receives": programs.exists()}
    return ask(request, form, do, "engagement/outreach_edit.html", context)


def _outreach(request: HttpRequest, key: UUID) -> Outreach:
    """The record, if the policy shows it to the actor; each look and each refusal is kept (practice C4, C5)."""
    found = Outreach.objects.select_related("program", "by").filter(pk=key).first()
    page, subject = page_name(request), (Outreach, key)
    if found is None:
        looks.look(looks.REFUSED, actor=actor_of(request), page=page, subject=subject)
        raise NotYours("There is nothing here.")
    looks.look(looks.OPENED, actor=actor_of(request), page=page, subject=subject)
    return found


@needs(RECEIVE)
def outreach_one(request: HttpRequest, outreach: UUID) -> HttpResponse:
    """One record: what was done, and the referrals that came from it."""
    found = _outreach(request, outreach)
    rows = list(found.referrals.select_related("client", "program").order_by("-received_on", "-id"))
    elsewhere = led_to([found.pk]).get(found.pk, 0) - len(rows)
    context: dict[str, Any] = HERE | {
        "outreach": found, "referrals": rows, "elsewhere": max(0, elsewhere),
        "mine": found.by_id == actor_of(request).staff, "receives": doors(actor_of(request)).exists(),
    }  # fmt: skip
    return render(request, "engagement/outreach_one.html", context)


@needs(RECEIVE)
def outreach_edit(request: HttpRequest, outreach: UUID) -> HttpResponse:
    """Correct what one has recorded oneself."""
    found = _outreach(request, outreach)
    if found.by_id != actor_of(request).staff:
        raise NotAllowed(_("Only the person who wrote this can correct it. Ask %(name)s.") % {"name": found.by.name})
    initial = {name: getattr(found, name) for name in (*TYPED, "edition")}
    form = open_form(request, OutreachForm, initial=initial)

    def do() -> str:
        edition = form.cleaned_data["edition"]
        outreach_change(actor_of(request), outreach=found, values=form.values(*TYPED), edition=edition)
        return reverse("outreach_one", args=[found.pk])

    return ask(request, form, do, "engagement/outreach_edit.html", HERE | {"outreach": found, "receives": True})


@needs(RECEIVE)
def outreach_referral(request: HttpRequest, outreach: UUID) -> HttpResponse:
    """Take in a referral of somebody who was met there: the form of every referral, and the link is kept."""
    return taking_in(request, _outreach(request, outreach))
