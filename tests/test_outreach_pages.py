"""The pages of outreach: the form that asks for no name, the list, one record, and a referral taken in from it (E1)."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from alongside.client_level.engagement.models import Outreach, ReferralIn
from alongside.client_level.engagement.queries import OUTREACH_SHOWN
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.ids import new_id
from alongside.foundations.models import Draft
from tests.cast import Cast
from tests.door import a_round, lola, met
from tests.kept import looks_seen_by
from tests.test_look_subject import looks_at
from tests.visits import SCRIPT, beside, changed, is_only_text, read, send, signed_in, words_of

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("E1")]


def typed(cast: Cast, **more: object) -> dict[str, Any]:
    """What Ines types into the form."""
    return changed({"program": cast.program.pk} | a_round(), **more)


def test_from_the_door_a_round_is_recorded_and_stands_in_the_list(cast: Cast) -> None:
    ines = signed_in(cast, "ines")
    assert reverse("outreach_new") in read(ines, "referrals_in") and reverse("outreach") in read(ines, "referrals_in")
    assert "nobody has to give a name" in read(ines, "outreach_new")
    page = words_of(ines.get(send(ines, "outreach_new", **typed(cast, said="A dry place"))["Location"]))
    for said in (
        "Ferry landing",
        "On the street",
        "Soup and our card",
        "A dry place",
        "nobody is named",
        "None so far",
    ):
        assert said in page, said
    shown = read(ines, "outreach")
    assert "Ferry landing" in shown and "6 people met" in shown and "No referral" in shown and "A dry" not in shown


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"program": str(new_id())}, "program", "on the list"),
        ({"on": "soon"}, "on", "Give the full date"),
        ({"on": "2999-01-01"}, "on", "still ahead"),
        ({"place": "  "}, "place", "Fill this in."),
        ({"place": "p" * 201}, "place", "at most 200"),
        ({"how": None}, "how", "Choose one."),
        ({"how": "by pigeon"}, "how", "on the list"),
        ({"met": "0"}, "met", "1"),
        ({"met": "many"}, "met", "number"),
        ({"offered": ""}, "offered", "Fill this in."),
        ({"languages": "l" * 121}, "languages", "at most 120"),
    ],
)
def test_each_mistake_is_said_beside_its_field_and_no_word_is_lost(
    cast: Cast, wrong: dict[str, object], field: str, sentence: str
) -> None:
    answer = send(signed_in(cast, "ines"), "outreach_new", **typed(cast, **({"said": "A dry place"} | wrong)))
    assert sentence in beside(answer, field)
    assert "A dry place" in words_of(answer) and "Everything you typed" in words_of(answer)
    with acting(cast.ines):
        assert not Outreach.objects.exists()


def test_what_was_typed_is_kept_as_a_draft_until_it_is_saved(cast: Cast) -> None:
    ines, place = signed_in(cast, "ines"), reverse("outreach_new")
    assert ines.post(reverse("draft") + f"?place={place}", typed(cast, said="Half a sentence")).status_code == 200
    assert "Half a sentence" in read(ines, "outreach_new")
    send(ines, "outreach_new", **typed(cast, said="A whole sentence"))
    with acting(cast.ines):
        assert not Draft.objects.exists()


def test_a_form_sent_twice_records_once(cast: Cast) -> None:
    ines, sent = signed_in(cast, "ines"), typed(cast, once=new_id())
    assert send(ines, "outreach_new", **sent)["Location"] == send(ines, "outreach_new", **sent)["Location"]
    with acting(cast.ines):
        assert Outreach.objects.count() == 1


@pytest.mark.demand("E2")
def test_a_referral_taken_in_from_it_begins_with_where_they_met_and_each_page_leads_to_the_other(cast: Cast) -> None:
    ines, kept = signed_in(cast, "ines"), met(cast)
    assert reverse("outreach_referral", args=[kept.pk]) in read(ines, "outreach_one", kept.pk)
    form = ines.get(reverse("outreach_referral", args=[kept.pk])).context["form"]
    assert form["source"].value().startswith("Outreach, Ferry landing") and form["program"].value() == cast.program.pk
    sent = send(ines, "outreach_referral", kept.pk, **lola(cast, source="Outreach, Ferry landing"))
    with acting(cast.ines):
        referral = ReferralIn.objects.get()
    assert referral.outreach_id == kept.pk and sent["Location"] == reverse("referral_in", args=[referral.pk])
    assert reverse("outreach_one", args=[kept.pk]) in read(ines, "referral_in", referral.pk)
    assert "Lola Marchetti" in read(ines, "outreach_one", kept.pk)
    assert "Led to a referral" in read(ines, "outreach") and "Lola" not in read(ines, "outreach")


def test_a_place_too_long_for_the_source_is_not_cut(cast: Cast) -> None:
    kept = met(cast, place="p" * 200)
    page = signed_in(cast, "ines").get(reverse("outreach_referral", args=[kept.pk]))
    assert page.context["form"]["source"].value() == "Outreach"


def test_only_who_wrote_it_is_offered_to_correct_it(cast: Cast) -> None:
    kept, edit = met(cast, who="Rosa"), "outreach_edit"
    ines, priya = signed_in(cast, "ines"), signed_in(cast, "priya")
    assert "Rosa" in read(ines, edit, kept.pk) and "Correct it" in read(ines, "outreach_one", kept.pk)
    sent = send(ines, edit, kept.pk, **a_round(met=4, edition=1))
    assert sent["Location"] == reverse("outreach_one", args=[kept.pk])
    again = send(ines, edit, kept.pk, **a_round(met=9, edition=1))
    assert again.status_code == 409 and "while you were writing" in words_of(again)
    assert "Correct it" not in read(priya, "outreach_one", kept.pk)
    refused = priya.get(reverse(edit, args=[kept.pk]))
    assert refused.status_code == 403 and "Ines Barbosa" in words_of(refused)
    assert send(priya, edit, kept.pk, **a_round(edition=2)).status_code == 403


@pytest.mark.demand("C5")
def test_every_page_of_it_is_a_look_and_a_stranger_is_told_of_nothing(cast: Cast) -> None:
    kept = met(cast)
    read(signed_in(cast, "priya"), "outreach")
    for name in ("outreach_one", "outreach_referral"):
        read(signed_in(cast, "priya"), name, kept.pk)
    assert [look.subject_id for look in looks_at(cast.priya, "opened")] == [kept.pk, kept.pk]
    assert ("listed", "outreach", "Priya Raman") in looks_seen_by(cast.priya)
    for name in ("outreach_one", "outreach_edit", "outreach_referral"):
        assert signed_in(cast, "noor").get(reverse(name, args=[kept.pk])).status_code == 404
        assert signed_in(cast, "otto").get(reverse(name, args=[kept.pk])).status_code == 403
    assert [look.subject_id for look in looks_at(cast.noor, "refused")] == [kept.pk] * 3


def test_what_was_typed_as_code_is_shown_as_words(cast: Cast) -> None:
    ines = signed_in(cast, "ines")
    sent = send(
        ines, "outreach_new", **typed(cast, place=SCRIPT, who=SCRIPT, offered=SCRIPT, said=SCRIPT, languages=SCRIPT)
    )
    is_only_text(ines.get(sent["Location"]))
    is_only_text(ines.get(reverse("outreach")))


def test_who_stands_at_no_door_is_told_so_and_an_empty_list_says_what_to_do(cast: Cast) -> None:
    assert "Nobody has to be named" in read(signed_in(cast, "ines"), "outreach")
    page = read(signed_in(cast, "delphine"), "outreach")
    assert "You receive referrals for no program yet." in page and "Record outreach" not in page
    assert "You receive referrals for no program yet." in read(signed_in(cast, "delphine"), "outreach_new")


def test_the_list_leads_on_to_earlier_outreach_and_back(cast: Cast) -> None:
    for n in range(OUTREACH_SHOWN + 1):
        met(cast, place=f"Place {n}.", on=clock.today() - timedelta(days=n))
    ines = signed_in(cast, "ines")
    first = read(ines, "outreach")
    assert "Earlier outreach" in first and f"Place {OUTREACH_SHOWN}." not in first
    last = read(ines, "outreach", after=first.split("?after=")[1].split('"')[0])
    assert f"Place {OUTREACH_SHOWN}." in last and "Back to the newest" in last and "Earlier outreach" not in last
