"""Breaches and whose records an account touched, for administrators, who see case numbers and never a client."""

import csv
from io import StringIO
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alongside.confidentiality.actions.breaches import KEPT, breach_change, breach_move, breach_record, breach_step_add
from alongside.confidentiality.forms.oversight import AgainForm, BreachForm, ContainForm, StepForm, TouchedForm
from alongside.confidentiality.models import Breach
from alongside.confidentiality.queries.breaches import breaches_of, clocks_of
from alongside.confidentiality.queries.touched import Touched, touched_by
from alongside.confidentiality.queries.unusual import rules_of
from alongside.foundations import clock, looks
from alongside.foundations.cells import row_of
from alongside.foundations.errors import NotYours
from alongside.foundations.needs import actor_of, needs, page_name
from alongside.foundations.pages import HouseForm, ask, drop_draft, open_form
from alongside.foundations.paper import paper
from alongside.foundations.roles import ADMINISTER
from alongside.people.models import Staff

form_page = require_http_methods(["GET", "POST"])
HERE = {"here": "agency"}
STEPS = {"contain": "contain", "open-again": "open again", "close": "close"}


@needs(ADMINISTER)
@require_GET
def breaches(request: HttpRequest) -> HttpResponse:
    """Every breach with its clocks."""
    rows = [(one, clocks_of(one)) for one in breaches_of(actor_of(request))]
    return render(request, "confidentiality/breaches.html", HERE | {"rows": rows})


@needs(ADMINISTER)
@form_page
def touched(request: HttpRequest) -> HttpResponse:
    """Whose records an account touched between two times: on the page, as a table to take away, or on paper."""
    actor = actor_of(request)
    form = open_form(request, TouchedForm, actor=actor)
    if request.method != "POST" or not form.is_valid():
        return render(
            request, "confidentiality/touched.html", HERE | {"form": form}, status=422 if form.errors else 200
        )
    drop_draft(request)
    staff: Staff = form.cleaned_data["account"]
    span = form.values("since", "until")
    rows = touched_by(staff.pk, **span)
    kind = request.POST.get("as", "page")
    context = HERE | {"form": form, "staff": staff, "rows": rows, "cases": sum(1 for one in rows if one.number), **span}
    took = {"csv": looks.EXPORTED, "pdf": looks.PRINTED}.get(kind, looks.LISTED)
    looks.look(took, actor=actor, page=page_name(request), subject=(Staff, staff.pk))
    if kind == "csv":
        return _table(rows)
    if kind == "pdf":
        printed = {"printed_by": actor.name, "printed_at": clock.now()}
        return paper(request, "confidentiality/touched_paper.html", context | printed, "account")
    return render(request, "confidentiality/touched.html", context)


def _table(rows: list[Touched]) -> HttpResponse:
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Case"), _("What"), _("Times"), _("First"), _("Last")])
    for one in rows:
        first, last = (f"{timezone.localtime(at):%Y-%m-%d %H:%M}" for at in (one.first_at, one.last_at))
        writer.writerow(row_of(one.number or _("no case"), one.said, one.times, first, last))
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="account.csv"'
    return answer


@needs(ADMINISTER)
@form_page
def breach_new(request: HttpRequest) -> HttpResponse:
    """Write down a breach."""
    actor = actor_of(request)
    rules = rules_of(actor.agency)
    known = {"found_by": actor.name, "found_at": timezone.localtime(clock.now()),
             "notice_hours": rules.notice_hours, "people_days": rules.people_days}  # fmt: skip
    form = open_form(request, BreachForm, actor=actor, initial=known)

    def do() -> str:
        made = breach_record(actor, values=form.values(*KEPT))
        messages.success(request, _("Written down. Its deadlines are running."))
        return reverse("breach", args=[made.pk])

    return ask(request, form, do, "confidentiality/breach_form.html", HERE)


def _breach(request: HttpRequest, key: UUID) -> Breach:
    rows = breaches_of(actor_of(request)).prefetch_related("steps__by", "cases")
    found: Breach = get_object_or_404(rows, pk=key)
    return found


@needs(ADMINISTER)
@require_GET
def breach(request: HttpRequest, breach: UUID) -> HttpResponse:
    """One breach: what happened, its clocks, what was done, whose records."""
    found = _breach(request, breach)
    steps = sorted(found.steps.all(), key=lambda step: step.done_at)
    cases = sorted(found.cases.all(), key=lambda one: one.number)
    context = {"breach": found, "clocks": clocks_of(found), "steps": steps, "cases": cases}
    return render(request, "confidentiality/breach.html", HERE | context)


@needs(ADMINISTER)
@form_page
def breach_edit(request: HttpRequest, breach: UUID) -> HttpResponse:
    """Change what is known of a breach."""
    actor, found = actor_of(request), _breach(request, breach)
    known = {key: getattr(found, key) for key in (*KEPT, "edition")}
    form = open_form(request, BreachForm, actor=actor, initial=known)

    def do() -> str:
        breach_change(actor, breach=found, values=form.values(*KEPT), edition=form.cleaned_data["edition"])
        return reverse("breach", args=[found.pk])

    return ask(request, form, do, "confidentiality/breach_form.html", HERE | {"breach": found})


@needs(ADMINISTER)
@form_page
def breach_step_new(request: HttpRequest, breach: UUID) -> HttpResponse:
    """Write down what was done about a breach."""
    actor, found = actor_of(request), _breach(request, breach)
    form = open_form(request, StepForm, initial={"done_at": timezone.localtime(clock.now())})

    def do() -> str:
        breach_step_add(actor, breach=found, **form.values("kind", "done_at", "told", "words"))
        return reverse("breach", args=[found.pk])

    return ask(request, form, do, "confidentiality/breach_step.html", HERE | {"breach": found})


def _asked(step: str) -> tuple[type[HouseForm], str, str, str]:
    """The form of a move, what its page asks, what that means, and what its button says."""
    return {
        "contain": (
            ContainForm, _("Is it contained?"), _("Nothing more gets out by it. Its deadlines run on until both are met."),
            _("It is contained"),
        ),
        "open again": (
            AgainForm, _("Open it again?"), _("It is not contained after all. It waits on you until it is."), _("Open it again"),
        ),
        "close": (
            HouseForm, _("Close the breach?"), _("From then on nothing in it can be changed. What comes after is a new one."),
            _("Close the breach"),
        ),
    }[step]  # fmt: skip


@needs(ADMINISTER)
@form_page
def breach_step(request: HttpRequest, breach: UUID, step: str) -> HttpResponse:
    """Ask whether a breach is contained, is open again, or is to be closed; then do it."""
    if step not in STEPS:
        raise NotYours("There is nothing here.")
    found = _breach(request, breach)
    kind, heading, told, button = _asked(STEPS[step])
    form = open_form(request, kind, initial={"done_at": timezone.localtime(clock.now())})
    context = HERE | {"breach": found, "heading": heading, "told": told, "button": button}

    def do() -> str:
        sent = {name: form.cleaned_data[name] for name in ("words", "done_at") if name in form.fields}
        breach_move(actor_of(request), breach=found, step=STEPS[step], **sent)
        messages.success(request, _("Written down."))
        return reverse("breach", args=[found.pk])

    return ask(request, form, do, "confidentiality/breach_ask.html", context)
