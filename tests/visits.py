"""How the stories of the pages visit them: someone signed in, a page read, a form sent; and words that try a page."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.cast import Cast

SCRIPT = "<script>alert('x')</script>"
LONG = "She walked here from the ferry. " * 16_500
NAMES = ("سماء عثمان", "Nguyễn Thị Phương Thảo", "Maximilienne-Alexandrina Featherstonehaugh", "Ó", "O’Brien & Sons")


def signed_in(cast: Cast, who: str) -> Client:
    """A browser in which someone of the cast is signed in."""
    browser = Client()
    browser.force_login(cast.staff[who].account)
    return browser


def words_of(answer: Any) -> str:
    """The words of an answer as a person reads them: what was escaped stands as it was typed."""
    return unescape(answer.content.decode())


def read(browser: Client, name: str, /, *args: object, **query: str) -> str:
    """The words of a page that must be there."""
    answer = browser.get(reverse(name, args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return words_of(answer)


def send(browser: Client, name: str, /, *args: object, **sent: object) -> Any:
    """A form sent to the page of that name."""
    return browser.post(reverse(name, args=args), sent)


def set_close(page: str) -> str:
    """A page without the white space that its layout in lines brings: one space between words, none beside a tag."""
    return re.sub(r" ?(<[^>]+>) ?", r"\1", " ".join(page.split()))


def beside(answer: Any, field: str) -> str:
    """The sentences that stand beside a field of a form that came back."""
    assert answer.status_code == 422, answer.status_code
    return " ".join(answer.context["form"].errors.get(field, []))


def is_only_text(answer: Any) -> None:
    """Fails unless what was typed as a script stands in the page as words."""
    page = answer.content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def changed(given: Mapping[str, object], /, **more: object) -> dict[str, Any]:
    """What is sent, with what the story changes; None leaves a field out."""
    return {key: value for key, value in ({**given, **more}).items() if value is not None}
