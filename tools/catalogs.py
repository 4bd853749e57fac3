"""Catalogs of the papers: everything that a paper says, in each language in which papers exist (decision 0023).

``make`` runs this to compile them: each ``locale/xx/LC_MESSAGES/django.po`` gets the file beside it that the program reads,
which git ignores. ``catalogs.py renew`` writes what the papers say now (`site/paper_words.py`) into each of them and keeps
what is translated; ``catalogs.py renew xx`` begins one in another language.
"""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "src/alongside/locale"

HEADER = """\
# What the papers of Alongside say in {name}. `tools/catalogs.py renew` keeps it in step with what the papers say.
# Translated by this house; no lawyer and no certified translator has read it yet.
msgid ""
msgstr ""
"Project-Id-Version: Alongside 1\\n"
"Last-Translator: the makers of Alongside\\n"
"Language: {code}\\n"
"Language-Team: {name}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""


def catalog_of(code: str) -> Path:
    """Where the catalog of a language lies."""
    return LOCALE / code / "LC_MESSAGES" / "django.po"


def read(path: Path) -> Catalog:
    """A catalog as it stands."""
    with path.open("rb") as held:
        return read_po(held, locale=path.parent.parent.name)


def compile_all() -> int:
    """Compile every catalog, and say how many there are."""
    found = sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))
    for path in found:
        with path.with_suffix(".mo").open("wb") as made:
            write_mo(made, read(path))
    return len(found)


def renew(code: str) -> None:
    """Write what the papers say into the catalog of a language, keeping what is translated."""
    from django.utils.translation import get_language_info

    from alongside.site.paper_words import papers_say

    path = catalog_of(code)
    old = read(path) if path.exists() else Catalog(locale=code)
    new = Catalog(locale=code)
    for context, said in sorted(papers_say(), key=str):
        known = old.get(said if isinstance(said, str) else said[0], context or None)
        new.add(said, known.string if known else None, context=context or None)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as made:
        made.write(HEADER.format(name=get_language_info(code)["name"], code=code, plural=new.plural_forms).encode())
        write_po(made, new, width=0, omit_header=True, ignore_obsolete=True)


def main(asked: list[str]) -> int:
    """Compile, or renew first; say what is ready."""
    if asked[:1] == ["renew"]:
        import django

        django.setup()
        for code in asked[1:] or sorted(path.parents[1].name for path in LOCALE.glob("*/LC_MESSAGES/django.po")):
            renew(code)
    print(f"Papers are ready in {compile_all()} languages besides English.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
