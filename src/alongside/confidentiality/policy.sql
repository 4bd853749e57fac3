SET LOCAL check_function_bodies = off;

-- On what grounds somebody may open a case. Every policy reads these functions, and so does the answer to "Why can I see
-- this?": the two cannot disagree (practice C4, C5, R6, S12). Those that take `who` answer for anybody and are granted to
-- nobody; the others ask them for the actor.

-- Somebody and everyone they answer for, down the line of supervision.
CREATE FUNCTION line_of(who uuid, home uuid) RETURNS uuid[] LANGUAGE sql STABLE AS $$
  WITH RECURSIVE line(id) AS (
    SELECT who
    UNION
    SELECT s.id FROM people_staff s JOIN line ON s.supervisor_id = line.id
    WHERE s.agency_id = home AND EXISTS (SELECT 1 FROM people_staff me WHERE me.id = who AND 'supervisor' = ANY (me.roles))
  ) SELECT coalesce(array_agg(id), '{}') FROM line WHERE id IS NOT NULL
$$;

-- Cases from which somebody is kept apart today by a conflict of interest.
CREATE FUNCTION conflicts_of(who uuid) RETURNS uuid[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(k.case_id), '{}') FROM confidentiality_conflict k
  WHERE k.staff_id = who AND k.since <= current_date AND (k.until IS NULL OR k.until > current_date)
$$;

-- Programs whose every case somebody answers for.
CREATE FUNCTION programs_of(who uuid, home uuid) RETURNS uuid[] LANGUAGE sql STABLE AS $$
  SELECT coalesce(array_agg(p.program_id), '{}') FROM people_programstaff p
    JOIN people_staff s ON s.id = p.staff_id AND s.agency_id = home
    JOIN people_program run ON run.id = p.program_id AND run.agency_id = home
  WHERE p.staff_id = who AND p.role = 'program_manager' AND 'program_manager' = ANY (s.roles)
$$;

-- The cases somebody may open one by one, each with its ground: their own place on it, that of someone they answer for
-- (`line`, through them), or an urgent opening that lasts. A file lent for review is nobody else's ground. One row a ground.
CREATE FUNCTION grounds_of(who uuid, home uuid)
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
REVOKE EXECUTE ON FUNCTION line_of(uuid, uuid), conflicts_of(uuid), programs_of(uuid, uuid), grounds_of(uuid, uuid) FROM PUBLIC;

CREATE OR REPLACE FUNCTION my_line() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT line_of(my_staff(), my_agency())
$$;

CREATE OR REPLACE FUNCTION my_programs() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT programs_of(my_staff(), my_agency())
$$;

CREATE FUNCTION my_conflicts() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT conflicts_of(my_staff())
$$;

CREATE OR REPLACE FUNCTION my_cases() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT g.case_id), '{}') FROM grounds_of(my_staff(), my_agency()) g
$$;

CREATE OR REPLACE FUNCTION my_working_cases() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT g.case_id), '{}') FROM grounds_of(my_staff(), my_agency()) g WHERE g.writes
$$;

-- Cases whose primary case manager the actor is today.
CREATE FUNCTION my_primary_cases() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT g.case_id), '{}') FROM grounds_of(my_staff(), my_agency()) g WHERE g.ground = 'primary'
$$;

CREATE FUNCTION i_supervise() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM people_staff WHERE id = my_staff() AND agency_id = my_agency() AND roles && ARRAY['supervisor', 'program_manager']::varchar[])
$$;

-- Clients from whom the actor is kept apart: of a case in conflict, and of none that is open to them all the same.
CREATE FUNCTION my_strangers() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT c.client_id), '{}') FROM people_case c
  WHERE c.id = ANY ((SELECT my_conflicts())::uuid[]) AND NOT EXISTS (
    SELECT 1 FROM people_case other WHERE other.client_id = c.client_id AND other.id <> ALL ((SELECT my_conflicts())::uuid[])
      AND (other.id = ANY ((SELECT my_cases())::uuid[]) OR other.program_id = ANY ((SELECT my_programs())::uuid[])))
