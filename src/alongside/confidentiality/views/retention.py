"""Pages of retention: the rules, what is due, holds (practice D6)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alongside.confidentiality.access import case_view, in_frame
from alongside.confidentiality.actions.holds import hold_lift, hold_set
from alongside.confidentiality.actions.rules import rule_add, rule_change
from alongside.confidentiality.forms.retention import HoldForm, NewRuleForm, RuleForm, WhyForm
from alongside.confidentiality.models import Hold, RetentionRule
from alongside.confidentiality.queries import retention
from alongside.confidentiality.queries.suggested import SUGGESTED
from alongside.foundations import clock
from alongside.foundations.errors import NotAllowed
from alongside.foundations.needs import actor_of, needs
from alongside.foundations.pages import ask, open_form
from alongside.foundations.roles import ADMINISTER, READ_CASE, SUPERVISE, WORK_CASE
from alongside.people.models import Case

form_page = require_http_methods(["GET", "POST"])


@needs(ADMINISTER)
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """How long each kind of record is kept, and how many are due, in numbers only."""
    agency = actor_of(request).agency
    kept = retention.rules_of(agency)
    agency_wide = {rule.kind for rule in kept if rule.program is None}
    free = [one for one in SUGGESTED if one.kind not in agency_wide]
    context = {"rules": kept, "suggested": free, "counted": retention.counted(), "here": "agency"}
    return render(request, "confidentiality/rules.html", context)


@needs(ADMINISTER)
@form_page
def rule_new(request: HttpRequest) -> HttpResponse:
    """Set a rule, from a suggestion or from nothing."""
    actor, wanted = actor_of(request), request.GET.get("from", "")
    one = next((one for one in SUGGESTED if one.key == wanted), None)
    initial = {"kind": one.kind, "event": one.event, "years": one.years, "source": one.law} if one else {}
    form = open_form(request, NewRuleForm, agency=actor.agency, initial=initial)

    def do() -> str:
        rule_add(actor, **form.values())
        messages.success(request, _("The rule takes effect now."))
        return reverse("retention_rules")

    return ask(request, form, do, "confidentiality/rule.html", {"here": "agency", "rule": None})


@needs(ADMINISTER)
@form_page
def rule_edit(request: HttpRequest, rule: UUID) -> HttpResponse:
    """Change how long something is kept."""
    actor = actor_of(request)
    found = get_object_or_404(RetentionRule.objects.select_related("program"), pk=rule, agency_id=actor.agency)
    kept = {name: getattr(found, name) for name in ("event", "years", "source", "edition")}
    form = open_form(request, RuleForm, of=found.kind, initial=kept)

    def do() -> str:
        rule_change(actor, rule=found, **form.values(), edition=form.cleaned_data["edition"] or 0)
        messages.success(request, _("The rule is changed, and what is due with it."))
        return reverse("retention_rules")

    return ask(request, form, do, "confidentiality/rule.html", {"here": "agency", "rule": found})


@case_view(READ_CASE)
def case_retention(request: HttpRequest, case: Case) -> HttpResponse:
    """How long this case is kept and why, the holds on it, and what was proposed."""
    actor = actor_of(request)
    context = in_frame(
        request, case, "ending", due=retention.due_of(case.pk), holds=retention.holds_on(case), held=retention.is_held(case),
        supervises=SUPERVISE.held_by(actor.roles), today=clock.today(),
    )  # fmt: skip
    return render(request, "confidentiality/case_retention.html", context)


@case_view(WORK_CASE)
def hold_new(request: HttpRequest, case: Case) -> HttpResponseBase:
    """Put the case, or everything kept about its client, on hold."""
    form = open_form(request, HoldForm, initial={"covers": "case", "since": clock.today()})

    def do() -> str:
        hold_set(actor_of(request), case=case, **form.values())
        messages.success(request, _("It is on hold. Nothing of it can be disposed of."))
        return reverse("case_retention", args=[case.pk])

    return ask(request, form, do, "confidentiality/hold.html", in_frame(request, case, "ending", hold=None))


@case_view(WORK_CASE)
def hold_end(request: HttpRequest, case: Case, hold: UUID) -> HttpResponseBase:
    """Lift a hold, with the reason: for those who supervise."""
    found = get_object_or_404(Hold.objects.select_related("by"), pk=hold, case=case)
    if not SUPERVISE.held_by(actor_of(request).roles):
        raise NotAllowed(_("Only a supervisor can lift a hold. Ask yours."))
    form = open_form(request, WhyForm)

    def do() -> str:
        hold_lift(actor_of(request), hold=found, why=form.cleaned_data["why"])
        messages.success(request, _("The hold is lifted."))
        return reverse("case_retention", args=[case.pk])

    return ask(request, form, do, "confidentiality/hold.html", in_frame(request, case, "ending", hold=found))
