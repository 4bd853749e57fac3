"""A referral that was never sent can be withdrawn without the consent that only its sending needs (practice I4)."""

from django.db import migrations, models

_NEVER_SENT = models.Q(state="closed", sent_on__isnull=True)


class Migration(migrations.Migration):
    dependencies = [("documentation", "0004_signed_note_is_fixed")]

    operations = [
        migrations.RemoveConstraint("referralout", "referral_needs_consent"),
        migrations.AddConstraint(
            "referralout",
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(consented_on__isnull=False) | _NEVER_SENT,
                name="referral_needs_consent",
            ),
        ),
    ]
