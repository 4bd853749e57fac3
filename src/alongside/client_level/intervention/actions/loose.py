"""The verb that ties what was left loose: a signed note or a service that no goal is named for (practice D1)."""

from django.utils.translation import gettext as _

from alongside.client_level.intervention.actions.words import Tie, check_tie
from alongside.documentation.models import Note, NoteLink, Service
from alongside.documentation.models.note import NoteState
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken
from alongside.foundations.roles import WORK_CASE
from alongside.people.access import must_be_open


@verb(WORK_CASE)
def loose_end_attach(actor: Actor, *, end: Note | Service, tie: Tie | None) -> Done[Note | Service]:
    """Tie `end` to a goal or an objective, or with None say that it stands on its own.

    What a signed note says stays fixed; what it is tied to may still be added. Raises `RuleBroken` for a draft, for a
    goal of another case, and for saying that something stands alone which is tied already.
    """
    must_be_open(end.case)
    check_tie(end.case, tie)
    if isinstance(end, Note):
        _attach_note(end, tie)
    else:
        _attach_service(end, tie)
    said = _("Tied work to a goal") if tie else _("Said that work stands on its own")
    return Done(end, end, said, case=end.case_id)


def _refuse_if(tied: bool) -> None:
    if tied:
        raise RuleBroken(_("This is tied to a goal already."), "practice D1", "ties")


def _attach_note(note: Note, tie: Tie | None) -> None:
    if note.state == NoteState.DRAFT:
        raise RuleBroken(_("Choose the goals on the draft itself, before it is signed."), "practice I2", "ties")
    if tie is None:
        _refuse_if(note.links.exists())
    else:
        NoteLink.objects.get_or_create(note=note, goal=tie.goal, objective=tie.objective, defaults={"case": note.case})
    note.stands_alone = tie is None
    note.save(update_fields=["stands_alone"])


def _attach_service(service: Service, tie: Tie | None) -> None:
    _refuse_if(service.goal_id is not None)
    service.goal, service.objective = (tie.goal, tie.objective) if tie else (None, None)
    service.stands_alone = tie is None
    service.save(update_fields=["goal", "objective", "stands_alone"])
