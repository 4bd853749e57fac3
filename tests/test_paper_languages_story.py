"""A client signs what they can read: the paper of a release is in their language, and the worker sees what it says (practice C1, R5)."""

import re
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils.translation import get_language

from alongside.confidentiality.actions import release_change, release_sign
from alongside.confidentiality.models import Release
from alongside.confidentiality.queries.basis import ARABIC, BASES, ENGLISH, SPANISH
from alongside.foundations.actor import acting
from alongside.foundations.errors import RuleBroken
from alongside.people.models import Person
from tests.cast import Cast
from tests.releasing import WHY, ahead, made, now, signed, terms, typed
from tests.test_release_pages import printed, signing, written
from tests.visits import SCRIPT, beside, read, send, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C1", "R5")]
EVERY = [basis.key for basis in BASES]


@pytest.fixture
def reads(cast: Cast) -> Callable[[str], None]:
    """Write down what Sama reads."""

    def set_to(language: str) -> None:
        with acting(cast.maren):
            Person.objects.filter(pk=cast.sama.client_id).update(reads_language=language)
            cast.sama.client.refresh_from_db()

    return set_to


def paper_of(cast: Cast, papers: list[str], release: Release) -> str:
    """What a release says on paper."""
    assert signed_in(cast, "maren").get(f"/cases/{cast.sama.pk}/releases/{release.pk}/paper/").status_code == 200
    return papers[-1]


@pytest.mark.parametrize(
    ("said", "language"),
    [("Arabic", ARABIC), ("arabic (Levantine)", ARABIC), ("Spanish", SPANISH), ("espanol", SPANISH), ("العربية", ARABIC),
     ("English", ENGLISH),
     ("Kurdish", ENGLISH), ("none", ENGLISH)],
)  # fmt: skip
def test_a_release_is_in_the_language_that_she_reads_where_the_paper_exists_in_it(
    cast: Cast, reads: Callable[[str], None], said: str, language: str
) -> None:
    reads(said)
    release = made(cast)
    assert (release.language, release.statements_version) == (language, 1)
    assert release.statements.splitlines() == list(BASES["local"].statements[language, 1])


def test_where_nobody_has_asked_what_she_reads_it_is_in_the_language_that_she_speaks(
    cast: Cast, reads: Callable[[str], None]
) -> None:
    reads("")
    assert made(cast).language == ARABIC


@pytest.mark.parametrize("key", EVERY)
@pytest.mark.parametrize("language", [ENGLISH, SPANISH, ARABIC])
def test_maren_chooses_another_language_and_what_was_shown_is_kept(cast: Cast, key: str, language: str) -> None:
    basis = BASES[key]
    asked: dict[str, Any] = {
        "basis": key, "language": language, "end_event": "She has a place", "purpose": str(basis.general_for) or "A flat",
        "marks": tuple(mark.value for mark in basis.must_mark), "ends_on": ahead(basis.default_days),
    }  # fmt: skip
    held = now(cast, signed(cast, **asked))
    assert (held.language, held.statements_version) == (language, 1)
    assert held.statements.splitlines() == list(basis.statements[language, 1])


def test_she_chooses_it_on_the_page_and_the_form_begins_with_what_sama_reads(cast: Cast) -> None:
    browser, case = signed_in(cast, "maren"), cast.sama.pk
    page = read(browser, "release_new", case)
    assert '<option value="Arabic" selected>' in page and '<option value="Spanish">' in page
    assert send(browser, "release_new", case, **written(language=SPANISH)).status_code == 302
    with acting(cast.maren):
        release = Release.objects.get()
    assert release.language == SPANISH
    assert '<option value="Spanish" selected>' in read(browser, "release_edit", case, release.pk)
    send(browser, "release_edit", case, release.pk, **written(language=ENGLISH, edition=1))
    assert now(cast, release).statements.splitlines() == list(BASES["local"].statements[ENGLISH, 1])


def test_before_it_is_signed_the_english_stands_beneath_each_sentence(cast: Cast) -> None:
    release = made(cast)
    for page in ("release_sign", "release"):
        words = re.sub(r">\s+<", "><", read(signed_in(cast, "maren"), page, cast.sama.pk, release.pk))
        for theirs, ours in zip(
            BASES["local"].statements[ARABIC, 1], BASES["local"].statements[ENGLISH, 1], strict=True
        ):
            assert (
                f'<span class="said" lang="ar" dir="rtl">{theirs}</span><span class="beneath quiet" lang="en" dir="ltr">{ours}'
                in words
            )
        assert "Statements in Arabic, version 1." in words
        assert "No lawyer or certified translator has read it yet." in words


