"""What papers say exists in every language of papers, whole, and nothing of it is left in English (decision 0023)."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from itertools import product
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from django.conf import settings
from django.template.loader import render_to_string
from django.test import override_settings
from django.utils.translation import get_language_info, gettext, override

from alongside.confidentiality.models import (
    Capacity,
    CaseShare,
    Category,
    Disclosure,
    Ground,
    Mark,
    Method,
    Release,
    ReleaseState,
    RestsOn,
)
from alongside.confidentiality.queries.accounting import Account, Opened, PartShared, Readable, kind_words
from alongside.confidentiality.queries.basis import BASES, ENGLISH, SPANISH, Basis
from alongside.confidentiality.queries.disclosures import OWN_COPY, Alike, Out
from alongside.confidentiality.queries.releases import Row
from alongside.confidentiality.queries.shown import shown_of
from alongside.foundations import clock
from alongside.foundations.languages import paper_languages
from alongside.foundations.templatetags.house import FORMAT
from alongside.people.models import Case, Person, Program, Staff
from alongside.site.catalogs_whole import every_language_of_papers_has_its_catalog
from alongside.site.paper_words import Said, in_template, papers_say
from tools import catalogs

from .tree import told

OTHERS = [code for code in settings.PAPER_LANGUAGES if code != "en"]
NAMES = {code: get_language_info(code)["name"] for code in settings.PAPER_LANGUAGES}
PLACES = re.compile(r"%\(\w+\)[sd]")
TEXT = re.compile(r"<title>(.*?)</title>|>([^<>]+)<")
LATIN = re.compile(r"[A-Za-z]{2,}")
LAWS = re.compile(r"HIPAA|HMIS|VAWA|FVPSA|HIV|42 CFR Part 2")
TYPED = "77"
"""All that people wrote on the papers drawn here; so whatever has a letter is the program's own."""


KINDS = (
    "identity", "contact", "people", "need", "version", "note", "addendum", "service", "referral", "document", "sitting", "finding",
)  # fmt: skip
"""By the words that the database has for them, the records that a share can show."""


def entries(catalog: Catalog) -> dict[Said, Any]:
    """The texts of a catalog with their translation."""
    return {(one.context or "", one.id): one.string for one in catalog if one.id}  # type: ignore[misc]


def faults_of(catalog: Catalog, said: set[Said]) -> Iterator[str]:
    """What a catalog lacks, holds too much of, leaves empty, only guesses, or says with other places in it."""
    known = entries(catalog)
    yield from (f"{text}: not in the catalog" for text in sorted(said - known.keys(), key=str))
    yield from (f"{text}: no paper says it" for text in sorted(known.keys() - said, key=str))
    yield from (f"{one.id}: guessed" for one in catalog if one.fuzzy and one.id)
    for (context, text), translated in known.items():
        forms = [translated] if isinstance(translated, str) else list(translated)
        asked = text if isinstance(text, str) else text[1]
        if not all(form.strip() for form in forms):
            yield f"{text}: empty"
        if any(set(PLACES.findall(form)) != set(PLACES.findall(asked)) for form in forms):
            yield f"{text}: other places"
        if context == "" and text in (translated, forms[0]):
            yield f"{text}: still in English"


@pytest.mark.demand("C1", "R5")
@pytest.mark.parametrize("code", OTHERS)
def test_the_catalog_holds_exactly_what_the_papers_say(code: str) -> None:
    faults = list(faults_of(catalogs.read(catalogs.catalog_of(code)), papers_say()))
    assert not faults, told(faults)


def test_the_collector_finds_what_papers_say() -> None:
    said = papers_say()
    for text in ("Release of information", "With whom", "Ended %(day)s", "Psychotherapy", "guardian", "Our own rule"):
        assert ("", text) in said, text
    assert {(FORMAT, "j F Y"), ("between items", "; ")} <= said
    assert ("", ("%(day)s, %(n)d day", "%(day)s, %(n)d days")) in said


