"""Persons, how to reach them safely, and the people around them (practice E6, C7, C8, R5)."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.foundations import clock
from alongside.foundations.models import Keyed
from alongside.foundations.sealed import SealedText
from alongside.people.models.agency import Agency


class YesNo(models.TextChoices):
    """The five answers HMIS allows to a yes-or-no question."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Does not know")
    DECLINED = "declined", _("Prefers not to answer")
    NOT_ASKED = "not_asked", _("Not asked yet")


class Race(models.TextChoices):
    """Race and ethnicity, as many as the person names (HMIS FY2026, element 3.04)."""

    INDIGENOUS = "indigenous", _("American Indian, Alaska Native, or Indigenous")
    ASIAN = "asian", _("Asian or Asian American")
    BLACK = "black", _("Black, African American, or African")
    HISPANIC = "hispanic", _("Hispanic or Latina/e/o")
    MIDDLE_EASTERN = "middle_eastern", _("Middle Eastern or North African")
    PACIFIC = "pacific", _("Native Hawaiian or Pacific Islander")
    WHITE = "white", _("White")
    UNKNOWN = "unknown", _("Does not know")
    DECLINED = "declined", _("Prefers not to answer")


class Person(Keyed):
    """Someone the agency knows: a client, or a person around one.

    `programs` lists the programs whose cases concern the person; a trigger keeps it, and program-wide access reads it.
    """

    kept_by, not_in_deeds = "self", ("preferred_name", "legal_name")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    preferred_name = models.CharField(_("name"), max_length=200)
    legal_name = models.CharField(_("legal name"), max_length=200, blank=True, default="")
    pronouns = models.CharField(_("pronouns"), max_length=40, blank=True, default="")
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    birth_date_estimated = models.BooleanField(_("the birth date is estimated"), default=False)
    language = models.CharField(_("speaks"), max_length=60, blank=True, default="")
    reads_language = models.CharField(_("reads"), max_length=60, blank=True, default="")
    interpreter = models.CharField(
        _("interpreter"), max_length=12, default="never",
        choices=[("always", _("always")), ("sometimes", _("for hard talks")), ("never", _("not needed"))],
    )  # fmt: skip
    race = ArrayField(models.CharField(max_length=20, choices=Race.choices), default=list, blank=True)
    race_more = models.CharField(max_length=100, blank=True, default="")
    veteran = models.CharField(max_length=10, choices=YesNo.choices, default=YesNo.NOT_ASKED)
    disabling_condition = models.CharField(max_length=10, choices=YesNo.choices, default=YesNo.NOT_ASKED)
    safe_contact = SealedText(_("contact safely"))
    programs = ArrayField(models.UUIDField(), default=list, editable=False)
    edition = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.preferred_name

    @property
    def short_name(self) -> str:
        """The first word of the name the person goes by."""
        return self.preferred_name.split(" ")[0]

    @property
    def age(self) -> int | None:
        """Whole years today, or None when the birth date is not known."""
        return years_between(self.birth_date, clock.today()) if self.birth_date else None


def years_between(born: date, day: date) -> int:
    """Whole years from `born` to `day`."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class AboutPerson(Keyed):
    """A row about a person, whose words it keeps."""

    kept_by = "person"
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class PersonName(AboutPerson):
    """Another name: a birth name, an alias, a spelling on a paper."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40, default="also known as")


class IdentifierKind(models.TextChoices):
    """Which office gave a number."""

    SOCIAL = "social", _("Social security number")
    ALIEN = "alien", _("Alien number")
    PASSPORT = "passport", _("Passport")
    STATE = "state", _("State or driver’s license")
    BENEFIT = "benefit", _("Benefits or insurance number")
    ELSEWHERE = "elsewhere", _("Case number elsewhere")


class PersonIdentifier(AboutPerson):
    """A number that an office gave the person. It lies as noise; `looked_up` finds the very same number again and tells none.

    `looked_up` is a keyed SHA-256 in hexadecimal, made in `people.queries.identifier_digest`.
    """

    kind = models.CharField(max_length=10, choices=IdentifierKind.choices)
    number = SealedText()
    looked_up = models.CharField(max_length=64, editable=False)

    class Meta:
        indexes = (models.Index(fields=["looked_up"], name="identifier_looked_up"),)
        constraints = (models.UniqueConstraint(fields=["person", "looked_up"], name="one_number_once_a_person"),)

    @property
    def ending(self) -> str:
        """Its last three signs, enough to tell it from another."""
        return self.number[-3:]


class ContactPoint(AboutPerson):
    """One way to reach a person, with the rules that keep them safe: who answers, when, and may a message be left."""

    kind = models.CharField(
        max_length=10, choices=[("phone", _("Phone")), ("text", _("Text only")), ("email", _("E-mail")), ("other", _("Other"))]
    )  # fmt: skip
    value = SealedText()
    who_answers = SealedText(max_length=120)
    when_safe = SealedText(max_length=160)
    may_leave_message = models.BooleanField(default=False)
    safe = models.BooleanField(default=True)


class Address(AboutPerson):
    """Where a person lives or gets mail. A confidential address is never printed, sent or shown outside the team."""

    lines = SealedText()
    city = models.CharField(max_length=80, blank=True, default="")
    postal_code = models.CharField(max_length=16, blank=True, default="")
    confidential = models.BooleanField(default=False)
    mail_is_safe = models.BooleanField(default=False)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)


class Household(Keyed):
    """People who live as one household, with its history of members."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)


class HouseholdMember(AboutPerson):
    """A person's place in a household, from a day until the day they moved out.

    `known_as` is the name they went by then: it stays in the history of those they lived with, to whom their record
    closes on the day they part.
    """

    household = models.ForeignKey(Household, models.CASCADE, related_name="members")
    role = models.CharField(max_length=60)
    known_as = models.CharField(max_length=200, blank=True, default="")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    edition = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="moved_out_after_in",
            ),
        )


class SignificantOther(AboutPerson):
    """Someone who matters to the client: a relative, friend or helper.

    `may_know` is what the client wants shared with them (practice C8); `must_not_know` means they may not even learn
    of the service.
    """

    not_in_deeds = ("name",)
    name = models.CharField(max_length=200)
    relation = models.CharField(max_length=80)
    lives_with = models.BooleanField(default=False)
    helps = SealedText(max_length=200)
    tie = models.CharField(
        max_length=10, default="mid",
        choices=[("strong", _("strong")), ("mid", _("there")), ("weak", _("thin")), ("stress", _("strained")), ("cut", _("cut off"))],
    )  # fmt: skip
    contact = SealedText()
    may_know = SealedText()
    must_not_know = models.BooleanField(default=False)
    edition = models.PositiveIntegerField(default=1)


class Representative(AboutPerson):
    """A guardian, an attorney or an agent, with the scope of their authority (practice C7)."""

    name = models.CharField(max_length=200)
    capacity = models.CharField(max_length=80)
    scope = SealedText(max_length=300)
    contact = SealedText()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
