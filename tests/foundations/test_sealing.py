"""What people wrote is noise to whoever owns the database, and opens only where it was written (practice C1, C4)."""

import base64
from itertools import islice
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from alongside.client_level.assessment.actions.needs import need_add
from alongside.client_level.intervention.actions import NoteWords, note_begin, note_sign
from alongside.documentation.models import Need, Note
from alongside.documentation.thread import thread_of, threads_of
from alongside.foundations import agency_keys, clock, keys, master
from alongside.foundations.actor import acting
from alongside.foundations.errors import AlongsideError
from alongside.foundations.ids import new_id
from alongside.foundations.master import Damaged
from alongside.foundations.models import Draft
from alongside.foundations.sealed import SealedText, kept_by
from tests.access.routes import whole_record
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"]), pytest.mark.demand("C1", "C4")]
WORDS = "She said: not the hotel again. «لا» 🚪"


def sealed_columns() -> list[tuple[Any, str]]:
    """Every column of the house that holds words."""
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedText)
    ]


def noise_of(table: str, column: str, key: Any) -> str:
    """What lies in the column."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [key])  # noqa: S608
        return str(cursor.fetchone()[0])


def put(table: str, column: str, key: Any, noise: str) -> None:
    """Write noise past the program."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [noise, key])  # noqa: S608


def need(cast: Cast, words: str = WORDS) -> Need:
    """A need with her words in it."""
    return need_add(
        cast.maren, case=cast.sama, title="A home", domain="economic", sources=["interview"], client_words=words
    )


def again(row: Need) -> Need:
    """The same row, read anew."""
    return Need.objects.get(pk=row.pk)


def test_what_she_said_is_noise_in_the_table_and_words_on_the_row(cast: Cast) -> None:
    with acting(cast.maren):
        row = need(cast)
        noise = noise_of("documentation_need", "client_words", row.pk)
        assert noise.startswith("sealed1:") and "hotel" not in noise
        assert again(row).client_words == WORDS


def test_every_class_with_words_says_whose_they_are() -> None:
    found = sealed_columns()
    assert len(found) > 50
    assert all(kept_by(model) for model, _name in found)


def test_no_word_of_a_whole_record_lies_open_in_any_column(cast: Cast) -> None:
    """One row in every table about her, a phrase in each of its columns; then every column is read as it lies."""
    record = whole_record(cast, cast.sama, "maren")
    with acting(cast.maren):
        tried = 0
        for model, name in sealed_columns():
            row = record.get(model)
            if row is None or model is Note:
                continue
            fresh = model(**{f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields})
            fresh.pk = row.pk
            setattr(fresh, name, f"phrase {name}")
            offered = model._meta.get_field(name).get_db_prep_save(
                model._meta.get_field(name).pre_save(fresh, add=True), connection
            )
            assert offered.startswith("sealed1:") and name not in offered, (model, name)
            tried += 1
        assert tried > 25


def test_the_same_words_twice_are_two_noises(cast: Cast) -> None:
    with acting(cast.maren):
        first, second = need(cast), need(cast)
        of = [noise_of("documentation_need", "client_words", one.pk) for one in (first, second)]
        assert of[0] != of[1]


@pytest.mark.attack("sealed text moved")
@pytest.mark.parametrize("where", ["another row", "another column", "changed", "plain"])
def test_noise_that_was_moved_or_changed_does_not_open(cast: Cast, where: str) -> None:
    with acting(cast.maren):
        one, two = need(cast), need(cast, "Other words.")
        noise = noise_of("documentation_need", "client_words", one.pk)
        letter = "A" if noise[-9] != "A" else "B"
        moved = {"another row": noise, "another column": noise_of("people_person", "safe_contact", cast.sama.client_id),
                 "changed": noise[:-9] + letter + noise[-8:], "plain": "She said something else."}[where]  # fmt: skip
        put("documentation_need", "client_words", two.pk if where == "another row" else one.pk, moved)
        with pytest.raises(Damaged) as damaged:
            assert again(two if where == "another row" else one).client_words
        assert "hotel" not in str(damaged.value), "the error tells no word"


