"""The nouns of the room, a file for each; marks first, for rooms above put them on what they hold."""

from alongside.confidentiality.models.marks import Mark
from alongside.confidentiality.models.policy import Acknowledgment, Policy, PolicyCopy, PolicyVersion
from alongside.confidentiality.models.retention import Certificate, Disposal, Hold, RetentionRule
from alongside.confidentiality.models.statement import Statement, StatementReply

__all__ = [
    "Acknowledgment", "Certificate", "Disposal", "Hold", "Mark", "Policy", "PolicyCopy", "PolicyVersion", "RetentionRule",
    "Statement", "StatementReply",
]  # fmt: skip
