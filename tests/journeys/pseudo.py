"""The program in a language that nobody speaks, read from the right: a web application to be served beside the real one.

Whatever can be translated comes back in brackets and about 40 % longer, its placeholders as they were. What stands outside
of brackets on a page could not be translated. To import this changes the whole process, so only the server's own does it.
"""

import sys

import django.utils.translation
from django.utils.translation import trans_real

from alongside.site.wsgi import application  # isort: skip  (the rooms can be read only once it is made)
from alongside.foundations.templatetags.house import FORMAT
from alongside.site import middleware
from tests.journeys.pages_read import CLOSE, OPEN

CODE = "ar"  # a real language that is read from the right, so that the true code turns the page around
PADDING = "ممتد "

assert "pytest" not in sys.modules, "every test after this one would be told in it"


def stretched(text: str) -> str:
    """The text in brackets, made about 40 % longer."""
    more = max(1, round(len(text) * 0.4 / len(PADDING)))
    return f"{OPEN}{text} {(PADDING * more).strip()}{CLOSE}" if text else text


def _plain(message: str) -> str:
    return stretched(str(message))


def _counted(one: str, many: str, number: int) -> str:
    return stretched(one if number == 1 else many)


def _meant(context: str, message: str) -> str:
    return message if context == FORMAT else stretched(message)


def _meant_and_counted(context: str, one: str, many: str, number: int) -> str:
    return _counted(one, many, number)


for name, made in (
    ("gettext", _plain), ("ngettext", _counted), ("pgettext", _meant), ("npgettext", _meant_and_counted),
):  # fmt: skip
    setattr(trans_real, name, made)
    getattr(django.utils.translation, "_trans").__dict__.pop(name, None)  # noqa: B009  (what was asked for before is kept there)
middleware._language = lambda account: CODE

__all__ = ["application"]
