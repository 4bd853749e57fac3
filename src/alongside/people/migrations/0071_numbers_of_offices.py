"""Numbers that offices gave a person, one row each, in place of a column that nothing ever filled (practice E6, C4)."""

import django.db.models.deletion
from django.db import migrations, models

import alongside.foundations.ids
import alongside.foundations.sealed
from alongside.foundations.rls import person_table


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0070_who_lives_with_her"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="person",
            name="identifiers",
        ),
        migrations.CreateModel(
            name="PersonIdentifier",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=alongside.foundations.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("social", "Social security number"),
                            ("alien", "Alien number"),
                            ("passport", "Passport"),
                            ("state", "State or driver’s license"),
                            ("benefit", "Benefits or insurance number"),
                            ("elsewhere", "Case number elsewhere"),
                        ],
                        max_length=10,
                    ),
                ),
                ("number", alongside.foundations.sealed.SealedText(blank=True, default="")),
                ("looked_up", models.CharField(editable=False, max_length=64)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["looked_up"], name="identifier_looked_up")],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "looked_up"), name="one_number_once_a_person")
                ],
            },
        ),
        person_table("people_personidentifier"),
    ]
