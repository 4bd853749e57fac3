-- Who opens a marked finding: who assessed, the primary case manager, and whoever is let in by name to all of its marks.

ALTER TABLE assessment_finding ALTER COLUMN marks SET DEFAULT '{}';

CREATE POLICY marked_assessment_finding ON assessment_finding AS RESTRICTIVE FOR ALL TO alongside_app USING (
  marks = '{}'::varchar[] OR case_id = ANY ((SELECT my_primary_cases())::uuid[])
  OR sitting_id IN (SELECT s.id FROM assessment_sitting s WHERE s.by_id = (SELECT my_staff()))
  OR coalesce((SELECT my_marks()) -> case_id::text, '[]'::jsonb) @> to_jsonb(marks));

-- How many findings of an open case the actor may not open, and nothing about any of them.
CREATE FUNCTION closed_findings(wanted uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*) FROM assessment_finding f JOIN assessment_sitting s ON s.id = f.sitting_id
  WHERE f.case_id = wanted AND f.marks <> '{}'::varchar[] AND s.by_id <> my_staff()
    AND f.case_id <> ALL ((SELECT my_primary_cases())::uuid[])
    AND NOT coalesce((SELECT my_marks()) -> f.case_id::text, '[]'::jsonb) @> to_jsonb(f.marks)
    AND (f.case_id = ANY ((SELECT my_cases())::uuid[]) OR f.program_id = ANY ((SELECT my_programs())::uuid[]))
    AND f.case_id <> ALL ((SELECT my_conflicts())::uuid[])
$$;
