"""One way for every form: a mistake keeps the words, sending twice saves once, two at once are shown both versions."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from alongside.documentation.models import Need
from alongside.foundations import pages
from alongside.foundations.actor import Actor, acting
from alongside.foundations.errors import ChangedByAnother, NotAllowed, RuleBroken
from alongside.foundations.ids import new_id
from alongside.foundations.models import Draft, SentForm
from alongside.foundations.pages import HouseForm, ask, draft_at, keep_draft, open_form, save
from tests.assessment_pages import NEED, need, need_sent, page, sent, signed_in, to
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]
PLACE = "/letters/new/"
DRAWN = Template("{% form_head form %}{% field form.words %}{% field form.copies %}")


class Letter(HouseForm):
    """A letter, and how many copies of it."""

    words = forms.CharField(label="Words", max_length=40)
    copies = forms.IntegerField(label="Copies", min_value=1, required=False)


def draw(request: HttpRequest, template: str, context: dict[str, object], status: int = 200) -> HttpResponse:
    """The page of a letter, without the frame."""
    return HttpResponse(DRAWN.render(Context(context | {"csrf_token": "t", "request": request})), status=status)


@dataclass
class Desk:
    """Where letters are written: what was done with each, and what stands in the way."""

    who: Actor
    done: list[str] = field(default_factory=list)
    stopped: Exception | None = None

    def request(self, **data: object) -> HttpRequest:
        """What the browser sends, signed in; a look at the page without `data`."""
        made = RequestFactory().post(PLACE, data) if data else RequestFactory().get(PLACE)
        made.actor = self.who  # type: ignore[attr-defined]
        return made

    def send(self, **data: object) -> HttpResponse:
        """Send the form."""
        with acting(self.who):
            request = self.request(**data)
            form = open_form(request, Letter)

            def do() -> str:
                if self.stopped is not None:
                    raise self.stopped
                self.done.append(form.cleaned_data["words"])
                return f"/letters/{len(self.done)}/"

            return save(request, form, do, "letter.html", {})

    def keep(self, **data: object) -> str:
        """What the page keeps by itself while one writes."""
        with acting(self.who):
            return keep_draft(self.request(**data), PLACE)

    def opened(self) -> HouseForm:
        """The form as it is drawn on a fresh visit."""
        with acting(self.who):
            return open_form(self.request(), Letter)

    def has_draft(self) -> bool:
        """Whether something unsaved is kept here."""
        with acting(self.who):
            return draft_at(self.request()) is not None


@pytest.fixture
def desk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Maren's desk."""
    monkeypatch.setattr(pages, "render", draw)
    return Desk(cast.maren)


def said(answer: HttpResponse) -> str:
    """The text of an answer."""
    return answer.content.decode()


def test_a_letter_that_is_whole_is_saved_and_leads_on(desk: Desk) -> None:
    answer = desk.send(words="Dear Sama", once=new_id())
    assert (answer.status_code, answer.headers["Location"]) == (302, "/letters/1/")
    assert desk.done == ["Dear Sama"]


def test_the_same_form_sent_twice_is_saved_once_and_leads_to_the_same_place(desk: Desk) -> None:
    token = new_id()
    first, second = desk.send(words="Dear Sama", once=token), desk.send(words="Dear Sama", once=token)
    assert first.headers["Location"] == second.headers["Location"] == "/letters/1/"
    assert desk.done == ["Dear Sama"]


def test_two_forms_with_the_same_words_are_two_letters(desk: Desk) -> None:
    for _form in range(2):
        desk.send(words="Dear Sama", once=new_id())
    assert len(desk.done) == 2


def test_a_form_without_its_token_is_still_saved(desk: Desk) -> None:
    assert desk.send(words="Dear Sama").status_code == 302
    with acting(desk.who):
        assert not SentForm.objects.exists()


