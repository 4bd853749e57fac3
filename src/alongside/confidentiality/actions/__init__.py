"""The verbs of the room."""

from alongside.confidentiality.actions.alias import alias_end, alias_give
from alongside.confidentiality.actions.conflicts import conflict_declare, conflict_end
from alongside.confidentiality.actions.lending import file_lend, file_take_back
from alongside.confidentiality.actions.readers import mark_reader_end, mark_reader_name
from alongside.confidentiality.actions.urgent import urgent_hours_set, urgent_judge, urgent_open

__all__ = [
    "alias_end", "alias_give", "conflict_declare", "conflict_end", "file_lend", "file_take_back", "mark_reader_end",
    "mark_reader_name", "urgent_hours_set", "urgent_judge", "urgent_open",
]  # fmt: skip
