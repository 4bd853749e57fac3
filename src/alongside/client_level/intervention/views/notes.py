"""Pages of notes: the one screen to write on, its autosave, the signed note, its addenda."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.client_level.intervention import queries
from alongside.client_level.intervention.actions import (
    addendum_add,
    note_begin,
    note_cosign,
    note_keep,
    note_sign,
)
from alongside.client_level.intervention.forms import (
    AddendumForm,
    KeptNoteForm,
    NoteForm,
    people_around,
    words_of,
)
from alongside.confidentiality.access import case_view, may_work
from alongside.confidentiality.models import mark_words
from alongside.confidentiality.queries.alias import name_hidden
from alongside.documentation.models import Note
from alongside.documentation.models.note import NoteState
from alongside.documentation.models.work import Mode
from alongside.documentation.queries import case_page
from alongside.foundations import clock
from alongside.foundations.actor import Actor
from alongside.foundations.errors import ChangedByAnother, NotAllowed, RuleBroken
from alongside.foundations.ids import new_id
from alongside.foundations.needs import actor_of, needs
from alongside.foundations.pages import HouseForm, drop_draft, keep_draft, open_form, save
from alongside.foundations.roles import NOTHING, READ_CASE, WORK_CASE
from alongside.people.access import must_look_open
from alongside.people.models import Case

ROUND_TO = 5
"""Minutes to which the present is rounded down for a new note."""


@case_view(WORK_CASE)
def note_new(request: HttpRequest, case: Case) -> HttpResponse:
    """A blank note, filled in as far as the house knows. Nothing is stored before the first word is kept."""
    if request.method != "POST":  # what was typed meanwhile comes back with the verb's own refusal
        must_look_open(case)
    wanted = {"initial": _fresh(request, case), "picks": queries.picks_of(case), "client": case.client}
    form = open_form(request, NoteForm, **wanted)
    key = _key(request, form)
    return _write(request, case, form, key)


@case_view(READ_CASE)
def note(request: HttpRequest, case: Case, note: UUID) -> HttpResponse:
    """A note: its writer's draft to go on with, or the signed paper with its addenda."""
    rows = Note.objects.select_related("writer__supervisor", "cosigner")
    found = get_object_or_404(rows, pk=note, case=case)
    found.case = case
    own = found.writer_id == actor_of(request).staff and may_work(case.pk)
    # Signed in another window, or closed meanwhile: the verb refuses, and what was typed comes back with its sentence.
    if own and (request.method == "POST" or (found.state == NoteState.DRAFT and case.is_open)):
        around = people_around(case.client)
        wanted = {"initial": words_of(found, around), "picks": queries.picks_of(case), "client": case.client}
        form = open_form(request, NoteForm, **wanted)
        return _write(request, case, form, found.pk)
    if request.method == "POST":
        raise NotAllowed(_("Only its writer writes in a note, and only until it is signed."))
    return render(request, "intervention/note.html", _signed_page(request, case, found))


@needs(NOTHING)
@require_POST
def note_keep_draft(request: HttpRequest, case: UUID, note: UUID) -> HttpResponseBase:
    """Keep what is typed so far. 401 when the sign-in has ended; the page holds the words and tries again."""
    if not isinstance(getattr(request, "actor", None), Actor):
        return JsonResponse({"said": "signed out"}, status=401)
    return _keep(request, case=case, note=note)


@case_view(WORK_CASE)
def _keep(request: HttpRequest, case: Case, note: UUID) -> HttpResponse:
    held = queries.draft_at(case, note)
    tied = getattr(held, "tied", ())
    form = KeptNoteForm(request.POST, tied=tied, picks=lambda: queries.picks_of(case), client=case.client)
    form.is_valid()  # what cannot be read yet is left out, and said
    try:
        kept = _kept(request, case, form, note, held)
    except ChangedByAnother as changed:
        return _both_versions(request, case, form, note, changed)
    except RuleBroken as stop:
        return HttpResponse(stop.sentence, status=409, content_type="text/plain; charset=utf-8")
    time = timezone.localtime(clock.now()).strftime("%H:%M")
    said = _("Saved %(time)s") % {"time": time}
    if form.errors:
        left = ", ".join(str(form.fields[name].label) for name in form.errors if name in form.fields)
        said = _("Saved %(time)s, but not yet: %(fields)s") % {"time": time, "fields": left}
    return JsonResponse({"edition": kept.edition, "said": said})


def _both_versions(
    request: HttpRequest, case: Case, form: NoteForm, key: UUID, changed: ChangedByAnother
) -> HttpResponse:
    """Both versions as the page would draw them, for the script to show; what was typed here is kept beside meanwhile."""
    form.conflict = changed
    kept = keep_draft(request, reverse("note", args=[case.pk, key]))
    both = render_to_string("foundations/both_versions.html", {"form": form}, request)
    said = _("%(kept)s, beside the other version. Both are above; press a button to go on with yours.")
    return JsonResponse({"edition": changed.edition, "both": both, "said": said % {"kept": kept}}, status=409)


