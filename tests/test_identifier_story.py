"""Numbers that offices gave a client: sealed, found again by the whole number alone, at the screen too (practice E6, C4)."""

from hashlib import sha256

import pytest
from django.db import connection

from alongside.client_level.engagement.actions import identifier_add, identifier_remove
from alongside.foundations.actor import acting
from alongside.foundations.errors import NotAllowed, RuleBroken
from alongside.foundations.models import Deed
from alongside.people.models import PersonIdentifier
from alongside.people.queries import identifier_digest
from alongside.supervision.queries.caseload import find
from tests.cast import Cast
from tests.visits import read, send, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


@pytest.mark.demand("E6", "C4")
def test_a_number_of_an_office_lies_sealed_and_finds_her_by_the_whole_number_alone(cast: Cast) -> None:
    identifier_add(cast.maren, case=cast.sama, kind="alien", number="A 123-456-789")
    with acting(cast.maren):
        for typed in ("A123456789", "a 123 456 789", "A-123456789"):
            assert [row.case.pk for row in find(typed)] == [cast.sama.pk]
        assert not find("A12345678") and not find("456789")
        kept = PersonIdentifier.objects.get()
        assert kept.number == "A 123-456-789" and kept.ending == "789"
        with connection.cursor() as cursor:
            cursor.execute("SELECT number, looked_up FROM people_personidentifier")
            noise, digest = cursor.fetchone()
        assert noise.startswith("sealed") and "456-789" not in noise
        assert digest not in {sha256(told.encode()).hexdigest() for told in ("A123456789", "A 123-456-789")}
    with acting(cast.tadesse):
        assert not find("A123456789"), "whoever may not open her case does not find her by it either"
    with acting(cast.noor):
        assert identifier_digest("A123456789", cast.noor.agency) != digest, "two agencies have nothing in common"


@pytest.mark.demand("E6")
def test_a_number_is_kept_once_and_removed_for_good(cast: Cast) -> None:
    kept = identifier_add(cast.maren, case=cast.sama, kind="social", number="123-45-6789")
    for again in ("123 45 6789", "12"):
        with pytest.raises(RuleBroken) as refused:
            identifier_add(cast.maren, case=cast.sama, kind="social", number=again)
        assert refused.value.field == "number"
    with pytest.raises(NotAllowed):
        identifier_add(cast.tadesse, case=cast.sama, kind="alien", number="A123456789")
    identifier_remove(cast.maren, case=cast.sama, identifier=kept)
    with acting(cast.maren):
        assert not PersonIdentifier.objects.exists() and not find("123-45-6789")
        told = str(list(Deed.objects.filter(verb__startswith="identifier").values_list("sentence", "changes")))
    assert "6789" not in told and "Social security number" in told


@pytest.mark.demand("E6", "C4")
def test_maren_writes_it_down_once_sees_its_end_and_finds_sama_by_it(cast: Cast) -> None:
    browser, case = signed_in(cast, "maren"), cast.sama.pk
    answer = send(browser, "identifier_new", case, kind="passport", number="N 0044 128")
    assert answer.status_code == 302
    page = read(browser, "case_people", case)
    assert "Passport" in page and "ends in 128" in page
    assert "Sama Othman" in words_of(send(browser, "cases", q="n0044128"))
    assert "Write the whole number" in words_of(send(browser, "identifier_new", case, kind="passport", number="12"))
    with acting(cast.maren):
        key = PersonIdentifier.objects.get().pk
    assert "Passport, ends in 128" in read(browser, "identifier_remove", case, key)
    assert send(browser, "identifier_remove", case, key).status_code == 302
    assert "ends in 128" not in read(browser, "case_people", case)
