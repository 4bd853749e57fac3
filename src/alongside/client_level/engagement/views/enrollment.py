"""Enrolling a client, and what they want shared with the people around."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.client_level.engagement.actions import Told, case_enroll, wishes_record
from alongside.client_level.engagement.forms.enrollment import EnrollForm, WishesForm
from alongside.client_level.engagement.models import Preference
from alongside.confidentiality.access import case_view
from alongside.documentation.queries import case_page
from alongside.foundations.needs import actor_of
from alongside.foundations.pages import ask, open_form
from alongside.foundations.roles import WORK_CASE
from alongside.people.models import Case


@case_view(WORK_CASE)
def case_enroll_page(request: HttpRequest, case: Case) -> HttpResponse:
    """Write down that rights, consent and confidentiality were explained before services begin (practice E5)."""
    form = open_form(request, EnrollForm, initial={"language": case.client.language})
    template, context = "engagement/case_enroll.html", case_page(request, case, "thread", form=form)

    def enroll() -> str:
        sent = form.cleaned_data
        told = Told(
            on=sent["on"], language=sent["language"], interpreter=sent["interpreter"],
            subjects=frozenset(sent["subjects"]), questions=sent["questions"],
        )  # fmt: skip
        case_enroll(
            actor_of(request),
            case=case,
            told=told,
            seen_alone=sent["seen_alone"],
            present=sent["present"],
            wishes=sent["wishes"],
        )
        return reverse("case", args=[case.pk])

    return ask(request, form, enroll, template, context)


@case_view(WORK_CASE)
def wishes_edit(request: HttpRequest, case: Case) -> HttpResponse:
    """Write down anew what may be shared with family and others; what was said before stays (practice C8)."""
    last = Preference.objects.filter(case=case).order_by("-id").first()
    initial = {"wishes": last.wishes, "seen_alone": last.seen_alone} if last else {}
    form = open_form(request, WishesForm, initial=initial)
    template, context = "engagement/wishes_edit.html", case_page(request, case, "people", form=form)

    def record() -> str:
        sent = form.cleaned_data
        wishes_record(actor_of(request), case=case, wishes=sent["wishes"], seen_alone=sent["seen_alone"])
        return reverse("case_people", args=[case.pk])

    return ask(request, form, record, template, context)
