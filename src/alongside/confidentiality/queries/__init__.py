"""Reads of the room: one file for each kind of question."""

from alongside.confidentiality.queries.records import RECORDS, RecordSort, label_of, record_of, sort_of
from alongside.confidentiality.queries.seen import Seen, SeenPage, page_words, who_has_seen
from alongside.confidentiality.queries.starters import STARTERS, Starter
from alongside.confidentiality.queries.statements import beside_records, statements_of

__all__ = [
    "RECORDS", "STARTERS", "RecordSort", "Seen", "SeenPage", "Starter", "beside_records", "label_of", "page_words", "record_of", "sort_of",
    "statements_of", "who_has_seen",
]  # fmt: skip
