"""The words of choices, as they are shown; nothing changes in the tables."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("confidentiality", "0101_households_unnamed"),
    ]

    operations = [
        migrations.AlterField(
            model_name="disclosure",
            name="ground",
            field=models.CharField(
                blank=True,
                choices=[
                    ("court_order", "Court order"),
                    ("suicide", "Threat of suicide"),
                    ("harm", "Threat of harm to others"),
                    ("mandated", "Report required by law"),
                    ("emergency", "Medical emergency"),
                    ("audit", "Audit or oversight"),
                ],
                default="",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="disclosure",
            name="rests_on",
            field=models.CharField(
                choices=[
                    ("client", "given to the client"),
                    ("release", "a release"),
                    ("wish", "what the client allows this person to know"),
                    ("ground", "a legal reason, without consent"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="release",
            name="capacity",
            field=models.CharField(
                blank=True,
                choices=[
                    ("client", "the client"),
                    ("guardian", "guardian"),
                    ("agent", "agent under a power of attorney or health care proxy, within their authority"),
                ],
                default="",
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="unusuallook",
            name="reasons",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("surname", "Has the same last name as the client or someone in the household"),
                        ("known", "Has the same name as someone in the client’s life"),
                        ("neighbor", "Lives near the client, by what is on record"),
                        ("night", "At night"),
                        ("outside", "Is not on the case and supervises nobody who is"),
                        ("refused", "Tried to open it and was refused"),
                        ("many", "Many files in a short time"),
                    ],
                    max_length=10,
                ),
                size=None,
            ),
        ),
    ]
