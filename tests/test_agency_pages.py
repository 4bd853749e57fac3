"""The administrator's pages: staff, programs, teams; and that none of them shows anything about a client (C4, S1)."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from pytest_django import DjangoAssertNumQueries

from alongside.documentation.models import Need, Note
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.checks import addresses
from alongside.foundations.models import Deed
from alongside.foundations.roles import Role
from alongside.people.models import Account, Case, Person, Program, ProgramStaff, Staff, Team
from tests.cast import PASSWORD, Cast
from tests.kept import looks_seen_by

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]
OTTO_ALONE = ("Sama", "Othman", "Agnieszka", "Wrona", "St Brigid", "library", "A home of her own", "We met at the")
NEW = {
    "name": "Hala Karimi", "title": "BSW", "email": "hala@harbourlane.example", "password": "nine herons at dusk",
    "roles": ["case_manager"], "languages": "Arabic, Farsi , Arabic", "trainee": "on",
}  # fmt: skip
SPANS = {
    "name": "Second Door", "model": "brokerage", "contact_every_days": "7", "review_every_days": "60",
    "reassess_every_days": "120", "follow_up_after_days": "30", "answer_referrals_within_days": "2", "open": "on",
}  # fmt: skip


@pytest.fixture
def otto(client: Client, cast: Cast) -> Client:
    """Otto, signed in."""
    client.force_login(cast.staff["otto"].account)
    return client


def page(client: Client, address: str) -> str:
    """A page that opens."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return str(answer.content.decode())


def staff_named(cast: Cast, name: str) -> Staff:
    """The row of someone of Harbour Lane."""
    with acting(cast.otto):
        return Staff.objects.select_related("supervisor", "account").get(name=name)


def sent(client: Client, address: str, **typed: object) -> tuple[int, str]:
    """Status and page of a form that was read, filled in and sent."""
    drawn = client.get(address)
    edition = drawn.context["form"]["edition"].value() if drawn.status_code == 200 else None
    answer = client.post(address, ({"edition": edition} if edition else {}) | typed)
    return answer.status_code, answer.content.decode()


@pytest.mark.demand("S1")
def test_otto_sees_who_works_here_with_roles_languages_and_supervisor(otto: Client, cast: Cast) -> None:
    shown = page(otto, "/agency/")
    for words in ("Maren Achterberg", "Case manager", "Delphine Arceneaux", "New Start", "<b>7 people</b> work here."):
        assert words in shown, words
    for words in ("Noor Haddad", "Eastfield Homes"):
        assert words not in shown, words


def test_only_an_administrator_opens_these_pages(client: Client, cast: Cast) -> None:
    of_maren, of_program = cast.staff["maren"].pk, cast.program.pk
    places = ["/agency/", "/agency/staff/new/", f"/agency/staff/{of_maren}/", f"/agency/staff/{of_maren}/password/",
              "/agency/programs/new/", f"/agency/programs/{of_program}/", f"/agency/programs/{of_program}/staff/new/",
              "/agency/teams/new/"]  # fmt: skip
    for place in places:
        assert client.get(place).status_code == 302, place
    for who in ("maren", "delphine", "priya", "ines", "quinn"):
        client.force_login(cast.staff[who].account)
        assert {client.get(place).status_code for place in places} == {403}, who
        assert {client.post(place, NEW).status_code for place in places} == {403}, who
    assert ("refused", "agency", "Maren Achterberg") in looks_seen_by(cast.maren)


def test_the_rows_of_another_agency_are_not_there(otto: Client, cast: Cast) -> None:
    noor, theirs = cast.staff["noor"].pk, cast.elsewhere_program.pk
    places = (f"/agency/staff/{noor}/", f"/agency/staff/{noor}/password/", f"/agency/programs/{theirs}/",
              f"/agency/programs/{theirs}/staff/new/", f"/agency/teams/{uuid4()}/")  # fmt: skip
    for place in places:
        assert otto.get(place).status_code == 404, place
        assert otto.post(place, NEW | SPANS).status_code == 404, place


