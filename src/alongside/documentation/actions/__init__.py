"""Verbs of the record itself: the documents in it."""

from alongside.documentation.actions.documents import (
    Paper,
    document_add,
    document_change,
    document_put_aside,
    document_put_back,
)

__all__ = ["Paper", "document_add", "document_change", "document_put_aside", "document_put_back"]
