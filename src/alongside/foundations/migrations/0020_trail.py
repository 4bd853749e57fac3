"""Stamps on deeds, looks and histories; the hash tree over them and its heads; when each job was last done."""

from django.db import migrations, models

import alongside.foundations.trail.stamps


class Migration(migrations.Migration):
    dependencies = [("foundations", "0011_struck_deeds")]

    operations = [
        *(
            migrations.AddField(
                name, "stamp", alongside.foundations.trail.stamps.StampField(default=b"", editable=False)
            )
            for name in ("deed", "look", "statechange")
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("source", models.PositiveSmallIntegerField()),
                ("row_id", models.UUIDField(unique=True)),
                ("hash", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
                ("root", models.BinaryField()),
                ("peaks", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("previous", models.CharField(max_length=64)),
                ("in_file", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="JobRun",
            fields=[
                ("key", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("done_at", models.DateTimeField()),
            ],
        ),
    ]
