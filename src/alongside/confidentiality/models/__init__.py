"""The nouns of the room, a file for each; marks first, for rooms above put them on what they hold."""

from alongside.confidentiality.models.alias import TrueName
from alongside.confidentiality.models.apart import Conflict
from alongside.confidentiality.models.disclosure import Disclosure, Ground, How, RestsOn, SharingWish, Told
from alongside.confidentiality.models.marks import Mark, MarkReader, mark_words
from alongside.confidentiality.models.oversight import (
    Breach,
    BreachCase,
    BreachStep,
    LookRules,
    StepKind,
    Unusual,
    UnusualLook,
)
from alongside.confidentiality.models.policy import Acknowledgment, Policy, PolicyCopy, PolicyVersion
from alongside.confidentiality.models.release import Capacity, Category, Method, Release, category_words
from alongside.confidentiality.models.retention import Certificate, Disposal, Hold, RetentionRule
from alongside.confidentiality.models.sharing import Agreement, CaseShare, ShareReader
from alongside.confidentiality.models.statement import Statement, StatementReply
from alongside.confidentiality.models.urgent import UrgentOpening
from alongside.confidentiality.states import AgreementState, ReleaseState

__all__ = [
    "Acknowledgment", "Agreement", "AgreementState", "Breach", "BreachCase", "BreachStep", "Capacity", "CaseShare",
    "Category", "Certificate", "Conflict", "Disclosure", "Disposal", "Ground", "Hold", "How", "LookRules", "Mark",
    "MarkReader", "Method", "Policy", "PolicyCopy", "PolicyVersion", "Release", "ReleaseState", "RestsOn", "RetentionRule",
    "ShareReader", "SharingWish", "Statement", "StatementReply", "StepKind", "Told", "TrueName", "Unusual", "UnusualLook",
    "UrgentOpening", "category_words", "mark_words",
]  # fmt: skip