def with_its_token(answer: HttpResponse) -> str:
    """The token drawn into a form."""
    drawn = re.search(r'name="once" value="([^"]+)"', said(answer))
    assert drawn
    return drawn[1]


def test_what_the_page_says_of_itself_makes_no_other_words_of_the_same(desk: Desk) -> None:
    """The answer to the first sending was lost; meanwhile the page has learned at which edition its paper stands."""
    token = new_id()
    desk.send(words="Dear Sama", once=token, edition="")
    again = desk.send(words="Dear Sama", once=token, edition=3, page=new_id())
    assert (again.status_code, desk.done) == (302, ["Dear Sama"])


@pytest.mark.demand("D5")
def test_a_form_sent_again_after_back_with_other_words_is_not_passed_over(desk: Desk) -> None:
    """Maren goes back, mends a word and sends: nothing is saved silently, nothing is lost, and she is told."""
    token = new_id()
    desk.send(words="Dear Sama", copies=2, once=token)
    answer = desk.send(words="Dear Sama & Rim", copies=2, once=token)
    assert answer.status_code == 409
    assert escape("Dear Sama & Rim") in said(answer)
    assert "This was saved already, with other words." in said(answer)
    assert "Sending it once more saves a second one." in said(answer)
    assert not any(heading in said(answer) for heading in ("still missing", "does not fit yet"))
    assert desk.done == ["Dear Sama"]
    fresh = with_its_token(answer)
    assert fresh != str(token)
    assert desk.send(words="Dear Sama & Rim", copies=2, once=fresh).headers["Location"] == "/letters/2/"
    assert desk.done == ["Dear Sama", "Dear Sama & Rim"]
    assert desk.send(words="Dear Sama & Rim", copies=2, once=fresh).headers["Location"] == "/letters/2/"
    assert len(desk.done) == 2


def test_a_changed_paper_sent_again_after_back_says_that_it_changes_what_was_saved(desk: Desk) -> None:
    token = new_id()
    desk.send(words="Dear Sama", edition=3, once=token)
    answer = desk.send(words="Dear Sana", edition=3, once=token)
    assert answer.status_code == 409
    assert "Sending it once more changes what was saved." in said(answer)


def test_the_mended_words_are_kept_as_typed_even_when_they_are_no_letter(desk: Desk) -> None:
    token = new_id()
    desk.send(words="Dear Sama", once=token)
    answer = desk.send(words="Dear Sama", copies="many", once=token)
    assert answer.status_code == 409
    assert 'value="many"' in said(answer)
    assert desk.send(words="Dear Sama", copies="many", once=with_its_token(answer)).status_code == 422
    assert desk.done == ["Dear Sama"]


@pytest.mark.demand("C5")
def test_what_is_kept_of_a_sent_form_says_nothing_of_its_words(desk: Desk) -> None:
    token = new_id()
    desk.send(words="Dear Sama", once=token, csrfmiddlewaretoken="a")
    with acting(desk.who):
        kept = SentForm.objects.get(token=token)
    assert "Sama" not in f"{kept.digest}{kept.place}"
    assert len(kept.digest) == 64
    assert kept.digest != hashlib.sha256(b'[["words", ["Dear Sama"]]]').hexdigest(), "the digest is keyed"
    assert desk.send(words="Dear Sama", once=token, csrfmiddlewaretoken="b").status_code == 302


def test_a_form_sent_before_digests_were_kept_leads_where_it_led(desk: Desk) -> None:
    token = new_id()
    desk.send(words="Dear Sama", once=token)
    with acting(desk.who):
        SentForm.objects.filter(token=token).update(digest="")
    assert desk.send(words="Dear Sana", once=token).headers["Location"] == "/letters/1/"


def test_asking_draws_the_form_and_saves_only_what_was_sent(desk: Desk) -> None:
    with acting(desk.who):
        request = desk.request()
        answer = ask(request, open_form(request, Letter), lambda: pytest.fail("nothing was sent"), "letter.html", {})
    assert answer.status_code == 200
    assert 'name="words"' in said(answer)