def test_the_collector_finds_what_is_counted_and_what_has_a_context(tmp_path: Path) -> None:
    words = "{% blocktranslate context 'a' count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"
    (tmp_path / "counted.html").write_text("{% load i18n %}" + words)
    with override_settings(
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [tmp_path]}]
    ):
        assert list(in_template("counted.html")) == [("a", ("%(n)s day", "%(n)s days"))]


@pytest.mark.parametrize(
    ("text", "translated", "fault"),
    [("Plan", "", "empty"), ("Plan", "Plan", "still in English"), ("By %(who)s", "De %(quien)s", "other places"),
     ("Goal", "Meta", "no paper says it")],
)  # fmt: skip
def test_a_fault_of_a_catalog_would_be_found(text: str, translated: str, fault: str) -> None:
    catalog = Catalog(locale="es")
    catalog.add(text, translated)
    said: set[Said] = {("", "Plan"), ("", "By %(who)s"), ("", "Need")}
    found = list(faults_of(catalog, said))
    assert (f"{text}: {fault}" in found and "('', 'Need'): not in the catalog" in found) or fault in str(found)


def test_what_is_renewed_keeps_what_is_translated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogs, "LOCALE", tmp_path)
    catalogs.renew("fr")
    path = catalogs.catalog_of("fr")
    begun = entries(catalogs.read(path))
    assert begun.keys() == papers_say() and not any("".join(one) for one in begun.values())
    path.write_text(
        path.read_text().replace(
            'msgid "Witness: %(who)s"\nmsgstr ""', 'msgid "Witness: %(who)s"\nmsgstr "Témoin : %(who)s"'
        )
    )
    catalogs.renew("fr")
    assert entries(catalogs.read(path))["", "Witness: %(who)s"] == "Témoin : %(who)s"
    assert catalogs.compile_all() == 1 and path.with_suffix(".mo").is_file()


@pytest.mark.parametrize("code", OTHERS)
def test_the_head_of_a_catalog_says_of_what_and_in_which_language_it_is_and_how_it_counts(code: str) -> None:
    head = read_mo(catalogs.catalog_of(code).with_suffix(".mo").open("rb")).mime_headers
    told_of = dict(head)
    for name in ("Project-Id-Version", "Last-Translator", "Language-Team", "MIME-Version", "Content-Transfer-Encoding"):
        assert told_of[name].strip(), name
    assert told_of["Project-Id-Version"].startswith("Alongside ")
    assert told_of["Language"] == code and NAMES[code] in told_of["Language-Team"]
    assert told_of["Content-Type"] == "text/plain; charset=utf-8"
    assert told_of["Plural-Forms"] == Catalog(locale=code).plural_forms


def compiled(folder: Path, code: str, leave: Said | None = None, empty: bool = False) -> None:
    """Compile a language's catalog into another folder, without one of its texts or with its translation empty."""
    catalog = catalogs.read(catalogs.catalog_of(code))
    if leave is not None:
        context, text = leave[0] or None, leave[1]
        catalog.delete(text, context=context)
        if empty:
            catalog.add(text, "" if isinstance(text, str) else ("",) * catalog.num_plurals, context=context)
    place = folder / code / "LC_MESSAGES" / "django.mo"
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as made:
        write_mo(made, catalog)


def found_in(folder: Path) -> list[str]:
    """What the program says against starting with the catalogs of a folder."""
    with mock.patch.object(settings, "LOCALE_PATHS", [folder]):
        found = every_language_of_papers_has_its_catalog()
    assert {one.id for one in found} <= {"alongside.E2"}
    return [one.msg for one in found]


def test_a_language_of_papers_without_its_catalog_keeps_the_program_from_starting(tmp_path: Path) -> None:
    assert every_language_of_papers_has_its_catalog() == []
    assert [f" {len(papers_say())} of " in one for one in found_in(tmp_path)] == [True] * len(OTHERS)
    for code in OTHERS:
        compiled(tmp_path, code)
    assert found_in(tmp_path) == []
    (tmp_path / OTHERS[0] / "LC_MESSAGES" / "django.mo").write_bytes(b"no catalog")
    assert len(found_in(tmp_path)) == 1


