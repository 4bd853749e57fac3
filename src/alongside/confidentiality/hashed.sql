SET LOCAL check_function_bodies = off;

-- Whoever answers for many cases compares many rows with many keys. An array is walked through for each row; of what a
-- sub-select returns PostgreSQL makes a hash once a query (decision 0022). Which rows are seen stays the same.
DO $$
DECLARE found record; said text;
BEGIN
  FOR found IN
    SELECT p.tablename, p.policyname, p.qual FROM pg_policies p
    WHERE p.schemaname = 'public' AND p.cmd = 'SELECT' AND p.qual ~ '= ANY \(\( SELECT my_(cases|people|working_people) ?\('
  LOOP
    said := regexp_replace(found.qual, '= ANY \(\( SELECT (my_cases|my_people|my_working_people)\(\) AS \1\)::uuid\[\]\)', 'IN (SELECT unnest((SELECT \1())))', 'g');
    IF said ~ '= ANY \(\( SELECT my_(cases|people|working_people) ?\(' THEN
      RAISE EXCEPTION 'the policy % is written otherwise than expected: %', found.policyname, found.qual;
    END IF;
    EXECUTE format('ALTER POLICY %I ON %I USING (%s)', found.policyname, found.tablename, said);
  END LOOP;
END $$;

-- A case that is seen on two grounds may stand here twice: nobody counts these.
CREATE OR REPLACE FUNCTION my_cases() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT ARRAY(SELECT g.case_id FROM grounds_of(my_staff(), my_agency()) g)
$$;

CREATE OR REPLACE FUNCTION my_working_cases() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT ARRAY(SELECT g.case_id FROM grounds_of(my_staff(), my_agency()) g WHERE g.writes)
$$;

CREATE OR REPLACE FUNCTION find_cases(typed text, most integer) RETURNS TABLE (case_id uuid, nearness real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT found.id, max(found.nearness) AS nearness FROM (
    SELECT c.id, c.program_id, c.opened_on, n.nearness FROM names_near(typed) n JOIN people_case c ON c.client_id = n.person_id
    WHERE c.agency_id = my_agency()
    UNION ALL
    SELECT c.id, c.program_id, c.opened_on, 2 FROM people_case c WHERE c.agency_id = my_agency() AND c.number = btrim(typed)
  ) found
  WHERE (found.id IN (SELECT unnest((SELECT my_cases()))) OR found.program_id = ANY ((SELECT my_programs())::uuid[]))
    AND found.id <> ALL ((SELECT my_conflicts())::uuid[])
  GROUP BY found.id, found.opened_on ORDER BY 2 DESC, found.opened_on DESC LIMIT most
$$;
