"""Who has seen this: every opening by person and day, why they may, what they did, and who was refused."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from alongside.confidentiality.queries import page_words, who_has_seen
from alongside.foundations import clock, looks
from alongside.foundations.actor import Actor, acting
from alongside.foundations.models import Look
from alongside.people.models import Case
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


@pytest.fixture(autouse=True)
def looks_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep looks on the test’s own connection: what another writes and never commits cannot be read here."""

    def keep(
        kind: str, *, actor: Actor | None = None, case: UUID | None = None, page: str = "", subject: object = None
    ) -> None:
        assert actor is not None
        Look(
            at=clock.now(),
            agency_id=actor.agency,
            staff_id=actor.staff,
            actor_name=actor.name,
            case_id=case,
            kind=kind,
            page=page,
        ).save()

    monkeypatch.setattr(looks, "look", keep)


@pytest.fixture
def case(cast: Cast) -> Case:
    """Sama’s case."""
    return cast.sama


def signed_in(cast: Cast, who: str) -> Client:
    """A browser in which someone is signed in."""
    browser = Client()
    browser.force_login(cast.staff[who].account)
    return browser


@pytest.mark.demand("C5")
def test_openings_are_gathered_by_person_and_day_with_the_ground_for_each(cast: Cast, case: Case) -> None:
    for who in ("maren", "maren", "delphine", "priya"):
        assert signed_in(cast, who).get(f"/cases/{case.pk}/").status_code == 200
    signed_in(cast, "maren").get(f"/cases/{case.pk}/timeline/")
    with acting(cast.maren):
        seen = {one.who: one for one in who_has_seen(case).groups}
    assert seen["Maren Achterberg"].why == "Primary case manager"
    assert set(seen["Maren Achterberg"].opened) == {"Thread", "Timeline"}
    assert (seen["Maren Achterberg"].openings, seen["Delphine Arceneaux"].openings) == (3, 1)
    assert seen["Delphine Arceneaux"].why == "Answers for Maren Achterberg"
    assert seen["Priya Raman"].why == "Manages the program"
    assert any("Enrolled the client" in sentence for sentence in seen["Ines Barbosa"].done)


@pytest.mark.demand("C5", "C4")
def test_a_refused_stranger_is_shown_as_outside_the_team(cast: Cast, case: Case) -> None:
    looks.look(looks.REFUSED, actor=cast.tadesse, case=case.pk, page="case")
    page = signed_in(cast, "maren").get(f"/cases/{case.pk}/seen/?who=outside").content.decode()
    body = page[page.index("<tbody>") :]
    assert "Tadesse Worku" in body and "Tried, and was refused" in body and "Not on this case" in body
    assert "Maren Achterberg" not in body[: body.index("</tbody>")]


@pytest.mark.demand("C5")
def test_what_was_taken_as_a_file_or_printed_is_told(cast: Cast, case: Case) -> None:
    looks.look(looks.EXPORTED, actor=cast.delphine, case=case.pk, page="timeline")
    looks.look(looks.PRINTED, actor=cast.delphine, case=case.pk, page="case_file")
    page = signed_in(cast, "maren").get(f"/cases/{case.pk}/seen/").content.decode()
    assert "Downloaded: Timeline" in page and "Printed: The whole case file" in page


@pytest.mark.demand("C5")
def test_without_anyone_from_outside_the_page_says_so(cast: Cast, case: Case) -> None:
    page = signed_in(cast, "maren").get(f"/cases/{case.pk}/seen/?who=outside").content.decode()
    assert "Nobody outside the team has opened this record" in page


@pytest.mark.demand("C5")
def test_older_days_follow_on_the_next_page_and_no_day_is_cut_in_two(cast: Cast, case: Case) -> None:
    for days in range(70):
        with clock.held(clock.now() - timedelta(days=days)):
            looks.look(looks.OPENED, actor=cast.maren, case=case.pk, page="case")
            looks.look(looks.OPENED, actor=cast.delphine, case=case.pk, page="plan")
    with acting(cast.maren):
        days_seen, before = [], None
        for _ in range(10):
            page = who_has_seen(case, before)
            days_seen += [(one.day, one.who) for one in page.groups]
            before = page.older
            if before is None:
                break
    assert len(days_seen) == len(set(days_seen))
    assert sum(who == "Maren Achterberg" for _, who in days_seen) == 70


def test_a_day_that_cannot_be_read_shows_the_newest(cast: Cast, case: Case) -> None:
    assert signed_in(cast, "maren").get(f"/cases/{case.pk}/seen/?before=soon").status_code == 200


def test_pages_without_a_word_of_their_own_still_get_one() -> None:
    assert page_words("something_new") == "Another part of the record"
