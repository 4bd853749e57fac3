"""After a disposal nothing of the client is left in any table but the certificate (practice D6, decision 0017)."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from alongside.client_level.engagement.actions import household_member_add, significant_other_add
from alongside.client_level.engagement.models import Outreach
from alongside.client_level.intervention.actions import note_begin, note_sign
from alongside.client_level.intervention.actions.words import NoteWords
from alongside.confidentiality.actions.disposal import disposal_carry_out
from alongside.confidentiality.actions.holds import hold_lift, hold_set
from alongside.confidentiality.actions.statements import statement_reply, statement_take
from alongside.confidentiality.models import BreachCase, Hold
from alongside.documentation.models import Note
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.ids import new_id
from alongside.foundations.models import Deed, Draft, Look, SentForm, StateChange
from alongside.foundations.rls import CONFIDENTIAL
from alongside.people.models import Case, Household, HouseholdMember, Person
from tests.access.routes import whole_record
from tests.cast import Cast
from tests.disposing import LAW, approved, end_long_ago, keep_for, let_go, told_to_the_owner
from tests.visits import send, signed_in

pytestmark = [pytest.mark.django_db(databases=["default", "looks", "owner"]), pytest.mark.demand("D6")]

HERS = (
    "Othman", "Sama", "the library", "St Brigid", "Needs a home", "Rima O", "Fadi Saleh", "blue door", "never said that",
    "We wrote what we heard", "County court 55", "half a thought", "Hala K.",
)  # fmt: skip


SEALED = {
    "the library", "Needs a home", "blue door", "never said that", "We wrote what we heard", "County court 55", "half a thought",
    "Hala K.", "St Brigid",
}  # fmt: skip
"""What lies as noise from the start."""

PROOF = {"foundations_deed", "foundations_look", "foundations_statechange", "foundations_datakey"}
"""What says who did what when, and that a key was destroyed: by ids that lead nowhere."""


def lived(cast: Cast) -> Case:
    """Sama's record with words in many places: signed notes, people, a disagreement, a lifted hold, a draft."""
    case, maren = cast.sama, cast.maren
    since = clock.today() - timedelta(days=40)
    household_member_add(maren, case=case, role="sister", since=since, person={"preferred_name": "Rima Othman"})
    significant_other_add(maren, case=case, values={"name": "Fadi Saleh", "relation": "cousin"})
    note = signed_note(cast, case)
    statement = statement_take(
        maren, case=case, kind="note", record=note.pk, words="I never said that.", said_on=clock.today()
    )
    statement_reply(maren, statement=statement, words="We wrote what we heard.")
    hold = hold_set(cast.delphine, case=case, covers="person", ground="County court 55", since=clock.today())
    hold_lift(cast.delphine, hold=hold, why="County court 55 is over")
    place = reverse("need_new", args=[case.pk])
    signed_in(cast, "maren").post(reverse("draft") + f"?place={place}", {"title": "half a thought"})
    return case


def signed_note(cast: Cast, case: Case) -> Note:
    """A note that nobody may change any more."""
    words = NoteWords(
        at=clock.now() - timedelta(hours=2), minutes=30, title="The blue door", happened="She stood before the blue door.",
        client_did="Knocked.", worker_did="Waited.", stands_alone=True,
    )  # fmt: skip
    note = note_begin(cast.maren, case=case, key=new_id(), words=words)
    return note_sign(cast.maren, note=note, words=words, edition=1)


def test_no_name_and_no_word_of_hers_stands_in_any_table(django_db_setup: None) -> None:
    with told_to_the_owner() as (there, reader):
        case = lived(there)
        before = reader.where_is(*HERS)
        assert {said for found in before.values() for said in found} == set(HERS) - SEALED
        keep_for(there)
        end_long_ago(there, case)
        certificate = let_go(there, case.pk)
        assert reader.where_is(*HERS) == {}
        assert set(reader.where_is(str(case.client_id))) <= {"foundations_datakey"}, "whose key was destroyed"
        assert certificate.person_too
        assert set(reader.where_is(str(case.pk))) <= PROOF


