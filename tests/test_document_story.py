"""Papers in the record: taken in, sealed, marked, put aside; and what of them may leave (practice C1, C2, C4, D2)."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.client_level.engagement.actions import assignment_add
from alongside.confidentiality.actions.readers import mark_reader_name
from alongside.documentation.actions import document_add, document_change, document_put_aside, document_put_back
from alongside.documentation.models import Document, DocumentFile
from alongside.documentation.queries.documents import bytes_of, documents_of, file_at
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.foundations.errors import ChangedByAnother, NotAllowed, RuleBroken
from alongside.foundations.master import Damaged
from alongside.foundations.models import Deed
from alongside.foundations.uploads import PDF, Taken
from tests.cast import Cast
from tests.papers import LEASE, PHOTO, about, added, pdf
from tests.releasing import sent, signed

pytestmark = pytest.mark.django_db(databases=["default", "looks"])


@pytest.mark.demand("D2", "C4")
def test_the_lease_that_sama_brings_is_kept_sealed_and_opens_as_it_came(cast: Cast) -> None:
    made = added(cast, LEASE, PHOTO)
    with acting(cast.maren):
        (listed,) = documents_of(cast.sama)
        first, second = made.files.order_by("number")
        assert listed.row.title == "Lease, Mill Lane" and listed.files == 2
        assert bytes_of(first) == LEASE.data and bytes_of(second) == PHOTO.data
        with connection.cursor() as cursor:
            cursor.execute("SELECT sealed, name FROM documentation_documentfile")
            for noise, name in cursor.fetchall():
                assert b"Mill Lane" not in bytes(noise) and b"JFIF" not in bytes(noise) and "lease" not in name


@pytest.mark.demand("D2")
def test_a_paper_without_a_title_is_called_as_its_file_is(cast: Cast) -> None:
    assert added(cast, title=" ").title == "lease"


@pytest.mark.demand("D2")
@pytest.mark.parametrize(
    ("files", "more", "field"),
    [((), {}, "papers"), ((LEASE,) * 11, {}, "papers"), ((LEASE,), {"on": clock.today() + timedelta(days=1)}, "on")],
)
def test_no_file_too_many_or_a_day_to_come_is_refused(
    cast: Cast, files: tuple[Taken, ...], more: dict[str, Any], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        document_add(cast.maren, case=cast.sama, paper=about(**more), files=files)
    assert refused.value.field == field
    with acting(cast.maren):
        assert not Document.objects.exists()


@pytest.mark.demand("C4")
def test_a_paper_about_immigration_is_open_to_maren_and_to_whom_she_lets_in(cast: Cast) -> None:
    case = cast.sama
    assignment_add(cast.delphine, case=case, staff=cast.staff["tadesse"], role="team", since=clock.today())
    plain, marked = added(cast), added(cast, title="Visa", marks=("immigration",))
    with acting(cast.tadesse):
        assert [one.row for one in documents_of(case)] == [plain]
        assert not DocumentFile.objects.filter(document=marked).exists()
    with pytest.raises(NotAllowed):
        document_change(cast.tadesse, document=marked, paper=about(), marks=(), edition=1)
    mark_reader_name(cast.maren, case=case, staff=cast.staff["tadesse"], mark="immigration", reason="Asylum")
    with acting(cast.tadesse):
        assert {one.row for one in documents_of(case)} == {plain, marked}
        assert DocumentFile.objects.filter(document=marked).exists()


@pytest.mark.demand("D5")
def test_of_two_who_describe_it_the_second_is_shown_what_the_first_wrote(cast: Cast) -> None:
    made = added(cast)
    document_change(cast.maren, document=made, paper=about("Lease, signed"), marks=(), edition=1)
    with pytest.raises(ChangedByAnother) as changed:
        document_change(cast.delphine, document=made, paper=about("Old lease"), marks=(), edition=1)
    assert changed.value.theirs["title"] == "Lease, signed"


@pytest.mark.demand("I3", "D5")
def test_a_file_once_stored_is_neither_changed_nor_removed(cast: Cast) -> None:
    made = added(cast)
    with acting(cast.maren):
        for change in ("UPDATE documentation_documentfile SET number = 2", "DELETE FROM documentation_documentfile"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(change)
        assert made.files.count() == 1


@pytest.mark.demand("C4")
def test_a_file_moved_onto_another_row_does_not_open(cast: Cast) -> None:
    one, other = added(cast, LEASE), added(cast, Taken("other.pdf", PDF, pdf("Another paper")))
    with acting(cast.maren):
        mine, theirs = one.files.get(), other.files.get()
        mine.sealed, mine.checksum = theirs.sealed, theirs.checksum
        with pytest.raises(Damaged):
            bytes_of(mine)
        theirs.sealed = bytes(theirs.sealed)[:-1] + b"x"
        with pytest.raises(Damaged):
            bytes_of(theirs)


@pytest.mark.demand("D5", "C2")
def test_a_paper_of_somebody_else_is_put_aside_with_the_reason_and_leaves_with_nothing(cast: Cast) -> None:
    made = added(cast)
    with pytest.raises(RuleBroken):
        document_put_aside(cast.maren, document=made, because=" ", edition=1)
    aside = document_put_aside(cast.maren, document=made, because="It is her neighbor's.", edition=1)
    release = signed(cast, categories=("documents",))
    with pytest.raises(RuleBroken):
        sent(cast, release, [f"documents:{made.pk}"])
    back = document_put_back(cast.maren, document=aside, edition=2)
    assert back.aside_at is None
    assert sent(cast, release, [f"documents:{made.pk}"]).categories == ["documents"]
    with acting(cast.maren):
        said = list(Deed.objects.filter(subject_id=made.pk).order_by("at").values_list("sentence", flat=True))
        assert said == ["Added a document: Lease or housing", "Put a document aside", "Put a document back"]
        assert "Mill Lane" not in str(said) and "neighbor" not in str(list(Deed.objects.values()))


@pytest.mark.demand("C1", "C2")
def test_a_document_leaves_only_under_a_release_that_names_documents_and_its_mark(cast: Cast) -> None:
    made = added(cast, title="Visa", marks=("immigration",))
    ticked = [f"documents:{made.pk}"]
    for categories in (("notes",), ("documents",)):
        with pytest.raises(RuleBroken) as refused:
            sent(cast, signed(cast, categories=categories), ticked)
        assert "The release does not cover" in refused.value.sentence
    out = sent(cast, signed(cast, categories=("documents",), marks=("immigration",)), ticked)
    assert out.marks == ["immigration"]


@pytest.mark.demand("T8")
def test_nothing_is_added_to_a_closed_case_nor_by_who_only_reads_it(cast: Cast) -> None:
    made = added(cast)
    with acting(cast.maren):
        key = made.files.get().pk
    with acting(cast.noor):
        assert file_at(cast.sama, key) is None
    for stranger in (cast.noor, cast.otto, cast.tadesse):
        with pytest.raises(NotAllowed):
            document_add(stranger, case=cast.sama, paper=about(), files=(LEASE,))
