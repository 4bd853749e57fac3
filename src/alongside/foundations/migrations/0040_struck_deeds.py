"""A deed can be struck when its record is disposed of, and its leaf can still be worked out (decision 0017).

Each deed gets a salt when it is written. `deed_told` is the digest of what a deed tells: of a whole one it is worked out,
of a struck one it is what was kept. With the salt gone, nobody can find by trying what a struck deed said.
"""

import uuid

from django.db import migrations, models

COLUMNS = """
ALTER TABLE foundations_deed ADD COLUMN salt uuid NULL DEFAULT gen_random_uuid();
ALTER TABLE foundations_deed ADD COLUMN told varchar(64) NOT NULL DEFAULT '';
ALTER TABLE foundations_deed ADD COLUMN struck_by uuid NULL;
ALTER TABLE foundations_deed ALTER COLUMN told SET DEFAULT '';
"""
TOLD = """
CREATE FUNCTION deed_told(deed foundations_deed) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN deed.struck_by IS NOT NULL THEN deed.told::text
    ELSE encode(sha256(convert_to(
      concat_ws(E'\\n', deed.salt::text, deed.sentence, deed.reason, deed.changes::text), 'UTF8')), 'hex') END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("foundations", "0005_look_subject")]

    operations = [
        migrations.RunSQL(
            COLUMNS,
            reverse_sql=migrations.RunSQL.noop,
            state_operations=[
                migrations.AddField("deed", "salt", models.UUIDField(null=True, default=uuid.uuid4, editable=False)),
                migrations.AddField("deed", "told", models.CharField(max_length=64, default="", editable=False)),
                migrations.AddField("deed", "struck_by", models.UUIDField(null=True, editable=False)),
            ],
        ),
        migrations.RunSQL(TOLD, reverse_sql="DROP FUNCTION deed_told(foundations_deed)"),
    ]
