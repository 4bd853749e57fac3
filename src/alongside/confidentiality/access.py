"""The one door to a case: load it under policy, keep the look, refuse what is not this person's."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _

from alongside.foundations import looks
from alongside.foundations.errors import NotAllowed, NotYours
from alongside.foundations.needs import Routed, actor_of, needs, page_name, state_need
from alongside.foundations.roles import OWN_ACCOUNT, READ_CASE, Right
from alongside.people.models import Case

P = ParamSpec("P")
WORKING = RawSQL(
    "people_case.id = ANY ((SELECT my_working_cases())::uuid[]) OR people_case.program_id = ANY ((SELECT my_programs())::uuid[])",
    (), output_field=BooleanField(),
)  # fmt: skip
"""True for a case that the policy lets the actor write in: asked together with the case itself."""

CaseView = Callable[Concatenate[HttpRequest, Case, P], HttpResponseBase]


def case_view(right: Right = READ_CASE) -> Callable[[CaseView[P]], Routed]:
    """A view of one case. The route gives `<uuid:case>`; the view gets the `Case`.

    Strangers get 404 and members who may only look get 403 when they try to write; each is kept as a look (C4, C5). So
    is every page that is answered, by whichever method it was asked for: a form that comes back shows the case too.
    """

    def make(view: CaseView[P]) -> Routed:
        @needs(OWN_ACCOUNT)
        @wraps(view)
        def routed(request: HttpRequest, case: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            actor = actor_of(request)
            rows = Case.objects.select_related("client", "program").filter(pk=case)
            found = rows.first() if right is READ_CASE else rows.annotate(mine=WORKING).first()
            if found is None:
                looks.look(looks.REFUSED, actor=actor, case=case, page=page_name(request))
                if _is_shared(case):
                    raise NotAllowed(
                        _("Another agency shares this case with you for reading. Open it under Cases, Shared with us.")
                    )
                raise NotYours("There is nothing here.")
            if not right.held_by(actor.roles) or (right is not READ_CASE and not getattr(found, "mine", False)):
                looks.look(looks.REFUSED, actor=actor, case=case, page=page_name(request))
                raise NotAllowed(_("You may read this case, but not change it."))
            if request.method == "POST":
                answer = view(request, found, *args, **kwargs)
                if _is_page(answer):
                    looks.look(looks.OPENED, actor=actor, case=case, page=page_name(request))
                return answer
            looks.look(looks.OPENED, actor=actor, case=case, page=page_name(request))
            return view(request, found, *args, **kwargs)

        state_need(routed, right)
        return routed

    return make


def _is_page(answer: HttpResponseBase) -> bool:
    """True for what shows the case; not for a way on, nor for the line with which autosave answers."""
    return answer.status_code // 100 != 3 and not isinstance(answer, JsonResponse)


def _is_shared(case: UUID) -> bool:
    """True for a case of another agency that is shared with the actor: it is read on a page of its own, and nowhere else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s = ANY (my_shared_cases())", [case])
        return bool(cursor.fetchone()[0])


def may_work(case: UUID) -> bool:
    """True when the policy lets the actor write in this case."""
    return Case.objects.annotate(mine=WORKING).filter(pk=case, mine=True).exists()


class Frame(Protocol):
    """Makes the context of a case's page: its header, stages and tabs."""

    def __call__(self, request: HttpRequest, case: Case, tab: str, **more: Any) -> dict[str, Any]: ...


_drawn_by: list[Frame] = []


def framed_by(frame: Frame) -> None:
    """Say who draws the frame; once, when the program starts.

    The room of documentation does, for it weaves the Thread; pages of this room, which lies below, ask here.
    """
    _drawn_by[:] = [frame]


def in_frame(request: HttpRequest, case: Case, tab: str, **more: Any) -> dict[str, Any]:
    """The context of a page of `case` under the tab called `tab`, with `more` for its own part."""
    return _drawn_by[0](request, case, tab, **more)
