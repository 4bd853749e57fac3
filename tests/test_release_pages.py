"""Releases on their pages: written under a basis, signed, taken back, renewed, printed (practice C1, R5)."""

import re
from datetime import timedelta
from typing import Any

import pytest

from alongside.confidentiality.models import Release
from alongside.confidentiality.queries.basis import BASES
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.people.models import Assignment
from tests.cast import Cast
from tests.releasing import SCHOOL, WHY, ahead, made, now, sent, signed
from tests.visits import SCRIPT, beside, changed, is_only_text, read, send, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


def written(**more: object) -> dict[str, Any]:
    """What Maren types into the form of a new release."""
    given: dict[str, object] = {
        "recipients": SCHOOL, "categories": ["identity", "plan"], "purpose": WHY, "starts_on": clock.today(),
        "ends_on": ahead(30), "discloser": "Harbour Lane", "end_event": "She has a place",
    }  # fmt: skip
    return changed(given, **more)


def signing(release: Release, **more: object) -> dict[str, Any]:
    """What is typed to sign it."""
    given: dict[str, object] = {
        "capacity": "client", "method": "typed", "name": "Sama Othman", "read_in": "Arabic", "interpreter": "Hala K.",
        "edition": release.edition,
    }  # fmt: skip
    return changed(given, **more)


def only(cast: Cast) -> Release:
    """The one release there is."""
    with acting(cast.maren):
        return Release.objects.get()


@pytest.mark.demand("C1")
def test_maren_writes_signs_and_finds_a_release_in_the_list(cast: Cast) -> None:
    browser, case = signed_in(cast, "maren"), cast.sama.pk
    assert "No release yet. Help does not wait for one" in read(browser, "consent", case)
    answer = send(browser, "release_new", case, **written())
    release = only(cast)
    assert answer.headers["Location"].endswith(f"/releases/{release.pk}/sign/")
    assert "Statements in Arabic, version 1." in read(browser, "release_sign", case, release.pk)
    assert send(browser, "release_sign", case, release.pk, **signing(release)).status_code == 302
    page = read(browser, "consent", case)
    for words in (SCHOOL, "Service plan", WHY, "signed", "in Arabic", "Never", "Take back"):
        assert words in page
    assert now(cast, release).language == "Arabic"


@pytest.mark.demand("C1")
@pytest.mark.parametrize("key", [basis.key for basis in BASES])
def test_the_form_changes_with_the_law_it_rests_on(cast: Cast, key: str) -> None:
    basis = BASES[key]
    page = read(signed_in(cast, "maren"), "release_new", cast.sama.pk, basis=key)
    assert str(basis.name) in page and basis.source in page
    assert ("Each recipient is named." in page) is not basis.general
    assert ('name="general"' in page) is basis.general
    for mark in basis.never_marks:
        assert f'value="{mark.value}"' not in page
    assert f"At the most {basis.longest_days} days" in page
    assert f'value="{(clock.today() + timedelta(days=basis.default_days)).isoformat()}"' in page


@pytest.mark.demand("C1")
@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("recipients", "Name who receives it."),
        ("categories", "Choose what is shared"),
        ("purpose", "Say what it is shared for."),
        ("discloser", "Say who shares it."),
        ("ends_on", "Give the day."),
        ("starts_on", "Give the day."),
    ],
)
def test_a_release_that_lacks_an_element_comes_back_with_all_that_was_typed(
    cast: Cast, field: str, sentence: str
) -> None:
    answer = send(signed_in(cast, "maren"), "release_new", cast.sama.pk, **written(**{field: None}))
    assert sentence in beside(answer, field)
    assert field == "purpose" or WHY in words_of(answer)
    with acting(cast.maren):
        assert not Release.objects.exists()


@pytest.mark.demand("C1", "C7")
@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"name": ""}, "name", "Sign on the pad, or type the name."),
        ({"read_in": ""}, "read_in", "Say in which language it was read."),
        ({"method": "aloud"}, "witness", "Name who heard it."),
        ({"capacity": "guardian", "name": "Nobody"}, "name", "Add them under People first."),
        ({"signed_on": ahead(1)}, "signed_on", "not ahead of today"),
        ({"method": "paper", "signed_on": ahead(2)}, "signed_on", "not ahead of today"),
    ],
)
def test_a_signature_that_lacks_something_puts_nothing_in_force(
    cast: Cast, typed: dict[str, object], field: str, sentence: str
) -> None:
    release = made(cast)
    answer = send(signed_in(cast, "maren"), "release_sign", cast.sama.pk, release.pk, **signing(release, **typed))
    assert sentence in beside(answer, field)
    assert now(cast, release).state == "draft"


