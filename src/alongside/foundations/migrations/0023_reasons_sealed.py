"""The reason of a paper's step is somebody's story, and is sealed like all others."""

from django.db import migrations

import alongside.foundations.sealed


class Migration(migrations.Migration):
    dependencies = [("foundations", "0022_tree_only_grows")]

    operations = [
        migrations.AlterField("statechange", "reason", alongside.foundations.sealed.SealedText(blank=True, default="")),
    ]
