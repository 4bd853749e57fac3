"""Who may open a note: its marks, changed with a reason (practice C4, decision 0014)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.client_level.intervention.actions import note_mark
from alongside.client_level.intervention.forms import MarksForm
from alongside.confidentiality.access import case_view
from alongside.documentation.models import Note
from alongside.documentation.models.note import NoteState
from alongside.documentation.queries import case_page
from alongside.foundations.errors import NotYours
from alongside.foundations.needs import actor_of
from alongside.foundations.pages import ask, open_form
from alongside.foundations.roles import WORK_CASE
from alongside.people.models import Case


@case_view(WORK_CASE)
def note_marks(request: HttpRequest, case: Case, note: UUID) -> HttpResponse:
    """Change the marks of a note that is written; on a draft its writer chooses them in the note itself."""
    found = get_object_or_404(Note.objects.select_related("case", "writer"), pk=note, case=case)
    if found.state == NoteState.DRAFT:
        raise NotYours("There is nothing here.")
    form = open_form(request, MarksForm, initial={"marks": found.marks})
    own_page = reverse("note", args=[case.pk, found.pk])

    def do() -> str:
        sent = form.cleaned_data
        note_mark(actor_of(request), note=found, marks=sent["marks"], reason=sent["reason"])
        messages.success(request, _("Saved who may open the note."))
        return own_page

    return ask(request, form, do, "intervention/marks.html", case_page(request, case, "timeline", note=found))
