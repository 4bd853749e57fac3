"""A client's statement of disagreement beside a record, and the agency's reply: both only grow (practice D5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.foundations.sealed import SealedText
from alongside.people.models import CaseRecord, Staff


class Statement(CaseRecord):
    """What the client says is otherwise than a record has it. The record itself stays as it is.

    `kind` and `record_id` name the record: any that a room has put on the shelf `RECORDS`.
    """

    kind = models.CharField(max_length=20)
    record_id = models.UUIDField()
    words = SealedText(_("in the client's words"))
    said_on = models.DateField(_("said on"))
    taken_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["case", "kind", "record_id"], name="statements_beside"),)


class StatementReply(CaseRecord):
    """What the agency answers to a statement."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="replies")
    words = SealedText(_("the reply"))
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
