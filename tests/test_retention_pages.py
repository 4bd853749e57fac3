"""The pages of retention: rules with their sources, what is due and why, holds, and two people who let a record go (D6)."""

from typing import Any

import pytest
from django.urls import reverse

from alongside.confidentiality.models import Certificate, Disposal, Hold, RetentionRule
from alongside.foundations.actor import acting
from alongside.people.models import Case
from tests.access.routes import lend
from tests.access.test_strangers import refusals
from tests.cast import Cast
from tests.disposing import LAW, approved, end_long_ago, keep_for
from tests.visits import SCRIPT, beside, is_only_text, read, send, signed_in

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("D6")]

RULE: dict[str, Any] = {"kind": "case", "program": "", "event": "closing", "years": "7", "source": LAW}


@pytest.fixture
def old(cast: Cast) -> Case:
    """Sama's case, closed eight years ago, where files are kept for seven."""
    keep_for(cast)
    return end_long_ago(cast, cast.sama)


def test_an_administrator_takes_up_a_suggestion_and_changes_it(cast: Cast) -> None:
    otto = signed_in(cast, "otto")
    page = read(otto, "retention_rules")
    assert "nothing ever falls due" in page
    assert "45 CFR 164.316" in page
    form = otto.get(reverse("rule_new"), {"from": "adults"}).context["form"]
    assert (form["years"].value(), form["event"].value()) == (7, "last_contact")
    assert send(otto, "rule_new", **RULE).status_code == 302
    with acting(cast.otto):
        rule = RetentionRule.objects.get()
    changed = send(otto, "rule_edit", rule.pk, event="last_contact", years="9", source=LAW, edition="1")
    assert changed.status_code == 302
    assert "9 years after the last contact" in read(otto, "retention_rules")
    behind = send(otto, "rule_edit", rule.pk, event="closing", years="8", source=LAW, edition="1")
    assert behind.status_code == 409


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("event", "answer", "not known of this kind"),
        ("years", "0", ""),
        ("years", "101", ""),
        ("source", "", "where this number of years comes from"),
    ],
)
def test_a_rule_that_cannot_be_comes_back_beside_its_field(cast: Cast, field: str, value: str, said: str) -> None:
    answer = send(signed_in(cast, "otto"), "rule_new", **{**RULE, field: value})
    assert said in beside(answer, field)


def test_one_rule_for_a_kind_and_a_programs_own_goes_before_it(cast: Cast, old: Case) -> None:
    otto = signed_in(cast, "otto")
    assert "There is a rule for this already" in beside(send(otto, "rule_new", **RULE), "kind")
    assert send(otto, "rule_new", **{**RULE, "program": str(cast.program.pk), "years": "20"}).status_code == 302
    assert "Nothing that you see is past its time" in read(signed_in(cast, "maren"), "due")


def test_administrators_see_numbers_and_no_client(cast: Cast, old: Case) -> None:
    otto = signed_in(cast, "otto")
    page = read(otto, "retention_rules")
    assert "1 is due" in page
    assert "New Start" in page
    assert "Othman" not in page
    assert old.number not in page
    assert otto.get(reverse("due")).status_code == 403
    assert signed_in(cast, "delphine").get(reverse("retention_rules")).status_code == 403
    assert "1 is due" not in read(signed_in(cast, "noor"), "retention_rules")


def test_what_is_due_stands_with_its_reason_for_those_who_see_the_case(cast: Cast, old: Case) -> None:
    for who in ("maren", "delphine", "priya"):
        page = read(signed_in(cast, who), "due")
        assert "Sama Othman" in page, who
        assert "Kept 7 years after the closing of the case" in page
        assert LAW in page
    for who in ("tadesse", "noor"):
        assert "Sama" not in read(signed_in(cast, who), "due"), who
    own = read(signed_in(cast, "maren"), "case_retention", old.pk)
    assert "Kept 7 years after the closing of the case" in own
    assert "Propose to dispose of it" in own