ONE_OF_EACH: list[Said] = [
    ("", "Release of information"),
    (FORMAT, "j F Y"),
    ("between items", "; "),
    ("", ("%(day)s, %(n)d day", "%(day)s, %(n)d days")),
]


@pytest.mark.parametrize("text", ONE_OF_EACH, ids=str)
@pytest.mark.parametrize("empty", [False, True], ids=["left out", "empty"])
def test_one_text_that_a_catalog_lacks_keeps_the_program_from_starting(tmp_path: Path, text: Said, empty: bool) -> None:
    assert text in papers_say()
    for code in OTHERS:
        compiled(tmp_path, code, text, empty)
    said = text[1] if isinstance(text[1], str) else text[1][0]
    assert found_in(tmp_path) == [
        f"the catalog of papers in {code} lacks 1 of {len(papers_say())} texts, such as “{said}”" for code in OTHERS
    ]


@pytest.mark.demand("C1", "R5")
@pytest.mark.parametrize("basis", list(BASES), ids=lambda one: one.key)
def test_every_law_is_told_in_every_language_of_papers_sentence_by_sentence(basis: Basis) -> None:
    assert basis.languages == list(NAMES.values()) == [one.name for one in paper_languages()]
    assert set(basis.notice) == set(NAMES.values())
    for (language, version), said in basis.statements.items():
        assert len(said) == len(basis.statements[ENGLISH, version]), (language, version)
        assert all(one.strip() == one and "\n" not in one for one in said)
    for language in set(NAMES.values()) - {ENGLISH}:
        assert not set(basis.statements[language, 1]) & set(basis.statements[ENGLISH, 1])
        assert basis.unread(language) is (language not in basis.read_by)


def drawn(basis: Basis, language: str, state: str, capacity: str, method: str, code: str = "", **more: Any) -> str:
    """A paper under a basis on which people wrote nothing but a number."""
    case = Case(
        number=TYPED, client=Person(preferred_name=TYPED, birth_date=date(1992, 3, 4)), program=Program(name=TYPED)
    )
    shown, today = basis.shown_in(language), clock.today()
    given = Release(
        case=case, basis=basis.key, state=state, discloser=TYPED, recipients=[TYPED, TYPED], general=basis.general,
        categories=Category.values, marks=Mark.values, record_from=today, record_until=today, starts_on=today, ends_on=today,
        purpose=str(basis.general_for) or TYPED, end_event=str(basis.event) or TYPED, statements=shown.text,
        statements_version=shown.version, language=shown.language,
    )  # fmt: skip
    if state != ReleaseState.DRAFT:
        given.signer, given.capacity, given.method, given.signed_on = TYPED, capacity, method, today
        given.taken_by, given.witness, given.taken_back_by, given.taken_back_at = (
            Staff(name=TYPED),
            TYPED,
            TYPED,
            clock.now(),
        )
    for name, value in more.items():
        setattr(given, name, value)
    paper, client = shown_of(given), given.case.client
    vars(client)["name_hidden"] = False  # nobody asks the database here
    context = {
        "case": given.case, "client": client, "row": Row(given, client), "given": given, "shown": paper, "printed_by": TYPED,
        "printed_at": clock.now(), "to_sign": state == ReleaseState.DRAFT, "agency_name": TYPED, "rtl": paper.language.rtl,
    }  # fmt: skip
    with override(code or paper.language.code):
        return render_to_string("confidentiality/release_paper.html", context)


def every_paper(language: str) -> Iterator[str]:
    """A paper of each kind: every basis and state, every capacity and way of signing, read by the client or not."""
    for basis, state in product(BASES, ReleaseState.values):
        yield drawn(basis, language, state, Capacity.CLIENT, Method.TYPED)
    basis, old = next(iter(BASES)), clock.today() - timedelta(days=500)
    for capacity, method in product(Capacity.values, Method.values):
        yield drawn(basis, language, ReleaseState.SIGNED, capacity, method, authority=TYPED, starts_on=old, ends_on=old)
    for one in NAMES.values():
        yield drawn(basis, language, "draft", "", "", record_from=None, case=_read_by(one))
        yield drawn(basis, language, "draft", "", "", record_until=None, marks=[], event_on=old, case=_read_by(one))


