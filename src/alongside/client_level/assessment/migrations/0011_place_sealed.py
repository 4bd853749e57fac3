"""Where somebody was met, sealed (decision 0013)."""

from django.db import migrations

from alongside.foundations.sealed import SealedText


class Migration(migrations.Migration):
    dependencies = [("assessment", "0010_marks")]

    operations = [
        migrations.AlterField("sitting", "place", SealedText("where", blank=True, default="", max_length=120)),
    ]
