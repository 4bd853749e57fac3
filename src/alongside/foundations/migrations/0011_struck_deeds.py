"""A deed can be struck when its record is disposed of, and its leaf can still be worked out (decision 0017).

`told` is the digest of what a deed tells, made with a salt when it is written. The stamp and the leaf cover the digest,
so they stand when the words are struck; with the salt gone, nobody can find by trying what a struck deed said.
"""

import uuid

from django.db import migrations, models

import alongside.foundations.trail.stamps

COLUMNS = """
ALTER TABLE foundations_deed ADD COLUMN salt uuid NULL DEFAULT gen_random_uuid();
ALTER TABLE foundations_deed ALTER COLUMN salt DROP DEFAULT;
ALTER TABLE foundations_deed ADD COLUMN told varchar(64) NOT NULL DEFAULT '';
ALTER TABLE foundations_deed ALTER COLUMN told DROP DEFAULT;
ALTER TABLE foundations_deed ADD COLUMN struck_by uuid NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("foundations", "0010_sealing")]

    operations = [
        migrations.RunSQL(
            COLUMNS,
            reverse_sql=migrations.RunSQL.noop,
            state_operations=[
                migrations.AddField("deed", "salt", models.UUIDField(null=True, default=uuid.uuid4, editable=False)),
                migrations.AddField(
                    "deed",
                    "told",
                    alongside.foundations.trail.stamps.ToldField(default="", editable=False, max_length=64),
                ),
                migrations.AddField("deed", "struck_by", models.UUIDField(null=True, editable=False)),
            ],
        ),
    ]
