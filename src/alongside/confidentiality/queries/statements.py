"""What clients said against records, and what the agency answered."""

from collections import defaultdict
from uuid import UUID

from alongside.confidentiality.models import Statement
from alongside.people.models import Case

Beside = dict[tuple[str, UUID], list[Statement]]


def statements_of(case: Case) -> list[Statement]:
    """Every statement of a case with its replies, in the order they were taken down. Two queries."""
    rows = Statement.objects.filter(case=case).select_related("taken_by").prefetch_related("replies__by")
    return list(rows.order_by("taken_at", "pk"))


def beside_records(case: Case) -> Beside:
    """The statements of a case by the record they stand beside."""
    found: Beside = defaultdict(list)
    for one in statements_of(case):
        found[one.kind, one.record_id].append(one)
    return dict(found)