@pytest.mark.parametrize(
    ("language", "code", "side", "told"),
    [(ARABIC, "ar", "rtl", ("مع من", "الغرض", "الاسم وتاريخ الميلاد واللغة")), (SPANISH, "es", "ltr", ("Con quién", "Para qué"))],
)  # fmt: skip
def test_before_it_is_signed_what_it_says_stands_in_her_language_with_the_english_beneath(
    cast: Cast, language: str, code: str, side: str, told: tuple[str, ...]
) -> None:
    """To whom, what and why are what she signs: they are shown to her as the sentences are, and what was typed as it was typed."""
    release = made(cast, language=language)
    words = read(signed_in(cast, "maren"), "release_sign", cast.sama.pk, release.pk)
    theirs, ours = words.split('<div class="beneath quiet small" lang="en" dir="ltr">')
    theirs = theirs[theirs.index(f'<div class="said" lang="{code}" dir="{side}">') :]
    ours = ours[: ours.index("</dl>")]
    assert all(one in theirs for one in told), theirs
    assert all(one in ours and one not in theirs for one in ("With whom", "What for", "Name, birth date and language"))
    assert WHY in theirs and WHY in ours
    assert "Sign the release" in words, "the page itself goes on in English"


def test_in_english_nothing_stands_beneath_and_nothing_is_said_of_a_translation(cast: Cast) -> None:
    release = made(cast, language=ENGLISH)
    words = read(signed_in(cast, "maren"), "release_sign", cast.sama.pk, release.pk)
    assert "beneath" not in words and "certified translator" not in words
    assert "Sama reads Arabic, and this paper can be in it" in words