def test_otto_adds_someone_who_can_then_sign_in(otto: Client, cast: Cast) -> None:
    status, _ = sent(otto, "/agency/staff/new/", **NEW | {"supervisor": str(cast.staff["delphine"].pk)})
    assert status == 302
    hala = staff_named(cast, "Hala Karimi")
    assert (hala.title, hala.languages, hala.trainee) == ("BSW", ["Arabic", "Farsi"], True)
    assert hala.supervisor is not None
    assert hala.supervisor.name == "Delphine Arceneaux"
    assert hala.account.check_password("nine herons at dusk")
    assert "Hala Karimi can sign in now, and chooses their own password first." in page(otto, "/agency/")
    with acting(cast.otto):
        assert Deed.objects.filter(verb="staff_add", subject_id=hala.pk).exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"password": "short"}, "too short"),
        ({"password": "password1234"}, "too common"),
        ({"email": "maren@harbourlane.example"}, "Somebody already signs in with this e-mail"),
        ({"email": "MAREN@harbourlane.example"}, "Somebody already signs in with this e-mail"),
        ({"email": "noor@eastfield.example"}, "Somebody already signs in with this e-mail"),
        ({"email": "hala at harbour"}, "Give the whole e-mail"),
        ({"roles": []}, "Choose at least one role."),
        ({"roles": ["captain"]}, "captain"),
        ({"languages": "a" * 41}, "longer than 40 letters"),
        ({"name": ""}, "Fill this in."),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_nothing_typed_is_lost(
    otto: Client, cast: Cast, wrong: dict[str, object], said: str
) -> None:
    status, again = sent(otto, "/agency/staff/new/", **NEW | wrong)
    assert status == 422
    assert said in again
    assert "has-error" in again
    typed = NEW | wrong
    assert f'value="{typed["title"]}"' in again
    with acting(cast.otto):
        assert not Staff.objects.filter(name="Hala Karimi").exists()


def test_sending_twice_adds_one_person(otto: Client, cast: Cast) -> None:
    token = str(uuid4())
    for _turn in range(2):
        assert sent(otto, "/agency/staff/new/", **NEW | {"once": token})[0] == 302
    with acting(cast.otto):
        assert Staff.objects.filter(name="Hala Karimi").count() == 1


def change(client: Client, staff: Staff, **wrong: object) -> tuple[int, str]:
    """Send the page of someone with one thing changed."""
    known: dict[str, object] = {"name": staff.name, "title": staff.title, "roles": staff.roles, "languages": ""}
    if staff.supervisor_id:
        known["supervisor"] = str(staff.supervisor_id)
    return sent(client, f"/agency/staff/{staff.pk}/", **known | wrong)


@pytest.mark.demand("S1")
def test_otto_changes_roles_languages_and_supervisor(otto: Client, cast: Cast) -> None:
    maren = cast.staff["maren"]
    roles = ["case_manager", "supervisor"]
    assert change(otto, maren, title="LCSW", roles=roles, languages="German", trainee="on", supervisor="")[0] == 302
    now = staff_named(cast, "Maren Achterberg")
    assert (now.title, now.roles, now.languages, now.trainee, now.supervisor) == ("LCSW", roles, ["German"], True, None)
    shown = page(otto, f"/agency/staff/{maren.pk}/")
    assert 'value="LCSW"' in shown
    assert 'value="German"' in shown


def test_nobody_stands_in_their_own_line_of_supervision(otto: Client, cast: Cast) -> None:
    assert change(otto, cast.staff["maren"], roles=["case_manager", "supervisor"])[0] == 302
    status, again = change(otto, cast.staff["delphine"], supervisor=str(cast.staff["maren"].pk))
    assert status == 422
    assert "Nobody can be in their own line of supervision." in again


def test_a_supervisor_is_chosen_among_those_who_hold_the_role_here(otto: Client, cast: Cast) -> None:
    for who in ("tadesse", "noor"):
        assert change(otto, cast.staff["maren"], supervisor=str(cast.staff[who].pk))[0] == 422, who


def test_someone_who_left_stands_apart_and_sees_nothing_more(otto: Client, client: Client, cast: Cast) -> None:
    assert cast.sama.is_open
    assert change(otto, cast.staff["maren"], left_on=clock.today().isoformat())[0] == 302
    shown = page(otto, "/agency/")
    assert "1 person who left" in shown
    assert "<b>6 people</b> work here." in shown
    gone = Client()
    gone.force_login(cast.staff["maren"].account)
    for place in ("/", "/today/", "/cases/", f"/cases/{cast.sama.pk}/people/"):
        answer = gone.get(place)
        assert answer.status_code == 302 and answer.headers["Location"].startswith("/account/sign-in/"), place
        assert "Sama" not in answer.content.decode()


def test_someone_who_leaves_next_month_still_works_here(otto: Client, cast: Cast) -> None:
    assert change(otto, cast.staff["maren"], left_on=(clock.today() + timedelta(days=30)).isoformat())[0] == 302
    assert "<b>7 people</b> work here." in page(otto, "/agency/")