def test_a_page_with_damaged_words_says_so_and_breaks_in_no_other_way(cast: Cast) -> None:
    from tests.visits import signed_in

    with acting(cast.maren):
        row = need(cast)
        put("documentation_need", "client_words", row.pk, "forged")
    answer = signed_in(cast, "maren").get(f"/cases/{cast.sama.pk}/")
    assert answer.status_code == 500
    assert "changed or moved outside Alongside" in answer.content.decode()


def test_one_title_that_was_forged_does_not_shut_the_day_or_the_case(cast: Cast) -> None:
    """Where one question carries the titles of many rows, the one that does not open says so in its place, and no other."""
    from tests.visits import read, signed_in

    with acting(cast.maren):
        row, other = need(cast), need(cast)
        noise = noise_of("documentation_need", "title", other.pk)
        for forged in ("forged", noise, noise_of("documentation_need", "client_words", row.pk)):
            put("documentation_need", "title", row.pk, forged)
            (first, second) = thread_of(cast.sama).needs
            assert str(first.row.title) == "[words that cannot be opened]"
            assert str(second.row.title) == "A home"
    assert "Today" in read(signed_in(cast, "maren"), "today")
    told = read(signed_in(cast, "maren"), "timeline", cast.sama.pk)
    assert "[words that cannot be opened]" in told and "A home" in told


def test_a_page_of_many_cases_fetches_their_keys_once_and_only_when_words_are_read(cast: Cast) -> None:
    cases = [cast.sama, cast.open_case("Lina Haddad")]
    with acting(cast.maren):
        for case in cases:
            need_add(cast.maren, case=case, title="A home", domain="economic", sources=["interview"])
        keys.forget()
        with CaptureQueriesContext(connection) as asked:
            woven = threads_of(cases)
        assert [one["sql"] for one in asked.captured_queries if "sealing_keys" in one["sql"]] == []
        with CaptureQueriesContext(connection) as asked:
            assert {str(thread.needs[0].row.title) for thread in woven.values()} == {"A home"}
        assert len(asked.captured_queries) == 1


def test_words_are_neither_searched_nor_listed_nor_written_past_their_row(cast: Cast) -> None:
    needs: Any = Need.objects
    with acting(cast.maren):
        row = need(cast)
        with pytest.raises(ValueError, match="cannot be searched"):
            needs.filter(client_words__contains="hotel").exists()
        with pytest.raises(ValueError, match="asked for only whether they are empty"):
            needs.filter(client_words=WORDS).exists()
        with pytest.raises(ValueError, match="written by saving their row"), transaction.atomic():
            needs.filter(pk=row.pk).update(client_words="Others.")
        (listed,) = needs.filter(pk=row.pk).values_list("client_words", flat=True)
        with pytest.raises(TypeError, match="read as an attribute"):
            str(listed)
        assert "hotel" not in repr(listed)
        assert not needs.filter(pk=row.pk, client_words="").exists(), "that there are any may be asked"


def test_a_signed_note_that_is_saved_again_is_the_same_row(cast: Cast) -> None:
    words = NoteWords(
        at=clock.now(), minutes=30, happened=WORDS, client_did="Rang.", worker_did="Drove.", stands_alone=True
    )
    with acting(cast.maren):
        note = note_begin(cast.maren, case=cast.sama, key=new_id(), words=words)
        note_sign(cast.maren, note=note, words=words, edition=1)
        noise = noise_of("documentation_note", "happened", note.pk)
        stored = Note.objects.get(pk=note.pk)
        assert stored.happened == WORDS
        stored.save()  # the database refuses any change of a signed note
        assert noise_of("documentation_note", "happened", note.pk) == noise


def test_no_nonce_is_given_twice_when_very_many_words_are_sealed() -> None:
    """Drawn by the thousand, each is as long as it must be and no two are alike."""
    drawn = list(islice(keys.nonces(), 2_500))
    assert len(set(drawn)) == 2_500
    assert {len(one) for one in drawn} == {agency_keys.NONCE}


