"""The administrator's pages: staff, programs and teams. No page here reads a person, a case or a referral."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.foundations.actor import Actor
from alongside.foundations.needs import actor_of, needs
from alongside.foundations.pages import ask, open_form
from alongside.foundations.roles import ADMINISTER, Role
from alongside.people.actions import (
    password_set,
    program_save,
    program_staff_add,
    program_staff_remove,
    staff_add,
    staff_change,
    team_save,
)  # fmt: skip
from alongside.people.forms import (
    ROLE_WORDS,
    NewStaffForm,
    PasswordForm,
    PlaceForm,
    ProgramForm,
    StaffForm,
    TeamForm,
)  # fmt: skip
from alongside.people.models import Program, ProgramStaff, Staff, Team
from alongside.people.queries import waiting_for

form_page = require_http_methods(["GET", "POST"])
HERE = {"here": "agency"}


def role_words(roles: list[str]) -> str:
    """Roles as people say them, with commas between."""
    return ", ".join(str(ROLE_WORDS[Role(role)]) for role in roles)


def _all_staff(actor: Actor) -> tuple[list[tuple[Staff, str]], list[Staff]]:
    rows = Staff.objects.filter(agency_id=actor.agency).select_related("supervisor", "account").order_by("name")
    left = [one for one in rows if not one.works_here]
    return [(one, role_words(one.roles)) for one in rows if one not in left], left


@needs(ADMINISTER)
@require_GET
def agency(request: HttpRequest) -> HttpResponse:
    """Who works here, in which programs and teams (practice S1)."""
    actor = actor_of(request)
    here, left = _all_staff(actor)
    programs = Program.objects.filter(agency_id=actor.agency).annotate(people=Count("staffing__staff", distinct=True))
    teams = Team.objects.filter(agency_id=actor.agency).annotate(people=Count("members"))
    lists = {"staff": here, "left": left, "programs": programs.order_by("name"), "teams": teams.order_by("name")}
    return render(
        request, "people/agency.html", HERE | lists | {"waits": sorted(waiting_for(actor), key=lambda one: one.due)}
    )


def _done(request: HttpRequest, said: str, place: str) -> str:
    messages.success(request, said)
    return place


@needs(ADMINISTER)
@form_page
def staff_new(request: HttpRequest) -> HttpResponse:
    """Add a member of staff with their sign-in."""
    actor = actor_of(request)
    form = open_form(request, NewStaffForm, actor=actor)
    context = HERE | {"form": form}

    def do() -> str:
        typed = {key: form.cleaned_data[key] for key in form.field_order}
        staff = staff_add(actor, **typed, must_change=True)
        return _done(
            request,
            _("%(name)s can sign in now, and chooses their own password first.") % {"name": staff.name},
            reverse("agency"),
        )

    return ask(request, form, do, "people/staff.html", context)


@needs(ADMINISTER)
@form_page
def staff_edit(request: HttpRequest, staff: UUID) -> HttpResponse:
    """Change what is known of a member of staff; end their work here."""
    actor = actor_of(request)
    found = get_object_or_404(Staff.objects.select_related("account"), pk=staff, agency_id=actor.agency)
    kept = ("name", "title", "roles", "supervisor", "trainee", "left_on", "edition")
    known = {key: getattr(found, key) for key in kept}
    form = open_form(
        request, StaffForm, actor=actor, staff=found, initial=known | {"languages": ", ".join(found.languages)}
    )
    context = HERE | {"form": form, "staff": found}

    def do() -> str:
        fields = ("name", "title", "roles", "languages", "supervisor", "trainee", "left_on")
        sent = form.cleaned_data
        staff_change(actor, staff=found, edition=sent["edition"] or 0, **{key: sent[key] for key in fields})
        return _done(request, _("Saved what is known of %(name)s.") % {"name": found.name}, reverse("agency"))

    return ask(request, form, do, "people/staff.html", context)


@needs(ADMINISTER)
@form_page
def staff_password(request: HttpRequest, staff: UUID) -> HttpResponse:
    """Give someone a new password."""
    actor = actor_of(request)
    found = get_object_or_404(Staff.objects.select_related("account"), pk=staff, agency_id=actor.agency)
    form = open_form(request, PasswordForm)
    context = HERE | {"form": form, "staff": found}

    def do() -> str:
        password_set(actor, staff=found, password=form.cleaned_data["password"])
        return _done(
            request,
            _("%(name)s signs in with it once, and then chooses their own.") % {"name": found.name},
            reverse("agency"),
        )

    return ask(request, form, do, "people/password.html", context)


def _program(request: HttpRequest, program: Program | None) -> HttpResponse:
    actor = actor_of(request)
    spans = [name for name in ProgramForm.base_fields if name not in ("once", "edition")]
    known = {"initial": {name: getattr(program, name) for name in (*spans, "edition")}} if program else {}
    form = open_form(request, ProgramForm, actor=actor, program=program, **known)
    context = HERE | {"form": form, "program": program, "working": _places(program) if program else []}

    def do() -> str:
        values: dict[str, object] = {name: form.cleaned_data[name] for name in spans}
        edition = form.cleaned_data["edition"] or 0
        saved = program_save(actor, program=program or Program(), values=values, edition=edition)
        return _done(
            request, _("Saved the program %(name)s.") % {"name": saved.name}, reverse("program_edit", args=[saved.pk])
        )

    return ask(request, form, do, "people/program.html", context)


def _places(program: Program) -> list[tuple[ProgramStaff, str]]:
    rows = ProgramStaff.objects.filter(program=program).select_related("staff").order_by("staff__name", "role")
    return [(row, role_words([row.role])) for row in rows]


@needs(ADMINISTER)
@form_page
def program_new(request: HttpRequest) -> HttpResponse:
    """Add a program."""
    return _program(request, None)


@needs(ADMINISTER)
@form_page
def program_edit(request: HttpRequest, program: UUID) -> HttpResponse:
    """Change a program's name, model and spans, and see who works in it."""
    return _program(request, get_object_or_404(Program, pk=program, agency_id=actor_of(request).agency))


