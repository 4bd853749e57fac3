"""Verbs of documents: taken in, described, marked, and put aside (practice C4, D2, D5)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from django.utils.translation import gettext as _

from alongside.confidentiality.models import Mark
from alongside.documentation.models import Document, DocumentFile
from alongside.foundations import clock, keys
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import next_edition
from alongside.foundations.roles import WORK_CASE
from alongside.foundations.uploads import MOST_FILES, Taken
from alongside.people.access import held_in_open_case, must_be_open
from alongside.people.models import Case


@dataclass(frozen=True)
class Paper:
    """What is said about a document: what it is, which sort, the day it bears, and from whom it came."""

    title: str
    sort: str
    on: date
    source: str = ""


@verb(WORK_CASE)
def document_add(
    actor: Actor, *, case: Case, paper: Paper, files: Sequence[Taken], marks: Sequence[str] = ()
) -> Done[Document]:
    """Take a document in: its files are sealed under the key of the case before they reach the database.

    Without a title it is called as its first file is. Raises `RuleBroken` for no file, too many, or a day to come.
    """
    must_be_open(case)
    if not files:
        raise RuleBroken(_("Choose the file, or take a picture of the paper."), "practice D2", "papers")
    if len(files) > MOST_FILES:
        raise RuleBroken(
            _("One document has at most %(most)d files. Add the others as a second one.") % {"most": MOST_FILES},
            "practice D2", "papers",
        )  # fmt: skip
    made = Document(case=case, by_id=actor.staff, at=clock.now(), marks=_in_order(marks))
    _describe(made, paper, PurePath(files[0].name).stem)
    made.save(force_insert=True)
    for number, file in enumerate(files, 1):
        _keep(actor, made, number, file)
    said = _("Added a document: %(sort)s") % {"sort": made.get_sort_display()}
    return Done(made, made, said, case=case.pk)


def _keep(actor: Actor, document: Document, number: int, file: Taken) -> None:
    row = DocumentFile(
        case=document.case, document=document, number=number, name=file.name, media=file.media, size=len(file.data)
    )
    row.sealed = keys.seal_bytes(file.data, keeper=document.case_id, agency=actor.agency, place=row.lies_at)
    row.checksum = hashlib.sha256(row.sealed).hexdigest()
    row.save(force_insert=True)


def _describe(document: Document, paper: Paper, name: str = "") -> None:
    if paper.on > clock.today():
        raise RuleBroken(_("Choose today or a day that is past."), "practice D2", "on")
    title = paper.title.strip() or name.strip()
    must_say(title, _("Say what it is."), "practice D2", "title")
    document.title, document.sort, document.on, document.source = title, paper.sort, paper.on, paper.source.strip()


def _in_order(marks: Sequence[str]) -> list[str]:
    return [mark for mark in Mark.values if mark in marks]


@verb(WORK_CASE)
def document_change(
    actor: Actor, *, document: Document, paper: Paper, marks: Sequence[str], edition: int
) -> Done[Document]:
    """Say anew what a document is and who may open it; its files stay as they came (practice C4, decision 0014).

    Nobody marks one that they could not open then: the database refuses. Raises `RuleBroken` for a day to come or no title,
    and `ChangedByAnother`.
    """
    row = held_in_open_case(document)
    theirs = {"title": row.title, "sort": row.sort, "on": row.on, "source": row.source, "marks": row.marks}
    next_edition(row, edition, theirs)
    narrower = row.marks != _in_order(marks)
    _describe(row, paper)
    row.marks = _in_order(marks)
    row.save()
    said = _("Changed who may open a document") if narrower else _("Changed what is said about a document")
    return Done(row, row, said, case=row.case_id)


@verb(WORK_CASE)
def document_put_aside(actor: Actor, *, document: Document, because: str, edition: int) -> Done[Document]:
    """Put a document aside that does not belong in the record or counts no more; it is part of nothing that leaves.

    Raises `RuleBroken` without a reason or when it is aside already, and `ChangedByAnother`.
    """
    row = held_in_open_case(document)
    must_say(because, _("Say why it is put aside."), "practice D5", "because")
    if row.aside_at is not None:
        raise RuleBroken(_("This document is put aside already."), "practice D5")
    next_edition(row, edition, {})
    row.aside_at, row.aside_by_id, row.aside_because = clock.now(), actor.staff, because.strip()
    row.save()
    return Done(row, row, _("Put a document aside"), case=row.case_id)


@verb(WORK_CASE)
def document_put_back(actor: Actor, *, document: Document, edition: int) -> Done[Document]:
    """Put a document back in its place; the deeds keep that it was aside. Raises `RuleBroken` when it was not."""
    row = held_in_open_case(document)
    if row.aside_at is None:
        raise RuleBroken(_("This document is in its place."), "practice D5")
    next_edition(row, edition, {})
    row.aside_at, row.aside_by_id, row.aside_because = None, None, ""
    row.save()
    return Done(row, row, _("Put a document back"), case=row.case_id)