@pytest.mark.demand("C1")
def test_it_is_taken_back_from_its_page_and_says_by_whom_and_how(cast: Cast) -> None:
    release, browser = signed(cast), signed_in(cast, "maren")
    keys = (cast.sama.pk, release.pk)
    assert "It takes effect right away." in read(browser, "release_back", *keys)
    answer = send(browser, "release_back", *keys, by="Sama", how="", edition=release.edition)
    assert "Say how: in writing, aloud, by phone." in beside(answer, "how")
    assert send(browser, "release_back", *keys, by="Sama", how="By phone", edition=release.edition).status_code == 302
    page = read(browser, "consent", cast.sama.pk)
    assert "Taken back by Sama" in page and ">Take back<" not in page
    assert "By phone" in read(browser, "release", *keys)


@pytest.mark.demand("C1")
def test_one_that_runs_out_soon_is_renewed_with_what_it_said(cast: Cast) -> None:
    release, browser = signed(cast, ends_on=ahead(8), categories=("identity", "plan")), signed_in(cast, "maren")
    page = read(browser, "consent", cast.sama.pk)
    assert ", 8 days" in page and "Renew" in page
    form = read(browser, "release_new", cast.sama.pk, renews=str(release.pk))
    assert SCHOOL in form and WHY in form and "It takes the place of the one for" in form
    address = f"?renews={release.pk}"
    answer = browser.post(f"/cases/{cast.sama.pk}/releases/new/{address}", written(categories=["identity"]))
    with acting(cast.maren):
        newer = Release.objects.get(previous=release)
    assert answer.status_code == 302
    assert now(cast, release).state == "signed"
    send(browser, "release_sign", cast.sama.pk, newer.pk, **signing(newer))
    assert (now(cast, release).state, now(cast, newer).state) == ("replaced", "signed")
    assert now(cast, newer).categories == ["identity"]


@pytest.mark.demand("C1", "M7")
def test_a_renewal_that_was_let_go_leaves_the_old_one_to_be_renewed_everywhere(cast: Cast) -> None:
    release, browser = signed(cast, ends_on=ahead(0)), signed_in(cast, "maren")
    case = cast.sama.pk

    def asked() -> list[bool]:
        pages = read(browser, "consent", case), read(browser, "release", case, release.pk), read(browser, "today")
        return [
            said in page for said, page in zip(("Renew", "Renew", f"The release to {SCHOOL} ends"), pages, strict=True)
        ]

    assert all(asked())
    browser.post(f"/cases/{case}/releases/new/?renews={release.pk}", written())
    with acting(cast.maren):
        draft = Release.objects.get(previous=release)
    assert not any(asked())
    send(browser, "release_back", case, draft.pk, by="Sama", how="aloud", edition=draft.edition)
    assert all(asked())


@pytest.mark.demand("C1")
def test_an_event_that_it_waits_for_ends_it_from_its_page(cast: Cast) -> None:
    release, browser = signed(cast, end_event="She has a place"), signed_in(cast, "maren")
    keys = (cast.sama.pk, release.pk)
    assert "Has this happened: She has a place" in read(browser, "release", *keys)
    answer = send(browser, "release_event", *keys, on=ahead(1), edition=release.edition)
    assert "between its start and today" in beside(answer, "on")
    assert send(browser, "release_event", *keys, on=ahead(0), edition=release.edition).status_code == 302
    assert "Ended" in read(browser, "consent", cast.sama.pk)


def test_a_draft_is_changed_and_a_signed_one_is_not(cast: Cast) -> None:
    release, browser = made(cast), signed_in(cast, "maren")
    keys = (cast.sama.pk, release.pk)
    told = written(purpose="To find a flat", edition=1)
    assert send(browser, "release_edit", *keys, **told).status_code == 302
    assert now(cast, release).purpose == "To find a flat"
    old = send(browser, "release_edit", *keys, **told)
    assert old.status_code == 409 and "changed this while you were writing" in words_of(old)
    less = send(browser, "release_edit", *keys, **(told | {"categories": ["plan"], "recipients": "Her aunt"}))
    for theirs in ("Service plan", SCHOOL):
        assert theirs in words_of(less).split("while you were writing")[1], (
            "all of what the other wrote is there to compare"
        )
    fresh = now(cast, release)
    send(browser, "release_sign", *keys, **signing(fresh))
    answer = send(browser, "release_edit", *keys, **written(edition=3))
    assert answer.status_code == 422 and "What was signed stays as it is." in words_of(answer)


