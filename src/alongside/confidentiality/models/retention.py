"""How long records are kept, what stops their disposal, and what is left after it (practice D6)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.foundations.models import Keyed
from alongside.foundations.sealed import SealedText
from alongside.people.models import Agency, Case, CaseRecord, Program, Staff


class RecordKind(models.TextChoices):
    """What a rule is about: each is disposed of as a whole."""

    CASE = "case", _("the whole case file")
    REFERRAL = "referral", _("a referral that was not accepted")
    OUTREACH = "outreach", _("outreach that led to no referral")


class Event(models.TextChoices):
    """From what the years are counted."""

    CLOSING = "closing", _("the closing of the case")
    LAST_CONTACT = "last_contact", _("the last contact, or the closing if that is later")
    MAJORITY = "majority", _("the client’s 18th birthday, or the closing if that is later")
    ANSWER = "answer", _("the answer to the referral")
    MEETING = "meeting", _("the day of the outreach")


EVENTS_OF = {
    RecordKind.CASE: (Event.CLOSING, Event.LAST_CONTACT, Event.MAJORITY),
    RecordKind.REFERRAL: (Event.ANSWER,),
    RecordKind.OUTREACH: (Event.MEETING,),
}


class RetentionRule(Keyed):
    """How many years one kind of record is kept, from what, and by which law or contract. No program means all of them."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    program = models.ForeignKey(Program, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=8, choices=RecordKind.choices)
    event = models.CharField(_("counted from"), max_length=12, choices=Event.choices)
    years = models.PositiveSmallIntegerField(_("years"))
    source = models.CharField(_("by which law, contract or policy"), max_length=200)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["agency", "program", "kind"], name="one_rule_for_a_kind", nulls_distinct=False
            ),
            models.CheckConstraint(condition=models.Q(years__gte=1), name="kept_a_year_at_least"),
            models.CheckConstraint(
                condition=models.Q(kind="case", event__in=["closing", "last_contact", "majority"])
                | models.Q(kind="referral", event="answer")
                | models.Q(kind="outreach", event="meeting"),
                name="counted_from_what_it_has",
            ),
        )


class Hold(CaseRecord):
    """A legal hold: while it stands, nothing of the case, or of all the person's cases, can be disposed of."""

    covers = models.CharField(
        _("it covers"), max_length=6, default="case",
        choices=[("case", _("this case")), ("person", _("everything kept about this person"))],
    )  # fmt: skip
    ground = SealedText(_("on what ground"))
    since = models.DateField(_("since"))
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    lifted_on = models.DateField(null=True, blank=True)
    lifted_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_why = SealedText(_("why it is lifted"))


class DisposalState(models.TextChoices):
    """The life of a proposal; once it is carried out it is gone with the record, and the certificate stays."""

    PROPOSED = "proposed", _("proposed")
    APPROVED = "approved", _("approved")
    TURNED_DOWN = "turned_down", _("turned down")


class Disposal(Keyed):
    """A proposal to dispose of a record by a rule: one person proposes it, another approves it, never the same."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    program = models.ForeignKey(Program, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=RecordKind.choices)
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="+")
    subject_id = models.UUIDField()
    rule = models.ForeignKey(RetentionRule, models.PROTECT, related_name="+")
    state = models.CharField(max_length=11, choices=DisposalState.choices, default=DisposalState.PROPOSED)
    proposed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("proposed_by")),
                name="approved_by_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="approved") | models.Q(approved_by__isnull=False, approved_at__isnull=False),
                name="approved_by_someone",
            ),
            models.UniqueConstraint(
                fields=["subject_id"],
                condition=models.Q(state__in=["proposed", "approved"]),
                name="one_proposal_at_a_time",
            ),
        )


class Certificate(Keyed):
    """What is left of a record that was disposed of: how much of what, by which rule, by whom. Nothing of the client.

    `counts` says how many rows went, by table; `struck` how many deeds lost their sentence.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    program = models.ForeignKey(Program, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=RecordKind.choices)
    event = models.CharField(max_length=12, choices=Event.choices)
    years = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    counts = models.JSONField(default=dict)
    struck = models.PositiveIntegerField(default=0)
    person_too = models.BooleanField(default=False)
    proposed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    done_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    done_at = models.DateTimeField()
