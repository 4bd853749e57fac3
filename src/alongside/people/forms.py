"""What an administrator types about staff, programs and teams. None of it is about clients."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alongside.foundations.actor import Actor
from alongside.foundations.pages import HouseForm
from alongside.foundations.roles import Role
from alongside.people.models import Program, Staff, Team
from alongside.people.models.agency import Model
from alongside.people.queries import here_now

ROLE_WORDS = {
    Role.INTAKE_WORKER: _("Intake worker"),
    Role.CASE_MANAGER: _("Case manager"),
    Role.SUPERVISOR: _("Supervisor"),
    Role.PROGRAM_MANAGER: _("Program manager"),
    Role.ADMINISTRATOR: _("Agency administrator"),
    Role.QUALITY_REVIEWER: _("Quality reviewer"),
}
ROLES = [(role.value, word) for role, word in ROLE_WORDS.items()]


class PersonForm(HouseForm):
    """What is known of a member of staff (practice S1, thin)."""

    name = forms.CharField(label=_("Name"), max_length=200)
    title = forms.CharField(
        label=_("Title"), max_length=120, required=False, help_text=_("As clients and colleagues see it, such as LCSW.")
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=ROLES, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role.")},
        help_text=_("An agency administrator by itself opens no client’s record."),
    )  # fmt: skip
    languages = forms.CharField(
        label=_("Languages"), max_length=400, required=False, help_text=_("Separated by commas: Spanish, Quechua.")
    )
    supervisor = forms.ModelChoiceField(
        label=_("Supervisor"), queryset=Staff.objects.none(), required=False, empty_label=_("Nobody"),
        help_text=_("Who answers for their work, and so may open the records they work on."),
    )  # fmt: skip
    trainee = forms.BooleanField(label=_("Trainee: a supervisor co-signs every note"), required=False)

    def __init__(self, *args: Any, actor: Actor, staff: Staff | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.staff = staff
        above = here_now(actor.agency).filter(roles__contains=[Role.SUPERVISOR.value])
        field = self.fields["supervisor"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (declared above)
        field.queryset = (
            above | Staff.objects.filter(pk=staff.supervisor_id) if staff and staff.supervisor_id else above
        )

    def clean_languages(self) -> list[str]:
        """Each language once, without what stood around it; refuses one longer than 40 letters."""
        spoken = dict.fromkeys(one.strip() for one in self.cleaned_data["languages"].split(",") if one.strip())
        if any(len(one) > 40 for one in spoken):
            raise forms.ValidationError(
                _now("Separate the languages by commas; one of them is longer than 40 letters.")
            )
        return list(spoken)


class NewStaffForm(PersonForm):
    """Someone new, with what they sign in with."""

    email = forms.EmailField(label=_("E-mail"), help_text=_("They sign in with it."))
    password = forms.CharField(
        label=_("First password"), max_length=200, strip=False, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("At least 12 letters or numbers. Hand it over in person; they choose their own when they first sign in."),
    )  # fmt: skip
    field_order = ("name", "title", "email", "password", "roles", "languages", "supervisor", "trainee")


class StaffForm(PersonForm):
    """What changes about someone who is here."""

    left_on = forms.DateField(
        label=_("Left on"), required=False, help_text=_("From this day on they cannot come in. What they wrote stays.")
    )


class PasswordForm(HouseForm):
    """A new password for someone who lost theirs."""

    password = forms.CharField(
        label=_("New password"), max_length=200, strip=False, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("At least 12 letters or numbers. Hand it over in person; they choose their own when they sign in."),
    )  # fmt: skip


def _days(label: Any, hint: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=hint, min_value=1, max_value=1000)


class ProgramForm(HouseForm):
    """A program and its spans of days (practice P11, M4, P7, T6, E2)."""

    name = forms.CharField(label=_("Name"), max_length=120)
    model = forms.ChoiceField(
        label=_("Model"), choices=Model.choices, widget=forms.RadioSelect, initial=Model.STRENGTHS
    )
    contact_every_days = _days(_("See each client every"), _("Days, unless a case agrees on others."))
    review_every_days = _days(_("Review plans every"), _("Days after the plan took effect."))
    reassess_every_days = _days(_("Reassess every"), _("Days after the plan took effect."))
    follow_up_after_days = _days(_("Follow up after closing in"), _("Days after the case was closed."))
    answer_referrals_within_days = _days(_("Answer referrals within"), _("Days; urgent ones within one."))
    supervisor_signs_plans = forms.BooleanField(label=_("A supervisor signs each plan"), required=False)
    open = forms.BooleanField(label=_("The program takes new clients"), required=False, initial=True)

    def __init__(self, *args: Any, actor: Actor, program: Program | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.program = actor, program
        for name, field in self.fields.items():
            if name.endswith("_days"):
                field.initial = getattr(Program(), name)

    def clean_name(self) -> str:
        """Refuse a name that another program of the agency bears."""
        name = str(self.cleaned_data["name"])
        others = Program.objects.filter(agency_id=self.actor.agency, name=name)
        if (others.exclude(pk=self.program.pk) if self.program else others).exists():
            raise forms.ValidationError(_now("Another program has this name. Choose a different one."))
        return name


class PlaceForm(HouseForm):
    """Who is to work in a program, and as what."""

    staff = forms.ModelChoiceField(label=_("Who"), queryset=Staff.objects.none(), empty_label=_("Choose a person"))
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["staff"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (declared above)
        field.queryset = here_now(actor.agency)

    def clean(self) -> dict[str, Any]:
        """Refuse a role that the person does not hold: it would open nothing."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        staff, role = values.get("staff"), values.get("role")
        if staff and role and role not in staff.roles:
            said = _now("%(name)s does not hold this role. Give it to them first, on their own page.")
            self.add_error("role", said % {"name": staff.name})
        return values


class TeamForm(HouseForm):
    """A team and who is in it."""

    name = forms.CharField(label=_("Name"), max_length=120)
    members = forms.ModelMultipleChoiceField(
        label=_("Members"), queryset=Staff.objects.none(), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Being in a team opens no record by itself."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, team: Team | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["members"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101  (declared above)
        field.queryset = here_now(actor.agency)
