"""Review of unusual looks, for those who answer for the cases and the people (practice C5)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alongside.confidentiality.actions.breaches import RULES, look_rules_save
from alongside.confidentiality.actions.unusual import unusual_judge
from alongside.confidentiality.forms.oversight import JudgeForm, LookRulesForm
from alongside.confidentiality.models import UnusualLook
from alongside.confidentiality.queries.unusual import MOST, files_of, judged, rules_of, to_judge
from alongside.foundations import looks
from alongside.foundations.actor import Actor
from alongside.foundations.needs import actor_of, needs, page_name
from alongside.foundations.pages import ask, open_form
from alongside.foundations.roles import ADMINISTER, OVERSEE, SUPERVISE

form_page = require_http_methods(["GET", "POST"])


def _under(actor: Actor) -> str:
    """Whoever answers for cases comes to these pages from there, an administrator from the agency's."""
    return "cases" if SUPERVISE.held_by(actor.roles) else "agency"


@needs(OVERSEE)
@require_GET
def unusual(request: HttpRequest) -> HttpResponse:
    """Looks that stand out, each with why; those that nobody has judged first."""
    actor = actor_of(request)
    looks.look(looks.LISTED, actor=actor, page=page_name(request))
    waiting, done = list(to_judge(actor)[:MOST]), list(judged(actor)[:20])
    return render(request, "confidentiality/unusual.html", {"here": _under(actor), "waiting": waiting, "done": done})


@needs(OVERSEE)
@form_page
def unusual_look(request: HttpRequest, look: UUID) -> HttpResponse:
    """One look that stands out, to judge as fitting or not, with words."""
    actor = actor_of(request)
    rows = to_judge(actor)
    found: UnusualLook = get_object_or_404(rows, pk=look)
    looks.look(looks.OPENED, actor=actor, case=found.case_id, page=page_name(request), subject=(UnusualLook, found.pk))
    form = open_form(request, JudgeForm)

    def do() -> str:
        unusual_judge(
            actor, look=found, fitting=form.cleaned_data["fitting"] == "yes", words=form.cleaned_data["words"]
        )
        messages.success(request, _("Kept what you found."))
        return reverse("unusual")

    files = None if found.case_id else files_of(found)
    return ask(
        request, form, do, "confidentiality/unusual_look.html", {"here": _under(actor), "look": found, "files": files}
    )


@needs(ADMINISTER)
@form_page
def look_rules(request: HttpRequest) -> HttpResponse:
    """From where on a look stands out in this agency."""
    actor = actor_of(request)
    form = open_form(request, LookRulesForm, initial=LookRulesForm.read(rules_of(actor.agency)))

    def do() -> str:
        look_rules_save(actor, values=form.values(*RULES), edition=form.cleaned_data["edition"])
        messages.success(request, _("Saved. What is found from now on follows it."))
        return reverse("breaches")

    return ask(request, form, do, "confidentiality/look_rules.html", {"here": "agency"})