def test_her_pages_are_gone_and_no_search_finds_her(cast: Cast) -> None:
    case = lived(cast)
    keep_for(cast)
    end_long_ago(cast, case)
    certificate = let_go(cast, case.pk)
    for who in ("maren", "delphine", "priya"):
        browser = signed_in(cast, who)
        for name in ("case", "timeline", "case_file", "assessment", "case_retention", "seen"):
            assert browser.get(reverse(name, args=[case.pk])).status_code == 404, (who, name)
        found = browser.post(reverse("cases"), {"q": "Othman"})
        assert "Sama" not in found.content.decode()
        assert "Sama" not in browser.get(reverse("certificate", args=[certificate.pk])).content.decode()
    paper = signed_in(cast, "otto").get(reverse("certificate_pdf", args=[certificate.pk]))
    assert paper.content.startswith(b"%PDF")


def test_one_row_in_every_table_goes_and_is_counted(django_db_setup: None) -> None:
    """Signed and unsigned, of the case and of the person: a table that is added later is tried by itself."""
    with told_to_the_owner() as (there, reader):
        record = whole_record(there, there.sama, "maren")
        with acting(there.delphine):
            hold_lift(there.delphine, hold=Hold.objects.get(case=there.sama), why="It is over")
        proposal: Any = next(row for model, row in record.items() if model.__name__ == "Disposal")
        keep_for(there, program=there.program)
        end_long_ago(there, there.sama)
        with acting(there.maren):
            proposal.state = "turned_down"
            proposal.save(update_fields=["state"])
        certificate = let_go(there, there.sama.pk)
        tables = {table for table, kind in CONFIDENTIAL.items() if kind in ("case", "person")}
        assert tables <= set(certificate.counts)
        stay = {str(row.pk) for row in record.values() if row._meta.db_table not in STAY}
        assert set(reader.where_is(*stay)) <= PROOF


STAY = {"people_staff", "confidentiality_policy", "confidentiality_policyversion", "confidentiality_retentionrule",
        "confidentiality_agreement"}  # fmt: skip

BY_ANOTHER_WAY = {
    BreachCase: "keeps a number that leads nowhere",
    Household: "goes with its last member", Outreach: "goes by its own rule, or with the last who came from it",
    Deed: "is struck", Look: "says who of the staff opened a key that leads nowhere",
    StateChange: "stays, its reason sealed under a key that is gone", Draft: "goes by its address", SentForm: "goes by its address",
}  # fmt: skip
OF_NOBODY = {
    "foundations_leaf", "foundations_head", "foundations_jobrun", "confidentiality_lookrules", "confidentiality_breach",
    "confidentiality_agreement",
    "confidentiality_breachstep", "site_signin", "site_tries", "site_issuerlink",
    "people_agency", "people_program", "people_staff", "people_team", "people_team_members", "people_programstaff",
    "people_account", "engagement_criterion", "confidentiality_policy", "confidentiality_policyversion",
    "confidentiality_acknowledgment", "confidentiality_retentionrule", "confidentiality_certificate",
}  # fmt: skip


def hang_on_a_client() -> set[type[models.Model]]:
    """Every model whose rows name a case or a person, or a row that does, to any depth."""
    reached: set[Any] = {Case, Person}
    while True:
        more = {
            model
            for model in apps.get_models(include_auto_created=True)
            if any(isinstance(f, models.ForeignKey) and f.related_model in reached for f in model._meta.concrete_fields)
        }
        if more <= reached:
            return reached
        reached |= more


def test_every_table_of_the_house_is_gone_through_or_holds_nothing_of_any_client() -> None:
    ours = {model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("alongside.")}
    unknown = {
        model._meta.db_table
        for model in ours - hang_on_a_client() - set(BY_ANOTHER_WAY)
        if model._meta.db_table not in OF_NOBODY
    }
    assert not unknown, f"say in this test how a disposal takes these out, or that they hold no client: {unknown}"


def test_no_trigger_that_keeps_a_row_stands_against_a_disposal(django_db_setup: None) -> None:
    with told_to_the_owner() as (_there, reader):
        bodies = reader.rows(
            """SELECT DISTINCT p.proname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
               WHERE NOT t.tgisinternal AND t.tgtype & 8 = 8 AND p.proname NOT IN ('keep_on_hold', 'datakey_only_goes')"""
        )
    assert len(bodies) > 5
    assert not [name for name, body in bodies if "disposing()" not in body]