def test_when_her_key_is_destroyed_her_words_are_gone_and_nothing_new_is_sealed_under_it(cast: Cast) -> None:
    with acting(cast.maren):
        row, other = need(cast), cast.enroll("Lena Vogt")
        elsewhere = need_add(
            cast.maren, case=other, title="Work", domain="economic", sources=["interview"], client_words="Soon."
        )
        assert keys.destroy([cast.sama.pk]) == 1
        assert again(row).client_words.startswith("[destroyed on")
        assert again(elsewhere).client_words == "Soon."
        with pytest.raises(keys.Destroyed):
            need(cast, "New words.")
        assert keys.destroy([cast.sama.pk]) == 0


def test_another_agency_destroys_no_key_of_ours(cast: Cast) -> None:
    with acting(cast.maren):
        need(cast)
    with acting(cast.noor), pytest.raises(DatabaseError), transaction.atomic():
        keys.destroy([cast.sama.pk])


def test_a_key_made_in_what_was_undone_seals_nothing(cast: Cast) -> None:
    """Else words would be kept under a key that was never kept."""
    whose: Any = {"keeper": new_id(), "agency": cast.agency.pk, "place": "t.c:1"}
    with acting(cast.maren):
        with pytest.raises(RuntimeError), transaction.atomic():
            keys.seal("Lost.", **whose)
            raise RuntimeError
        noise = keys.seal(WORDS, **whose)
        keys.forget()
        assert keys.open_sealed(noise, place="t.c:1") == WORDS


def test_under_another_master_key_nothing_opens(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with acting(cast.maren):
        row = need(cast)
        monkeypatch.setenv("ALONGSIDE_MASTER_KEY", "".join(master.typed(b"\x07" * 32)))
        keys.forget()
        agency_keys.agency_cipher.cache_clear()
        with pytest.raises(master.KeyMissing, match="not here"):
            assert again(row).client_words
        monkeypatch.undo()
        assert again(row).client_words == WORDS


@given(text=st.text(min_size=1, max_size=300), row=st.uuids())
def test_any_text_comes_back_as_it_was(text: str, row: Any) -> None:
    key = keys.Key(row, b"k" * 32, AESGCM(b"k" * 32))
    clean = text.encode("utf-8", "ignore").decode() or "x"
    values: list[Any] = [row, 7, clean, ""]
    keys.seal_row(key, values, [(2, "t.c"), (3, "t.d")], keys.nonces())
    assert (values[:2], values[3]) == ([row, 7], ""), "what holds no words stays as it is"
    told = base64.b64decode(values[2].rsplit(":", 1)[1])
    assert (
        AESGCM(key.raw).decrypt(told[: agency_keys.NONCE], told[agency_keys.NONCE :], f"t.c:{row}".encode()).decode()
        == clean
    )


def test_half_a_megabyte_and_every_script_come_back_whole(cast: Cast) -> None:
    long = "نام her name 名前 " * 30_000
    with acting(cast.maren):
        draft = Draft(
            staff_id=cast.maren.staff, agency_id=cast.agency.pk, place="/x/", words=long, saved_at=clock.now()
        )
        draft.save(force_insert=True)
        assert Draft.objects.get(pk=draft.pk).words == long


@given(key=st.binary(min_size=32, max_size=32), row=st.integers(1, 8), at=st.integers(0, 7))
def test_the_sheet_is_typed_back_and_a_slip_is_told_with_its_row(key: bytes, row: int, at: int) -> None:
    rows = master.typed(key)
    assert master.read_typed(" ".join(rows).lower()) == key
    wrong = rows[row - 1]
    other = "7" if wrong[at] != "7" else "8"
    rows[row - 1] = wrong[:at] + other + wrong[at + 1 :]
    try:
        told: object = master.read_typed(" ".join(rows))
    except ValueError as fault:
        told = str(fault)
    assert told == f"row {row} is mistyped" or told != key


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Any, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    master.write(master.place(), b"\x01" * 32)
    assert master.known() == [b"\x01" * 32]
    assert master.place().stat().st_mode & 0o777 == 0o600
    master.place().chmod(0o644)
    with pytest.raises(AlongsideError, match="Others can read"):
        master.known()
