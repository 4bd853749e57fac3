"""Pages of disagreement: what the client says against a record, and the reply (practice D5)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from alongside.confidentiality.access import case_view, in_frame
from alongside.confidentiality.actions import statements as actions
from alongside.confidentiality.forms.statements import ReplyForm, StatementForm
from alongside.confidentiality.models import Statement
from alongside.confidentiality.queries import record_of
from alongside.foundations import clock
from alongside.foundations.needs import actor_of
from alongside.foundations.pages import ask, open_form
from alongside.foundations.roles import WORK_CASE
from alongside.people.models import Case


@case_view(WORK_CASE)
def statement_new(request: HttpRequest, case: Case, kind: str, record: UUID) -> HttpResponseBase:
    """Take down, beside a record, what the client says is otherwise."""
    sort, row = record_of(case, kind, record)
    place = sort.address(case.pk, row.pk)
    form = open_form(request, StatementForm, initial={"said_on": clock.today()})
    context = in_frame(
        request, case, "", sort=sort, name=sort.name(row), place=place, kind=sort.key, record=row.pk
    )  # fmt: skip

    def do() -> str:
        actions.statement_take(actor_of(request), case=case, kind=sort.key, record=row.pk, **form.values())
        messages.success(request, _("It stands beside the record. Nothing of the record itself was changed."))
        return place

    return ask(request, form, do, "confidentiality/statement.html", context)


@case_view(WORK_CASE)
def statement_reply(request: HttpRequest, case: Case, statement: UUID) -> HttpResponseBase:
    """Reply to a statement."""
    found = get_object_or_404(Statement.objects.select_related("case", "taken_by"), pk=statement, case=case)
    sort, row = record_of(case, found.kind, found.record_id)
    place = sort.address(case.pk, row.pk)
    form = open_form(request, ReplyForm)
    context = in_frame(request, case, "", statement=found, sort=sort, name=sort.name(row), place=place)

    def do() -> str:
        actions.statement_reply(actor_of(request), statement=found, words=form.cleaned_data["words"])
        messages.success(request, _("The reply stands beside what the client said."))
        return place

    return ask(request, form, do, "confidentiality/statement_reply.html", context)
