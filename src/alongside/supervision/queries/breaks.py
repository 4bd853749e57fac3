"""The breaks of the Thread as lines of the day. They are worked out in the documentation room and nowhere else (D1)."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.documentation.thread import breaks_in, threads_of
from alongside.documentation.thread.parts import Break, BreakKind, CaseThread
from alongside.foundations.addresses import address
from alongside.people.models import Case
from alongside.supervision.queries.carried import Carried
from alongside.supervision.queries.waiting import Line

# These two broke on a day that was promised; the others have no day of their own.
DATED = frozenset({BreakKind.UNANSWERED, BreakKind.NO_RESULT})
MOST_OF_A_CASE = 3


def count_breaks(cases: list[Case]) -> dict[UUID, int]:
    """How many breaks each of these cases has."""
    return {pk: len(breaks_in(thread)) for pk, thread in threads_of(cases).items()}


def break_lines(held: Mapping[UUID, Carried], threads: Iterable[CaseThread]) -> list[Line]:
    """One line for each break of these cases; those of one case beyond three are gathered in one line."""
    found = [broken for thread in threads for broken in breaks_in(thread)]
    dated = [_line(held[one.case], one) for one in found if one.kind in DATED]
    others = groupby((one for one in found if one.kind not in DATED), key=lambda one: one.case)
    return dated + [line for pk, breaks in others for line in _of_case(held[pk], list(breaks))]


def _of_case(held: Carried, breaks: list[Break]) -> Iterator[Line]:
    shown = breaks if len(breaks) <= MOST_OF_A_CASE else breaks[: MOST_OF_A_CASE - 1]
    yield from (_line(held, one) for one in shown)
    left = len(breaks) - len(shown)
    if left:
        said = ngettext("And one more break", "And %(n)d more breaks", left) % {"n": left}
        name, place = held.case.client.preferred_name, address("case", held.case.pk)
        yield Line(None, said, name, _("Open the Thread"), place, held.case.pk, worker=held.worker, broken=True)


def _line(held: Carried, one: Break) -> Line:
    return Line(
        one.since if one.kind in DATED else None, one.sentence, held.case.client.preferred_name, one.mend, one.address,
        one.case, more=one.title, worker=held.worker, broken=True,
    )  # fmt: skip
