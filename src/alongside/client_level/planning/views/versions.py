"""Forms of the plan as a whole: begin, amend, change the frame, offer, take back, drop, sign."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.client_level.assessment.queries import has_completed_sitting
from alongside.client_level.planning.actions import (
    plan_amend as amend,
)  # fmt: skip
from alongside.client_level.planning.actions import (
    plan_change,
    plan_start,
)
from alongside.client_level.planning.actions import (
    plan_offer as offer,
)
from alongside.client_level.planning.actions import (
    plan_settle as settle,
)
from alongside.client_level.planning.actions import (
    plan_sign as sign,
)
from alongside.client_level.planning.actions import (
    plan_take_back as take_back,
)
from alongside.client_level.planning.actions import (
    plan_withdraw as withdraw,
)
from alongside.client_level.planning.actions.ground import later
from alongside.client_level.planning.actions.plans import Frame
from alongside.client_level.planning.forms import FrameForm, SignForm
from alongside.client_level.planning.queries.page import plan_drawn
from alongside.client_level.planning.queries.versions import version_before, version_to_show, versions_of
from alongside.client_level.planning.views.pages import places
from alongside.client_level.planning.views.sure import sure
from alongside.confidentiality.access import case_view
from alongside.confidentiality.queries.alias import may_not_read
from alongside.documentation.models import PlanVersion
from alongside.documentation.models.plan import PlanState
from alongside.documentation.queries import case_page
from alongside.foundations import clock
from alongside.foundations.needs import actor_of
from alongside.foundations.pages import HouseForm, ask, open_form
from alongside.foundations.roles import WORK_CASE
from alongside.people.models import Case

NAMES = ("made_on", "made_with", "roles", "options_told", "review_on", "reassess_on")


def _frame(form: HouseForm) -> Frame:
    return Frame(**form.values(*NAMES))


def _frame_page(
    request: HttpRequest, case: Case, form: FrameForm, keep: Callable[[], object], *, assessed: bool = True, **more: Any
) -> HttpResponse:
    """The page of a version's frame: drawn, or saved by `keep`. Leads back to the plan."""

    def do() -> str:
        keep()
        return reverse("plan", args=[case.pk])

    context = case_page(request, case, "plan", form=form, assessed=assessed, **more)
    return ask(request, form, do, "planning/frame.html", context)


def _version(case: Case, key: UUID) -> PlanVersion:
    version = get_object_or_404(PlanVersion, pk=key, case=case)
    version.case = case
    return version


def _with_whom(version: PlanVersion, case: Case, else_: str) -> str:
    """With whom it was made, for a form to begin with; `else_` where the actor may not read it (practice C4)."""
    return else_ if may_not_read(version.made_with, case.client) else version.made_with


@case_view(WORK_CASE)
def plan_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Begin the plan; its days are proposed from the program's spans."""
    program, today = case.program, clock.today()
    initial = {
        "made_on": today, "review_on": today + timedelta(days=program.review_every_days),
        "reassess_on": today + timedelta(days=program.reassess_every_days), "made_with": case.client.preferred_name,
    }  # fmt: skip
    form = open_form(request, FrameForm, initial=initial)
    return _frame_page(
        request, case, form, lambda: plan_start(actor_of(request), case=case, frame=_frame(form)),
        title=_("Begin the plan"), button=_("Begin the plan"), assessed=has_completed_sitting(case),
    )  # fmt: skip


@case_view(WORK_CASE)
def plan_amend(request: HttpRequest, case: Case) -> HttpResponse:
    """Begin a new version of the plan in effect."""
    old = next((v for v in versions_of(case) if v.state == PlanState.IN_EFFECT), None)
    if old is None:
        return redirect("plan", case.pk)
    initial: dict[str, Any] = {name: getattr(old, name) for name in NAMES} | {
        "made_on": clock.today(), "made_with": _with_whom(old, case, case.client.preferred_name),
        "review_on": later(old.review_on, case.program.review_every_days),
        "reassess_on": later(old.reassess_on, case.program.reassess_every_days),
    }  # fmt: skip
    form = open_form(request, FrameForm, initial=initial)
    return _frame_page(
        request, case, form, lambda: amend(actor_of(request), case=case, frame=_frame(form)),
        title=_("Amend the plan"), button=_("Begin a new version"), old=old,
    )  # fmt: skip


