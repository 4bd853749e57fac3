"""Where a round went, who referred, where somebody was sent instead, and who interpreted, sealed (decision 0013)."""

from django.db import migrations

from alongside.foundations.sealed import SealedText


class Migration(migrations.Migration):
    dependencies = [("engagement", "0013_outreach_policy")]

    operations = [
        migrations.AlterField(
            "referralin", "source", SealedText("who referred", blank=True, default="", max_length=200)
        ),
        migrations.AlterField(
            "referralin", "directed_to", SealedText("directed to", blank=True, default="", max_length=200)
        ),
        migrations.AlterField("outreach", "place", SealedText("where", blank=True, default="", max_length=200)),
        migrations.AlterField("explanation", "interpreter", SealedText(blank=True, default="", max_length=120)),
    ]
