"""Who wrote a note that is shared is named with it, and nothing else of the owner's staff (practice C4, decision 0021)."""

from django.db import migrations

# The note must be open to the actor, by its day and its marks. A title is what the agency calls somebody; the role stands in for it.
WRITERS = """
SET LOCAL check_function_bodies = off;
CREATE FUNCTION shared_writers(wanted uuid) RETURNS TABLE (note_id uuid, name text, title text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT n.id, s.name::text, s.title::text, s.roles[1]::text
  FROM documentation_note n JOIN people_staff s ON s.id = n.writer_id
  WHERE n.case_id = wanted AND n.case_id = ANY ((SELECT my_shared_cases())::uuid[]) AND n.state <> 'draft'
    AND share_covers((SELECT my_shares()), n.case_id, 'notes', n.at::date, n.marks)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("confidentiality", "0081_looks_from_elsewhere")]

    operations = [migrations.RunSQL(WRITERS, reverse_sql=migrations.RunSQL.noop)]
