"""Dress the package: copy what the pages need out of node_modules, smaller than it came.

Run by ``make styles`` after ``npm ci``. The program itself never looks into node_modules. Git ignores what is written:
``site/static/built/`` (stylesheets, fonts, htmx) and ``foundations/built/icons.json`` (every outline icon, by name).
"""

import json
import re
import shutil
import sys
from pathlib import Path

import tinycss2
from fontTools import subset

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
BUILT = ROOT / "src/alongside/site/static/built"
ICONS = ROOT / "src/alongside/foundations/built/icons.json"

# Parts of Bootstrap that the design guide replaces by its own, and those that only work with Bootstrap's script.
UNUSED = re.compile(
    r"\.(accordion|alert|badge|breadcrumb|btn-(check|close|group|link|outline|toolbar|secondary|success|info|warning|danger|light|dark)"
    r"|card|carousel|collaps|dropdown|dropup|dropend|dropstart|fade|figure|focus-ring|form-floating|form-range|g[xy]?-"
    r"|icon-link|img-thumbnail|link-|list-group|modal|nav|offcanvas|page-|pagination|placeholder|popover|progress"
    r"|ratio|spinner|tab-|table|text-bg-|toast|tooltip|bs-|bg-|col(?!umn)|offset-|row(?!-gap)|container)"
)
# The families of @fontsource-variable, with the subsets of each that we serve.
FONTS = (
    ("source-sans-3", ("latin", "latin-ext")),
    ("literata", ("latin", "latin-ext")),
    ("noto-sans-arabic", ("arabic",)),
    ("noto-naskh-arabic", ("arabic",)),
)
# The Arabic block and the marks that join, part and direct letters: Arabic, Persian, Urdu, Pashto, Kurdish, Uyghur.
ARABIC = "U+0600-06FF,U+200C-200F,U+2010-2011,U+25CC"
# A printer takes the space between two Arabic words from their own font; a browser never asks this one for it.
SPACES = "U+0020,U+00A0"
FACE = re.compile(r"/\* (?P<name>[\w-]+) \*/\s*(?P<rule>@font-face \{.*?\})", re.DOTALL)


def purged(css: str) -> str:
    """Return a stylesheet without the rules, at any depth, whose every selector names an unused part."""
    kept = []
    for node in tinycss2.parse_stylesheet(css, skip_comments=False, skip_whitespace=True):
        if node.type == "comment" and not node.value.startswith("!"):
            continue
        if node.type == "qualified-rule":
            selectors = [s for s in split_selectors(tinycss2.serialize(node.prelude)) if not UNUSED.search(s)]
            if not selectors:
                continue
            kept.append(f"{','.join(selectors)}{{{tinycss2.serialize(node.content)}}}")
        elif node.type == "at-rule" and node.lower_at_keyword in {"media", "supports"}:
            inside = purged(tinycss2.serialize(node.content))
            if inside:
                kept.append(f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}{{{inside}}}")
        else:
            kept.append(node.serialize())
    return "".join(kept)


def split_selectors(prelude: str) -> list[str]:
    """Split a selector list at its commas, leaving those inside brackets alone."""
    return [part.strip() for part in re.split(r",(?![^(]*\))", prelude)]


def write_bootstrap() -> None:
    """Write Bootstrap's stylesheet for both directions of writing."""
    for name in ("bootstrap.min.css", "bootstrap.rtl.min.css"):
        source = (MODULES / "bootstrap/dist/css" / name).read_text(encoding="utf-8")
        (BUILT / name).write_text(purged(source), encoding="utf-8")


def write_fonts() -> None:
    """Write the font files and one stylesheet of faces; a browser fetches only the ranges a page uses."""
    (BUILT / "fonts").mkdir()
    faces = []
    for family, subsets in FONTS:
        folder = MODULES / "@fontsource-variable" / family
        found = {m["name"]: m["rule"] for m in FACE.finditer((folder / "index.css").read_text(encoding="utf-8"))}
        for part in subsets:
            name = f"{family}-{part}-wght-normal"
            rule = found[name].replace("./files/", "fonts/")
            if part == "arabic":
                rule = re.sub(r"unicode-range:[^;]+", f"unicode-range: {ARABIC}", rule)
                write_subset(folder / f"files/{name}.woff2", BUILT / f"fonts/{name}.woff2")
            else:
                shutil.copyfile(folder / f"files/{name}.woff2", BUILT / f"fonts/{name}.woff2")
            faces.append(rule)
    (BUILT / "fonts.css").write_text("\n".join(faces) + "\n", encoding="utf-8")


def write_subset(source: Path, target: Path) -> None:
    """Write the part of a font that the Arabic range needs, with all its joining rules: a quarter of the weight."""
    options = subset.Options(flavor="woff2", layout_features=["*"])
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(f"{ARABIC},{SPACES}".replace("U+", "")))
    cutter.subset(font)
    subset.save_font(font, str(target), options)


def write_licenses() -> None:
    """Keep each package's license beside what was taken from it, as the licenses ask."""
    (BUILT / "licenses").mkdir()
    for name in (*(f"@fontsource-variable/{family}" for family, *_ in FONTS), "@tabler/icons", "bootstrap", "htmx.org"):
        shutil.copyfile(MODULES / name / "LICENSE", BUILT / "licenses" / f"{name.rpartition('/')[2]}.txt")


def write_icons() -> None:
    """Write the drawing of every outline icon, without its frame, as one JSON object."""
    drawings = {}
    for path in sorted((MODULES / "@tabler/icons/icons/outline").glob("*.svg")):
        inside = path.read_text(encoding="utf-8").partition(">")[2].rpartition("</svg>")[0]
        lines = [line.strip() for line in inside.splitlines()]
        drawings[path.stem] = "".join(line for line in lines if line and 'd="M0 0h24v24H0z"' not in line)
    ICONS.parent.mkdir(exist_ok=True)
    ICONS.write_text(json.dumps(drawings, separators=(",", ":")), encoding="utf-8")


def main() -> int:
    """Write everything anew and say how much it is."""
    if not (MODULES / "bootstrap").is_dir():
        print("There is nothing to copy from yet: run `make styles`, which fetches it first.", file=sys.stderr)
        return 1
    shutil.rmtree(BUILT, ignore_errors=True)
    BUILT.mkdir(parents=True)
    write_bootstrap()
    shutil.copyfile(MODULES / "htmx.org/dist/htmx.min.js", BUILT / "htmx.min.js")
    write_licenses()
    write_icons()
    write_fonts()  # last: make takes fonts.css as the sign that all is done
    total = sum(path.stat().st_size for path in BUILT.rglob("*") if path.is_file())
    print(f"Styles, fonts and icons are in place ({total // 1000} kB before compression).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