@pytest.mark.demand("C4")
def test_the_token_of_another_person_leads_nowhere_of_theirs(desk: Desk, cast: Cast) -> None:
    """Tadesse sends with a token that Maren used: his own words are saved, and he is not shown where hers went."""
    token = new_id()
    desk.send(words="Dear Sama", once=token)
    other = Desk(cast.tadesse, done=["an earlier letter"])
    answer = other.send(words="Dear Lan", once=token)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/letters/2/")
    assert other.done[-1] == "Dear Lan"
    with acting(cast.maren):
        assert SentForm.objects.get(token=token).place == "/letters/1/"


@pytest.mark.parametrize("token", ["not-a-token", "0", "<script>"])
def test_a_token_that_was_never_drawn_is_asked_for_again(desk: Desk, token: str) -> None:
    answer = desk.send(words="Dear Sama", once=token)
    assert answer.status_code == 422
    assert "Dear Sama" in said(answer)
    assert desk.done == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"words": ""}, "Fill this in."),
        ({"words": "x" * 41}, "at most 40 letters"),
        ({"words": "Dear Sama", "copies": "0"}, "Give 1 or more."),
        ({"words": "Dear Sama", "copies": "many"}, "Give a whole number, for example 3."),
    ],
)
def test_a_mistake_gives_the_form_again_with_every_word_and_the_reason(
    desk: Desk, typed: dict[str, str], sentence: str
) -> None:
    answer = desk.send(**typed, once=new_id())
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert "Everything you typed is still here." in said(answer)
    assert all(word in said(answer) for word in typed.values())
    assert desk.done == []


def test_a_broken_rule_stands_beside_its_field(desk: Desk) -> None:
    desk.stopped = RuleBroken("No letters on a Sunday.", "practice D1", "words")
    answer = desk.send(words="Dear Sama", once=new_id())
    assert answer.status_code == 422
    assert 'id="id_words-error"' in said(answer)
    assert said(answer).count("No letters on a Sunday.") == 2


@pytest.mark.parametrize("place", ["", "a field that is not there"])
def test_a_broken_rule_of_the_whole_form_stands_on_top(desk: Desk, place: str) -> None:
    desk.stopped = RuleBroken("No letters on a Sunday.", "practice D1", place)
    answer = desk.send(words="Dear Sama", once=new_id())
    assert said(answer).count("No letters on a Sunday.") == 1
    assert 'value="Dear Sama"' in said(answer)


def test_after_a_broken_rule_the_same_form_can_be_sent_again(desk: Desk) -> None:
    """The token is not used up by a refusal."""
    token = new_id()
    desk.stopped = RuleBroken("Not yet.")
    desk.send(words="Dear Sama", once=token)
    desk.stopped = None
    assert desk.send(words="Dear Sama", once=token).status_code == 302
    assert desk.done == ["Dear Sama"]


@pytest.mark.demand("D5")
def test_when_someone_saved_first_both_versions_are_shown_and_the_next_save_is_on_top_of_theirs(desk: Desk) -> None:
    theirs = {"words": "Dear Ms. Othman", "copies": 2, "unknown": "x"}
    desk.stopped = ChangedByAnother("Tadesse saved this meanwhile.", theirs, 7, "Tadesse")
    answer = desk.send(words="Dear Sama", copies="2", edition="6", once=new_id())
    page = said(answer)
    assert answer.status_code == 409
    assert "Tadesse saved this meanwhile." in page
    assert "Dear Ms. Othman" in page
    assert 'value="Dear Sama"' in page
    assert '<input type="hidden" name="edition" value="7"' in page
    assert page.count('<h3 class="small strong') == 1, "only where the two differ"


def test_without_a_conflict_there_are_no_two_versions() -> None:
    assert Letter({"words": "x"}).both_versions() == []


