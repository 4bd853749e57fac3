"""Who is let in to what is marked in a case (practice C4, decision 0014)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from alongside.confidentiality import actions
from alongside.confidentiality.access import case_view
from alongside.confidentiality.forms.access import ReaderForm
from alongside.confidentiality.models import MarkReader
from alongside.confidentiality.queries.why import keeps_marks
from alongside.confidentiality.views.parts import small_form
from alongside.foundations.errors import NotAllowed
from alongside.foundations.needs import actor_of
from alongside.foundations.pages import HouseForm, open_form
from alongside.foundations.roles import WORK_CASE
from alongside.people.models import Case
from alongside.people.queries import here_now


def _must_keep(request: HttpRequest, case: Case) -> None:
    if not keeps_marks(actor_of(request), case):
        raise NotAllowed(_("Only the primary case manager or a supervisor of the case can let somebody in. Ask them."))


@case_view(WORK_CASE)
def mark_reader_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Let somebody in to what bears a mark."""
    _must_keep(request, case)
    actor = actor_of(request)
    form = open_form(request, ReaderForm, among=here_now(actor.agency))

    def do() -> str:
        sent = form.values("staff", "mark", "reason", "until")
        actions.mark_reader_name(actor, case=case, **sent)
        return _("%(name)s is let in.") % {"name": sent["staff"].name}

    told = _("They also have to be on the case: this alone opens it to nobody.")
    return small_form(request, case, form, do, _("Let somebody in to what is marked"), _("Let them in"), told=told)


@case_view(WORK_CASE)
def mark_reader_stop(request: HttpRequest, case: Case, reader: UUID) -> HttpResponse:
    """End it, at once."""
    _must_keep(request, case)
    found = get_object_or_404(MarkReader.objects.select_related("staff"), pk=reader, case=case)
    form = open_form(request, HouseForm)

    def do() -> str:
        actions.mark_reader_end(actor_of(request), reader=found)
        return _("What is marked is closed to %(name)s from now on.") % {"name": found.staff.name}

    about = f"{found.staff.name}, {found.get_mark_display()}"
    return small_form(request, case, form, do, _("No longer let in?"), _("Close it to them"), about=about)
