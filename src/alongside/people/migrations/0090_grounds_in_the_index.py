"""All that tells somebody's cases stands in one index: every policy asks for it, several times a query."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0080_issuer_steps")]

    operations = [
        migrations.RemoveIndex(model_name="assignment", name="assignments_of_staff"),
        migrations.AlterField(
            "assignment",
            "staff",
            models.ForeignKey(
                "people.staff", django.db.models.deletion.PROTECT, related_name="assignments", db_index=False
            ),
        ),
        migrations.AddIndex(
            "assignment",
            models.Index(fields=["staff", "until"], include=["since", "role", "case"], name="grounds_of_staff"),
        ),
    ]
