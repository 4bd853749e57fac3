"""Progress notes on the timeline, with their addenda, and how long after the event each was signed (D4, I3)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.confidentiality.models import mark_words
from alongside.documentation.models import Addendum, Note
from alongside.documentation.models.note import NoteState
from alongside.documentation.models.work import Mode
from alongside.documentation.queries.events import TIMELINE, Event, Kind, Read, Row, Words
from alongside.foundations.in_place import InPlace
from alongside.foundations.templatetags.house import moment


def _reads() -> list[Read]:
    goals = ArrayAgg(InPlace("links__goal__title"), filter=Q(links__isnull=False), distinct=True)
    columns = {
        "title": InPlace("title"), "mode": "mode", "minutes": "minutes", "state": "state", "by": "writer__name",
        "signed_at": "signed_at", "cosigner": "cosigner__name", "stands_alone": "stands_alone", "goals": goals,
        "marks": "marks",
    }  # fmt: skip
    return [Read(Note.objects.all(), "at", columns, hour=True)]


def _event(case: UUID, row: Row) -> Event:
    told = row.columns
    minutes = ngettext("%(n)d min", "%(n)d min", told["minutes"]) % {"n": told["minutes"]} if told["minutes"] else ""
    how = ", ".join(part for part in (_("Progress note"), str(Mode(told["mode"]).label).lower(), minutes) if part)
    signed = row.moment("signed_at")
    late = (timezone.localtime(signed).date() - timezone.localtime(row.at).date()).days if signed else None
    return Event(
        f"{how}.",
        "" if told["state"] == NoteState.DRAFT else told["title"],
        ("note", (case, row.id)),
        ", ".join(dict.fromkeys(told["goals"] or [])),
        told["by"],
        _tags(told),
        late,
    )


def _tags(columns: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    tags = [(words, "due", "shield-lock") for words in mark_words(columns.get("marks") or [])]
    if columns["state"] == "draft":
        tags.append((_("Draft, not signed"), "due", "pencil"))
    elif columns["state"] == "cosign":
        tags.append((_("Waiting for co-signature"), "due", "writing"))
    else:
        tags.append((_("Signed by %(name)s") % {"name": columns["by"]}, "done", "signature"))
    if columns["cosigner"]:
        tags.append((_("Co-signed by %(name)s") % {"name": columns["cosigner"]}, "done", "signature"))
    if not columns["goals"] and not columns["stands_alone"] and columns["state"] != "draft":
        tags.append((_("Tied to no goal"), "late", "link-off"))
    return tags


def _words(keys: Sequence[UUID]) -> dict[UUID, Words]:
    added: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for addendum in Addendum.objects.filter(note__in=keys).select_related("writer").order_by("signed_at"):
        label = _("Addendum, %(when)s, %(name)s") % {"when": moment(addendum.signed_at), "name": addendum.writer.name}
        added[addendum.note_id].append((label, addendum.words))
    # A draft is its writer's alone until it is signed, here and in print as on its own page.
    signed = Note.objects.filter(pk__in=keys).exclude(state=NoteState.DRAFT)
    return {note.pk: Words(_told(note), note.client_words, added[note.pk]) for note in signed}


def _told(note: Note) -> list[tuple[str, str]]:
    parts = (
        (_("What happened"), note.happened), (_("What the client did"), note.client_did),
        (_("What the worker did"), note.worker_did), (_("What comes next"), note.next_step),
    )  # fmt: skip
    return [(label, words) for label, words in parts if words]


TIMELINE.put(Kind("note", "practice D2, D4, I3", "notes", gettext_lazy("Notes"), "notes", _reads, _event, _words))
