"""Reads of the room: one file for each kind of question."""

from alongside.confidentiality.queries.seen import Seen, SeenPage, page_words, who_has_seen

__all__ = ["Seen", "SeenPage", "page_words", "who_has_seen"]
