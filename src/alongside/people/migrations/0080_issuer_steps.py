"""Whether an agency takes its own sign-in at its word that somebody passed several steps there (decision 0019)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0071_numbers_of_offices")]

    operations = [migrations.AddField("agency", "trusts_issuer_steps", models.BooleanField(default=False))]
