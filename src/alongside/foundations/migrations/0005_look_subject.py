"""A look says what was looked at, where that is no case: a referral that has none yet (practice C5)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("foundations", "0004_last_hand")]

    operations = [
        migrations.AddField("look", "subject_kind", models.CharField(default="", max_length=80)),
        migrations.AddField("look", "subject_id", models.UUIDField(null=True)),
        migrations.AddIndex(
            "look",
            models.Index(
                fields=["subject_id", "-at"], name="look_at_subject", condition=models.Q(subject_id__isnull=False)
            ),
        ),
    ]
