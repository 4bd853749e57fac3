"""A marked note is looked for in each way out: every print, packet, copy and table, and what another agency reads (C1, C4)."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from alongside.client_level.engagement.actions import assignment_add
from alongside.client_level.intervention.actions import NoteWords, addendum_add, note_begin, note_sign
from alongside.confidentiality.actions import case_share
from alongside.confidentiality.models import CaseShare, Disclosure
from alongside.documentation.models import Note
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.ids import new_id
from tests.access.routes import browser, lend, routes, whole_record
from tests.attacks import Tried
from tests.cast import Cast
from tests.papers import drawn_as_words
from tests.releasing import ahead, signed
from tests.sharing import EASTFIELD, LEAST, agreed
from tests.test_disclosure_pages import looked, under
from tests.test_disclosure_pages import typed as ticked
from tests.visits import send, signed_in, words_of

pytestmark = [
    pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C1", "C4"), pytest.mark.attack("marked note"),
]  # fmt: skip

SECRET, TITLE, LATER = "She has begun the medicine again", "Clinic, ward four", "And the count was good on Friday"
WORDS = (SECRET, TITLE, LATER, "HIV")
WAYS_OUT = (".pdf", "paper/", "packet/", "accounting/", "file/", "looks/account/")


@pytest.fixture
def note(cast: Cast) -> Note:
    """A note about Sama's illness, signed by Maren, with something added."""
    words = NoteWords(at=clock.now() - timedelta(hours=2), minutes=30, title=TITLE, happened=SECRET, client_did="Came.",
                      worker_did="Listened.", stands_alone=True, marks=("hiv",))  # fmt: skip
    begun = note_begin(cast.maren, case=cast.sama, key=new_id(), words=words)
    done = note_sign(cast.maren, note=begun, words=words, edition=None)
    addendum_add(cast.maren, note=done, words=f"{LATER}.")
    return done


def told(said: str) -> list[str]:
    """Which of its words stand in something."""
    return [word for word in WORDS if word in said]


@pytest.mark.parametrize("who", ["delphine", "tadesse", "priya", "quinn", "otto", "noor"])
def test_no_print_and_no_table_has_it_for_whom_it_is_closed(
    cast: Cast, note: Note, tried: Tried, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The supervisor, the team, the program's manager, a reviewer with the file lent, the administrator, another agency."""
    papers, record = drawn_as_words(monkeypatch), whole_record(cast, cast.sama, "maren")
    assignment_add(cast.delphine, case=cast.sama, staff=cast.staff["tadesse"], role="team", since=clock.today())
    lend(cast, cast.sama, "quinn")
    client = browser(cast, who)
    span = {"account": cast.maren.staff, "since": f"{ahead(-1)}T00:00", "until": f"{ahead(1)}T00:00", "as": "csv"}
    for route in (route for route in routes() if route.text.endswith(WAYS_OUT)):
        for answer in (client.get(route.path(record)), client.post(route.path(record), span)):
            tried()
            body = b"".join(answer) if answer.streaming else answer.content
            assert not told(body.decode("utf-8", "replace")), route.text
    assert not told("".join(papers))
    assert (len(papers) > 3) is (who in ("delphine", "tadesse", "priya", "quinn"))


@pytest.mark.parametrize("marks", [(), ("immigration",)])
def test_no_packet_takes_it_along_under_a_release_that_does_not_name_its_mark(
    cast: Cast, note: Note, tried: Tried, marks: tuple[str, ...]
) -> None:
    release, maren = signed(cast, categories=("identity", "notes"), marks=marks), signed_in(cast, "maren")
    assert not told(words_of(maren.get(under(cast, release))))
    assert not told(looked(maren, under(cast, release)))
    for more in ({"look": "1"}, {"seen": "0" * 64}):
        answer = maren.post(under(cast, release), ticked(ticked=["identity:name", f"notes:{note.pk}"], **more))
        assert answer.status_code == 422 and not told(words_of(answer).replace(str(note.pk), ""))
        tried()
    with acting(cast.maren):
        assert not Disclosure.objects.exists()


def test_under_one_that_names_it_it_is_offered(cast: Cast, note: Note) -> None:
    """The counterpart, else the silence above would prove nothing."""
    release, maren = signed(cast, categories=("identity", "notes"), marks=("hiv",)), signed_in(cast, "maren")
    assert str(note.pk) in words_of(maren.get(under(cast, release)))


def test_the_client_s_own_copy_is_asked_for_by_somebody_to_whom_it_is_closed(
    cast: Cast, note: Note, tried: Tried, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tadesse hands Sama her file: what he may not open he cannot hand out."""
    papers = drawn_as_words(monkeypatch)
    assignment_add(cast.delphine, case=cast.sama, staff=cast.staff["tadesse"], role="team", since=clock.today())
    tadesse = signed_in(cast, "tadesse")
    answer: Any = send(tadesse, "print_for", cast.sama.pk, "file", whom="client")
    with acting(cast.tadesse):
        out = Disclosure.objects.get()
    pages = [tadesse.get(answer.headers["Location"]), tadesse.get(reverse("packet", args=[cast.sama.pk, out.pk]))]
    tried(len(pages))
    assert not told("".join(map(words_of, pages)) + "".join(papers))


def test_another_agency_does_not_read_it_in_a_case_that_is_shared(cast: Cast, note: Note, tried: Tried) -> None:
    release = signed(cast, recipients=(EASTFIELD,), categories=(*LEAST, "notes"))
    share: CaseShare = case_share(
        cast.maren, case=cast.sama, agreement=agreed(cast), release=release, staff=[cast.noor.staff], until=ahead(9),
        relevant="To find a home.",
    )  # fmt: skip
    noor = signed_in(cast, "noor")
    for place in (f"/shared/{share.pk}/", f"/shared/{share.pk}/notes/", f"/cases/{cast.sama.pk}/notes/{note.pk}/"):
        answer = noor.get(place)
        tried()
        assert not told(words_of(answer)), place
    assert noor.get(f"/shared/{share.pk}/notes/").status_code == 200
