"""Verbs of notes: a draft that is kept while it is written, then signed and fixed (practice I2, I3, D4, M4)."""

from dataclasses import fields
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.client_level.intervention.actions.words import LISTS, NoteWords, check_tie, lacking, same_ties
from alongside.client_level.intervention.queries import with_ties
from alongside.client_level.intervention.states import NOTE
from alongside.confidentiality.models import Mark, mark_words
from alongside.documentation.models import Addendum, Note, NoteLink
from alongside.documentation.models.note import NoteState
from alongside.documentation.models.work import Mode
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import ChangedByAnother, NotAllowed, NotYours, RuleBroken, must_say
from alongside.foundations.held import held
from alongside.foundations.roles import WORK_CASE
from alongside.foundations.state import move
from alongside.people.access import must_be_open
from alongside.people.models import Case

SITTING = timedelta(minutes=30)
"""One deed tells of all that a page keeps of a draft within this time (decision 0010)."""

SEEN_BY = frozenset({Mode.FACE_TO_FACE, Mode.PHONE, Mode.VIDEO})
"""Contacts that count as having seen the client (practice M4)."""


@verb(WORK_CASE)
def note_begin(actor: Actor, *, case: Case, key: UUID, words: NoteWords, page: UUID | None = None) -> Done[Note]:
    """Begin a draft under the key that was drawn into its form; asked again with the same key it is the same draft.

    `page` names the open page it is written on. Raises `NotYours` when the key is a note that this person did not begin
    in this case.
    """
    must_be_open(case)
    note = Note(pk=key, case=case, writer_id=actor.staff, started_at=clock.now(), page=page)
    try:
        with transaction.atomic():
            _write(note, words)
    except IntegrityError as taken:  # begun by another sending before, or a note that cannot be seen
        begun = Note.objects.filter(pk=key).first()
        if begun is None:
            raise NotYours("There is nothing here.") from taken
        note = begun
    if note.case_id != case.pk or note.writer_id != actor.staff:
        raise NotYours("There is nothing here.")
    return Done(note, note, _("Began a note"), case=case.pk)


@verb(WORK_CASE, folds=SITTING)
def note_keep(
    actor: Actor,
    *,
    note: Note,
    words: NoteWords,
    edition: int | None,
    page: UUID | None = None,
    ties_stay: bool = False,
) -> Done[Note]:
    """Keep a draft as it stands. `edition` is the one its writer's page was read at, None on a page never kept before.

    `page` names the open page: what it kept itself since that edition is no conflict, even if it never got the answer.
    With `ties_stay` the note goes on concerning what it concerns. Raises `ChangedByAnother` when the draft went on
    elsewhere meanwhile, `RuleBroken` when it is signed, `NotAllowed` for anyone but its writer.
    """
    mine = _draft_of(actor, note)
    other = mine.page is not None and mine.page != page
    ties_stay = ties_stay or same_ties(mine, words)
    changed = not (ties_stay and words.says_as(mine))
    if changed:
        _same_edition(mine, edition, page)
        _next_edition(mine, page)
        _write(mine, words, ties_stay=ties_stay)
    return Done(mine, mine, _("Kept a draft of a note"), case=mine.case_id, apart=changed and other)


@verb(WORK_CASE)
def note_sign(
    actor: Actor, *, note: Note, words: NoteWords, edition: int | None, page: UUID | None = None
) -> Done[Note]:
    """Sign a note; from then on it is fixed by the database. A trainee's waits for their supervisor (practice I3).

    Raises `RuleBroken` for the first thing still lacking, and as `note_keep` does.
    """
    mine = _draft_of(actor, note)
    ties_stay = same_ties(mine, words)
    if not (ties_stay and words.says_as(mine)):
        _same_edition(mine, edition, page)
    for field, sentence in lacking(words).items():
        raise RuleBroken(sentence, "practice I2", field)
    trainee = mine.writer.trainee
    if trainee and mine.writer.supervisor_id is None:
        raise RuleBroken(_("Your notes are co-signed, and no supervisor is named for you yet."), "practice I3")
    mine.signed_at = clock.now()
    _write(mine, words, ties_stay=ties_stay)
    move(actor, mine, NOTE, "ask to co-sign" if trainee else "sign")
    _seen(mine)
    said = _("Signed a note that waits for co-signature") if trainee else _("Signed a note")
    return Done(mine, mine, said, case=mine.case_id)


@verb(WORK_CASE)
def note_cosign(actor: Actor, *, note: Note) -> Done[Note]:
    """Sign beside a trainee. Only the writer's own supervisor may (practice I3)."""
    must_be_open(note.case)
    if note.writer.supervisor_id != actor.staff:
        raise NotAllowed(_("Only the writer’s supervisor co-signs a note."))
    note.cosigner_id, note.cosigned_at = actor.staff, clock.now()
    note.save(update_fields=["cosigner", "cosigned_at"])
    move(actor, note, NOTE, "co-sign")
    said = _("Co-signed a note by %(name)s") % {"name": note.writer.name}
    return Done(note, note, said, case=note.case_id)


