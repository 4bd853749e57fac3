"""The true names of a client who is listed under an alias (design section 4)."""

from django.db import models

from alongside.foundations.sealed import SealedText
from alongside.people.models import Person, Staff
from alongside.people.models.person import AboutPerson


class TrueName(AboutPerson):
    """The names that only the case team reads. What stands in the person's own row is the alias.

    `others` holds further names, one a line.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="true_name")
    name = SealedText()
    legal_name = SealedText()
    others = SealedText()
    given_on = models.DateField()
    given_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    reason = SealedText()
    edition = models.PositiveIntegerField(default=1)