@needs(ADMINISTER)
@form_page
def program_staff_new(request: HttpRequest, program: UUID) -> HttpResponse:
    """Let someone work in a program, in a role they hold."""
    actor = actor_of(request)
    found = get_object_or_404(Program, pk=program, agency_id=actor.agency)
    form = open_form(request, PlaceForm, actor=actor)
    context = HERE | {"form": form, "program": found}

    def do() -> str:
        who, role = form.cleaned_data["staff"], form.cleaned_data["role"]
        program_staff_add(actor, program=found, staff=who, role=role)
        said = _("%(name)s works in %(program)s now.") % {"name": who.name, "program": found.name}
        return _done(request, said, reverse("program_edit", args=[found.pk]))

    return ask(request, form, do, "people/place.html", context)


@needs(ADMINISTER)
@require_POST
def program_staff_end(request: HttpRequest, program: UUID, place: UUID) -> HttpResponse:
    """End someone's role in a program."""
    actor = actor_of(request)
    rows = ProgramStaff.objects.select_related("staff", "program")
    found = get_object_or_404(rows, pk=place, program_id=program, agency_id=actor.agency)
    program_staff_remove(actor, place=found)
    said = _("%(name)s no longer has that role in this program.") % {"name": found.staff.name}
    return HttpResponseRedirect(_done(request, said, reverse("program_edit", args=[program])))


def _team(request: HttpRequest, team: Team | None) -> HttpResponse:
    actor = actor_of(request)
    there = {"name": team.name, "members": team.members.all(), "edition": team.edition} if team else {}
    known = {"initial": there} if team else {}
    form = open_form(request, TeamForm, actor=actor, **known)
    context = HERE | {"form": form, "team": team}

    def do() -> str:
        members = list(form.cleaned_data["members"])
        sent = form.cleaned_data
        saved = team_save(actor, team=team or Team(), name=sent["name"], members=members, edition=sent["edition"] or 0)
        return _done(request, _("Saved the team %(name)s.") % {"name": saved.name}, reverse("agency"))

    return ask(request, form, do, "people/team.html", context)


@needs(ADMINISTER)
@form_page
def team_new(request: HttpRequest) -> HttpResponse:
    """Add a team."""
    return _team(request, None)


@needs(ADMINISTER)
@form_page
def team_edit(request: HttpRequest, team: UUID) -> HttpResponse:
    """Change a team's name and members."""
    return _team(request, get_object_or_404(Team, pk=team, agency_id=actor_of(request).agency))
