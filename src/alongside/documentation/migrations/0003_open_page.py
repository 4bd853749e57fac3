"""A draft of a note remembers which open page its words came from (decision 0010)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documentation", "0002_policy")]

    operations = [
        migrations.AddField("note", "page", models.UUIDField(editable=False, null=True)),
        migrations.AddField("note", "page_since", models.PositiveIntegerField(default=1, editable=False)),
    ]
