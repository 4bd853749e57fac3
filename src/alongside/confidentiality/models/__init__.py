"""The nouns of the room, a file for each; marks first, for rooms above put them on what they hold."""

from alongside.confidentiality.models.alias import TrueName
from alongside.confidentiality.models.apart import Conflict
from alongside.confidentiality.models.marks import Mark, MarkReader, mark_words
from alongside.confidentiality.models.urgent import UrgentOpening

__all__ = ["Conflict", "Mark", "MarkReader", "TrueName", "UrgentOpening", "mark_words"]
