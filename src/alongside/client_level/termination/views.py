"""Pages of termination: the ending, closing, reopening, following up."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.client_level.termination import actions
from alongside.client_level.termination.forms import (
    CloseForm,
    ClosingForm,
    FollowUpForm,
    PrepareForm,
    ReopenForm,
    kept_so_far,
)  # fmt: skip
from alongside.client_level.termination.models import Closure, FollowUp
from alongside.client_level.termination.queries import (
    current_closure,
    follow_ups_of,
    latest_closure,
    missing_in,
    next_of,
    undone_closures,
    unsettled_on,
)  # fmt: skip
from alongside.client_level.termination.states import ClosureState
from alongside.confidentiality.access import case_view
from alongside.documentation.queries import case_page
from alongside.foundations import clock
from alongside.foundations.needs import actor_of
from alongside.foundations.pages import HouseForm, ask, open_form, save
from alongside.foundations.roles import READ_CASE, WORK_CASE
from alongside.people.models import Case

Context = dict[str, object]


def _form(request: HttpRequest, closure: Closure | None) -> HouseForm:
    if closure is None:
        return open_form(request, PrepareForm, initial={"ends_on": clock.today()})
    return open_form(request, ClosingForm, initial=kept_so_far(closure))


def _page(request: HttpRequest, case: Case, closure: Closure | None, form: HouseForm) -> Context:
    missing = missing_in(closure) if closure is not None and closure.state == ClosureState.PREPARED else []
    follow_ups = follow_ups_of(case)
    return case_page(
        request, case, "ending", closure=closure, form=form, missing=missing, undone=undone_closures(case),
        follow_ups=follow_ups, next_follow_up=next_of(follow_ups), ahead=closure is not None and closure.ends_on > clock.today(),
    )  # fmt: skip


@case_view(READ_CASE)
def ending(request: HttpRequest, case: Case) -> HttpResponseBase:
    """How the case ends: what is missing, the closing record, follow-ups, and endings that were undone (T1-T3, T6, T7)."""
    if request.method == "POST":
        return _write_ending(request, case.pk)
    closure = current_closure(case)
    return render(request, "termination/ending.html", _page(request, case, closure, _form(request, closure)))


@case_view(WORK_CASE)
def _write_ending(request: HttpRequest, case: Case) -> HttpResponseBase:
    closure = current_closure(case)
    form = _form(request, closure)

    def do() -> str:
        values = {name: value for name, value in form.cleaned_data.items() if name in actions.KEPT}
        if closure is None:
            actions.closure_prepare(actor_of(request), case=case, **values)
        else:
            edition = form.cleaned_data["edition"] or 0
            actions.closure_keep(actor_of(request), closure=closure, edition=edition, values=values)
        messages.success(request, _("What is written of the ending is kept."))
        return reverse("ending", args=[case.pk])

    return save(request, form, do, "termination/ending.html", _page(request, case, closure, form))


@case_view(WORK_CASE)
def case_close(request: HttpRequest, case: Case) -> HttpResponseBase:
    """Say exactly what closing settles, then close (T2, T8)."""
    closure = _or_404(latest_closure(case))
    form = open_form(request, CloseForm)
    context = case_page(
        request, case, "ending", form=form, closure=closure, missing=missing_in(closure), unsettled=unsettled_on(case), today=clock.today(),
        ahead=closure.ends_on > clock.today(),
    )  # fmt: skip

    def do() -> str:
        actions.case_close(actor_of(request), case=case)
        messages.success(request, _("The case is closed. Everything in it stays readable here."))
        return reverse("ending", args=[case.pk])

    return ask(request, form, do, "termination/case_close.html", context)


@case_view(WORK_CASE)
def case_reopen(request: HttpRequest, case: Case) -> HttpResponseBase:
    """Open a closed case again, its history whole (T7)."""
    closure = _or_404(latest_closure(case))
    form = open_form(request, ReopenForm)
    context = case_page(request, case, "ending", form=form, closure=closure)

    def do() -> str:
        actions.case_reopen(actor_of(request), case=case, reason=form.cleaned_data["reason"])
        messages.success(request, _("The case is open again, with its history whole."))
        return reverse("case", args=[case.pk])

    return ask(request, form, do, "termination/case_reopen.html", context)


@case_view(WORK_CASE)
def follow_up(request: HttpRequest, case: Case, follow_up: UUID) -> HttpResponseBase:
    """Write down what was found after the end, also on a closed case (T6)."""
    found = get_object_or_404(FollowUp.objects.select_related("closure", "by"), pk=follow_up, case=case)
    form = open_form(request, FollowUpForm, initial={"done_on": clock.today()})
    context = case_page(request, case, "ending", form=form, follow_up=found)

    def do() -> str:
        actions.follow_up_record(actor_of(request), follow_up=found, **form.values())
        messages.success(request, _("The follow-up is on record."))
        return reverse("ending", args=[case.pk])

    return ask(request, form, do, "termination/follow_up.html", context)


def _or_404(closure: Closure | None) -> Closure:
    if closure is None:
        raise Http404
    return closure