def test_the_agency_is_never_left_without_an_administrator(otto: Client, cast: Cast) -> None:
    for wrong in ({"roles": ["case_manager"]}, {"left_on": clock.today().isoformat()}):
        status, again = change(otto, cast.staff["otto"], **wrong)
        assert status == 422
        assert "Nobody else administers the agency." in again
    leaves = (clock.today() + timedelta(days=30)).isoformat()
    assert change(otto, cast.staff["otto"], left_on=leaves)[0] == 422, "nor is it on a day to come"
    assert change(otto, cast.staff["quinn"], roles=["agency_administrator"])[0] == 302
    second = Client()
    second.force_login(cast.staff["quinn"].account)
    assert change(second, cast.staff["otto"], roles=["case_manager"])[0] == 302
    assert otto.get("/agency/").status_code == 403


def test_who_is_about_to_leave_is_still_asked_before_an_administrator_changes_their_own_roles(
    otto: Client, cast: Cast
) -> None:
    leaves = (clock.today() + timedelta(days=30)).isoformat()
    assert change(otto, cast.staff["quinn"], roles=["agency_administrator"], left_on=leaves)[0] == 302
    status, again = change(otto, cast.staff["otto"], roles=["agency_administrator", "supervisor"])
    assert status == 422 and "Ask another administrator to do it." in again


def test_a_new_password_works_and_the_old_one_does_not(otto: Client, cast: Cast) -> None:
    maren = cast.staff["maren"]
    place = f"/agency/staff/{maren.pk}/password/"
    status, again = sent(otto, place, password="maren1")
    assert (status, "too short" in again) == (422, True)
    assert sent(otto, place, password="seven kites over sand")[0] == 302
    account = Account.objects.get(pk=maren.account_id)
    assert account.check_password("seven kites over sand")
    assert not account.check_password(PASSWORD)
    with acting(cast.otto):
        assert "seven kites" not in str(list(Deed.objects.values()))


def test_a_password_is_never_kept_as_a_draft_nor_drawn_on_another_page(otto: Client, cast: Cast) -> None:
    for place in ("/agency/staff/new/", f"/agency/staff/{cast.staff['maren'].pk}/password/"):
        assert "data-draft=" not in page(otto, place), place
    assert "password" not in page(otto, f"/agency/staff/{cast.staff['maren'].pk}/").replace(
        "/password/", ""
    ).lower().replace("give a new password", "").replace("change password", "").replace("a password alone opens it", "")


@pytest.mark.demand("M4")
def test_otto_adds_a_program_with_its_days_and_changes_them(otto: Client, cast: Cast) -> None:
    assert sent(otto, "/agency/programs/new/", **SPANS)[0] == 302
    with acting(cast.otto):
        program = Program.objects.get(name="Second Door")
    assert (program.contact_every_days, program.model, program.open) == (7, "brokerage", True)
    changed = SPANS | {"contact_every_days": "21", "open": "", "supervisor_signs_plans": "on"}
    assert sent(otto, f"/agency/programs/{program.pk}/", **changed)[0] == 302
    with acting(cast.otto):
        program.refresh_from_db()
        deed = Deed.objects.filter(verb="program_save", subject_id=program.pk).latest("at")
    assert (program.contact_every_days, program.open, program.supervisor_signs_plans) == (21, False, True)
    assert deed.changes["contact_every_days"] == ["7", "21"]
    assert "takes no new clients" in page(otto, "/agency/")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "New Start"}, "Another program has this name."),
        ({"contact_every_days": "0"}, "Give 1 or more."),
        ({"review_every_days": "often"}, "whole number"),
        ({"model": "other"}, "other"),
        ({"follow_up_after_days": ""}, "Give a number."),
    ],
)
def test_a_program_that_cannot_be_is_refused_with_the_reason(
    otto: Client, cast: Cast, wrong: dict[str, object], said: str
) -> None:
    status, again = sent(otto, "/agency/programs/new/", **SPANS | wrong)
    assert status == 422
    assert said in again
    assert 'value="120"' in again


def test_a_program_keeps_its_own_name(otto: Client, cast: Cast) -> None:
    assert sent(otto, f"/agency/programs/{cast.program.pk}/", **SPANS | {"name": "New Start"})[0] == 302


def test_who_works_in_a_program_is_added_and_ended(otto: Client, cast: Cast) -> None:
    place = f"/agency/programs/{cast.program.pk}/"
    tadesse = cast.staff["tadesse"]
    assert sent(otto, place + "staff/new/", staff=str(tadesse.pk), role="case_manager")[0] == 302
    assert "Tadesse Worku" in page(otto, place)
    with acting(cast.otto):
        row = ProgramStaff.objects.get(program=cast.program, staff=tadesse)
    assert otto.get(f"{place}staff/{row.pk}/end/").status_code == 405
    assert sent(otto, f"{place}staff/{row.pk}/end/")[0] == 302
    assert "no longer has that role in this program" in page(otto, place)
    with acting(cast.otto):
        assert not ProgramStaff.objects.filter(pk=row.pk).exists()
    assert otto.post(f"{place}staff/{row.pk}/end/").status_code == 404


