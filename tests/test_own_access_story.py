"""Nobody gives themselves what opens records, as long as somebody else can give it."""

import pytest

from alongside.foundations.actor import acting
from alongside.foundations.errors import RuleBroken
from alongside.people.actions import program_staff_add, set_up_actor, staff_add, staff_change
from alongside.people.models import Staff
from tests.cast import PASSWORD, Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


@pytest.fixture
def second(cast: Cast) -> Staff:
    """A second administrator of the agency."""
    return staff_add(
        set_up_actor(cast.agency.pk), name="Petra Lindqvist", email="petra@harbourlane.example", password=PASSWORD,
        roles=["agency_administrator"],
    )  # fmt: skip


def change(cast: Cast, who: str, **values: object) -> Staff:
    """Otto changes what is known of somebody, and nothing but `values`."""
    with acting(cast.otto):
        staff = Staff.objects.select_related("supervisor").get(pk=cast.staff[who].pk)
        now: dict[str, object] = {
            "name": staff.name, "title": staff.title, "roles": staff.roles, "languages": staff.languages,
            "supervisor": staff.supervisor, "trainee": staff.trainee, "left_on": staff.left_on,
        }  # fmt: skip
        return staff_change(cast.otto, staff=staff, **(now | values))  # type: ignore[arg-type]


@pytest.mark.demand("C4")
def test_an_administrator_gives_themselves_no_role(cast: Cast, second: Staff) -> None:
    """Petra would have to."""
    with pytest.raises(RuleBroken, match="another administrator"):
        change(cast, "otto", roles=["agency_administrator", "supervisor"])


@pytest.mark.demand("C4")
def test_an_administrator_does_not_make_themselves_anyones_supervisor(cast: Cast, second: Staff) -> None:
    """It would open that colleague's cases."""
    with pytest.raises(RuleBroken, match="another administrator"):
        change(cast, "maren", supervisor=cast.staff["otto"])


@pytest.mark.demand("C4")
def test_an_administrator_takes_no_place_in_a_program(cast: Cast, second: Staff) -> None:
    """Nor by that way."""
    with acting(cast.otto), pytest.raises(RuleBroken, match="another administrator"):
        program_staff_add(cast.otto, program=cast.program, staff=cast.staff["otto"], role="agency_administrator")


def test_an_administrator_may_mend_their_own_title(cast: Cast, second: Staff) -> None:
    """What opens nothing is free."""
    assert change(cast, "otto", title="Director").title == "Director"


def test_the_only_administrator_of_a_small_agency_may_be_a_supervisor_too(cast: Cast) -> None:
    """There is nobody else to ask; the deed keeps it."""
    assert "supervisor" in change(cast, "otto", roles=["agency_administrator", "supervisor"]).roles
