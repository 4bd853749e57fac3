"""The cover of the printed file: demographics, the people around the client, and who has worked with them (D3, E6)."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.documentation.queries.file import CASE_FILE, Content, FilePart
from alongside.people.models import Assignment, Case, Person, SignificantOther
from alongside.people.models.person import HouseholdMember, Race, Representative


def _read(case: Case) -> Content:
    others = list(SignificantOther.objects.filter(person=case.client).order_by("pk"))
    shown = {
        "facts": _facts(case.client),
        "home": list(_home(case.client)),
        "others": others,
        "representatives": list(Representative.objects.filter(person=case.client).order_by("since")),
        "workers": list(Assignment.objects.filter(case=case).select_related("staff").order_by("since", "pk")),
    }
    missing = [] if case.client.birth_date else [_("The birth date of the client is not known.")]
    missing += [] if others else [_("Nobody around the client is written down: no family, no significant others.")]
    missing += [] if case.enrolled_on else [_("The client is not enrolled: consent to services is not on record.")]
    return Content(shown, tuple(missing))


def _home(client: Person) -> QuerySet[HouseholdMember]:
    """Those who live with the client today."""
    place = HouseholdMember.objects.filter(person=client, until=None).values("household")
    mates = HouseholdMember.objects.filter(household__in=place, until=None).exclude(person=client)
    return mates.select_related("person").order_by("since", "pk")


def _facts(client: Person) -> list[tuple[str, str]]:
    races = ", ".join(str(Race(race).label) for race in client.race)
    facts = [
        (_("Legal name"), client.legal_name), (_("Pronouns"), client.pronouns), (_("Speaks"), client.language),
        (_("Reads"), client.reads_language), (_("Interpreter"), str(client.get_interpreter_display())),
        (_("Race and ethnicity"), ", ".join(part for part in (races, client.race_more) if part)),
        (_("Veteran"), str(client.get_veteran_display())),
        (_("Disabling condition"), str(client.get_disabling_condition_display())),
    ]  # fmt: skip
    return [(label, value) for label, value in facts if value]


CASE_FILE.put(
    FilePart(
        "people",
        "practice D3, E6",
        10,
        gettext_lazy("The client, and the people around"),
        "documentation/file_people.html",
        _read,
    )
)
