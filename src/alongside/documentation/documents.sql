-- Who opens a marked document: who added it, the primary case manager, and whoever is let in by name to all of its marks. Nobody
-- else is told that there is one: unlike a note, no break of the Thread hangs on it.

ALTER TABLE documentation_document ALTER COLUMN marks SET DEFAULT '{}';
CREATE INDEX marked_document_of_case ON documentation_document (case_id) WHERE marks <> '{}'::varchar[];

CREATE POLICY marked_documentation_document ON documentation_document AS RESTRICTIVE FOR ALL TO alongside_app USING (
  marks = '{}'::varchar[] OR by_id = (SELECT my_staff()) OR case_id = ANY ((SELECT my_primary_cases())::uuid[])
  OR coalesce((SELECT my_marks()) -> case_id::text, '[]'::jsonb) @> to_jsonb(marks));

-- A file is open to whom its document is: the policies of the document are asked, in the caller's own name.
CREATE FUNCTION opens_document(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM documentation_document d WHERE d.id = wanted)
$$;
CREATE POLICY marked_documentation_documentfile ON documentation_documentfile AS RESTRICTIVE FOR ALL TO alongside_app
  USING (opens_document(document_id));
