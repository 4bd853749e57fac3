SET LOCAL check_function_bodies = off;

-- Every policy asks for the actor's own cases, several times a query, and never for those that are shared with them. So the
-- grounds on which a whole case is open stand apart from shares: nothing is worked out to be left out again.
CREATE FUNCTION own_grounds_of(who uuid, home uuid)
RETURNS TABLE (case_id uuid, ground text, through uuid, since date, until date, ends_at timestamptz, writes boolean)
LANGUAGE sql STABLE AS $$
  SELECT a.case_id, CASE WHEN a.staff_id = who THEN a.role::text ELSE 'line' END, a.staff_id, a.since, a.until, NULL::timestamptz,
         a.role <> 'review'
  FROM people_assignment a
  WHERE a.staff_id = ANY ((SELECT line_of(who, home))::uuid[]) AND a.since <= current_date AND (a.until IS NULL OR a.until > current_date)
    AND (a.role <> 'review' OR a.staff_id = who) AND a.case_id <> ALL ((SELECT conflicts_of(who))::uuid[])
  UNION ALL
  SELECT o.case_id, 'urgent', who, NULL, NULL, o.ends_at, false
  FROM confidentiality_urgentopening o
  WHERE o.staff_id = who AND o.began_at <= clock_timestamp() AND o.ends_at > clock_timestamp()
    AND o.case_id <> ALL ((SELECT conflicts_of(who))::uuid[])
$$;
REVOKE EXECUTE ON FUNCTION own_grounds_of(uuid, uuid) FROM PUBLIC;

CREATE OR REPLACE FUNCTION grounds_of(who uuid, home uuid)
RETURNS TABLE (case_id uuid, ground text, through uuid, since date, until date, ends_at timestamptz, writes boolean)
LANGUAGE sql STABLE AS $$
  SELECT * FROM own_grounds_of(who, home)
  UNION ALL
  SELECT s.case_id, 'share', s.owner_id, s.since, s.until, NULL, false FROM shares_of(who, home) s
$$;

CREATE OR REPLACE FUNCTION my_cases() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT ARRAY(SELECT g.case_id FROM own_grounds_of(my_staff(), my_agency()) g)
$$;

CREATE OR REPLACE FUNCTION my_working_cases() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT ARRAY(SELECT g.case_id FROM own_grounds_of(my_staff(), my_agency()) g WHERE g.writes)
$$;

CREATE OR REPLACE FUNCTION my_primary_cases() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT ARRAY(SELECT g.case_id FROM own_grounds_of(my_staff(), my_agency()) g WHERE g.ground = 'primary')
$$;

CREATE OR REPLACE FUNCTION my_shared_cases() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT ARRAY(SELECT s.case_id FROM shares_of(my_staff(), my_agency()) s)
$$;

CREATE OR REPLACE FUNCTION my_people() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT ARRAY(SELECT c.client_id FROM people_case c WHERE c.id = ANY ((SELECT my_cases())::uuid[]))
$$;

CREATE OR REPLACE FUNCTION my_working_people() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT ARRAY(SELECT c.client_id FROM people_case c WHERE c.id = ANY ((SELECT my_working_cases())::uuid[]))
$$;
