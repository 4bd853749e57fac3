"""A check before the program starts: each compiled catalog of papers has everything that the papers say (decision 0023)."""

from collections.abc import Iterable
from pathlib import Path
from struct import error as NotCompiled

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from django.conf import settings
from django.core.checks import Error, register

from alongside.site.paper_words import Said, papers_say


def lacking(path: Path, said: Iterable[Said]) -> list[str]:
    """Which of the texts a compiled catalog has no translation of: all of them where there is none, or it is damaged.

    What is counted and left empty is compiled with the English in its place, so English is none there.
    """
    try:
        with path.open("rb") as held:
            catalog = read_mo(held)
    except (OSError, ValueError, NotCompiled):
        catalog = Catalog()
    return [text if isinstance(text, str) else text[0] for context, text in said if not _has(catalog, context, text)]


def _has(catalog: Catalog, context: str, text: str | tuple[str, str]) -> bool:
    found = catalog.get(text, context or None)
    said = found.string if found else None
    if isinstance(said, str):
        return bool(said.strip())
    return bool(said) and all(form.strip() and form not in text for form in said or ())


@register()
def every_language_of_papers_has_its_catalog(**_: object) -> list[Error]:
    """Without it a paper would say in English what the client is told in a language of their own."""
    folder, said = Path(settings.LOCALE_PATHS[0]), sorted(papers_say(), key=str)
    others = [code for code in settings.PAPER_LANGUAGES if code != "en"]
    found = {code: lacking(folder / code / "LC_MESSAGES" / "django.mo", said) for code in others}
    told = "the catalog of papers in {} lacks {} of {} texts, such as “{}”"
    hint = "translate what is lacking in its django.po, and run `make catalogs`"
    return [
        Error(told.format(code, len(texts), len(said), texts[0]), hint=hint, id="alongside.E2")
        for code, texts in found.items()
        if texts
    ]