@pytest.mark.demand("C1", "R5")
def test_it_prints_to_be_signed_and_as_the_copy_that_is_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    papers = printed(monkeypatch)
    release, browser = made(cast), signed_in(cast, "maren")
    assert browser.get(f"/cases/{cast.sama.pk}/releases/{release.pk}/paper/").status_code == 200
    assert "لم يُوقَّع بعد. لا تتم مشاركة أي شيء قبل التوقيع." in papers[-1]
    assert 'lang="ar" dir="rtl"' in papers[-1]
    waits = made(cast, language="English")
    browser.get(f"/cases/{cast.sama.pk}/releases/{waits.pk}/paper/")
    assert "Not signed yet. Nothing is shared until it is." in papers[-1]
    assert "I read Arabic. This was read to me by:" in papers[-1]
    done = signed(cast, language="English")
    browser.get(f"/cases/{cast.sama.pk}/releases/{done.pk}/paper/")
    for words in ("You can take this back on any day", "Hala K.", "To take this back", "name typed"):
        assert words in papers[-1]
    assert not re.search(r"banner", papers[-1])


def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words that would be laid on paper by the pages of releases, without drawing a PDF."""
    from django.http import HttpRequest, HttpResponse
    from django.template.loader import render_to_string
    from django.utils.translation import get_language, override

    from alongside.confidentiality.views import disclosures, releases

    papers: list[str] = []

    def keep(
        request: HttpRequest, template: str, context: dict[str, object], name: str, language: str = ""
    ) -> HttpResponse:
        with override(language or get_language()):
            papers.append(render_to_string(template, context, request=request))
        return HttpResponse(papers[-1])

    for module in (disclosures, releases):
        monkeypatch.setattr(module, "paper", keep)
    return papers


def test_the_paper_is_a_pdf(cast: Cast) -> None:
    answer = signed_in(cast, "maren").get(f"/cases/{cast.sama.pk}/releases/{signed(cast).pk}/paper/")
    assert answer.content.startswith(b"%PDF")


@pytest.mark.demand("C4")
def test_strangers_find_no_release_and_who_only_reads_takes_none_back(cast: Cast) -> None:
    release = signed(cast)
    with acting(cast.maren):
        Assignment(
            case=cast.sama,
            staff=cast.staff["quinn"],
            role="review",
            reason="Review",
            until="2099-01-01",
            since=clock.today(),
        ).save(force_insert=True)
    for who in ("tadesse", "noor"):
        browser = signed_in(cast, who)
        assert browser.get(f"/cases/{cast.sama.pk}/releases/{release.pk}/").status_code == 404
        assert send(browser, "release_back", cast.sama.pk, release.pk, by="x", how="x").status_code == 404
    reader = signed_in(cast, "quinn")
    assert "Take back the release" not in read(reader, "release", cast.sama.pk, release.pk)
    assert send(reader, "release_back", cast.sama.pk, release.pk, by="x", how="x", edition=2).status_code == 403
    other = cast.enroll("Ruth Okafor")
    assert signed_in(cast, "maren").get(f"/cases/{other.pk}/releases/{release.pk}/").status_code == 404


def test_what_was_typed_is_shown_as_words_only(cast: Cast) -> None:
    release = signed(cast, purpose=SCRIPT, recipients=(SCRIPT[:100],))
    browser = signed_in(cast, "maren")
    for name in ("consent", "release"):
        keys = (cast.sama.pk,) if name == "consent" else (cast.sama.pk, release.pk)
        is_only_text(
            browser.get(
                f"/cases/{'/releases/'.join(map(str, keys))}/" if name == "release" else f"/cases/{keys[0]}/consent/"
            )
        )


def test_the_list_says_how_often_it_was_used(cast: Cast) -> None:
    release = signed(cast)
    for _time in range(2):
        sent(cast, release)
    assert "2 times, last" in read(signed_in(cast, "maren"), "consent", cast.sama.pk)


def test_a_name_that_no_record_can_hold_is_not_cut_short(cast: Cast) -> None:
    answer = send(signed_in(cast, "maren"), "release_new", cast.sama.pk, **written(recipients="x" * 161))
    assert "Shorten the names" in beside(answer, "recipients")


def test_a_release_of_a_law_that_is_gone_is_read_and_not_signed(cast: Cast) -> None:
    release, browser = made(cast), signed_in(cast, "maren")
    with acting(cast.maren):
        Release.objects.filter(pk=release.pk).update(basis="repealed", recipients=[])
    keys = (cast.sama.pk, release.pk)
    for name in ("release", "release_edit", "release_sign"):
        assert "repealed" in read(browser, name, *keys) or name == "release_edit"
    assert browser.get(f"/cases/{cast.sama.pk}/disclosures/new/?release={release.pk}").status_code == 200
    answer = send(browser, "release_sign", *keys, **signing(release))
    assert answer.status_code == 422 and "Choose the law or rule for the release." in words_of(answer)
