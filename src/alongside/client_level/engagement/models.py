"""Outreach, referrals in, the criteria of programs, and what was explained before services began."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.client_level.engagement.states import ReferralInState
from alongside.foundations.models import Keyed
from alongside.foundations.sealed import SealedText
from alongside.people.models import Agency, Case, CaseRecord, Person, Program, Staff


class Criterion(Keyed):
    """One question a program asks before it accepts someone. Configured by the agency, not coded (practice E3)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    program = models.ForeignKey(Program, models.CASCADE, related_name="criteria")
    question = models.CharField(max_length=240)
    kind = models.CharField(
        max_length=16, choices=[("eligible", _("Eligibility")), ("appropriate", _("Appropriateness"))]
    )
    required = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=1)
    asked = models.BooleanField(default=True)

    class Meta:
        ordering = ("kind", "position")
        verbose_name_plural = "criteria"


class Outreach(Keyed):
    """A contact before anyone is a client: where, when, how many were met, what was offered (practice E1).

    Nobody has to be named, and there may be no person on file. So its words are its own: they are sealed under a key of
    the record itself, which is destroyed with it (decision 0013).
    """

    kept_by = "self"
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    program = models.ForeignKey(Program, models.PROTECT, related_name="+")
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    on = models.DateField(_("day"))
    place = SealedText(_("where"), max_length=200)
    how = models.CharField(
        _("how"), max_length=8,
        choices=[
            ("street", _("on the street")), ("partner", _("at a partner’s place")), ("event", _("at an event")),
            ("phone", _("by phone")), ("online", _("online")),
        ],
    )  # fmt: skip
    met = models.PositiveSmallIntegerField(_("how many people"))
    who = SealedText(_("who was met"))
    languages = models.CharField(_("languages spoken"), max_length=120, blank=True, default="")
    offered = SealedText(_("what was offered"))
    said = SealedText(_("what they said or asked for"))
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "outreach"
        indexes = (models.Index(fields=["program", "-on", "-id"], name="outreach_by_day"),)
        constraints = (
            models.CheckConstraint(condition=models.Q(met__gte=1), name="somebody_was_met"),
            models.UniqueConstraint(fields=["id", "agency"], name="outreach_of_its_agency"),
        )


class ReferralIn(Keyed):
    """Someone referred to a program, waiting for an answer (practice E2). `case` is set when it becomes one."""

    kept_by = "client"
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    program = models.ForeignKey(Program, models.PROTECT, related_name="+")
    client = models.ForeignKey(Person, models.PROTECT, related_name="referrals_in")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="referrals_in")
    state = models.CharField(max_length=12, choices=ReferralInState.choices, default=ReferralInState.RECEIVED)
    received_on = models.DateField(_("received"))
    answer_by = models.DateField()
    source = SealedText(_("who referred"), max_length=200)
    outreach = models.ForeignKey(Outreach, models.PROTECT, null=True, blank=True, related_name="referrals")
    source_contact = SealedText(_("how to reach them"))
    reason = SealedText(_("why"))
    immediate_needs = SealedText(_("what cannot wait"))
    urgency = models.CharField(
        _("urgency"), max_length=8, default="usual",
        choices=[("usual", _("Usual")), ("soon", _("Soon")), ("urgent", _("Urgent"))],
    )  # fmt: skip
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    answer_words = SealedText(_("why this answer"))
    directed_to = SealedText(_("directed to"), max_length=200)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (models.Index(fields=["program", "state", "answer_by"], name="referral_at_door"),)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state="directed") | ~models.Q(directed_to=""), name="directed_to_someone"
            ),
        )


class ScreeningAnswer(Keyed):
    """The answer to one criterion, with the evidence seen (practice E3)."""

    kept_by = "referral__client"
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    program = models.ForeignKey(Program, models.PROTECT, related_name="+")
    referral = models.ForeignKey(ReferralIn, models.CASCADE, related_name="answers")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    question = models.CharField(max_length=240)
    met = models.CharField(max_length=8, choices=[("yes", _("Yes")), ("no", _("No")), ("unclear", _("Not clear yet"))])
    evidence = SealedText()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["referral", "criterion"], name="one_answer_a_criterion"),)


class Subject(models.TextChoices):
    """What is explained to a client before services begin (practice E5)."""

    RIGHTS = "rights", _("Rights and responsibilities")
    CONSENT = "consent", _("Informed consent to services")
    CONFIDENTIALITY = "confidentiality", _("Confidentiality and its limits")


class Explanation(CaseRecord):
    """That something was explained aloud: when, by whom, in which language, with which interpreter (practice E5)."""

    subject = models.CharField(max_length=16, choices=Subject.choices)
    on = models.DateField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    language = models.CharField(max_length=60)
    interpreter = SealedText(max_length=120)
    agreed = models.BooleanField(default=True)
    questions = SealedText(_("what the client asked"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "subject"], name="explained_once"),)


class Preference(CaseRecord):
    """What the client chose at enrollment: being seen alone, what family may know (practice I6, C8, R1)."""

    seen_alone = models.CharField(
        max_length=12, default="not_offered",
        choices=[("yes", _("yes")), ("no", _("no")), ("not_offered", _("not offered yet"))],
    )  # fmt: skip
    present = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    wishes = SealedText(_("what the client does and does not want shared with the people around"))
