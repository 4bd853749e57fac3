"""The People tab: the client as a person, how to reach them safely, and the people around (practice E6, C7, C8, R5)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.client_level.engagement import actions
from alongside.client_level.engagement.forms import persons as forms
from alongside.client_level.engagement.queries import household_of, people_tab
from alongside.confidentiality.access import case_view
from alongside.documentation.queries import case_page
from alongside.foundations.needs import actor_of
from alongside.foundations.pages import HouseForm, ask, open_form
from alongside.foundations.roles import READ_CASE, SUPERVISE, WORK_CASE
from alongside.people.models import Address, Case, ContactPoint, PersonIdentifier, Representative, SignificantOther


@case_view(READ_CASE)
def case_people(request: HttpRequest, case: Case) -> HttpResponse:
    """Everyone in the client's life, how each may be reached, and what each may know."""
    names_primary = SUPERVISE.held_by(actor_of(request).roles)
    context = case_page(request, case, "people", **people_tab(case), names_primary=names_primary)
    return render(request, "engagement/case_people.html", context)


@case_view(WORK_CASE)
def person_edit(request: HttpRequest, case: Case) -> HttpResponse:
    """Change what is known of the client; whoever saved meanwhile is shown beside what was typed."""
    person = case.client
    initial = {name: getattr(person, name) for name in forms.PERSON} | {"edition": person.edition}
    form = open_form(request, forms.PersonForm, initial=initial)
    template, context = "engagement/person_edit.html", case_page(request, case, "people", form=form)

    def change() -> str:
        sent = form.cleaned_data
        values = forms.person_values(sent)
        actions.person_change(actor_of(request), case=case, values=values, edition=sent["edition"] or 0)
        return reverse("case_people", args=[case.pk])

    return ask(request, form, change, template, context)


