"""Marks of what is more sensitive than the rest of a record."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mark(models.TextChoices):
    """Why a note, a document or an answer has a narrower audience, and is released only by name (practice C1, C4).

    The first is the psychotherapy note of 45 CFR 164.501; the second is what 42 CFR Part 2 protects; the others are
    what state and federal law, or plain danger, set apart.
    """

    PSYCHOTHERAPY = "psychotherapy", _("Psychotherapy")
    SUBSTANCE_USE = "substance_use", _("Substance use treatment")
    HIV = "hiv", _("HIV")
    DOMESTIC_VIOLENCE = "domestic_violence", _("Domestic violence")
    IMMIGRATION = "immigration", _("Immigration")
