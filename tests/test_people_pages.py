"""The People tab at the screen: every mistake said in its place, everyone’s safety in sight, nobody’s row from elsewhere."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from alongside.client_level.engagement.actions import (
    address_add,
    contact_add,
    representative_add,
    significant_other_add,
)  # fmt: skip
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.models import Deed
from alongside.foundations.templatetags.house import full_day
from alongside.people.models import (
    Assignment,
    Case,
    ContactPoint,
    Person,
    PersonName,
    Representative,
    SignificantOther,
)  # fmt: skip
from tests.cast import Cast
from tests.visits import LONG, NAMES, SCRIPT, beside, changed, is_only_text, read, send, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]

TODAY = clock.today()
FADI = {"name": "Fadi", "relation": "brother-in-law", "tie": "stress"}
DORA = {"name": "Dora Lind", "capacity": "guardian", "scope": "Money", "since": str(TODAY)}
TABS = ("case", "timeline", "assessment", "plan", "services", "case_people", "ending", "seen")
SMALL: dict[str, dict[str, str]] = {
    "contact_new": {"kind": "other", "value": "ask at the library"},
    "address_new": {"lines": "18 Cooper Row"},
    "name_new": {"name": "Samira Uthman", "kind": "birth name"},
    "other_new": FADI,
    "representative_new": DORA,
    "wishes_edit": {"wishes": "Rim may know of the class", "seen_alone": "yes"},
}
"""Each small form of the tab, filled in as it should be."""


def sama(edition: int | None = 1, **more: object) -> dict[str, Any]:
    """What stands in the form about Sama."""
    given: dict[str, object] = {
        "preferred_name": "Sama Othman", "interpreter": "always", "veteran": "no", "disabling_condition": "no",
        "language": "Arabic", "edition": edition,
    }  # fmt: skip
    return changed(given, **more)


@pytest.mark.demand("E6", "C7", "C8")
@pytest.mark.parametrize(
    ("form", "wrong", "field", "sentence"),
    [
        ("contact_new", {"value": ""}, "value", "Write the number or address itself"),
        ("contact_new", {"kind": "phone", "value": "12"}, "value", "cannot be called as it stands"),
        ("contact_new", {"kind": "text", "value": "no digits"}, "value", "cannot be called as it stands"),
        ("contact_new", {"kind": "pigeon"}, "kind", "on the list"),
        ("contact_new", {"who_answers": "w" * 121}, "who_answers", "at most 120"),
        ("contact_new", {"when_safe": "w" * 161}, "when_safe", "at most 160"),
        ("address_new", {"lines": " "}, "lines", "Fill this in."),
        ("address_new", {"city": "c" * 81}, "city", "at most 80"),
        ("address_new", {"postal_code": "1" * 17}, "postal_code", "at most 16"),
        ("address_new", {"since": "last spring"}, "since", "Give the full date"),
        ("name_new", {"name": ""}, "name", "Fill this in."),
        ("name_new", {"kind": "nickname at school"}, "kind", "on the list"),
        ("other_new", {"name": " "}, "name", "Fill this in."),
        ("other_new", {"relation": ""}, "relation", "Fill this in."),
        ("other_new", {"relation": "r" * 81}, "relation", "at most 80"),
        ("other_new", {"tie": "knotted"}, "tie", "on the list"),
        ("other_new", {"must_not_know": "on", "may_know": "the class"}, "may_know", "nothing may be told"),
        ("other_new", {"helps": "h" * 201}, "helps", "at most 200"),
        ("representative_new", {"name": ""}, "name", "Fill this in."),
        ("representative_new", {"scope": " "}, "scope", "Fill this in."),
        ("representative_new", {"scope": "s" * 301}, "scope", "at most 300"),
        ("representative_new", {"capacity": "a friend"}, "capacity", "on the list"),
        ("representative_new", {"since": None}, "since", "Give the day."),
        ("representative_new", {"until": "2001-01-01"}, "until", "cannot lie before the first"),
        ("wishes_edit", {"wishes": "  "}, "wishes", "share nothing"),
        ("wishes_edit", {"seen_alone": "perhaps"}, "seen_alone", "on the list"),
    ],
)
def test_each_mistake_on_the_tab_is_said_beside_its_field_and_the_rest_stays(
    cast: Cast, form: str, wrong: dict[str, object], field: str, sentence: str
) -> None:
    sent = changed(SMALL[form], **wrong)
    answer = send(signed_in(cast, "maren"), form, cast.sama.pk, **sent)
    assert sentence in beside(answer, field)
    page = words_of(answer)
    for typed in (str(words) for words in sent.values()):
        assert typed.strip() in page, typed
    with acting(cast.maren):
        assert not (SignificantOther.objects.exists() or Representative.objects.exists())
        assert not (ContactPoint.objects.exists() or PersonName.objects.exists())


@pytest.mark.demand("E6")
@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"preferred_name": " "}, "preferred_name", "Fill this in."),
        ({"birth_date": "2999-12-31"}, "birth_date", "ahead of today"),
        ({"birth_date": "1992-02-30"}, "birth_date", "Give the full date"),
        ({"race": ["asian", "unknown"]}, "race", "not both"),
        ({"race_more": "r" * 101}, "race_more", "at most 100"),
        ({"interpreter": ""}, "interpreter", "Choose one."),
        ({"disabling_condition": "some"}, "disabling_condition", "on the list"),
        ({"safe_contact": LONG}, "safe_contact", "at most 20000"),
    ],
)
def test_each_mistake_about_the_client_is_said_and_her_record_stays(
    cast: Cast, wrong: dict[str, object], field: str, sentence: str
) -> None:
    answer = send(signed_in(cast, "maren"), "person_edit", cast.sama.pk, **(sama(pronouns="they/them") | wrong))
    assert sentence in beside(answer, field)
    assert "they/them" in words_of(answer)
    with acting(cast.maren):
        assert Person.objects.get(pk=cast.sama.client_id).pronouns == "she/her"
        assert not Deed.objects.filter(verb="person_change").exists()


@pytest.mark.demand("D5")
@pytest.mark.parametrize("edition", [None, 0, 2, 99])
def test_a_form_that_does_not_know_the_stored_edition_never_writes_over_it(cast: Cast, edition: int | None) -> None:
    answer = send(signed_in(cast, "maren"), "person_edit", cast.sama.pk, **sama(edition, language="Kurdish"))
    assert answer.status_code == 409
    assert "Kurdish" in words_of(answer) and "Arabic" in words_of(answer)
    with acting(cast.maren):
        assert Person.objects.get(pk=cast.sama.client_id).language == "Arabic"


@pytest.mark.demand("E6", "R5")
@pytest.mark.parametrize("name", NAMES)
def test_she_is_called_as_she_writes_herself_on_every_part_of_the_tab(cast: Cast, name: str) -> None:
    maren = signed_in(cast, "maren")
    assert send(maren, "person_edit", cast.sama.pk, **sama(preferred_name=name)).status_code == 302
    for form, field in (("other_new", "name"), ("name_new", "name"), ("representative_new", "name")):
        assert send(maren, form, cast.sama.pk, **{**SMALL[form], field: name}).status_code == 302, form
    page = read(maren, "case_people", cast.sama.pk)
    assert page.count(name) >= 5
    assert f"People around {name.split(' ')[0]}" in page


def test_each_small_form_sent_twice_writes_once(cast: Cast) -> None:
    maren = signed_in(cast, "maren")
    counted: dict[str, Any] = {"contact_new": ContactPoint, "name_new": PersonName, "other_new": SignificantOther}
    for form, kind in counted.items():
        token = str(uuid4())
        answers = [send(maren, form, cast.sama.pk, **SMALL[form] | {"once": token}) for _ in range(2)]
        assert {a.headers["Location"] for a in answers} == {reverse("case_people", args=[cast.sama.pk])}
        with acting(cast.maren):
            assert kind.objects.count() == 1, form


def test_what_someone_types_on_the_tab_is_never_run(cast: Cast) -> None:
    maren, case = signed_in(cast, "maren"), cast.sama
    for form, fields in {
        "contact_new": ("value", "who_answers", "when_safe"),
        "address_new": ("lines", "city"),
        "name_new": ("name",),
        "other_new": ("name", "relation", "helps", "contact", "may_know"),
        "representative_new": ("name", "scope", "contact"),
        "wishes_edit": ("wishes",),
    }.items():
        sent = {**SMALL[form], **dict.fromkeys(fields, SCRIPT)}
        assert send(maren, form, case.pk, **sent).status_code == 302, form
    send(
        maren,
        "person_edit",
        case.pk,
        **sama(preferred_name=SCRIPT, legal_name=SCRIPT, race_more=SCRIPT, language=SCRIPT),
    )
    is_only_text(maren.get(reverse("case_people", args=[case.pk])))
    is_only_text(maren.get(reverse("person_edit", args=[case.pk])))
    page = maren.get(reverse("case_people", args=[case.pk]))
    for name, rows in (("contact_stop", page.context["contacts"]), ("address_end", page.context["addresses"])):
        with acting(cast.maren):
            key = next(iter(rows)).pk
        is_only_text(maren.get(reverse(name, args=[case.pk, key])))


@pytest.mark.demand("C8")
@pytest.mark.parametrize(
    ("more", "said", "unsaid"),
    [
        ({"must_not_know": True, "contact": "555 0199"}, ["Must not know. Share nothing.", "Do not use: 555 0199"], "May know"),
        ({"may_know": "the English class"}, ["May know: the English class"], "Must not know."),
        ({}, ["What they may know has not been asked. Share nothing until it is."], "May know:"),
        ({"helps": "drives her", "contact": "555 0100", "may_know": "all"}, ["drives her", "555 0100"], "Do not use"),
    ],
)  # fmt: skip
def test_what_each_may_know_stands_at_the_name(cast: Cast, more: dict[str, Any], said: list[str], unsaid: str) -> None:
    significant_other_add(cast.maren, case=cast.sama, values={**FADI, **more})
    row = read(signed_in(cast, "maren"), "case_people", cast.sama.pk).split("Family, friends, community")[1]
    row = row.split("Legal representatives")[0]
    assert row.index("Fadi") < row.index(said[0])
    assert all(" ".join(words.split()) in " ".join(row.split()) for words in said)
    assert unsaid not in row


@pytest.mark.demand("E6")
@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "Leave no message."),
        ({"may_leave_message": True}, "A message may be left."),
        ({"who_answers": "Rim"}, "Answered by Rim. Leave no message."),
        ({"when_safe": "before 14:00"}, "Safe: before 14:00. Leave no message."),
    ],
)
def test_the_rules_of_a_way_are_read_in_one_breath(more: dict[str, object], said: str) -> None:
    contact = SimpleNamespace(**({"who_answers": "", "when_safe": "", "may_leave_message": False} | more))
    assert " ".join(render_to_string("engagement/contact_rules.html", {"contact": contact}).split()) == said


@pytest.mark.demand("E6", "C8")
@pytest.mark.parametrize("tab", TABS)
def test_how_to_reach_her_safely_stands_on_every_tab(cast: Cast, tab: str) -> None:
    page = read(signed_in(cast, "maren"), tab, cast.sama.pk)
    assert "Text only, weekdays before 14:00, and say “the library”." in page
    assert page.index("Contact safely.") < page.index("Parts of this case")


@pytest.mark.demand("E6")
def test_a_client_whose_safety_was_never_asked_about_shows_that_on_the_tab(cast: Cast) -> None:
    send(signed_in(cast, "maren"), "person_edit", cast.sama.pk, **sama(safe_contact=""))
    page = read(signed_in(cast, "maren"), "case", cast.sama.pk)
    assert "has not been asked yet" in page and "Contact safely." not in page
    assert f"{reverse('person_edit', args=[cast.sama.pk])}#id_safe_contact" in page, "one touch leads to the field"


@pytest.mark.demand("C4", "C8")
def test_no_row_about_one_client_is_reached_or_changed_through_the_case_of_another(cast: Cast) -> None:
    case, lola, maren = cast.sama, cast.enroll("Lola Marchetti"), signed_in(cast, "maren")
    rows: dict[str, UUID] = {
        "other_edit": significant_other_add(cast.maren, case=case, values=FADI).pk,
        "contact_stop": contact_add(cast.maren, case=case, values={"kind": "other", "value": "the library"}).pk,
        "address_end": address_add(cast.maren, case=case, values={"lines": "18 Cooper Row"}).pk,
        "representative_end": representative_add(cast.maren, case=case, values=DORA | {"since": TODAY}).pk,
    }
    with acting(cast.maren):
        rows["team_leave"] = Assignment.objects.filter(case=case).latest("pk").pk
    for name, key in rows.items():
        sent = {**FADI, "name": "Changed", "until": TODAY}
        assert maren.get(reverse(name, args=[case.pk, key])).status_code == 200, name
        assert maren.get(reverse(name, args=[lola.pk, key])).status_code == 404, name
        assert send(maren, name, lola.pk, key, **sent).status_code == 404, name
        assert maren.get(reverse(name, args=[case.pk, uuid4()])).status_code == 404, name
    with acting(cast.maren):
        assert SignificantOther.objects.get().name == "Fadi" and ContactPoint.objects.get().safe


@pytest.mark.demand("C7")
def test_an_authority_that_ended_says_so_and_outside_its_scope_she_decides(cast: Cast) -> None:
    case, maren = cast.sama, signed_in(cast, "maren")
    begun = TODAY - timedelta(days=40)
    dora = representative_add(cast.maren, case=case, values=DORA | {"since": begun})
    page = read(maren, "case_people", case.pk)
    assert "Within: Money" in page and "Outside that scope Sama decides" in page and "Not in force" not in page
    wrong = send(maren, "representative_end", case.pk, dora.pk, until=begun - timedelta(days=1))
    assert "cannot lie before the first" in beside(wrong, "until")
    ended = send(maren, "representative_end", case.pk, dora.pk, until=TODAY - timedelta(days=1))
    assert ended.status_code == 302
    page = read(maren, "case_people", case.pk)
    assert "Not in force" in page and "Within: Money" in page
    assert reverse("representative_end", args=[case.pk, dora.pk]) not in page


@pytest.mark.demand("E6")
def test_an_unsafe_way_stays_in_sight_crossed_out_and_safe_ones_stand_above_it(cast: Cast) -> None:
    case, maren = cast.sama, signed_in(cast, "maren")
    old = contact_add(cast.maren, case=case, values={"kind": "other", "value": "the old shop"})
    contact_add(cast.maren, case=case, values={"kind": "text", "value": "+1 555-014-2233"})
    assert send(maren, "contact_stop", case.pk, old.pk).status_code == 302
    page = read(maren, "case_people", case.pk)
    assert "<s>the old shop</s>" in page
    assert page.index("+1 555-014-2233") < page.index("<s>the old shop</s>")
    assert reverse("contact_stop", args=[case.pk, old.pk]) not in page


@pytest.mark.demand("R5", "E6")
def test_what_was_not_asked_is_said_to_be_not_asked(cast: Cast) -> None:
    case, maren = cast.enroll("Jo Lin"), signed_in(cast, "maren")
    send(maren, "person_edit", case.pk, **sama(preferred_name="Jo Lin", language="", veteran="not_asked"))
    known = read(maren, "case_people", case.pk).split("About Jo")[1].split("Who works on this case")[0]
    assert known.count("Not asked yet") >= 4
    send(
        maren,
        "person_edit",
        case.pk,
        **sama(2, birth_date="1990-01-05", birth_date_estimated="on", race=["asian", "white"]),
    )
    known = read(maren, "case_people", case.pk)
    assert f"{full_day(date(1990, 1, 5))} (a guess)" in " ".join(
        known.split()
    ) and "Asian or Asian American; White" in " ".join(known.split())


@pytest.mark.demand("C4", "T8")
@pytest.mark.parametrize("ground", ["lent", "closed"])
def test_whoever_may_not_write_is_offered_nothing_to_write(cast: Cast, ground: str) -> None:
    case, who = cast.sama, "maren"
    significant_other_add(cast.maren, case=case, values=FADI)
    with acting(cast.maren):
        if ground == "closed":
            Case.objects.filter(pk=case.pk).update(closed_on=TODAY)
        else:
            who = "tadesse"
            lent = Assignment(
                case=case, staff=cast.staff[who], role="review", reason="Review", until="2099-01-01", since=TODAY
            )
            lent.save(force_insert=True)
    page = read(signed_in(cast, who), "case_people", case.pk)
    assert "Fadi" in page
    for name in (*SMALL, "person_edit", "team_join"):
        assert f'href="{reverse(name, args=[case.pk])}"' not in page.split("main")[1], name


@pytest.mark.demand("T8")
@pytest.mark.parametrize("form", list(SMALL))
def test_a_closed_case_takes_no_word_and_gives_it_back(cast: Cast, form: str) -> None:
    case = cast.sama
    with acting(cast.maren):
        Case.objects.filter(pk=case.pk).update(closed_on=TODAY)
    answer = send(signed_in(cast, "maren"), form, case.pk, **SMALL[form])
    assert answer.status_code == 422
    assert "This case is closed. Reopen it first." in words_of(answer)
    assert all(str(typed) in words_of(answer) for typed in SMALL[form].values())
