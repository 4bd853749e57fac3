"""The name under a release, who took it back and with what authority, sealed; and what went to the client names nobody: who
that is stands in the client's own row, under an alias if there is one (practice C4, decision 0013).
"""

from django.db import migrations, models

from alongside.foundations.sealed import SealedText

TO_CLIENT = """
ALTER TABLE confidentiality_disclosure DISABLE TRIGGER USER;
UPDATE confidentiality_disclosure SET recipient = '' WHERE rests_on = 'client';
ALTER TABLE confidentiality_disclosure ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [("confidentiality", "0091_names_alike"), ("people", "0100_lines_sealed")]

    operations = [
        *[
            migrations.AlterField("release", name, SealedText(blank=True, default="", max_length=most))
            for name, most in (
                ("signer", 200),
                ("authority", 300),
                ("witness", 200),
                ("interpreter", 200),
                ("taken_back_by", 200),
            )
        ],
        migrations.AlterField("disclosure", "consulted_with", SealedText(blank=True, default="", max_length=200)),
        migrations.AlterField("disclosure", "recipient", models.CharField(blank=True, default="", max_length=200)),
        migrations.RunSQL(TO_CLIENT, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "disclosure",
            models.CheckConstraint(
                condition=models.Q(rests_on="client", recipient="")
                | (~models.Q(rests_on="client") & ~models.Q(recipient="")),
                name="recipient_is_named_once",
            ),
        ),
    ]
