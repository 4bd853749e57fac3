-- Who opens a marked note: its writer, who co-signs it or answers for a trainee whose note waits for that, the primary case
-- manager, and whoever is let in by name to all of its marks. The rest of the team is told its day and standing only.

ALTER TABLE documentation_note ALTER COLUMN marks SET DEFAULT '{}';
ALTER TABLE documentation_notelink ALTER COLUMN marked SET DEFAULT false;
CREATE INDEX marked_note_of_case ON documentation_note (case_id) WHERE marks <> '{}'::varchar[];

CREATE POLICY marked_documentation_note ON documentation_note AS RESTRICTIVE FOR ALL TO alongside_app USING (
  marks = '{}'::varchar[] OR writer_id = (SELECT my_staff()) OR cosigner_id = (SELECT my_staff())
  OR (state = 'cosign' AND writer_id = ANY ((SELECT my_line())::uuid[]))
  OR case_id = ANY ((SELECT my_primary_cases())::uuid[])
  OR coalesce((SELECT my_marks()) -> case_id::text, '[]'::jsonb) @> to_jsonb(marks));

CREATE FUNCTION sees_note(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM documentation_note n WHERE n.id = wanted AND (n.marks = '{}'::varchar[] OR n.writer_id = (SELECT my_staff()) OR n.cosigner_id = (SELECT my_staff())
    OR (n.state = 'cosign' AND n.writer_id = ANY ((SELECT my_line())::uuid[]))
    OR n.case_id = ANY ((SELECT my_primary_cases())::uuid[])
    OR coalesce((SELECT my_marks()) -> n.case_id::text, '[]'::jsonb) @> to_jsonb(n.marks)))
$$;

CREATE POLICY marked_documentation_notelink ON documentation_notelink AS RESTRICTIVE FOR ALL TO alongside_app USING (NOT marked OR sees_note(note_id));
CREATE POLICY marked_documentation_addendum ON documentation_addendum AS RESTRICTIVE FOR ALL TO alongside_app USING (sees_note(note_id));

-- A link knows whether its note is marked, so that reading many links asks for no note.
CREATE FUNCTION link_takes_mark() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  NEW.marked := EXISTS (SELECT 1 FROM documentation_note n WHERE n.id = NEW.note_id AND n.marks <> '{}'::varchar[]);
  RETURN NEW;
END $$;
CREATE TRIGGER link_takes_mark BEFORE INSERT ON documentation_notelink FOR EACH ROW EXECUTE FUNCTION link_takes_mark();

CREATE FUNCTION note_gives_mark() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE documentation_notelink SET marked = (NEW.marks <> '{}'::varchar[]) WHERE note_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER note_gives_mark AFTER UPDATE OF marks ON documentation_note FOR EACH ROW
  WHEN ((OLD.marks = '{}'::varchar[]) IS DISTINCT FROM (NEW.marks = '{}'::varchar[])) EXECUTE FUNCTION note_gives_mark();

-- What the team is told of written notes of an open case that they may not open: the day, the standing, and what the
-- note is tied to. In the shape in which the Thread reads a note: see documentation/thread/rows.py.
CREATE FUNCTION closed_notes(wanted uuid) RETURNS SETOF json LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = public, pg_temp AS $$
  SELECT json_build_array(n.id, n.case_id, l.goal_id, l.objective_id, n.at::date, '', NULL, '', n.state)
  FROM documentation_note n LEFT JOIN documentation_notelink l ON l.note_id = n.id
  WHERE n.case_id = wanted AND n.marks <> '{}'::varchar[] AND n.state <> 'draft' AND (
    n.marks = '{}'::varchar[] OR n.writer_id = (SELECT my_staff()) OR n.cosigner_id = (SELECT my_staff())
    OR (n.state = 'cosign' AND n.writer_id = ANY ((SELECT my_line())::uuid[]))
    OR n.case_id = ANY ((SELECT my_primary_cases())::uuid[])
    OR coalesce((SELECT my_marks()) -> n.case_id::text, '[]'::jsonb) @> to_jsonb(n.marks)) IS NOT TRUE
    AND (n.case_id = ANY ((SELECT my_cases())::uuid[]) OR n.program_id = ANY ((SELECT my_programs())::uuid[]))
    AND n.case_id <> ALL ((SELECT my_conflicts())::uuid[])
$$;