def test_one_proposes_another_approves_and_carries_out_through_the_pages(cast: Cast, old: Case) -> None:
    maren, delphine = signed_in(cast, "maren"), signed_in(cast, "delphine")
    assert "Somebody else, who supervises" in read(maren, "disposal_propose", old.pk)
    assert send(maren, "disposal_propose", old.pk).status_code == 302
    with acting(cast.maren):
        proposal = Disposal.objects.get()
    assert maren.get(reverse("disposal_approve", args=[proposal.pk])).status_code == 403
    early = send(delphine, "disposal_carry_out", proposal.pk, sure="on")
    assert early.status_code == 422
    assert "Look and approve" in read(delphine, "due")
    assert send(delphine, "disposal_approve", proposal.pk).status_code == 302
    unsure = send(delphine, "disposal_carry_out", proposal.pk)
    assert "cannot be brought back" in beside(unsure, "sure")
    done = send(delphine, "disposal_carry_out", proposal.pk, sure="on")
    with acting(cast.delphine):
        certificate = Certificate.objects.get()
    assert done.headers["Location"] == reverse("certificate", args=[certificate.pk])
    for who in ("delphine", "priya", "otto"):
        assert "Maren Achterberg" in read(signed_in(cast, who), "certificate", certificate.pk), who
        assert "Safe" not in read(signed_in(cast, who), "certificates")
    assert maren.get(reverse("certificates")).status_code == 403
    assert maren.get(reverse("case", args=[old.pk])).status_code == 404


def test_a_proposal_is_turned_down_with_a_reason(cast: Cast, old: Case) -> None:
    proposal, priya = approved(cast, old.pk), signed_in(cast, "priya")
    assert "Say why" in beside(send(priya, "disposal_turn_down", proposal.pk, why=""), "why")
    assert send(priya, "disposal_turn_down", proposal.pk, why="She asked for a copy").status_code == 302
    assert "Propose" in read(priya, "due")


def test_whoever_works_on_it_sets_a_hold_and_a_supervisor_lifts_it(cast: Cast, old: Case) -> None:
    delphine, maren = signed_in(cast, "delphine"), signed_in(cast, "maren")
    sent = {"covers": "case", "ground": "Smith v. County", "since": "2026-11-02"}
    assert send(maren, "hold_new", old.pk, **sent).status_code == 302
    page = read(maren, "case_retention", old.pk)
    assert "nothing of it can be disposed of" in page
    assert "Smith v. County" in page
    assert "Propose to dispose of it" not in page
    assert "On hold" in read(delphine, "due")
    with acting(cast.delphine):
        hold = Hold.objects.get()
    assert send(maren, "hold_lift", old.pk, hold.pk, why="I think so").status_code == 403
    assert send(delphine, "hold_lift", old.pk, hold.pk, why="It was settled").status_code == 302
    again = send(delphine, "hold_lift", old.pk, hold.pk, why="Once more")
    assert again.status_code == 422
    assert "It was settled" in read(maren, "case_retention", old.pk)


def test_a_hold_needs_a_ground_and_a_day_that_has_come(cast: Cast, old: Case) -> None:
    delphine = signed_in(cast, "delphine")
    sent = {"covers": "person", "ground": "", "since": "2026-11-02"}
    assert "Say on what ground" in beside(send(delphine, "hold_new", old.pk, **sent), "ground")
    ahead = {**sent, "ground": "x", "since": "2999-01-01"}
    assert "a day before" in beside(send(delphine, "hold_new", old.pk, **ahead), "since")


def test_a_reviewer_reads_how_long_it_is_kept_and_does_nothing(cast: Cast, old: Case) -> None:
    lend(cast, old, "quinn")
    quinn = signed_in(cast, "quinn")
    page = read(quinn, "case_retention", old.pk)
    assert "Kept 7 years" in page
    assert "Propose" not in page
    assert quinn.get(reverse("due")).status_code == 403


def test_without_a_rule_or_while_the_case_is_open_nothing_runs(cast: Cast) -> None:
    case, maren = cast.sama, signed_in(cast, "maren")
    assert "no time runs yet" in read(maren, "case_retention", case.pk)
    end_long_ago(cast, case)
    assert "No rule of the agency counts for it" in read(maren, "case_retention", case.pk)
    assert maren.get(reverse("disposal_propose", args=[case.pk])).status_code == 404
    assert refusals(cast.maren, None) == 1, "a try in vain is kept"


def test_what_is_typed_stays_text(cast: Cast, old: Case) -> None:
    delphine = signed_in(cast, "delphine")
    send(delphine, "hold_new", old.pk, covers="case", ground=SCRIPT, since="2026-11-02")
    is_only_text(delphine.get(reverse("case_retention", args=[old.pk])))