def test_what_was_done_stays_without_a_word_of_what_it_said_and_its_digest_holds(django_db_setup: None) -> None:
    digests = "SELECT id, told, staff_id, verb, at FROM foundations_deed d WHERE case_id = %s ORDER BY id"
    with told_to_the_owner() as (there, reader):
        case = lived(there)
        keep_for(there)
        end_long_ago(there, case)
        proposal = approved(there, case.pk)
        before = reader.rows(digests, case.pk)
        certificate = disposal_carry_out(there.delphine, proposal=proposal)
        assert reader.rows(digests, case.pk) == before
        told = "SELECT sentence || reason, changes::text, salt, struck_by FROM foundations_deed WHERE case_id = %s"
        assert set(reader.rows(told, case.pk)) == {("", "{}", None, certificate.pk)}
        ((struck,),) = reader.rows("SELECT count(*) FROM foundations_deed WHERE struck_by = %s", certificate.pk)
        assert struck == certificate.struck > 5
        assert reader.rows("SELECT count(*) FROM disposal_underway") == [(0,)]


def test_the_certificate_says_how_much_of_what_by_which_rule_and_by_whom(cast: Cast) -> None:
    case = lived(cast)
    keep_for(cast, years=7)
    end_long_ago(cast, case)
    certificate = let_go(cast, case.pk)
    assert (certificate.years, certificate.event, certificate.source) == (7, "closing", LAW)
    assert certificate.proposed_by_id == cast.maren.staff
    assert certificate.approved_by_id == certificate.done_by_id == cast.delphine.staff
    assert certificate.counts["people_case"] == 1
    assert certificate.counts["people_person"] == 2  # her sister was on file only because of her
    page = signed_in(cast, "priya").get(reverse("certificate", args=[certificate.pk])).content.decode()
    for said in (
        "Maren Achterberg",
        "Delphine Arceneaux",
        LAW,
        "Kept 7 years after the closing of the case",
        "Notes: 1",
    ):
        assert said in page, said
    assert case.number not in page


def test_a_client_with_another_case_stays_with_that_one(cast: Cast) -> None:
    case = cast.sama
    referral = cast.refer("Sama Othman")
    with acting(cast.priya):
        other = Case(
            agency=cast.agency, program=cast.program, client_id=case.client_id, number="2026-9", opened_on=clock.today()
        )
        other.save(force_insert=True)
    keep_for(cast)
    end_long_ago(cast, case)
    certificate = let_go(cast, case.pk)
    assert not certificate.person_too
    with acting(cast.priya):
        assert Person.objects.filter(pk=case.client_id).exists()
        assert Case.objects.filter(pk=other.pk).exists()
        assert not Case.objects.filter(pk=case.pk).exists()
        assert Person.objects.filter(pk=referral.client_id).exists()


def test_who_lives_with_the_client_of_another_file_stays(cast: Cast) -> None:
    """A sister with a case of her own keeps hers, and in it that the two lived together."""
    case, rima = cast.sama, cast.enroll("Rima Othman")
    since = clock.today() - timedelta(days=40)
    member = household_member_add(
        cast.maren, case=case, role="sister", since=since, person={"preferred_name": "Ilse Brandt"}
    )
    with acting(cast.maren):
        household_member_join(member.household, rima)
    keep_for(cast)
    end_long_ago(cast, case)
    certificate = let_go(cast, case.pk)
    assert not certificate.person_too
    with acting(cast.maren):
        assert {one.preferred_name for one in Person.objects.all()} >= {"Sama Othman", "Rima Othman", "Ilse Brandt"}
        assert not Note.objects.filter(case_id=case.pk).exists()


def household_member_join(household: Household, case: Case) -> None:
    """Count another client to the same household, by a bare row."""
    since = clock.today() - timedelta(days=40)
    HouseholdMember(household=household, person_id=case.client_id, role="sister", since=since).save(force_insert=True)


def test_a_form_sent_twice_leads_to_the_one_certificate(cast: Cast) -> None:
    keep_for(cast)
    case = end_long_ago(cast, cast.sama)
    proposal = approved(cast, case.pk)
    browser = signed_in(cast, "delphine")
    sent = {"sure": "on", "once": "01890a5d-ac96-774b-bcce-b302099a8057"}
    first = send(browser, "disposal_carry_out", proposal.pk, **sent)
    assert first.status_code == 302
    assert "/certificates/" in first.headers["Location"]
    assert send(browser, "disposal_carry_out", proposal.pk, **sent).status_code == 404
