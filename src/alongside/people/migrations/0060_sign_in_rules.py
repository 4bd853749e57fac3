"""How long a page may lie idle; and an invented agency and a real one never share a database.

The invented one signs in without a second step and with a password that everybody knows: beside real records that would
be a way in. The constraint holds however the row comes to be written, two at once and by the owner too.
"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import migrations, models

from alongside.foundations.rls import fixed_columns

ONE_KIND = """
ALTER TABLE people_agency ADD CONSTRAINT invented_or_real_never_both EXCLUDE USING gist ((demonstration::int) WITH <>);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0040_disposal_gate")]

    operations = [
        migrations.AddField(
            "agency", "idle_minutes",
            models.PositiveSmallIntegerField(default=15, validators=[MinValueValidator(3), MaxValueValidator(120)]),
        ),
        migrations.RunSQL(ONE_KIND, reverse_sql="ALTER TABLE people_agency DROP CONSTRAINT invented_or_real_never_both"),
        fixed_columns("people_agency", "demonstration"),
    ]  # fmt: skip