@pytest.mark.demand("C4")
def test_a_program_manager_whose_role_ends_sees_its_cases_no_more(otto: Client, cast: Cast) -> None:
    case = cast.sama
    with acting(cast.otto):
        row = ProgramStaff.objects.get(program=cast.program, staff=cast.staff["priya"])
    with acting(cast.priya):
        assert Case.objects.filter(pk=case.pk).exists()
    assert sent(otto, f"/agency/programs/{cast.program.pk}/staff/{row.pk}/end/")[0] == 302
    with acting(cast.priya):
        assert not Case.objects.filter(pk=case.pk).exists()


def test_nobody_works_in_a_program_in_a_role_they_do_not_hold(otto: Client, cast: Cast) -> None:
    place = f"/agency/programs/{cast.program.pk}/staff/new/"
    status, again = sent(otto, place, staff=str(cast.staff["tadesse"].pk), role="program_manager")
    assert status == 422
    assert "Tadesse Worku does not hold this role." in again
    assert sent(otto, place, staff=str(cast.staff["noor"].pk), role="case_manager")[0] == 422


def test_a_team_is_made_and_changed_and_opens_no_record(otto: Client, cast: Cast) -> None:
    assert cast.sama.is_open
    members = [str(cast.staff["maren"].pk), str(cast.staff["tadesse"].pk)]
    assert sent(otto, "/agency/teams/new/", name="East", members=members)[0] == 302
    with acting(cast.otto):
        team = Team.objects.get(name="East")
        assert {one.name for one in team.members.all()} == {"Maren Achterberg", "Tadesse Worku"}
    with acting(cast.tadesse):
        assert not Case.objects.exists()
    assert sent(otto, f"/agency/teams/{team.pk}/", name="East pier", members=members[:1])[0] == 302
    assert "East pier" in page(otto, "/agency/")
    assert "checked" in page(otto, f"/agency/teams/{team.pk}/")
    assert sent(otto, "/agency/teams/new/", name="", members=members)[0] == 422
    assert sent(otto, "/agency/teams/new/", name="West", members=[str(cast.staff["noor"].pk)])[0] == 422


def test_names_that_look_like_script_are_only_shown(otto: Client, cast: Cast) -> None:
    assert sent(otto, "/agency/staff/new/", **NEW | {"name": "<script>alert(1)</script>"})[0] == 302
    assert "<script>alert" not in page(otto, "/agency/")


def test_the_page_asks_the_database_seldom(
    otto: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        page(otto, "/agency/")
    with django_assert_max_num_queries(12):
        page(otto, f"/agency/programs/{cast.program.pk}/")


@pytest.mark.demand("C4")
def test_an_administrator_sees_no_client_content_at_any_address_of_the_program(otto: Client, cast: Cast) -> None:
    """Every address there is, with the ids of real rows in it, asked for and sent to."""
    case, referral, maren = cast.sama, cast.refer("Agnieszka Wrona"), cast.staff["maren"]
    with acting(cast.maren):
        need = Need(case=case, number=1, title="A home of her own", domain="environmental", found_on=clock.today())
        need.save()
        note = Note(case=case, writer=maren, at=clock.now(), started_at=clock.now(), happened="We met at the pier")
        note.save()
    ids = {"case": case.pk, "referral": referral.pk, "need": need.pk, "note": note.pk, "staff": maren.pk,
           "program": cast.program.pk}  # fmt: skip
    reached = 0
    for _route, pattern in addresses():
        address = _address(pattern, ids)
        if address is None or pattern.name in ("account_logout", "draft", "theme"):
            continue
        for answer in (otto.get(address), otto.post(address, {"q": "Sama", "answer": "accepted"})):
            shown = answer.content.decode(errors="replace")
            assert not [words for words in OTTO_ALONE if words in shown], (address, answer.status_code)
        reached += 1
    assert reached > 12


def _address(pattern: URLPattern, ids: dict[str, UUID]) -> str | None:
    if pattern.name is None:
        return None
    given = {
        key: 1 if type(one).__name__ == "IntConverter" else ids.get(key, ids["need"])
        for key, one in pattern.pattern.converters.items()
    }
    return reverse(pattern.name, kwargs=given)


@pytest.mark.demand("C4")
def test_the_database_itself_shows_an_administrator_no_client(cast: Cast) -> None:
    assert cast.sama.is_open
    assert cast.refer().state == "received"
    assert cast.otto.roles == frozenset({Role.ADMINISTRATOR})
    with acting(cast.otto):
        for model in (Person, Case, Need, Note):
            assert model._default_manager.count() == 0, model.__name__
