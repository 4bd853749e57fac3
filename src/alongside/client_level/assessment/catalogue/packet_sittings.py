"""Complete assessments as items that can leave: each side of life by itself, and each finding (practice C2, A1, A2)."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.client_level.assessment.models import Sitting
from alongside.client_level.assessment.states import SittingState
from alongside.confidentiality.models import Category
from alongside.confidentiality.queries.packet import PACKET, Item, OwnWords, PacketPart, marks_of, told_lines
from alongside.people.models import Case


def _read(case: Case) -> Sequence[Item]:
    rows = Sitting.objects.filter(case=case, state=SittingState.COMPLETE).order_by("on", "pk")
    return [item for row in rows.prefetch_related("entries", "findings") for item in _of_sitting(row)]


def _of_sitting(sitting: Sitting) -> Iterator[Item]:
    kind = str(sitting.get_kind_display())
    for entry in sitting.entries.all():
        told = told_lines((_("What is known"), entry.worker_words), (_("In their words"), OwnWords(entry.client_words)))
        if told:
            title = f"{kind}: {entry.get_domain_display()}"
            yield Item(f"assessment:{entry.pk}", Category.ASSESSMENT, title, told, sitting.on, marks_of(entry))
    for row in sitting.findings.all():
        told = told_lines(
            (_("What can be seen"), row.objective_words), (_("In their words"), OwnWords(row.client_words))
        )
        title = f"{kind}: {row.get_kind_display()}"
        yield Item(f"assessment:{row.pk}", Category.ASSESSMENT, title, told, sitting.on, marks_of(row))


PACKET.put(PacketPart("assessment", "practice C2, A1", 40, Category.ASSESSMENT, gettext_lazy("Assessment"), _read))