@pytest.mark.parametrize("error", [NotAllowed("Not yours to do."), RuntimeError("the barn is on fire")])
def test_what_is_no_matter_of_the_form_is_not_swallowed_by_it(desk: Desk, error: Exception) -> None:
    desk.stopped = error
    desk.keep(words="Dear Sama")
    with pytest.raises(type(error)):
        desk.send(words="Dear Sama", once=new_id())
    assert desk.has_draft()


def test_what_was_left_unfinished_is_in_the_form_again_with_its_moment(desk: Desk) -> None:
    assert desk.keep(words="Dear Sa", copies="many").startswith("Draft saved ")
    form = desk.opened()
    assert form["words"].value() == "Dear Sa"
    assert form["copies"].value() == "many"
    assert not form.errors, "nobody is scolded for what they had not finished"
    assert "You left this unfinished on" in said(draw(desk.request(), "", {"form": form}))


def test_a_draft_taken_up_again_gets_a_token_of_its_own(desk: Desk) -> None:
    token = new_id()
    desk.keep(words="Dear Sa", once=token)
    again = {str(desk.opened()["once"].value()) for _visit in range(2)}
    assert len(again) == 2
    assert str(token) not in again


@pytest.mark.parametrize("stop", [None, RuleBroken("Not yet."), ChangedByAnother("Meanwhile.", {}, 2)])
def test_a_draft_goes_when_its_words_are_saved_and_not_before(desk: Desk, stop: Exception | None) -> None:
    desk.keep(words="Dear Sama")
    desk.stopped = stop
    desk.send(words="Dear Sama", once=new_id())
    assert desk.has_draft() is (stop is not None)


def test_a_draft_stays_while_the_form_is_not_whole(desk: Desk) -> None:
    desk.keep(words="Dear Sama")
    desk.send(words="", once=new_id())
    assert desk.has_draft()


@pytest.mark.demand("C4")
def test_a_draft_is_its_writers_alone(desk: Desk, cast: Cast) -> None:
    desk.keep(words="Dear Sama")
    for other in (cast.tadesse, cast.delphine, cast.otto, cast.noor):
        assert Desk(other).opened()["words"].value() is None, other.name
        assert not Desk(other).has_draft()
    Desk(cast.tadesse).keep(words="Dear Lan")
    assert desk.opened()["words"].value() == "Dear Sama"


def test_saving_drops_ones_own_draft_and_nobody_elses(desk: Desk, cast: Cast) -> None:
    other = Desk(cast.tadesse)
    for one in (desk, other):
        one.keep(words="Dear Sama")
    desk.send(words="Dear Sama", once=new_id())
    assert (desk.has_draft(), other.has_draft()) == (False, True)


def test_what_belongs_to_the_page_is_not_kept_with_the_words(desk: Desk) -> None:
    desk.keep(words="Dear Sama", once=new_id(), csrfmiddlewaretoken="t", edition="3")
    with acting(desk.who):
        assert json.loads(Draft.objects.get().words) == {"words": ["Dear Sama"], "edition": ["3"]}


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)


@given(typed=WORDS)
def test_no_word_anybody_types_is_lost_or_becomes_markup(typed: str) -> None:
    """Any script, any sign: the form says it back, escaped."""
    form = Letter({"words": typed, "copies": "many"})
    assert not form.is_valid()
    assert form["words"].value() == typed
    drawn = DRAWN.render(Context({"form": form, "csrf_token": "t"}))
    assert "<script" not in drawn
    assert escape(typed) in drawn


@pytest.mark.parametrize(
    ("kind", "dressed"),
    [
        (forms.CharField(), "form-control"), (forms.ChoiceField(), "form-select"), (forms.BooleanField(), "form-check-input"),
        (forms.DateField(), 'type="date"'), (forms.CharField(widget=forms.Textarea), "form-control"),
    ],
)  # fmt: skip
def test_every_field_is_dressed_by_the_house(kind: forms.Field, dressed: str) -> None:
    form = type("Dressed", (HouseForm,), {"one": kind})()
    assert dressed in str(form["one"])


