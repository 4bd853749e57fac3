"""What a program asks before it accepts someone, set by the administrator."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from alongside.client_level.engagement.actions import criteria_save
from alongside.client_level.engagement.forms.criteria import CriteriaForm
from alongside.client_level.engagement.queries import asked_of
from alongside.foundations.needs import actor_of, needs
from alongside.foundations.pages import ask, open_form
from alongside.foundations.roles import ADMINISTER
from alongside.people.models import Program


@needs(ADMINISTER)
def criteria_edit(request: HttpRequest, program: UUID) -> HttpResponse:
    """Set the criteria of one program (practice E3)."""
    found = get_object_or_404(Program, pk=program)
    form = open_form(request, CriteriaForm, criteria=list(asked_of(found.pk)))
    template, context = "engagement/criteria.html", {"program": found, "form": form, "here": "agency"}

    def keep() -> str:
        criteria_save(actor_of(request), program=found, questions=form.asked())
        return reverse("program_edit", args=[found.pk])

    return ask(request, form, keep, template, context)