$$;

-- Asked for one person after another: whoever has no conflict at all has the answer at once.
CREATE FUNCTION kept_apart(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN EXISTS (SELECT 1 FROM confidentiality_conflict k WHERE k.staff_id = my_staff()) THEN wanted = ANY (my_strangers()) ELSE false END
$$;

CREATE OR REPLACE FUNCTION serves_person(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT (EXISTS (SELECT 1 FROM people_person p WHERE p.id = wanted AND p.programs && my_programs())
      OR EXISTS (SELECT 1 FROM engagement_referralin r WHERE r.client_id = wanted AND r.program_id = ANY (my_doors()) AND r.case_id IS NULL))
    AND NOT kept_apart(wanted)
$$;

CREATE OR REPLACE FUNCTION sees_person(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN serves_person(wanted) THEN true
    WHEN EXISTS (SELECT 1 FROM people_householdmember m WHERE m.person_id = wanted)
      THEN lives_with(wanted, my_people()) AND NOT kept_apart(wanted) ELSE false END
$$;

CREATE OR REPLACE FUNCTION changes_person(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN serves_person(wanted) THEN true
    WHEN EXISTS (SELECT 1 FROM people_householdmember m WHERE m.person_id = wanted)
      THEN lives_with(wanted, my_working_people()) AND NOT kept_apart(wanted) ELSE false END
$$;

CREATE OR REPLACE FUNCTION case_in_my_programs(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM people_case WHERE id = wanted AND program_id = ANY (my_programs())) AND wanted <> ALL (my_conflicts())
$$;

CREATE OR REPLACE FUNCTION household_history(wanted uuid) RETURNS TABLE (known_as text, role text, since date, until date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT other.known_as::text, other.role::text, greatest(mine.since, other.since), least(mine.until, other.until)
  FROM people_householdmember mine
    JOIN people_householdmember other ON other.household_id = mine.household_id AND other.person_id <> mine.person_id
  WHERE mine.person_id = wanted AND (wanted = ANY (my_people()) OR serves_person(wanted)) AND NOT kept_apart(other.person_id)
    AND daterange(mine.since, mine.until) && daterange(other.since, other.until)
    AND least(mine.until, other.until) <= current_date
  ORDER BY 4 DESC, 3 DESC, 1
$$;

CREATE OR REPLACE FUNCTION find_cases(typed text, most integer) RETURNS TABLE (case_id uuid, nearness real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT found.id, max(found.nearness) AS nearness FROM (
    SELECT c.id, c.program_id, c.opened_on, n.nearness FROM names_near(typed) n JOIN people_case c ON c.client_id = n.person_id
    WHERE c.agency_id = my_agency()
    UNION ALL
    SELECT c.id, c.program_id, c.opened_on, 2 FROM people_case c WHERE c.agency_id = my_agency() AND c.number = btrim(typed)
  ) found
  WHERE (found.id = ANY ((SELECT my_cases())::uuid[]) OR found.program_id = ANY ((SELECT my_programs())::uuid[]))
    AND found.id <> ALL ((SELECT my_conflicts())::uuid[])
  GROUP BY found.id, found.opened_on ORDER BY 2 DESC, found.opened_on DESC LIMIT most
$$;

-- May the actor ask for an urgent opening: someone who works with clients here, and is not kept apart from the case.
CREATE FUNCTION may_open_urgently(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM people_case c WHERE c.id = wanted AND c.agency_id = my_agency()) AND wanted <> ALL (my_conflicts())
    AND EXISTS (SELECT 1 FROM people_staff s WHERE s.id = my_staff() AND s.agency_id = my_agency()
                AND s.roles && ARRAY['intake_worker', 'case_manager', 'supervisor', 'program_manager', 'quality_reviewer']::varchar[])
$$;

CREATE FUNCTION urgent_hours() RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT urgent_hours::integer FROM people_agency WHERE id = my_agency()
$$;

-- That there is a case of this number, or of someone of exactly this name, and nothing else about it.
CREATE FUNCTION cases_called(typed text, most integer) RETURNS TABLE (case_id uuid, program_id uuid, number text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.id, c.program_id, c.number::text FROM people_case c
  WHERE c.agency_id = my_agency() AND may_open_urgently(c.id) AND (c.number = btrim(typed) OR c.client_id IN (
    SELECT p.id FROM names_near(btrim(typed)) n JOIN people_person p ON p.id = n.person_id
    WHERE plain_name(btrim(typed)) IN (plain_name(p.preferred_name), plain_name(p.legal_name))
       OR EXISTS (SELECT 1 FROM people_personname x WHERE x.person_id = p.id AND plain_name(x.name) = plain_name(btrim(typed)))))
  ORDER BY c.opened_on DESC, c.id LIMIT most
$$;

-- On what grounds somebody sees a case today. One asks it for oneself; an administrator for anybody of the agency. It
-- answers with grounds and names of staff and programs, never with anything about the client.
CREATE FUNCTION why_seen(who uuid, wanted uuid) RETURNS TABLE (ground text, through text, since date, until date, ends_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT found.ground, found.through, found.since, found.until, found.ends_at FROM (
    SELECT g.case_id, g.ground, s.name::text AS through, g.since, g.until, g.ends_at
    FROM grounds_of(who, my_agency()) g JOIN people_staff s ON s.id = g.through
    UNION ALL
    SELECT c.id, 'program', p.name::text, NULL, NULL, NULL FROM people_case c JOIN people_program p ON p.id = c.program_id
    WHERE c.id = wanted AND c.program_id = ANY (programs_of(who, my_agency())) AND c.id <> ALL (conflicts_of(who))
    UNION ALL
    SELECT k.case_id, 'conflict', s.name::text, k.since, k.until, NULL FROM confidentiality_conflict k JOIN people_staff s ON s.id = k.declared_by_id
    WHERE k.staff_id = who AND k.case_id = ANY (conflicts_of(who))
  ) found
  WHERE found.case_id = wanted AND EXISTS (SELECT 1 FROM people_case c WHERE c.id = wanted AND c.agency_id = my_agency())
    AND (who = my_staff() OR ((SELECT i_administer()) AND EXISTS (SELECT 1 FROM people_staff s WHERE s.id = who AND s.agency_id = my_agency())))
$$;

-- The case of a number, for an administrator who asks why somebody sees it.
CREATE FUNCTION case_of_number(typed text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.id FROM people_case c WHERE c.agency_id = my_agency() AND c.number = btrim(typed) AND (SELECT i_administer())
$$;

-- What the actor is told of the conflicts that keep them from cases: a number, days, and who said so. Nothing of the client.
CREATE FUNCTION my_conflicts_told() RETURNS TABLE (number text, since date, until date, declared_by text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.number::text, k.since, k.until, s.name::text
  FROM confidentiality_conflict k JOIN people_case c ON c.id = k.case_id JOIN people_staff s ON s.id = k.declared_by_id
  WHERE k.staff_id = my_staff() AND (k.until IS NULL OR k.until > current_date) ORDER BY k.since DESC, c.number
$$;

-- To what the actor is let in by name: marks by case. Worked out once a query.
CREATE FUNCTION my_marks() RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(jsonb_object_agg(let_in.case_id, let_in.marks), '{}') FROM (
    SELECT r.case_id, jsonb_agg(r.mark) AS marks FROM confidentiality_markreader r
    WHERE r.staff_id = my_staff() AND r.since <= current_date AND (r.until IS NULL OR r.until > current_date) GROUP BY r.case_id
  ) let_in
$$;

-- Cases are told apart from their conflicts in every table that names one, whatever else opens them.
DO $$
DECLARE found record;
BEGIN
  FOR found IN
    SELECT p.tablename FROM pg_policies p
    WHERE p.schemaname = 'public' AND p.policyname = 'read_' || p.tablename AND p.qual LIKE '%case_id%' AND p.qual LIKE '%my_cases%'
      AND p.tablename NOT IN ('foundations_deed', 'foundations_look', 'foundations_statechange', 'engagement_referralin')
  LOOP
    EXECUTE format('CREATE POLICY apart_%1$s ON %1$I AS RESTRICTIVE FOR ALL TO alongside_app USING (case_id <> ALL ((SELECT my_conflicts())::uuid[]))', found.tablename);
  END LOOP;
  FOR found IN SELECT unnest(ARRAY['foundations_deed', 'foundations_look', 'foundations_statechange']) AS tablename LOOP
    EXECUTE format('CREATE POLICY apart_%1$s ON %1$I AS RESTRICTIVE FOR SELECT TO alongside_app USING (case_id IS NULL OR case_id <> ALL ((SELECT my_conflicts())::uuid[]))', found.tablename);
  END LOOP;
END $$;

CREATE POLICY apart_people_case ON people_case AS RESTRICTIVE FOR ALL TO alongside_app USING (id <> ALL ((SELECT my_conflicts())::uuid[]));
CREATE POLICY apart_engagement_referralin ON engagement_referralin AS RESTRICTIVE FOR ALL TO alongside_app
  USING ((case_id IS NULL OR case_id <> ALL ((SELECT my_conflicts())::uuid[])) AND client_id <> ALL ((SELECT my_strangers())::uuid[]));

ALTER TABLE confidentiality_conflict ADD CONSTRAINT one_conflict_at_a_time EXCLUDE USING gist
  (case_id WITH =, staff_id WITH =, daterange(since, until) WITH &&);

-- For an administrator, so that nothing is left unjudged unnoticed: how many, and since when. Nothing about any case.
CREATE FUNCTION urgent_unjudged() RETURNS TABLE (waiting bigint, oldest timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*), min(o.began_at) FROM confidentiality_urgentopening o JOIN people_case c ON c.id = o.case_id
  WHERE o.judged_at IS NULL AND c.agency_id = my_agency() AND (SELECT i_administer())
$$;

-- Whether a person whom the actor sees is listed under an alias: whoever writes names has to know.
CREATE FUNCTION under_alias(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM confidentiality_truename t WHERE t.person_id = wanted) AND (wanted = ANY (my_people()) OR sees_person(wanted))
$$;

-- Whether a person's true names are kept from the actor.
CREATE FUNCTION name_is_kept(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM confidentiality_truename t WHERE t.person_id = wanted) AND NOT wanted = ANY (my_working_people())
$$;

-- While somebody is listed under an alias, no other name of theirs stands where everybody reads, whoever writes it.
CREATE FUNCTION alias_stands_alone() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE whose uuid := CASE WHEN TG_TABLE_NAME = 'people_person' THEN to_jsonb(NEW) ->> 'id' ELSE to_jsonb(NEW) ->> 'person_id' END;
BEGIN
  IF EXISTS (SELECT 1 FROM confidentiality_truename t WHERE t.person_id = whose) THEN
    RAISE EXCEPTION 'listed under an alias' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER alias_stands_alone BEFORE UPDATE OF legal_name ON people_person FOR EACH ROW
  WHEN (NEW.legal_name <> '') EXECUTE FUNCTION alias_stands_alone();
CREATE TRIGGER alias_stands_alone BEFORE INSERT OR UPDATE ON people_personname FOR EACH ROW EXECUTE FUNCTION alias_stands_alone();

-- Households that remember a name remember the alias.
CREATE FUNCTION alias_reaches_households() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM confidentiality_truename t WHERE t.person_id = NEW.id) THEN
    UPDATE people_householdmember SET known_as = NEW.preferred_name WHERE person_id = NEW.id AND known_as <> '';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER alias_reaches_households AFTER UPDATE OF preferred_name ON people_person FOR EACH ROW
  WHEN (OLD.preferred_name <> NEW.preferred_name) EXECUTE FUNCTION alias_reaches_households();

-- A deed that holds the names a person had is read by those who may know them.
CREATE POLICY names_foundations_deed ON foundations_deed AS RESTRICTIVE FOR SELECT TO alongside_app
  USING (NOT (changes ?| ARRAY['preferred_name', 'legal_name']) OR NOT name_is_kept(subject_id));
