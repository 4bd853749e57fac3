"""The agency's policies: written, put in force, read by everyone, given to clients; what was in force is fixed (C6)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from alongside.confidentiality.actions.policies import (
    policy_acknowledge,
    policy_add,
    policy_copy_give,
    policy_put_in_force,
    policy_write,
)
from alongside.confidentiality.models import Acknowledgment, Policy, PolicyVersion
from alongside.confidentiality.queries import STARTERS
from alongside.confidentiality.queries.policies import kept_policies, not_acknowledged, unread
from alongside.documentation.queries.file import CASE_FILE
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import ChangedByAnother, NotAllowed, RuleBroken
from tests.cast import Cast
from tests.visits import SCRIPT, beside, is_only_text, read, send, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C6")]

NEXT_YEAR = clock.today() + timedelta(days=365)


def written(cast: Cast, title: str = "Who may know", words: str = "# For what\nNobody else.") -> PolicyVersion:
    """A draft that Otto wrote."""
    return policy_add(cast.otto, title=title, words=words, language="English", review_on=NEXT_YEAR)


def in_force(cast: Cast, title: str = "Who may know") -> PolicyVersion:
    """A policy in force."""
    return policy_put_in_force(cast.otto, version=written(cast, title))


def test_three_starters_say_what_a_policy_has_to_say(cast: Cast) -> None:
    said = " ".join(starter.text for starter in STARTERS)
    assert len(STARTERS) == 3
    for asked in (
        "What we ask for",
        "What is recorded",
        "Who has access",
        "How we keep it right",
        "How long",
        "disposed",
    ):
        assert asked in said, asked
    assert all("\n\n" in starter.text and "[" in starter.text for starter in STARTERS)


def test_a_starter_is_taken_up_changed_and_put_in_force(cast: Cast) -> None:
    otto = signed_in(cast, "otto")
    assert "Use this" in read(otto, "policies_kept")
    page = otto.get(reverse("policy_new"), {"from": "records"})
    assert "# The client's say" in words_of(page)
    form = page.context["form"]
    sent = {
        "title": form["title"].value(),
        "words": form["words"].value(),
        "language": "English",
        "review_on": str(NEXT_YEAR),
    }
    answer = otto.post(reverse("policy_new") + "?from=records", sent)
    with acting(cast.otto):
        policy = Policy.objects.get(key="records")
    assert answer.headers["Location"] == reverse("policy_write", args=[policy.pk])
    blocked = send(otto, "policy_put_in_force", policy.pk)
    assert blocked.status_code == 422
    assert "square brackets" in blocked.content.decode()
    decided = form["words"].value().replace("[", "").replace("]", "")
    send(otto, "policy_write", policy.pk, words=decided, language="English", review_on=str(NEXT_YEAR), edition="1")
    assert send(otto, "policy_put_in_force", policy.pk).status_code == 302
    assert "Records: content" in read(signed_in(cast, "maren"), "policies")


def test_only_administrators_write_policies(cast: Cast) -> None:
    version = written(cast)
    for who in (cast.maren, cast.delphine, cast.priya, cast.quinn):
        with pytest.raises(NotAllowed):
            policy_put_in_force(who, version=version)
        with acting(who), connection.cursor() as cursor:
            cursor.execute("UPDATE confidentiality_policyversion SET words = 'All may know'")
            assert cursor.rowcount == 0
    assert signed_in(cast, "delphine").get(reverse("policies_kept")).status_code == 403


def test_what_is_in_force_never_changes_and_is_replaced_by_the_next(cast: Cast) -> None:
    first = in_force(cast)
    with acting(cast.otto):
        for change in ("words = 'x'", "review_on = now()", "in_force_on = NULL", "state = 'draft'", "number = 9"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE confidentiality_policyversion SET {change} WHERE id = %s", [first.pk])  # noqa: S608
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM confidentiality_policyversion WHERE id = %s", [first.pk])
    policy = first.policy
    second = policy_write(cast.otto, policy=policy, words="Fewer still.", language="English", review_on=NEXT_YEAR)
    assert (second.number, second.state) == (2, "draft")
    policy_put_in_force(cast.otto, version=second)
    with acting(cast.otto):
        states = dict(PolicyVersion.objects.filter(policy=policy).values_list("number", "state"))
        assert states == {1: "replaced", 2: "in_force"}
        kept = kept_policies(cast.agency.pk)
    assert kept[0].now is not None
    assert kept[0].now.pk == second.pk
    with pytest.raises(RuleBroken):
        policy_put_in_force(cast.otto, version=first)


def test_two_who_write_one_draft_see_both_versions(cast: Cast) -> None:
    policy = written(cast).policy
    given: dict[str, Any] = {"policy": policy, "language": "English", "review_on": NEXT_YEAR}
    policy_write(cast.otto, words="One", edition=1, **given)
    with pytest.raises(ChangedByAnother) as changed:
        policy_write(cast.otto, words="Two", edition=1, **given)
    assert changed.value.theirs["words"] == "One"


def test_a_policy_needs_words_a_title_of_its_own_and_a_day_ahead(cast: Cast) -> None:
    otto = signed_in(cast, "otto")
    written(cast)
    sent = {"title": "Who may know", "words": "x", "language": "English", "review_on": str(NEXT_YEAR)}
    assert "Another policy has this title" in beside(send(otto, "policy_new", **sent), "title")
    past = {**sent, "title": "Another", "review_on": str(clock.today())}
    assert "day ahead" in beside(send(otto, "policy_new", **past), "review_on")
    assert "Write the policy" in beside(send(otto, "policy_new", **{**sent, "words": " "}), "words")


def test_everyone_is_asked_on_today_until_they_have_read_it(cast: Cast) -> None:
    maren = signed_in(cast, "maren")
    assert "Read a policy" not in read(maren, "today")
    version = in_force(cast)
    assert "Read a policy of the agency" in read(maren, "today")
    assert "Who may know" in read(maren, "today")
    assert send(maren, "policy", version.policy_id).status_code == 302
    assert "Read a policy" not in read(maren, "today")
    with acting(cast.maren):
        assert not unread(cast.maren).exists()
        assert Acknowledgment.objects.filter(staff_id=cast.maren.staff).count() == 1
    policy_acknowledge(cast.maren, version=version)
    with acting(cast.maren):
        assert Acknowledgment.objects.count() == 1


def test_a_new_version_asks_everyone_again_and_the_old_one_takes_no_more(cast: Cast) -> None:
    first = in_force(cast)
    policy_acknowledge(cast.maren, version=first)
    policy = first.policy
    second = policy_write(cast.otto, policy=policy, words="Fewer.", language="English", review_on=NEXT_YEAR)
    policy_put_in_force(cast.otto, version=second)
    with acting(cast.maren):
        assert [version.number for version in unread(cast.maren)] == [2]
    with pytest.raises(RuleBroken, match="Another version is in force"):
        policy_acknowledge(cast.delphine, version=first)


def test_supervisors_and_administrators_see_who_has_not_read_it(cast: Cast) -> None:
    version = in_force(cast)
    policy_acknowledge(cast.maren, version=version)
    with acting(cast.otto):
        names = [one.name for one in not_acknowledged(version)]
    assert "Maren Achterberg" not in names
    assert {"Tadesse Worku", "Otto Lindqvist"} <= set(names)
    assert "Noor Haddad" not in names
    for who, sees in (("delphine", True), ("otto", True), ("priya", True), ("maren", False), ("quinn", False)):
        page = read(signed_in(cast, who), "policy", version.policy_id)
        assert ("Tadesse Worku" in page) is sees, who
    assert "6 people have still to read it" in read(signed_in(cast, "otto"), "policies_kept")


def test_nobody_acknowledges_for_another_and_nobody_takes_it_back(cast: Cast) -> None:
    version = in_force(cast)
    policy_acknowledge(cast.maren, version=version)
    with acting(cast.maren):
        forged = Acknowledgment(agency=cast.agency, version=version, staff=cast.staff["tadesse"], at=clock.now())
        with pytest.raises(DatabaseError), transaction.atomic():
            forged.save(force_insert=True)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM confidentiality_acknowledgment")


def test_another_agency_reads_none_of_it(cast: Cast) -> None:
    version = in_force(cast)
    noor = signed_in(cast, "noor")
    assert "Who may know" not in read(noor, "policies")
    assert noor.get(reverse("policy", args=[version.policy_id])).status_code == 404
    assert noor.get(reverse("policy_write", args=[version.policy_id])).status_code == 404


def test_the_client_is_given_a_copy_which_is_shown_printed_and_part_of_the_file(cast: Cast) -> None:
    case, maren = cast.sama, signed_in(cast, "maren")
    with acting(cast.maren):
        assert CASE_FILE["policies"].read(case).missing == ()
    version = in_force(cast)
    with acting(cast.maren):
        assert "No copy of the policy “Who may know”" in CASE_FILE["policies"].read(case).missing[0]
    assert maren.get(reverse("policy_pdf", args=[case.pk, version.pk])).content.startswith(b"%PDF")
    page = maren.get(reverse("policy_copy_new", args=[case.pk]), {"version": str(version.pk)})
    assert page.context["form"]["language"].value() == "Arabic"
    sent = {"version": str(version.pk), "language": "Arabic, read aloud", "given_on": str(clock.today())}
    assert send(maren, "policy_copy_new", case.pk, **sent).status_code == 302
    shown = read(maren, "case_policies", case.pk)
    assert "Arabic, read aloud" in shown
    assert "Maren Achterberg" in shown
    with acting(cast.maren):
        content = CASE_FILE["policies"].read(case)
    assert content.missing == ()
    copy = content.shown["copies"][0]
    assert maren.get(reverse("policy_copy_pdf", args=[case.pk, copy.pk])).content.startswith(b"%PDF")
    with acting(cast.maren), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE confidentiality_policycopy SET language = 'English'")


def test_a_copy_is_given_of_what_is_in_force_on_a_day_of_the_case(cast: Cast) -> None:
    draft = written(cast)
    given: dict[str, Any] = {"case": cast.sama, "language": "Arabic", "given_on": clock.today()}
    with pytest.raises(RuleBroken, match="not in force"):
        policy_copy_give(cast.maren, version=draft, **given)
    version = policy_put_in_force(cast.otto, version=draft)
    with pytest.raises(RuleBroken, match="between the opening"):
        policy_copy_give(cast.maren, version=version, **(given | {"given_on": clock.today() + timedelta(days=1)}))
    with pytest.raises(RuleBroken, match="closed"):
        with acting(cast.maren):
            type(cast.sama).objects.filter(pk=cast.sama.pk).update(closed_on=clock.today())
        policy_copy_give(cast.maren, version=version, **given)


def test_what_is_typed_into_a_policy_stays_text(cast: Cast) -> None:
    version = policy_put_in_force(cast.otto, version=written(cast, words=f"# {SCRIPT}\n{SCRIPT}"))
    is_only_text(signed_in(cast, "maren").get(reverse("policy", args=[version.policy_id])))
