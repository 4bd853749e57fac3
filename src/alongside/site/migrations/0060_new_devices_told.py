"""Which sign-ins from new devices are still to be told by e-mail; none of those of before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("site", "0050_issuer_links")]

    operations = [
        migrations.AddField("signin", "to_tell", models.BooleanField(default=False)),
        migrations.AddIndex(
            "signin", models.Index(fields=["since"], condition=models.Q(to_tell=True), name="sign_ins_to_tell")
        ),
    ]