@verb(WORK_CASE)
def addendum_add(actor: Actor, *, note: Note, words: str) -> Done[Addendum]:
    """Add a correction or an addition below a signed note, visible as such (practice I3, D5)."""
    must_be_open(note.case)
    if note.state != NoteState.SIGNED:
        sentence = (
            _("This note is signed and waits for co-signature. Once it is co-signed, it can be added to.")
            if note.state == NoteState.COSIGN
            else _("A note that is not signed yet can simply be changed by its writer.")
        )
        raise RuleBroken(sentence, "practice I3")
    if not words.strip():
        raise RuleBroken(_("Write what is to be added."), "practice I3", "words")
    addendum = Addendum(case=note.case, note=note, words=words.strip(), writer_id=actor.staff, signed_at=clock.now())
    addendum.save(force_insert=True)
    return Done(addendum, addendum, _("Added to a signed note"), case=note.case_id)


@verb(WORK_CASE)
def note_mark(actor: Actor, *, note: Note, marks: list[str], reason: str) -> Done[Note]:
    """Change the marks of a note, and so who may open it, with a reason (practice C4, decision 0014).

    Nobody marks a note who could not open it then, nor takes a mark off one they may not open: the database refuses.
    The reason stands beside the note, among what was added to it, for a deed takes no narrative. Raises `RuleBroken` without
    a reason, or when nothing would change.
    """
    must_be_open(note.case)
    must_say(reason, _("Say why."), "practice C4", "reason")
    note = held(note)
    before, wanted = set(note.marks), [mark for mark in Mark.values if mark in marks]
    if before == set(wanted):
        raise RuleBroken(_("The note bears these marks already."), "practice C4", "marks")
    note.marks = wanted
    note.save(update_fields=["marks"])
    words = _("Marks: %(marks)s. %(reason)s") % {
        "marks": ", ".join(mark_words(wanted)) or _("none"),
        "reason": reason.strip(),
    }
    Addendum(case=note.case, note=note, words=words, writer_id=actor.staff, signed_at=clock.now()).save(
        force_insert=True
    )
    said = _("Changed who may open a note")
    return Done(note, note, said, case=note.case_id)


def _draft_of(actor: Actor, note: Note) -> Note:
    """The draft as it is now, locked until the verb ends, if this actor may write in it."""
    must_be_open(note.case)
    rows = with_ties(Note.objects.filter(pk=note.pk, case=note.case)).select_related("writer")
    fresh = rows.select_for_update(of=("self",), no_key=True).first()
    if fresh is None or fresh.writer_id != actor.staff:
        raise NotAllowed(_("Only the one who began a note writes in it."))
    fresh.case = note.case
    if fresh.state != NoteState.DRAFT:
        raise RuleBroken(_("This note is signed, and fixed. Add to it below instead."), "practice I3")
    return fresh


def _same_edition(note: Note, edition: int | None, page: UUID | None) -> None:
    read = edition or 1
    only_mine_since = page is not None and note.page == page and note.page_since <= read <= note.edition
    if read == note.edition or only_mine_since:
        return
    words = NoteWords.of(note)
    theirs = {
        field.name: getattr(words, field.name) for field in fields(words) if isinstance(getattr(words, field.name), str)
    }
    sentence = _("This draft went on elsewhere: another window or another device.")
    raise ChangedByAnother(sentence, theirs=theirs, edition=note.edition, who=note.writer.name)


def _next_edition(note: Note, page: UUID | None) -> None:
    if page is None or note.page != page:
        note.page, note.page_since = page, note.edition
    note.edition += 1


def _write(note: Note, words: NoteWords, *, ties_stay: bool = False) -> None:
    """Put the words into a draft, and tie it to what it concerns unless that stays."""
    for tie in () if ties_stay else words.ties:
        check_tie(note.case, tie)
    fresh = note._state.adding
    for field in fields(words):
        if field.name not in {"ties", *LISTS}:
            setattr(note, field.name, getattr(words, field.name))
    note.present, note.marks = list(words.present), list(words.marks)
    note.save(force_insert=fresh)
    if ties_stay:
        return
    if not fresh:
        note.links.all().delete()
    for tie in words.ties:
        NoteLink(case=note.case, note=note, goal=tie.goal, objective=tie.objective).save(force_insert=True)


def _seen(note: Note) -> None:
    """Move the day the client was last seen forward, never back (practice M4)."""
    if not note.client_seen or note.mode not in SEEN_BY:
        return
    day = timezone.localtime(note.at).date()
    earlier = Q(last_seen_on=None) | Q(last_seen_on__lt=day)
    Case.objects.filter(earlier, pk=note.case_id).update(last_seen_on=day)
