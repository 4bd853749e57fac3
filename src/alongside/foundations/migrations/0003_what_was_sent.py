"""A form that was sent keeps a digest of what stood in it; and the deeds of one paper are found by the paper."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("foundations", "0002_policy")]

    operations = [
        migrations.AddField(
            model_name="sentform",
            name="digest",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="deed", index=models.Index(fields=["subject_id", "-at"], name="deed_on_subject")
        ),
    ]
