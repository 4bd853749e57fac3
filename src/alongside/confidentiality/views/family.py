"""The page on which it is written down what somebody around the client may know (practice C8)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from alongside.confidentiality.access import case_view, in_frame
from alongside.confidentiality.actions import sharing_set
from alongside.confidentiality.forms.disclosures import ShareForm
from alongside.confidentiality.models import SharingWish
from alongside.foundations.needs import actor_of
from alongside.foundations.pages import ask, open_form
from alongside.foundations.roles import WORK_CASE
from alongside.people.models import Case, SignificantOther


@case_view(WORK_CASE)
def sharing(request: HttpRequest, case: Case, other: UUID) -> HttpResponse:
    """What one person around the client may be told."""
    kin = get_object_or_404(SignificantOther, pk=other, person=case.client_id)
    wish = SharingWish.objects.filter(other=kin).first()
    first = {"may_share": wish.may_share, "edition": wish.edition} if wish else {}
    form = open_form(request, ShareForm, initial=first)

    def do() -> str:
        told = form.cleaned_data
        sharing_set(actor_of(request), case=case, other=kin, may_share=told["may_share"], edition=told["edition"] or 0)
        return reverse("consent", args=[case.pk])

    context = in_frame(request, case, "people", other=kin, wish=wish)
    return ask(request, form, do, "confidentiality/sharing.html", context)