@case_view(WORK_CASE)
@require_POST
def note_cosign_it(request: HttpRequest, case: Case, note: UUID) -> HttpResponse:
    """The supervisor's signature beside a trainee's."""
    found = get_object_or_404(Note.objects.select_related("writer", "case"), pk=note, case=case)
    note_cosign(actor_of(request), note=found)
    return HttpResponseRedirect(reverse("note", args=[case.pk, note]))


@case_view(WORK_CASE)
def addendum_new(request: HttpRequest, case: Case, note: UUID) -> HttpResponse:
    """Add to a signed note, below it."""
    found = get_object_or_404(Note.objects.select_related("writer", "case"), pk=note, case=case)
    form = open_form(request, AddendumForm)
    context = case_page(request, case, "timeline", form=form, note=found)

    def do() -> str:
        addendum_add(actor_of(request), note=found, words=form.cleaned_data["words"])
        return reverse("note", args=[case.pk, found.pk])

    if request.method == "POST":
        return save(request, form, do, "intervention/addendum.html", context)
    return render(request, "intervention/addendum.html", context)


def _fresh(request: HttpRequest, case: Case) -> dict[str, Any]:
    now = timezone.localtime(clock.now())
    asked = request.GET.get("objective") or request.GET.get("goal") or ""
    return {
        "at": now.replace(minute=now.minute - now.minute % ROUND_TO, second=0, microsecond=0),
        "mode": Mode.FACE_TO_FACE, "place": case.program.name, "present": [case.client.short_name], "ties": [asked],
    }  # fmt: skip


def _key(request: HttpRequest, form: HouseForm) -> UUID:
    """The key of the note to be: the token drawn into the form, so that no retry makes a second note."""
    said = request.POST.get("once", "") if request.method == "POST" else form["once"].value()
    try:
        return UUID(str(said))
    except ValueError:
        return new_id()


def _kept(request: HttpRequest, case: Case, form: NoteForm, key: UUID, held: Note | None) -> Note:
    """The draft with what the form says, begun if there is none `held`."""
    actor, words, page = actor_of(request), form.words(), form.cleaned_data.get("page")
    edition, stay = form.cleaned_data.get("edition"), isinstance(form, KeptNoteForm) and form.ties_stay
    if held is None:
        held = note_begin(actor, case=case, key=key, words=words, page=page)
        if words.says_as(held):
            return held
    return note_keep(actor, note=held, words=words, edition=edition, page=page, ties_stay=stay)


def _write(request: HttpRequest, case: Case, form: NoteForm, key: UUID) -> HttpResponse:
    context = _writing_page(request, case, form, key)

    def do() -> str:
        draft, own_page = queries.draft_at(case, key), reverse("note", args=[case.pk, key])
        if not form.wants_signing:
            draft = _kept(request, case, form, key, draft)
        else:
            actor, words, page = actor_of(request), form.words(), form.cleaned_data.get("page")
            draft = draft or note_begin(actor, case=case, key=key, words=words, page=page)
            note_sign(actor, note=draft, words=words, edition=form.cleaned_data.get("edition"), page=page)
        drop_draft(request, own_page)  # what was kept beside another version, if anything was
        return own_page if form.wants_signing else reverse("case", args=[case.pk])

    if request.method == "POST":
        return save(request, form, do, "intervention/note_write.html", context)
    return render(request, "intervention/note_write.html", context)


def _writing_page(request: HttpRequest, case: Case, form: NoteForm, key: UUID) -> dict[str, Any]:
    """The page of a draft: what is at hand beside it is read once, and the way to a second note is left out."""
    drafts = [draft for draft in queries.own_drafts(case, actor_of(request).staff) if draft.pk != key]
    return {
        "case": case, "client": case.client, "here": "cases", "form": form, "key": key, "drafts": drafts,
        "last": queries.last_signed(case), "wishes": queries.wishes_of(case),
    }  # fmt: skip


def _who_was_there(note: Note, case: Case) -> list[str]:
    """The names as they were ticked and typed; for those who may know the client's alias only, this and whom the case knows."""
    if not name_hidden(case.client):
        return note.present
    known = {name for name, _label in people_around(case.client)} - {case.client.short_name}
    return [case.client.short_name] * note.client_seen + [name for name in note.present if name in known]


def _signed_page(request: HttpRequest, case: Case, found: Note) -> dict[str, Any]:
    actor = actor_of(request)
    return case_page(
        request, case, "timeline", note=found, links=queries.links_of(found), marks=mark_words(found.marks),
        addenda=found.addenda.select_related("writer").order_by("signed_at"),
        may_cosign=found.state == NoteState.COSIGN and found.writer.supervisor_id == actor.staff,
        hidden=found.state == NoteState.DRAFT and found.writer_id != actor.staff, present=_who_was_there(found, case),
    )  # fmt: skip
