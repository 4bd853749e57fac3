"""A form takes what its page asks for, whatever else is sent with it (practice C4)."""

import pytest
from django.urls import reverse

from alongside.documentation.models import Need
from alongside.foundations.actor import acting
from alongside.foundations.ids import new_id
from alongside.people.models import Account, Staff
from tests.assessment_pages import need_sent, sent
from tests.cast import Cast
from tests.visits import signed_in

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4")]


def test_what_a_page_does_not_ask_for_is_not_taken(cast: Cast) -> None:
    """Neither another agency, nor another account, nor that a password need not be changed."""
    staff, otto = cast.staff["maren"], signed_in(cast, "otto")
    typed = {
        "name": "Maren Achterberg", "title": "Case manager", "roles": ["case_manager"], "edition": staff.edition,
        "agency": str(cast.elsewhere.pk), "agency_id": str(cast.elsewhere.pk), "account": str(cast.staff["otto"].account_id),
        "is_active": "", "is_superuser": "on", "email": "otto@elsewhere.example", "must_change_password": "on", "id": str(cast.noor.staff),
    }  # fmt: skip
    assert otto.post(reverse("staff_edit", args=[staff.pk]), typed).status_code == 302
    with acting(cast.otto):
        now = Staff.objects.select_related("account").get(pk=staff.pk)
    assert (now.title, now.agency_id, now.account_id) == ("Case manager", cast.agency.pk, staff.account_id)
    assert (now.account.email, now.account.is_active, now.account.must_change_password) == (
        "maren@harbourlane.example", True, False,
    )  # fmt: skip


def test_nor_of_a_case_and_nor_from_the_address(cast: Cast) -> None:
    """What a form asks for stands in the form; the same name in the address is another thing."""
    case, other = cast.sama, new_id()
    extra = {
        "id": str(other),
        "number": 99,
        "case": str(other),
        "case_id": str(other),
        "program": str(other),
        "agency_id": str(other),
    }
    place = f"{reverse('need_new', args=[case.pk])}?title=Somebody+else"
    sent(signed_in(cast, "maren"), place, need_sent(title="A home of her own", **extra))
    with acting(cast.maren):
        need = Need.objects.get()
    assert need.title == "A home of her own"
    assert (need.case_id, need.program_id, need.number) == (case.pk, case.program_id, 1)
    assert need.pk != other


def test_of_one_thing_sent_twice_one_counts_and_it_is_checked(cast: Cast) -> None:
    """The last, as everywhere in the program: no part of it reads the first and another the last."""
    maren = signed_in(cast, "maren")
    for themes, kept in ((["dark", "light"], "light"), (["light", "<script>"], "device")):
        maren.post("/theme/", {"theme": themes})
        assert Account.objects.get(pk=cast.maren.account).theme == kept
