"""Who answers and when it is safe to call, why somebody works on a case, how somebody helps, how far an authority reaches: sealed (decision 0013)."""

from django.db import migrations

from alongside.foundations.sealed import SealedText


class Migration(migrations.Migration):
    dependencies = [("people", "0090_grounds_in_the_index")]

    operations = [
        migrations.AlterField("assignment", "reason", SealedText(blank=True, default="", max_length=200)),
        migrations.AlterField("contactpoint", "who_answers", SealedText(blank=True, default="", max_length=120)),
        migrations.AlterField("contactpoint", "when_safe", SealedText(blank=True, default="", max_length=160)),
        migrations.AlterField("significantother", "helps", SealedText(blank=True, default="", max_length=200)),
        migrations.AlterField("representative", "scope", SealedText(blank=True, default="", max_length=300)),
    ]
