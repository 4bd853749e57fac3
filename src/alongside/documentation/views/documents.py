"""Pages of documents: taken in, opened, described, put aside; and the copy that goes with a disclosure (practice C2, C4)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.confidentiality.access import case_view
from alongside.confidentiality.models import Category
from alongside.confidentiality.queries.disclosures import disclosure_at, left_of, no_paper_because
from alongside.confidentiality.views.sharing import found_share, opened_of
from alongside.documentation.actions import (
    document_add,
    document_change,
    document_put_aside,
    document_put_back,
)
from alongside.documentation.forms import AsideForm, DocumentForm, NewDocumentForm
from alongside.documentation.models import Document, DocumentFile
from alongside.documentation.queries import case_page
from alongside.documentation.queries.documents import bytes_of, document_at, file_at, files_of
from alongside.foundations import clock, looks
from alongside.foundations.errors import RuleBroken
from alongside.foundations.needs import actor_of, needs, page_name
from alongside.foundations.pages import ask, open_form
from alongside.foundations.roles import READ_CASE, WORK_CASE
from alongside.people.access import must_look_open
from alongside.people.models import Case


def _found(case: Case, key: UUID) -> Document:
    found = document_at(case, key)
    if found is None:
        raise Http404
    return found


@case_view(WORK_CASE)
def document_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Take a paper in: choose its files or photograph it, and say what it is."""
    must_look_open(case)
    form = open_form(request, NewDocumentForm, initial={"on": clock.today()})

    def do() -> str:
        sent = form.cleaned_data
        made = document_add(actor_of(request), case=case, paper=form.paper(), files=sent["papers"], marks=sent["marks"])
        messages.success(request, _("The document is in the record."))
        return reverse("document", args=[case.pk, made.pk])

    return ask(request, form, do, "documentation/document_new.html", case_page(request, case, "consent"))


@case_view(READ_CASE)
def document(request: HttpRequest, case: Case, document: UUID) -> HttpResponse:
    """One document: its pages, what is said about it, and what can be done with it."""
    row = _found(case, document)
    context = case_page(request, case, "consent", row=row, files=files_of(row))
    return render(request, "documentation/document.html", context)


@case_view(WORK_CASE)
def document_edit(request: HttpRequest, case: Case, document: UUID) -> HttpResponse:
    """Say anew what a document is, and who may open it."""
    must_look_open(case)
    row = _found(case, document)
    told = {name: getattr(row, name) for name in ("title", "sort", "on", "source", "marks", "edition")}
    form = open_form(request, DocumentForm, initial=told)

    def do() -> str:
        edition = form.cleaned_data["edition"] or 0
        marks = form.cleaned_data["marks"]
        document_change(actor_of(request), document=row, paper=form.paper(), marks=marks, edition=edition)
        return reverse("document", args=[case.pk, row.pk])

    return ask(request, form, do, "documentation/document_edit.html", case_page(request, case, "consent", row=row))


@case_view(WORK_CASE)
def document_aside(request: HttpRequest, case: Case, document: UUID) -> HttpResponse:
    """Put a document aside, or back in its place."""
    must_look_open(case)
    row = _found(case, document)
    if request.method == "POST" and "back" in request.POST:
        document_put_back(actor_of(request), document=row, edition=row.edition)
        return redirect("document", case.pk, row.pk)
    form = open_form(request, AsideForm, initial={"edition": row.edition})

    def do() -> str:
        sent = form.cleaned_data
        document_put_aside(actor_of(request), document=row, because=sent["because"], edition=sent["edition"] or 0)
        return reverse("consent", args=[case.pk])

    return ask(request, form, do, "documentation/document_aside.html", case_page(request, case, "consent", row=row))


@case_view(READ_CASE)
def document_file(request: HttpRequest, case: Case, file: UUID) -> HttpResponse:
    """The bytes of one file, shown by the browser and kept nowhere."""
    found = file_at(case, file)
    if found is None:
        raise Http404
    return _as_it_is(found, case)


@case_view(WORK_CASE)
def disclosed_file(request: HttpRequest, case: Case, disclosure: UUID, file: UUID) -> HttpResponse:
    """The copy of a file that goes with a disclosure. Whether it may still leave is looked at once more, as for the packet."""
    out, found = disclosure_at(case, disclosure), file_at(case, file)
    if out is None or found is None:
        raise Http404
    why = no_paper_because(out)
    if why or not any(item.key == f"documents:{found.document_id}" for item in left_of(out)[0]):
        looks.look(looks.REFUSED, actor=actor_of(request), case=case.pk, page=page_name(request))
        raise RuleBroken(why or _("This document did not leave with that disclosure."), "practice C1")
    looks.look(looks.PRINTED, actor=actor_of(request), case=case.pk, page=page_name(request))
    return _as_it_is(found, case)


@needs(READ_CASE)
@require_safe
def shared_file(request: HttpRequest, share: UUID, file: UUID) -> HttpResponse:
    """A file of a case that another agency shares. The database answers only with those that its release covers."""
    shown = found_share(request, share)
    case = Case(pk=shown.case, number=shown.number)
    asked = file_at(case, file) if Category.DOCUMENTS in shown.categories else None
    return _as_it_is(opened_of(request, shown, asked), case)


def _as_it_is(file: DocumentFile, case: Case) -> HttpResponse:
    """Named after the case and not after what it is: the name stays behind on the machine that opens it."""
    answer = HttpResponse(bytes_of(file), content_type=file.media)
    name = f"document-{case.number}-{file.number}.{file.ending}"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