def _read_by(language: str) -> Case:
    return Case(number=TYPED, client=Person(preferred_name=TYPED, reads_language=language), program=Program(name=TYPED))


def drawn_account(language: str) -> str:
    """The client's list of what was shared: on every ground, with every part, and what another agency could read."""
    code = next(one for one, name in NAMES.items() if name == language)
    case, now = _read_by(language), clock.now()
    vars(case.client)["name_hidden"] = False  # nobody asks the database here
    part2 = next(basis for basis in BASES if basis.general_for)
    told: dict[str, Any] = {"case": case, "recipient": TYPED, "by": Staff(name=TYPED), "at": now}
    rows = [
        Disclosure(rests_on=one, purpose=str(OWN_COPY), categories=Category.values, marks=Mark.values, **told)
        for one in RestsOn.values
    ]
    rows += [Disclosure(rests_on=RestsOn.GROUND, ground=one, purpose=TYPED, **told) for one in Ground.values]
    for row in rows[1:]:
        row.purpose = TYPED
    rows[1].release, rows[1].basis, rows[1].purpose = Release(signed_on=now.date()), part2.key, str(part2.general_for)
    again = Disclosure(rests_on=RestsOn.CLIENT, purpose=TYPED, **told)
    with override(code):
        parts = [
            PartShared(str(one.label), tuple(_readable(now.date())), (Opened(TYPED, (now, now)),) * (one != Category.PLAN))
            for one in Category
        ]  # fmt: skip
        account = Account(CaseShare(since=now.date()), TYPED, tuple(parts))
        out = [Alike((Out(row),)) for row in rows] + [Alike((Out(again), Out(again)))]
        empty = _account(case, [], [])
        return _account(case, out, [account]) + empty


def _readable(day: date) -> Iterator[Readable]:
    for number, kind in enumerate(KINDS):
        yield Readable(
            kind_words(kind), day if number else None, day, None if number % 3 else day + timedelta(days=number % 2)
        )


def _account(case: Case, out: list[Alike], accounts: list[Account]) -> str:
    return render_to_string("confidentiality/accounting.html", {
        "case": case, "client": case.client, "out": out, "accounts": accounts, "printed_by": TYPED, "printed_at": clock.now(),
        "agency_name": TYPED,
    })  # fmt: skip


def texts(page: str) -> set[str]:
    """The texts of a page that have a letter."""
    found = (unescape(one or two).strip() for one, two in TEXT.findall(page))
    return {one for one in found if any(letter.isalpha() for letter in one)}


@pytest.mark.demand("C1", "R5")
@pytest.mark.parametrize("code", OTHERS)
def test_no_text_of_any_paper_is_left_in_english(code: str) -> None:
    english = {text for page in (*every_paper(ENGLISH), drawn_account(ENGLISH)) for text in texts(page)}
    theirs = {text for page in (*every_paper(NAMES[code]), drawn_account(NAMES[code])) for text in texts(page)}
    assert len(theirs) > 60
    assert not theirs & english, told(sorted(theirs & english))
    if get_language_info(code)["bidi"]:
        latin = [text for text in theirs if LATIN.search(LAWS.sub("", text))]
        assert not latin, told(latin)


@pytest.mark.parametrize("code", OTHERS)
def test_the_days_and_the_names_of_languages_are_in_that_language(code: str) -> None:
    page = drawn(next(iter(BASES)), NAMES[code], "draft", "", "", case=_read_by(ENGLISH), starts_on=date(2026, 12, 1))
    with override(code):
        named, month = gettext(ENGLISH), gettext("December")
    assert named in page and month in page
    assert ENGLISH not in page and "December" not in page


def test_a_paper_in_a_language_without_a_catalog_would_be_found() -> None:
    whole = texts(drawn(next(iter(BASES)), SPANISH, "draft", "", ""))
    bare = texts(drawn(next(iter(BASES)), SPANISH, "draft", "", "", code="fr"))
    assert "What I was told" in bare - whole
