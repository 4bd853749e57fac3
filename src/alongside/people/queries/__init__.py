"""Reads of this room."""

from alongside.people.queries.found import email_taken, people_like
from alongside.people.queries.here import here_now, working_here
from alongside.people.queries.numbers import SHORTEST_NUMBER, cases_by_identifier, identifier_digest, plain_number
from alongside.people.queries.waiting import told_at_once, waiting_for

__all__ = [
    "SHORTEST_NUMBER", "cases_by_identifier", "email_taken", "here_now", "identifier_digest", "people_like", "plain_number",
    "told_at_once", "waiting_for", "working_here",
]  # fmt: skip