def test_where_there_is_no_such_paper_it_is_in_english_and_read_aloud(
    cast: Cast, reads: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    reads("Kurdish")
    papers, release = printed(monkeypatch), made(cast)
    page = read(signed_in(cast, "maren"), "release_sign", cast.sama.pk, release.pk)
    assert "There is none in Kurdish yet: read it aloud with an interpreter" in page
    words = paper_of(cast, papers, release)
    assert "I read Kurdish. This was read to me by:" in words and 'lang="en" dir="ltr"' in words


@pytest.mark.parametrize(
    ("language", "head", "said"),
    [(ARABIC, '<html lang="ar" dir="rtl">', ("إذن بمشاركة المعلومات", "لسحب هذا الإذن", "الشخص المعني", "كُتب الاسم على لوحة المفاتيح")),
     (SPANISH, '<html lang="es" dir="ltr">', ("Permiso para compartir información", "Para retirar este permiso", "la persona atendida",
                                             "nombre escrito con el teclado"))],
)  # fmt: skip
def test_the_paper_says_everything_in_that_language(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, language: str, head: str, said: tuple[str, ...]
) -> None:
    papers = printed(monkeypatch)
    words = paper_of(cast, papers, signed(cast, language=language))
    assert head in words
    for sentence in (*said, *BASES["local"].statements[language, 1], BASES["local"].notice[language]):
        assert sentence in words, sentence
    for english in ("Release of information", "What I was told", *BASES["local"].statements[ENGLISH, 1]):
        assert english not in words, english


def test_what_the_law_itself_says_of_its_purpose_and_end_is_in_that_language_too(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers, vawa, part2 = printed(monkeypatch), BASES["vawa"], BASES["part2"]
    words = paper_of(
        cast, papers, made(cast, basis="vawa", ends_on=ahead(20), end_event=str(vawa.event), language=SPANISH)
    )
    assert "Ya pasó la necesidad de seguridad" in words and str(vawa.event) not in words
    marks = tuple(mark.value for mark in part2.must_mark)
    words = paper_of(
        cast, papers, made(cast, basis="part2", marks=marks, purpose=str(part2.general_for), language=ARABIC)
    )
    assert "العلاج والدفع وعمليات الرعاية الصحية" in words and str(part2.general_for) not in words
    assert "To join the English class" in paper_of(cast, papers, made(cast, language=ARABIC))  # what Maren wrote stays


def test_a_translation_that_nobody_qualified_has_read_says_so_to_the_client(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = printed(monkeypatch)
    assert "Este papel no lo tradujo un traductor certificado." in paper_of(cast, papers, made(cast, language=SPANISH))
    assert "certified translator" not in paper_of(cast, papers, made(cast, language=ENGLISH))


def test_a_release_that_begins_later_is_not_called_over(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    papers = printed(monkeypatch)
    ahead_of_us = signed(cast, starts_on=ahead(5), language=ENGLISH)
    assert "banner" not in paper_of(cast, papers, ahead_of_us)


ATTACKS: list[Any] = ["Klingon", "es", "arabic", "English ", "../ar", SCRIPT, "x" * 200]


@pytest.mark.parametrize("language", ATTACKS)
def test_a_language_that_does_not_exist_is_refused_by_the_verb_and_on_the_page(cast: Cast, language: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        made(cast, language=language)
    assert (refused.value.field, refused.value.source) == ("language", "practice R5")
    answer = send(signed_in(cast, "maren"), "release_new", cast.sama.pk, **written(language=language))
    assert beside(answer, "language") and "<script>alert" not in answer.content.decode()
    with acting(cast.maren):
        assert not Release.objects.exists()


def test_a_draft_is_not_changed_into_a_language_that_does_not_exist(cast: Cast) -> None:
    release = made(cast)
    with pytest.raises(RuleBroken, match="no text for this law or rule in that language"):
        release_change(cast.maren, release=release, terms=terms(language="Klingon"), edition=1)
    assert now(cast, release).language == ARABIC


@pytest.mark.parametrize(
    "shown",
    [{"language": SPANISH}, {"language": "Klingon"}, {"statements_version": 7}, {"language": ""}, {"basis": "hipaa"}],
)
def test_nobody_signs_words_that_are_not_those_of_the_law_the_language_and_the_version(
    cast: Cast, shown: dict[str, Any]
) -> None:
    release = made(cast)
    with acting(cast.maren):
        Release.objects.filter(pk=release.pk).update(**shown)
    with pytest.raises(RuleBroken) as refused:
        release_sign(cast.maren, release=release, signing=typed(), edition=1)
    assert refused.value.field == "language"
    answer = send(signed_in(cast, "maren"), "release_sign", cast.sama.pk, release.pk, **signing(release))
    assert answer.status_code == 422 and "Use the right wording, show it, and have it signed." in words_of(answer)
    assert now(cast, release).state == "draft"


def test_once_signed_nobody_changes_the_language_or_the_version(cast: Cast) -> None:
    release = signed(cast)
    for change in ({"language": SPANISH}, {"statements_version": 2}):
        with acting(cast.maren), pytest.raises(DatabaseError), transaction.atomic():
            Release.objects.filter(pk=release.pk).update(**change)
    assert now(cast, release).language == ARABIC


def test_the_paper_of_a_release_in_a_language_that_is_gone_is_in_english(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers, release = printed(monkeypatch), made(cast)
    with acting(cast.maren):
        Release.objects.filter(pk=release.pk).update(language="Klingon")
    assert 'lang="en" dir="ltr"' in paper_of(cast, papers, release)


def drawn_words(cast: Cast, release: Release, folder: Path) -> str:
    """What can be read on the PDF itself."""
    answer = signed_in(cast, "maren").get(f"/cases/{cast.sama.pk}/releases/{release.pk}/paper/")
    (folder / "paper.pdf").write_bytes(answer.content)
    read_off = subprocess.run(["pdftotext", str(folder / "paper.pdf"), "-"], capture_output=True, text=True, check=True)
    return unicodedata.normalize("NFKC", read_off.stdout)


def test_the_pdf_itself_is_in_that_language_and_the_page_goes_on_in_english(cast: Cast, tmp_path: Path) -> None:
    spanish = drawn_words(cast, made(cast, language=SPANISH), tmp_path)
    assert "Permiso para compartir información" in spanish and "Release of information" not in spanish
    arabic = drawn_words(cast, made(cast, language=ARABIC), tmp_path)
    assert len(re.findall("[\u0620-\u064a]", arabic)) > 300
    assert "Not signed yet" not in arabic and "What I was told" not in arabic
    assert get_language() == "en"


def test_no_letter_of_any_paper_is_without_its_font(
    cast: Cast, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """A letter that no font has is drawn as an empty box, and the printer warns of it."""
    for language in (ENGLISH, SPANISH, ARABIC):
        drawn_words(cast, made(cast, language=language), tmp_path)
    assert not [record for record in caplog.records if record.name.startswith("weasyprint")]