@case_view(WORK_CASE)
def plan_edit(request: HttpRequest, case: Case, key: UUID) -> HttpResponse:
    """Change the frame of a draft."""
    version = _version(case, key)
    initial = {name: getattr(version, name) for name in (*NAMES, "edition")}
    initial["made_with"] = _with_whom(version, case, "")
    form = open_form(request, FrameForm, initial=initial)
    if may_not_read(version.made_with, case.client):
        form.fields["made_with"].help_text = _("A private name stands here. Leave this empty to keep it.")

    def change() -> PlanVersion:
        edition = form.cleaned_data["edition"]
        return plan_change(actor_of(request), version=version, edition=edition, frame=_frame(form))

    title = _("Roles, options and schedule")
    return _frame_page(request, case, form, change, title=title, button=_("Save roles, options and schedule"))


@case_view(WORK_CASE)
def plan_offer(request: HttpRequest, case: Case) -> HttpResponse:
    """Offer the draft for signature."""
    version = version_to_show(versions_of(case))
    if version is None:
        return redirect("plan_new", case.pk)
    version.case = case
    return sure(
        request, case, lambda reason: offer(actor_of(request), version=version),
        title=_("Offer version %(number)s for signature") % {"number": version.number},
        told=_("From here on its words are fixed. It takes effect when all have signed."), button=_("Offer for signature"),
    )  # fmt: skip


@case_view(WORK_CASE)
def plan_take_back(request: HttpRequest, case: Case, key: UUID) -> HttpResponse:
    """Take an offered version back."""
    version = _version(case, key)
    return sure(
        request, case, lambda reason: take_back(actor_of(request), version=version, reason=reason),
        title=_("Take version %(number)s back") % {"number": version.number},
        told=_(
            "Nobody signed yet: it becomes a draft again. Somebody signed: it stays as they signed it, "
            "and its words go on in a new version that asks everyone again."
        ),
        button=_("Take back from signing"), ask_why=True,
    )  # fmt: skip


@case_view(WORK_CASE)
def plan_settle(request: HttpRequest, case: Case, key: UUID) -> HttpResponse:
    """Put a version into effect that waits for nobody any more."""
    version = _version(case, key)
    return sure(
        request, case, lambda reason: settle(actor_of(request), version=version),
        title=_("Put version %(number)s into effect") % {"number": version.number},
        told=_("All whose signatures the program asks for by now have signed. The plan in effect, if there is one, is replaced."),
        button=_("Put into effect"),
    )  # fmt: skip


@case_view(WORK_CASE)
def plan_withdraw(request: HttpRequest, case: Case, key: UUID) -> HttpResponse:
    """Drop a draft."""
    version = _version(case, key)
    return sure(
        request, case, lambda reason: withdraw(actor_of(request), version=version, reason=reason),
        title=_("Drop version %(number)s") % {"number": version.number},
        told=_("It stays readable as withdrawn. The plan in effect, if there is one, goes on."), button=_("Drop this draft"),
        ask_why=True,
    )  # fmt: skip


@case_view(WORK_CASE)
def plan_sign(request: HttpRequest, case: Case) -> HttpResponse:
    """Sign the offered version, on the pad or by typing the name."""
    versions = versions_of(case)
    version = version_to_show(versions)
    if version is None or version.state not in (PlanState.SIGNING, PlanState.IN_EFFECT):
        return redirect("plan", case.pk)
    version.case = case
    asked = request.GET.get("as", "client")
    initial = {"capacity": asked, "language": case.client.reads_language or case.client.language}
    form = open_form(request, SignForm, initial=initial)
    context = case_page(request, case, "plan", form=form, version=version)
    context["plan"] = plan_drawn(case, version, version_before(versions, version))
    context |= places(case, version, context["primary"].name if context["primary"] else "")

    def do() -> str:
        sign(actor_of(request), version=version, **form.values("capacity", "name", "strokes", "language"))
        return reverse("plan", args=[case.pk])

    return ask(request, form, do, "planning/sign.html", context)
