"""Lines in which anybody may be named never say that the client did what another did, nor whom it was (practice C4)."""

from dataclasses import asdict
from typing import Any

import pytest
from django.urls import reverse

from alongside.client_level.engagement.actions import representative_add
from alongside.client_level.planning.actions import plan_change
from alongside.confidentiality.actions import alias_give, release_take_back
from alongside.documentation.models import Activity, PlanVersion
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import ChangedByAnother
from alongside.people.models import Case
from tests.access.routes import lend
from tests.cast import Cast
from tests.papers import drawn_as_words
from tests.planning import agreed, drafted, frame, fresh
from tests.releasing import signed
from tests.test_plan_amending_story import amended
from tests.visits import read, send, signed_in

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C4")]

ALIAS, TRUE, GUARDIAN = "Anna Berg", "Sama Othman", "Ana Lopez"
APART = "[name kept private]"


def listed(cast: Cast, case: Case) -> Case:
    """The case, listed under an alias; Quinn has been lent the file and Priya manages the program: neither knows the name."""
    lend(cast, case, "quinn")
    with acting(cast.maren):
        case = Case.objects.select_related("client", "program").get(pk=case.pk)
    alias_give(cast.maren, case=case, alias=ALIAS, reason="Danger")
    return case


def back(cast: Cast, by: str) -> Any:
    """A release that Sama signed, taken back by somebody."""
    given = signed(cast)
    return release_take_back(cast.maren, release=given, by=by, how="By phone", edition=given.edition)


def test_a_guardian_who_takes_a_release_back_is_not_said_to_be_the_client(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, typed = back(cast, f"{GUARDIAN}, guardian of {TRUE}"), f"{GUARDIAN}, guardian of {TRUE}"
    case = listed(cast, cast.sama)
    pages: dict[str, list[Any]] = {"consent": [case.pk], "release": [case.pk, given.pk]}
    for name, keys in pages.items():
        told = read(signed_in(cast, "quinn"), name, *keys)
        assert APART in told and TRUE not in told and f"aken back by {ALIAS}" not in told, name
        assert typed in read(signed_in(cast, "maren"), name, *keys), name
    papers = drawn_as_words(monkeypatch)
    signed_in(cast, "quinn").get(reverse("case_file", args=[case.pk]))
    assert APART in papers[-1] and TRUE not in papers[-1]


def test_whoever_signed_and_took_it_back_is_told_as_the_signature_tells(cast: Cast) -> None:
    back(cast, f" {TRUE.upper()}")
    case = listed(cast, cast.sama)
    assert f"Taken back by {ALIAS}," in read(signed_in(cast, "quinn"), "consent", case.pk)


def test_a_representative_whom_the_reader_knows_is_named(cast: Cast) -> None:
    values = {"name": GUARDIAN, "scope": "Everything", "since": clock.today()}
    representative_add(cast.maren, case=cast.sama, values=values)
    back(cast, GUARDIAN)
    case = listed(cast, cast.sama)
    assert f"Taken back by {GUARDIAN}," in read(signed_in(cast, "quinn"), "consent", case.pk)


def test_what_was_written_under_the_alias_is_read_by_everyone(cast: Cast) -> None:
    given = signed(cast)
    case = listed(cast, cast.sama)
    with acting(cast.maren):
        given.refresh_from_db()
    release_take_back(cast.maren, release=given, by=ALIAS, how="By phone", edition=given.edition)
    assert f"Taken back by {ALIAS}," in read(signed_in(cast, "quinn"), "consent", case.pk)


def test_with_whom_a_plan_was_made_is_read_whole_or_not_at_all(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    drafted(cast)
    case, papers = listed(cast, cast.sama), drawn_as_words(monkeypatch)
    assert "with Sama, Hala K." in read(signed_in(cast, "maren"), "plan", case.pk)
    for who in ("quinn", "priya"):
        told = read(signed_in(cast, who), "plan", case.pk)
        assert f"with {APART}" in told and "Hala K." not in told
        signed_in(cast, who).get(reverse("plan_pdf", args=[case.pk]))
        assert f"with {APART}" in papers[-1] and "Hala K." not in papers[-1]


def test_a_line_that_is_kept_from_the_writer_stays_where_it_is_left_empty(cast: Cast) -> None:
    """Priya manages the program and may change the draft; what she cannot read is neither shown nor lost."""
    version = fresh(cast, drafted(cast)[0])
    case, priya = listed(cast, cast.sama), signed_in(cast, "priya")
    form = read(priya, "plan_edit", case.pk, version.pk)
    assert "A private name stands here." in form and "Hala K." not in form
    told = asdict(frame(roles="Sama saves more.", made_with="")) | {"edition": version.edition}
    assert send(priya, "plan_edit", case.pk, version.pk, **told).status_code == 302
    with acting(cast.maren):
        kept = PlanVersion.objects.get(pk=version.pk)
    assert (kept.roles, kept.made_with) == ("Sama saves more.", "Sama, Hala K.")
    late = send(priya, "plan_edit", case.pk, version.pk, **told)
    assert late.status_code in {409, 422} and "Hala K." not in late.content.decode()
    anew = asdict(frame(made_with="Anna and Ilse")) | {"edition": kept.edition}
    assert send(priya, "plan_edit", case.pk, version.pk, **anew).status_code == 302
    with acting(cast.maren):
        assert PlanVersion.objects.get(pk=version.pk).made_with == "Anna and Ilse"


def test_somebody_else_wrote_meanwhile_and_what_nobody_typed_is_no_difference(cast: Cast) -> None:
    """Maren saves while Priya types; what Priya may not read is not held up to her as Maren’s word, and cannot be saved as one."""
    version = fresh(cast, drafted(cast)[0])
    listed(cast, cast.sama)
    plan_change(cast.maren, version=version, edition=version.edition, frame=frame(roles="Maren reads the lease."))
    with pytest.raises(ChangedByAnother) as late:
        plan_change(cast.priya, version=version, edition=version.edition, frame=frame(made_with=APART))
    assert late.value.theirs == {"roles": "Maren reads the lease."}
    plan_change(cast.priya, version=version, edition=late.value.edition, frame=frame(made_with=APART))
    with acting(cast.maren):
        assert PlanVersion.objects.get(pk=version.pk).made_with == "Sama, Hala K."


def test_what_the_client_does_is_taken_out_under_the_alias(cast: Cast) -> None:
    version, *_rest = drafted(cast)
    case = listed(cast, cast.sama)
    with acting(cast.maren):
        hers = Activity.objects.get(version=version, actor="client")
    asked = read(signed_in(cast, "priya"), "activity_remove", case.pk, hers.pk)
    assert f"{ALIAS}: Sets money aside" in asked and "Sama" not in asked


def test_that_the_people_changed_between_two_plans_is_told_without_them(cast: Cast) -> None:
    first, _goal, _objective = agreed(cast)
    second = amended(cast, first, made_with="Sama alone")
    case = listed(cast, cast.sama)
    told = read(signed_in(cast, "quinn"), "plan_compare", case.pk, second.number)
    assert told.count(APART) == 2 and "Sama alone" not in told and "Hala" not in told
    assert "Sama alone" in read(signed_in(cast, "maren"), "plan_compare", case.pk, second.number)


def test_an_amendment_by_someone_who_does_not_know_the_name_begins_with_the_alias(cast: Cast) -> None:
    agreed(cast)
    case = listed(cast, cast.sama)
    assert f'value="{ALIAS}"' in read(signed_in(cast, "priya"), "plan_amend", case.pk)
    assert 'value="Sama, Hala K."' in read(signed_in(cast, "maren"), "plan_amend", case.pk)
