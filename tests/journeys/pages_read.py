"""What a page says, to the eye and to those who listen, in the order it is said; and what of it stands outside of brackets."""

import re

from playwright.sync_api import Page

OPEN, CLOSE = "⟦", "⟧"  # the brackets in which `pseudo.py` puts whatever can be translated
SAID = """() => {
  const said = [document.title], spoken = ['aria-label', 'aria-description', 'placeholder', 'title', 'alt', 'data-l'];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const attributes = [];
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) {
      const within = node.parentElement.closest('script, style, textarea');
      if (!within && node.data.trim()) { said.push(node.data); }
    } else {
      spoken.forEach(name => { if (node.getAttribute(name)) { attributes.push(node.getAttribute(name)); } });
    }
  }
  return said.concat(attributes);
}"""
NUMBERED = re.compile(r"\b\d+(\.\d+)*(\.[a-z])?\b\.?")  # 1.1.a, the number of an objective
LETTERS = re.compile(r"[^\W\d_]")


def all_said(page: Page) -> list[str]:
    """Title, texts and spoken attributes of a page."""
    found: list[str] = page.evaluate(SAID)
    return found


def outside(said: list[str], written: list[str]) -> list[str]:
    """What stands outside of brackets and is not `written`, which lists the longest first.

    A bracket may close in a later text, where a part of the sentence is set in bold.
    """
    found: set[str] = set()
    depth = 0
    for text in said:
        bare = ""
        for letter in text:
            depth += (letter == OPEN) - (letter == CLOSE)
            bare += "\n" if letter in (OPEN, CLOSE) else letter * (depth == 0)
        assert depth >= 0, f"a bracket closes that was not opened: {text}"
        found |= {part.strip() for part in bare.split("\n") if LETTERS.search(_without(part, written))}
    assert depth == 0, "a translated text was cut off before its end"
    return sorted(found)


def _without(part: str, written: list[str]) -> str:
    """The part without the numbers of objectives and without all that someone wrote."""
    rest = " ".join(part.split())
    for one in written:
        if not LETTERS.search(rest):
            break
        if one in rest:
            rest = re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", " ", rest)
    return NUMBERED.sub("", rest)
