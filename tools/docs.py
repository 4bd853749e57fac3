"""Write the generated pages of docs/, and check that every relative link and picture in the documents leads somewhere."""

import argparse
import importlib
import pkgutil
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alongside.foundations.action import Verb

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\]\((?P<target>[^)#\s]+)(?:#[^)]*)?\)")
ACCESS = ROOT / "docs" / "access.md"

OPENING = """\
# Who may do what

`make docs` writes this page from the program itself, and a test says when it is behind. A *right* says which roles may do
a thing at all. Which *records* they may do it to is never decided by a role: PostgreSQL's row-level security decides it,
from who is assigned to a case today, who supervises whom and who answers for which program
(`src/alongside/people/policy.sql`; `tests/access/` proves it against plain Python).
"""


def broken(page: Path) -> list[str]:
    """List the links of one page that lead nowhere, as ``page: target``."""
    targets = [m["target"] for m in LINK.finditer(page.read_text(encoding="utf-8"))]
    near = [target for target in targets if "://" not in target and not target.startswith("mailto:")]
    return [f"{page.relative_to(ROOT)}: {target}" for target in near if not (page.parent / target).exists()]


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell for cell in line) + " |" for line in lines) + "\n"


def every_verb() -> dict[str, "Verb"]:
    """All verbs of the program: every module of verbs is read first, those in a folder of them too."""
    import alongside
    from alongside.foundations.action import VERBS

    for found in pkgutil.walk_packages(alongside.__path__, "alongside."):
        if "actions" in found.name.split("."):
            importlib.import_module(found.name)
    return VERBS


def access_page() -> str:
    """The page of rights, verbs and addresses. Django has to be set up."""
    from alongside.foundations.checks import addresses
    from alongside.foundations.roles import ALL_RIGHTS, Role

    rights = [
        [right.name, *("everyone" if right.open_to_all else "yes" if role in right.roles else "" for role in Role)]
        for right in ALL_RIGHTS
    ]
    by_room: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for verb in every_verb().values():
        room = verb.room.removesuffix(".actions").replace("client_level.", "")
        told = f" (one deed in {verb.folds.seconds // 60} minutes)" if verb.folds else ""
        by_room[room][verb.right.name].append(f"`{verb.name}`{told}")
    verbs = [
        [room, right, ", ".join(sorted(names))]
        for room, rights_of_room in sorted(by_room.items())
        for right, names in sorted(rights_of_room.items())
    ]
    places = [
        [f"`/{route}`", str(pattern.name), getattr(pattern.callback, "stated_need").name]  # noqa: B009
        for route, pattern in sorted(addresses(), key=lambda pair: pair[0])
    ]
    parts = [
        OPENING,
        "## Rights and roles\n",
        table(["right", *(role.value.replace("_", " ") for role in Role)], rights),
        "## Verbs by room\n\nEverything that changes anything is one of these.\n",
        table(["room", "right it needs", "verbs"], verbs),
        "## Addresses and what each needs\n",
        table(["address", "name", "need"], places),
    ]
    return "\n".join(parts)


def set_up() -> None:
    """Wake Django, so that the resolver and the models can be asked; no database is needed."""
    import django

    sys.path.insert(0, str(ROOT / "src"))
    django.setup()


def main(arguments: list[str] | None = None) -> int:
    """Write the pages and print the broken links, or how many pages were read."""
    parser = argparse.ArgumentParser(description="Write docs/access.md and check the links of every page.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a generated page is behind")
    chosen = parser.parse_args(arguments)
    set_up()
    made, wrong = access_page(), []
    if chosen.check:
        wrong += [] if ACCESS.read_text(encoding="utf-8") == made else ["docs/access.md is behind: run make docs"]
    else:
        ACCESS.write_text(made, encoding="utf-8")
    pages = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
    wrong += [line for page in pages for line in broken(page)]
    print("\n".join(wrong) if wrong else f"{len(pages)} pages, every link leads somewhere.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
