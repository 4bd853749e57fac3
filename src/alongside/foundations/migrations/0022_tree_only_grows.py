"""The tree and its heads only grow, for the owner too; the program's own role is not let near them at all."""

from django.db import migrations

from alongside.foundations.rls import append_only

HEADS = """
CREATE TRIGGER only_into_the_file_foundations_head BEFORE UPDATE ON foundations_head FOR EACH ROW
  WHEN (OLD.in_file OR (to_jsonb(OLD) - 'in_file') IS DISTINCT FROM (to_jsonb(NEW) - 'in_file'))
  EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_foundations_head BEFORE DELETE OR TRUNCATE ON foundations_head
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("foundations", "0021_stamped"), ("people", "0002_policy")]

    operations = [append_only("foundations_leaf"), migrations.RunSQL(HEADS, reverse_sql=migrations.RunSQL.noop)]
