"""Where somebody is signed in, and how often the door was tried. Nothing about any client."""

from django.db import models

from alongside.foundations.models import Keyed


class SignIn(Keyed):
    """One time that someone came in, from one device; it stays after it has ended, so that a new device is known as new.

    `device` is a random mark in a cookie of that browser; `device_name` and `place` are the coarse words shown to people, and
    no full address is kept. `session_key` is emptied at the end. `answered_at` is when its owner said whose it was; `to_tell`,
    that an e-mail about it has still to go out.
    """

    agency_id = models.UUIDField()
    staff_id = models.UUIDField()
    device = models.UUIDField()
    device_name = models.CharField(max_length=80)
    place = models.CharField(max_length=60)
    how = models.CharField(max_length=20)
    since = models.DateTimeField()
    last_used = models.DateTimeField()
    session_key = models.CharField(max_length=40, blank=True, default="")
    new_device = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    to_tell = models.BooleanField(default=False)

    class Meta:
        app_label = "site"
        indexes = (
            models.Index(fields=["staff_id", "-since"], name="sign_ins_of_staff"),
            models.Index(fields=["since"], condition=models.Q(to_tell=True), name="sign_ins_to_tell"),
        )


class IssuerLink(Keyed):
    """By which key of its own (`subject`) the agency's sign-in (`issuer`) knows a member of staff (decision 0019)."""

    agency_id = models.UUIDField()
    staff_id = models.UUIDField()
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    since = models.DateTimeField()

    class Meta:
        app_label = "site"
        constraints = (
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_account_a_key"),
            models.UniqueConstraint(fields=["staff_id", "issuer"], name="one_key_an_account"),
        )


class Tries(models.Model):
    """Failed tries at one door, by a keyed digest of what was tried: it tells nothing of whether there is such an account."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveSmallIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        app_label = "site"
        verbose_name_plural = "tries"
