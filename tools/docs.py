"""Check the documents: every relative link and picture in the pages at the root and in docs/ leads somewhere."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\]\((?P<target>[^)#\s]+)(?:#[^)]*)?\)")


def broken(page: Path) -> list[str]:
    """List the links of one page that lead nowhere, as ``page: target``."""
    targets = [m["target"] for m in LINK.finditer(page.read_text(encoding="utf-8"))]
    near = [target for target in targets if "://" not in target and not target.startswith("mailto:")]
    return [f"{page.relative_to(ROOT)}: {target}" for target in near if not (page.parent / target).exists()]


def main() -> int:
    """Print the broken links, or how many pages were read."""
    pages = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
    wrong = [line for page in pages for line in broken(page)]
    print("\n".join(wrong) if wrong else f"{len(pages)} pages, every link leads somewhere.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
