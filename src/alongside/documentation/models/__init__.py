"""The nouns of the Thread and of the record."""

from alongside.documentation.models.document import Document, DocumentFile
from alongside.documentation.models.note import Addendum, Note, NoteLink
from alongside.documentation.models.plan import Activity, Goal, Objective, PlanVersion, Signature
from alongside.documentation.models.thread import Need, NeedDecision, Progress
from alongside.documentation.models.work import ReferralOut, Service

__all__ = [
    "Activity", "Addendum", "Document", "DocumentFile", "Goal", "Need", "NeedDecision", "Note", "NoteLink",
    "Objective", "PlanVersion", "Progress", "ReferralOut", "Service", "Signature",
]  # fmt: skip
