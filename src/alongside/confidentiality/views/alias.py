"""A client listed under an alias (practice C4, design section 4)."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.confidentiality import actions
from alongside.confidentiality.access import case_view
from alongside.confidentiality.forms.access import AliasForm, EndForm
from alongside.confidentiality.queries.alias import true_name_of
from alongside.confidentiality.views.parts import small_form
from alongside.foundations.needs import actor_of
from alongside.foundations.pages import open_form
from alongside.foundations.roles import WORK_CASE
from alongside.people.models import Case


@case_view(WORK_CASE)
def alias(request: HttpRequest, case: Case) -> HttpResponse:
    """List the client under an alias, or under their true name again."""
    actor, leads = actor_of(request), reverse("case_people", args=[case.pk])
    if true_name_of(case) is None:
        giving = open_form(request, AliasForm)

        def give() -> str:
            sent = giving.cleaned_data
            actions.alias_give(actor, case=case, alias=sent["alias"], reason=sent["reason"])
            return _("The client is listed under the alias.")

        told = _(
            "The case team and its supervisors still see the true names. Everyone else who may see this person sees the "
            "alias, in lists, search and print. Names already written in notes are not changed."
        )
        return small_form(
            request, case, giving, give, _("List under an alias"), _("List under the alias"), told=told, leads=leads
        )
    ending = open_form(request, EndForm)

    def end() -> str:
        actions.alias_end(actor, case=case, reason=ending.cleaned_data["why"])
        return _("The client is listed under their own name again.")

    told = _("From then on, everyone who may see this person sees the true name.")
    return small_form(
        request, case, ending, end, _("Stop using the alias?"), _("Stop using the alias"), told=told, leads=leads
    )
