"""Verbs of assessment: sittings and what is found in them; needs and the two orders they are put in."""

from alongside.client_level.assessment.actions.needs import NeedFacts, need_add, need_change, needs_rank
from alongside.client_level.assessment.actions.sittings import (
    Account,
    FindingFacts,
    Occasion,
    finding_add,
    finding_change,
    sitting_begin,
    sitting_complete,
    sitting_keep,
)  # fmt: skip

__all__ = [
    "Account", "FindingFacts", "NeedFacts", "Occasion", "finding_add", "finding_change", "need_add", "need_change", "needs_rank",
    "sitting_begin", "sitting_complete", "sitting_keep",
]  # fmt: skip
