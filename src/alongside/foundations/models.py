"""Tables of the ground: deeds, looks, histories of papers, forms already sent, drafts."""

from uuid import uuid4

from django.db import models

from alongside.foundations.ids import new_id
from alongside.foundations.sealed import SealedText
from alongside.foundations.trail.stamps import StampField, ToldField


class Keyed(models.Model):
    """A row known by a UUIDv7 made in Python."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class Deed(Keyed):
    """A verb that was done. Append-only for everyone, by grant and by trigger (practice C5, D5).

    When the record it tells of is disposed of, `sentence`, `reason` and `changes` are struck: `told` then keeps their
    digest, made with `salt`, which is struck too, and `struck_by` names the certificate (decision 0017).
    """

    at = models.DateTimeField()
    agency_id = models.UUIDField()
    staff_id = models.UUIDField()
    actor_name = models.CharField(max_length=200)
    case_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    sentence = models.TextField()
    reason = models.TextField(default="")
    changes = models.JSONField(default=dict)
    salt = models.UUIDField(null=True, default=uuid4, editable=False)
    told = ToldField(max_length=64, default="", editable=False)
    struck_by = models.UUIDField(null=True, editable=False)
    stamp = StampField()

    class Meta:
        indexes = (
            models.Index(fields=["case_id", "-at"], name="deed_of_case"),
            models.Index(fields=["agency_id", "-at"], name="deed_of_agency"),
            models.Index(fields=["subject_id", "-at"], name="deed_on_subject"),
        )


class Look(Keyed):
    """A file opened, a search, a refusal or a sign-in. Written on its own connection, so a rollback keeps it (C5).

    The subject is what was looked at where the case does not say it: a referral, which may have no case yet.
    """

    at = models.DateTimeField()
    agency_id = models.UUIDField(null=True)
    staff_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200, default="")
    case_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=40)
    page = models.CharField(max_length=120, default="")
    subject_kind = models.CharField(max_length=80, default="")
    subject_id = models.UUIDField(null=True)
    stamp = StampField()

    class Meta:
        indexes = (
            models.Index(fields=["case_id", "-at"], name="look_at_case"),
            models.Index(
                fields=["subject_id", "-at"], name="look_at_subject", condition=models.Q(subject_id__isnull=False)
            ),
            models.Index(fields=["agency_id", "-at"], name="look_in_agency"),
        )


class StateChange(Keyed):
    """One step in the life of a paper. The words of its reason are the case's, or the paper's where there is none."""

    kept_by = "case|paper"
    at = models.DateTimeField()
    agency_id = models.UUIDField()
    staff_id = models.UUIDField()
    case_id = models.UUIDField(null=True)
    paper_kind = models.CharField(max_length=80)
    paper_id = models.UUIDField()
    start = models.CharField(max_length=40)
    verb = models.CharField(max_length=40)
    end = models.CharField(max_length=40)
    reason = SealedText()
    stamp = StampField()

    class Meta:
        indexes = (models.Index(fields=["paper_id", "at"], name="change_of_paper"),)


class Leaf(models.Model):
    """A row's place in the hash tree. `source` counts in `stamps.SOURCES`; only the folding writes here, as the owner."""

    position = models.BigIntegerField(primary_key=True)
    source = models.PositiveSmallIntegerField()
    row_id = models.UUIDField(unique=True)
    hash = models.BinaryField()


class Head(models.Model):
    """The tree as it stood after a folding. `previous` names the head before as the file of heads does."""

    number = models.PositiveIntegerField(primary_key=True)
    size = models.BigIntegerField()
    root = models.BinaryField()
    peaks = models.BinaryField()
    at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    in_file = models.BooleanField(default=False)


class JobRun(models.Model):
    """When a job of the background was last done, by whichever process."""

    key = models.CharField(max_length=80, primary_key=True)
    done_at = models.DateTimeField()


class SentForm(models.Model):
    """A form that was already taken in, by the token drawn into it: saving twice saves once.

    `digest` is a keyed digest of what was sent, never the words: the same token with other words is another form.
    """

    token = models.UUIDField(primary_key=True)
    staff_id = models.UUIDField()
    at = models.DateTimeField()
    place = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)


class Draft(Keyed):
    """What someone has typed and not yet saved, by the address of the form. Only its writer can read it."""

    kept_by = "staff"
    staff_id = models.UUIDField()
    agency_id = models.UUIDField()
    place = models.CharField(max_length=300)
    words = SealedText()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["staff_id", "place"], name="one_draft_a_form"),)