def small_form(
    request: HttpRequest, case: Case, form: HouseForm, do: Callable[[dict[str, Any]], object], heading: str, button: str,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    """A small form of the tab: drawn, or its one verb done with what was sent, and back to the tab."""
    context = case_page(request, case, "people", form=form, heading=heading, button=button, **more)

    def done() -> str:
        do(form.values())
        return reverse("case_people", args=[case.pk])

    return ask(request, form, done, "engagement/person_part.html", context)


@case_view(WORK_CASE)
def contact_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Add a way to make contact, with its rules."""
    form, actor = open_form(request, forms.ContactForm), actor_of(request)
    do = lambda sent: actions.contact_add(actor, case=case, values=sent)  # noqa: E731
    return small_form(request, case, form, do, _("Another way to make contact"), _("Add this way"))


@case_view(WORK_CASE)
def contact_stop(request: HttpRequest, case: Case, contact: UUID) -> HttpResponse:
    """Mark a way to make contact as no longer safe."""
    found = get_object_or_404(ContactPoint, pk=contact, person=case.client_id)
    form, actor = open_form(request, forms.StopForm), actor_of(request)
    do = lambda sent: actions.contact_stop(actor, case=case, contact=found)  # noqa: E731
    told = _("It stays on the list, marked in red, so that nobody tries it again.")
    return small_form(
        request, case, form, do, _("No longer safe?"), _("Mark as not safe"), told=told, about=found.value
    )


@case_view(WORK_CASE)
def address_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Add where the client lives or gets mail."""
    form, actor = open_form(request, forms.AddressForm), actor_of(request)
    do = lambda sent: actions.address_add(actor, case=case, values=sent)  # noqa: E731
    return small_form(request, case, form, do, _("Another address"), _("Add this address"))


@case_view(WORK_CASE)
def address_end(request: HttpRequest, case: Case, address: UUID) -> HttpResponse:
    """Say until when the client lived, or had mail, at an address."""
    found = get_object_or_404(Address, pk=address, person=case.client_id)
    form, actor = open_form(request, forms.EndForm), actor_of(request)
    do = lambda sent: actions.address_end(actor, case=case, address=found, until=sent["until"])  # noqa: E731
    return small_form(request, case, form, do, _("They no longer live here"), _("End this address"), about=found.lines)


@case_view(WORK_CASE)
def identifier_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Add a number that an office gave the client."""
    form, actor = open_form(request, forms.IdentifierForm), actor_of(request)
    do = lambda sent: actions.identifier_add(actor, case=case, **sent)  # noqa: E731
    return small_form(request, case, form, do, _("A number of theirs"), _("Add this number"))


@case_view(WORK_CASE)
def identifier_remove(request: HttpRequest, case: Case, identifier: UUID) -> HttpResponse:
    """Remove a number that is wrong or no longer needed."""
    found = get_object_or_404(PersonIdentifier, pk=identifier, person=case.client_id)
    form, actor = open_form(request, forms.RemoveForm), actor_of(request)
    do = lambda sent: actions.identifier_remove(actor, case=case, identifier=found)  # noqa: E731
    told = _("Nothing of it is kept.")
    about = _("%(kind)s, ends in %(ending)s") % {"kind": found.get_kind_display(), "ending": found.ending}
    return small_form(request, case, form, do, _("Remove this number?"), _("Remove it"), told=told, about=about)


@case_view(WORK_CASE)
def name_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Add another name of the client."""
    form, actor = open_form(request, forms.NameForm), actor_of(request)
    do = lambda sent: actions.name_add(actor, case=case, **sent)  # noqa: E731
    return small_form(request, case, form, do, _("Another name"), _("Add this name"))


@case_view(WORK_CASE)
def other_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Add someone around the client, with what may be shared with them; `?member=` names one of the household."""
    form, actor = open_form(request, forms.OtherForm, initial=_of_household(request, case)), actor_of(request)
    do = lambda sent: actions.significant_other_add(actor, case=case, values=sent)  # noqa: E731
    return small_form(request, case, form, do, _("Someone around the client"), _("Add this person"))


def _of_household(request: HttpRequest, case: Case) -> dict[str, Any]:
    """What is known of the member of the household that the address names, so that nobody types it again."""
    asked = request.GET.get("member", "")
    _home, mates = household_of(case, []) if asked else (None, [])
    known = [
        {"name": one.name, "relation": one.relation, "lives_with": True} for one in mates if str(one.member.pk) == asked
    ]
    return known[0] if known else {}


@case_view(WORK_CASE)
def other_edit(request: HttpRequest, case: Case, other: UUID) -> HttpResponse:
    """Change what is known of someone around the client."""
    found = get_object_or_404(SignificantOther, pk=other, person=case.client_id)
    initial = {name: getattr(found, name) for name in forms.OTHER} | {"edition": found.edition}
    form, actor = open_form(request, forms.OtherForm, initial=initial), actor_of(request)

    def do(sent: dict[str, Any]) -> object:
        edition = form.cleaned_data["edition"] or 0
        return actions.significant_other_change(actor, case=case, other=found, values=sent, edition=edition)

    return small_form(
        request, case, form, do, _("What is known of this person"), _("Save the change"), about=found.name
    )


@case_view(WORK_CASE)
def representative_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Add someone who may decide for the client, within a scope."""
    form, actor = open_form(request, forms.RepresentativeForm), actor_of(request)
    do = lambda sent: actions.representative_add(actor, case=case, values=sent)  # noqa: E731
    return small_form(request, case, form, do, _("A legal representative"), _("Add this representative"))


@case_view(WORK_CASE)
def representative_end(request: HttpRequest, case: Case, representative: UUID) -> HttpResponse:
    """Say on which day a representative's authority ended."""
    found = get_object_or_404(Representative, pk=representative, person=case.client_id)
    form, actor = open_form(request, forms.EndForm), actor_of(request)
    do = lambda sent: actions.representative_end(actor, case=case, representative=found, until=sent["until"])  # noqa: E731
    return small_form(
        request, case, form, do, _("Their authority has ended"), _("End this authority"), about=found.name
    )
