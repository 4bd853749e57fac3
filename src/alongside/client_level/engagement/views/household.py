"""The household on the People tab: who lives with the client, since when, and where they move (practice E6)."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from alongside.client_level.engagement import actions
from alongside.client_level.engagement.forms import household as forms
from alongside.client_level.engagement.queries import household_of
from alongside.client_level.engagement.views.persons import small_form
from alongside.confidentiality.access import case_view
from alongside.foundations.errors import RuleBroken
from alongside.foundations.needs import actor_of
from alongside.foundations.pages import open_form
from alongside.foundations.roles import WORK_CASE
from alongside.people.models import Case, Household, HouseholdMember, Person


@case_view(WORK_CASE)
def household_enter(request: HttpRequest, case: Case) -> HttpResponse:
    """Let the client live in another household, or in their first; others may move along."""
    home, mates = household_of(case, [])
    found = forms.alike(request, "neighbor", besides=(case.client_id,))
    more = forms.along(mates) | forms.which_one(found, None)
    form, actor = open_form(request, forms.EnterForm, more=more), actor_of(request)

    def do(sent: dict[str, Any]) -> object:
        household = _household_with(forms.chosen(found, sent), sent["neighbor"])
        moving = [one.member for one in mates if str(one.member.pk) in sent.get("along", [])]
        return actions.household_enter(
            actor,
            case=case,
            since=sent["since"],
            role=sent["role"],
            household=household,
            name=sent["name"],
            along=moving,
        )

    heading = _("They moved to another household") if home else _("The household they live in")
    about = home.household.name if home else ""
    return small_form(request, case, form, do, heading, _("Write down the household"), about=about)


def _household_with(neighbor: Person | None, typed: str) -> Household | None:
    """The household a known person lives in. Raises `RuleBroken` where the name typed leads to none."""
    if not typed.strip():
        return None
    place = HouseholdMember.objects.filter(person=neighbor, until=None).select_related("household").first()
    if neighbor is None or place is None:
        raise RuleBroken(_("Nobody of this name is known to live in a household. Leave it empty."), field="neighbor")
    return place.household


@case_view(WORK_CASE)
def household_member_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Add someone who lives with the client: a person known here, found by the name, or somebody new in few words."""
    home, mates = household_of(case, [])
    here = (case.client_id, *(one.member.person_id for one in mates))
    found = forms.alike(request, "preferred_name", besides=here)
    more = forms.which_one(found, _("No, someone who is not known here"))
    form, actor = open_form(request, forms.MemberForm, more=more), actor_of(request)

    def do(sent: dict[str, Any]) -> object:
        known = forms.chosen(found, sent)
        person = None if known else forms.born(sent)
        return actions.household_member_add(
            actor, case=case, role=sent["role"], since=sent["since"], known=known, person=person
        )

    about = home.household.name if home else ""
    return small_form(request, case, form, do, _("Someone who lives with them"), _("Add to the household"), about=about)


def _member(case: Case, key: UUID) -> HouseholdMember:
    """Someone who lives today in one household with the client, and nobody else: 404 for any other."""
    mine = HouseholdMember.objects.filter(person=case.client_id, until=None).values("household_id")
    rows = HouseholdMember.objects.select_related("person").filter(household__in=mine, until=None)
    return get_object_or_404(rows, pk=key)


@case_view(WORK_CASE)
def household_member_edit(request: HttpRequest, case: Case, member: UUID) -> HttpResponse:
    """Change who somebody is in the household; and their name and birth date where no case of their own keeps them."""
    found, actor = _member(case, member), actor_of(request)
    initial: dict[str, Any] = {"role": found.role, "since": found.since, "edition": found.edition}
    writes = not found.person.programs
    kind = forms.MemberForm if writes else forms.PlaceForm
    form = open_form(request, kind, initial=initial | (forms.born_initial(found.person) if writes else {}))

    def do(sent: dict[str, Any]) -> object:
        person, edition = forms.born(sent) if writes else None, form.cleaned_data["edition"] or 0
        return actions.household_member_change(
            actor, case=case, member=found, role=sent["role"], since=sent["since"], edition=edition, person=person
        )

    name = found.person.preferred_name
    return small_form(request, case, form, do, _("In the household"), _("Save the change"), about=name)


@case_view(WORK_CASE)
def household_member_end(request: HttpRequest, case: Case, member: UUID) -> HttpResponse:
    """Say on which day somebody moved out."""
    found, actor = _member(case, member), actor_of(request)
    form = open_form(request, forms.MovedOutForm)
    do = lambda sent: actions.household_member_end(actor, case=case, member=found, until=sent["until"])  # noqa: E731
    told = _("From that day on they are no longer seen from this case; their name and days stay in its history.")
    about = found.person.preferred_name
    return small_form(request, case, form, do, _("They moved out"), _("Write it down"), told=told, about=about)
