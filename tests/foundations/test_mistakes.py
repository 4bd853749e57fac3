"""Whatever is wrong with a form is said in our words, and its heading tells what is missing from what does not fit."""

from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils.translation import override

from alongside.foundations.mistakes import SAID, Amiss, OurWords
from alongside.foundations.pages import HouseForm

THEIRS = ("This field is required", "Enter a", "Select a valid", "Ensure this", "Ensure that", "Null characters")


class Everything(HouseForm):
    """A field of each kind, all asked for."""

    line = forms.CharField(max_length=5, min_length=2)
    one = forms.ChoiceField(choices=[("a", "A")])
    some = forms.MultipleChoiceField(choices=[("a", "A")])
    day = forms.DateField()
    moment = forms.DateTimeField()
    time = forms.TimeField()
    count = forms.IntegerField(min_value=2, max_value=9)
    cost = forms.DecimalField(max_digits=4, decimal_places=2)
    mail = forms.EmailField()
    sure = forms.BooleanField()
    own = forms.CharField(error_messages={"required": "Say it in your own words."})


def said(sent: dict[str, Any]) -> dict[str, list[str]]:
    """What stands beside each field."""
    with override("en"):
        return {name: [str(one) for one in problems] for name, problems in Everything(sent).errors.items()}


def test_an_empty_form_is_told_what_to_give_field_by_field() -> None:
    found = said({})
    assert found.pop("own") == ["Say it in your own words."]
    assert found == {
        "line": ["Fill this in."], "one": ["Choose one."], "some": ["Choose at least one."], "day": ["Give the day."],
        "moment": ["Give the day and the time."], "time": ["Give the time."], "count": ["Give a number."],
        "cost": ["Give a number."], "mail": ["Give the e-mail."], "sure": ["Tick this first."],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("line", "too long", "Make it shorter: at most 5 letters, and it has 8."),
        ("line", "x", "Write at least 2 letters."),
        ("line", "a\x00b", "One character in this cannot be saved. Type it again."),
        ("one", "z", "“z” is not on the list. Choose one that is."),
        ("some", ["z"], "“z” is not on the list. Choose only what is."),
        ("day", "soon", "Give the full date: month, day and year."),
        ("moment", "soon", "Give the full date and a time."),
        ("time", "noon", "Give a time, for example 14:30."),
        ("count", "few", "Give a whole number, for example 3."),
        ("count", "1", "Give 2 or more."),
        ("count", "10", "Give 9 or less."),
        ("cost", "dear", "Give a number, for example 12.50."),
        ("cost", "1.234", "Give at most 2 digits after the point."),
        ("cost", "123", "Give at most 2 digits before the point."),
        ("mail", "maren", "Give the whole e-mail, for example maren@agency.example."),
        ("once", "not a key", "This page had grown old. Send it once more."),
    ],
)
def test_what_does_not_fit_is_told_how_it_would(field: str, value: Any, sentence: str) -> None:
    assert said({field: value})[field] == [sentence]


def test_a_field_that_came_only_after_the_form_was_made_speaks_our_words_too() -> None:
    form = Everything({})
    form.fields["late"] = forms.CharField()
    assert [str(one) for one in form.errors["late"]] == ["Fill this in."]


def test_no_sentence_of_ours_is_one_of_theirs() -> None:
    with override("en"):
        ours = [str(one) for _kind, sentences in SAID for code, one in sentences.items() if "limit" not in code]
    assert not [one for one in ours if one.startswith(THEIRS)]


@pytest.mark.parametrize(
    ("sent", "heading", "short"),
    [
        ({"line": "", "count": "3"}, "Something is still missing", "1 answer missing"),
        ({"line": "   ", "count": ""}, "Something is still missing", "2 answers missing"),
        ({"line": "a word", "count": "few"}, "Something does not fit yet", "1 answer does not fit"),
        ({"line": "", "count": "few"}, "Something is missing, and something does not fit yet",
         "1 answer missing, 1 answer does not fit"),
    ],
)  # fmt: skip
def test_the_heading_says_whether_something_is_missing_or_does_not_fit(
    sent: dict[str, str], heading: str, short: str
) -> None:
    class Two(HouseForm):
        line = forms.CharField()
        count = forms.IntegerField()

    form = Two(sent)
    with override("en"):
        assert form.errors
        assert (form.amiss.heading, form.amiss.short) == (heading, short)
        drawn = Template("{% form_head form %}").render(Context({"form": form, "csrf_token": "x"}))
    assert f'<h2 class="h3">{heading}</h2>' in drawn


def test_a_rule_that_asks_for_more_is_about_what_is_missing_and_one_about_the_whole_is_not() -> None:
    class Why(OurWords):
        why = forms.CharField(required=False)

    form = Why({"why": ""})
    form.add_error("why", "Say why.")
    assert form.amiss == Amiss(missing=1, wrong=0)
    form.add_error(None, "Nobody may do this today.")
    assert form.amiss == Amiss(missing=1, wrong=1)
