"""Whatever is left out of a form or does not fit in it, on any page, is said in our words and never in Django's (guide 5)."""

import importlib
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

from alongside.foundations.mistakes import OurWords
from tests.access.test_hostile_input import Drawn, drawn, is_narrative, sama, send  # noqa: F401  (fixtures)
from tests.house.tree import SOURCE, python_files

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]

THEIRS = re.compile(
    r"This field is required|Enter a (?:valid|whole|number|list)|Select a valid|Ensure (?:this|that)|"
    r"“[^”]*” is not a valid|This (?:password|value|account) |characters|specified are not correct"
)
NONSENSE = "nonsense"


def kinds(of: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    """Every form there is, ours and the libraries'."""
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_every_form_of_ours_speaks_our_words() -> None:
    for path in python_files(SOURCE):
        if "forms" in path.parts or path.stem in ("forms", "sign_in"):
            importlib.import_module(".".join(path.relative_to(SOURCE.parent).with_suffix("").parts))
    found = {kind for kind in kinds() if kind.__module__.startswith("alongside.")}
    assert len(found) > 60
    assert [kind for kind in found if not issubclass(kind, OurWords)] == []


def test_every_form_of_the_sign_in_library_that_asks_for_something_is_one_of_ours() -> None:
    named = [*settings.ACCOUNT_FORMS.values(), *settings.MFA_FORMS.values()]
    assert all(issubclass(import_string(name), OurWords) for name in named)


def test_no_page_answers_in_djangos_words_whatever_is_left_out_or_does_not_fit(drawn: Drawn) -> None:  # noqa: F811
    """Every form of every page is sent empty, and once more with nonsense in each field that people do not write in."""
    faults = []
    for route, client, path, form in drawn:
        nonsense: dict[str, Any] = {
            name: "x" * 9_000 if is_narrative(field) else NONSENSE for name, field in form.fields.items()
        }
        for sent in (dict.fromkeys(form.fields, ""), nonsense):
            _status, said = send(client, path, {form.add_prefix(name): value for name, value in sent.items()})
            faults += [f"{route.text}: {words}" for words in set(THEIRS.findall(said))]
    assert not faults, "\n".join(sorted(set(faults)))


@pytest.mark.parametrize(
    "typed", [{}, {"login": "maren", "password": "x"}, {"login": "maren@harbourlane.example", "password": "x"}]
)
def test_the_door_speaks_our_words_too(typed: dict[str, str]) -> None:
    said = Client().post("/account/sign-in/", typed).content.decode()
    assert not THEIRS.search(said)
    assert ("Type your password." in said) == (typed == {})
    assert ("Give the whole e-mail" in said) == (typed.get("login") == "maren")
    assert ("do not belong together" in said) == ("@" in typed.get("login", ""))
