"""How the client was told of the ending, sealed (decision 0013)."""

from django.db import migrations

from alongside.foundations.sealed import SealedText


class Migration(migrations.Migration):
    dependencies = [("termination", "0003_reopening")]

    operations = [
        migrations.AlterField(
            "closure", "told_how", SealedText("how the client was told", blank=True, default="", max_length=160)
        ),
    ]