def test_a_list_of_circles_is_not_dressed_as_a_line() -> None:
    form = type("Circles", (HouseForm,), {"one": forms.ChoiceField(widget=forms.RadioSelect, choices=[("a", "A")])})()
    assert "form-control" not in str(form["one"])


# The same, with a real page: a need of Sama's.


@pytest.mark.demand("A3")
def test_a_need_sent_twice_takes_one_number(client: Client, cast: Cast) -> None:
    client.force_login(cast.staff["maren"].account)
    data = need_sent(once=str(new_id()))
    assert sent(client, to("need_new", cast), data) == sent(client, to("need_new", cast), data)
    with acting(cast.maren):
        assert list(Need.objects.filter(case=cast.sama).values_list("number", flat=True)) == [1]


@pytest.mark.demand("D5")
def test_a_need_mended_after_back_is_shown_again_whole_and_saved_when_it_is_meant(client: Client, cast: Cast) -> None:
    """Maren saves a need, goes back, puts another in its place and sends: she is told, and decides."""
    client.force_login(cast.staff["maren"].account)
    token, address = str(new_id()), to("need_new", cast)
    sent(client, address, need_sent(once=token))
    other = need_sent(
        once=token, title="Papers <b>for</b> work", client_words="They want a stamp.", sources=["relatives"]
    )
    again = sent(client, address, other, 409)
    assert "This was saved already, with other words. Sending it once more saves a second one." in again
    assert "Papers &lt;b&gt;for&lt;/b&gt; work" in again and "They want a stamp." in again
    with acting(cast.maren):
        assert Need.objects.filter(case=cast.sama).count() == 1
    drawn = re.search(r'name="once" value="([^"]+)"', again)
    assert drawn and drawn[1] != token
    sent(client, address, other | {"once": drawn[1]})
    with acting(cast.maren):
        titles = [need.title for need in Need.objects.filter(case=cast.sama).order_by("number")]
    assert titles == [NEED["title"], "Papers <b>for</b> work"]


@pytest.mark.demand("D5")
def test_two_who_change_a_need_at_once_lose_nothing(cast: Cast) -> None:
    """Delphine saved first. Maren sees both, chooses, and saves on top."""
    found = need(cast)
    address = to("need_edit", cast, found.pk)
    maren, delphine = signed_in(cast, "maren"), signed_in(cast, "delphine")
    sent(delphine, address, need_sent(title="A home with a lock", edition=1))
    both = sent(maren, address, need_sent(title="Two rooms and a door", edition=1), 409)
    assert "A home with a lock" in both
    assert "Two rooms and a door" in both
    assert 'name="edition" value="2"' in both
    sent(maren, address, need_sent(title="Two rooms and a lock", edition=2))
    with acting(cast.maren):
        assert Need.objects.get(pk=found.pk).title == "Two rooms and a lock"


def test_the_draft_of_one_client_is_not_offered_for_another(client: Client, cast: Cast) -> None:
    client.force_login(cast.staff["maren"].account)
    other = cast.enroll("Bo-ra Seo")
    sent(client, f"{reverse('draft')}?place={to('need_new', cast)}", {"title": "Of Sama alone"}, 200)
    assert "Of Sama alone" in page(client, to("need_new", cast))
    assert "Of Sama alone" not in page(client, reverse("need_new", args=[other.pk]))


def test_tokens_of_one_page_are_all_different(client: Client, cast: Cast) -> None:
    client.force_login(cast.staff["maren"].account)
    drawn = {page(client, to("need_new", cast)).split('name="once" value="')[1][:36] for _visit in range(3)}
    assert len({UUID(one) for one in drawn}) == 3
