"""Two administrators at one page: the second is shown both versions and chooses (practice D5)."""

from typing import Any

import pytest
from django.test import Client

from alongside.foundations.actor import acting
from alongside.people.actions import program_staff_add, staff_change, team_save
from alongside.people.models import Program, Staff, Team
from tests.cast import Cast
from tests.visits import signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("D5")]


@pytest.fixture
def two(cast: Cast) -> tuple[Client, Client]:
    """Otto, and Quinn who administers the agency too, each in front of a browser."""
    quinn = cast.staff["quinn"]
    staff_change(
        cast.otto, staff=quinn, name=quinn.name, title="", roles=["quality_reviewer", "agency_administrator"],
        languages=[], supervisor=None, trainee=False, left_on=None,
    )  # fmt: skip
    return signed_in(cast, "otto"), signed_in(cast, "quinn")


def stands(page: Any) -> dict[str, Any]:
    """What a browser sends of a form as it was drawn."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: [getattr(one, "pk", one) for one in value] if isinstance(value, list) else value
            for name, value in values.items() if value not in (None, False, "")}  # fmt: skip


def both(two: tuple[Client, Client], address: str, mine: dict[str, Any], theirs: dict[str, Any]) -> tuple[Any, Any]:
    """Both read the page; Quinn saves first, then Otto, then Otto once more having seen both."""
    otto, quinn = two
    read, read_too = stands(otto.get(address)), stands(quinn.get(address))
    assert quinn.post(address, read_too | theirs).status_code == 302
    shown = otto.post(address, read | mine)
    assert shown.status_code == 409
    again = otto.post(address, read | mine | {"edition": shown.context["form"]["edition"].value()})
    return shown, again


def test_two_change_one_member_of_staff(two: tuple[Client, Client], cast: Cast) -> None:
    address = f"/agency/staff/{cast.staff['maren'].pk}/"
    shown, again = both(two, address, {"title": "LMSW"}, {"title": "LCSW", "trainee": "on"})
    page = words_of(shown)
    assert "Quinn Adeyemi changed this while you were writing." in page
    assert "LCSW" in page and 'value="LMSW"' in page
    assert again.status_code == 302
    with acting(cast.otto):
        kept = Staff.objects.get(pk=cast.staff["maren"].pk)
    assert (kept.title, kept.trainee, kept.edition) == ("LMSW", False, 3)


def test_two_change_one_program(two: tuple[Client, Client], cast: Cast) -> None:
    address = f"/agency/programs/{cast.program.pk}/"
    shown, again = both(two, address, {"contact_every_days": "7"}, {"contact_every_days": "21"})
    assert "21" in words_of(shown).split("Theirs")[1].split("Yours")[0]
    assert again.status_code == 302
    with acting(cast.otto):
        assert Program.objects.get(pk=cast.program.pk).contact_every_days == 7


def test_two_change_one_team(two: tuple[Client, Client], cast: Cast) -> None:
    maren, tadesse = cast.staff["maren"], cast.staff["tadesse"]
    team = team_save(cast.otto, team=Team(), name="East", members=[maren])
    address = f"/agency/teams/{team.pk}/"
    shown, again = both(two, address, {"members": [maren.pk, tadesse.pk]}, {"name": "East pier", "members": []})
    assert "East pier" in words_of(shown)
    assert again.status_code == 302
    with acting(cast.otto):
        kept = Team.objects.get(pk=team.pk)
        assert (kept.name, kept.members.count()) == ("East", 2)


def test_who_works_in_a_program_is_not_part_of_its_page(two: tuple[Client, Client], cast: Cast) -> None:
    """Letting someone in meanwhile stops nobody from saving the program."""
    address = f"/agency/programs/{cast.program.pk}/"
    read = stands(two[0].get(address))
    program_staff_add(cast.otto, program=cast.program, staff=cast.staff["tadesse"], role="case_manager")
    assert two[0].post(address, read | {"contact_every_days": "7"}).status_code == 302
