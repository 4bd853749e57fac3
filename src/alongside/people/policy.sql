SET LOCAL check_function_bodies = off;  -- one function names a table of a room above

-- Who may see what. Owned by the owner role, STABLE, worked out once a query (design section 3, practice C4).
-- The actor is named by two settings of the transaction; with none set every function answers with nothing.

CREATE FUNCTION my_staff() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT nullif(current_setting('alongside.staff', true), '')::uuid
$$;

CREATE FUNCTION my_agency() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT nullif(current_setting('alongside.agency', true), '')::uuid
$$;

-- The actor and everyone they answer for, down the line of supervision.
CREATE FUNCTION my_line() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE line(id) AS (
    SELECT my_staff()
    UNION
    SELECT s.id FROM people_staff s JOIN line ON s.supervisor_id = line.id
    WHERE s.agency_id = my_agency()
      AND EXISTS (SELECT 1 FROM people_staff me WHERE me.id = my_staff() AND 'supervisor' = ANY (me.roles))
  ) SELECT coalesce(array_agg(id), '{}') FROM line WHERE id IS NOT NULL
$$;

-- Cases the actor may open: assigned to them or to their line today. Cover and lent files last for their period only.
CREATE FUNCTION my_cases() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT a.case_id), '{}') FROM people_assignment a
  WHERE a.staff_id = ANY (my_line()) AND a.since <= current_date AND (a.until IS NULL OR a.until > current_date)
    AND (a.role <> 'review' OR a.staff_id = my_staff())
$$;

-- Cases the actor may also write in: a file lent for review is for reading.
CREATE FUNCTION my_working_cases() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT a.case_id), '{}') FROM people_assignment a
  WHERE a.staff_id = ANY (my_line()) AND a.since <= current_date AND (a.until IS NULL OR a.until > current_date)
    AND a.role <> 'review'
$$;

-- Programs whose every case the actor answers for.
CREATE FUNCTION my_programs() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(p.program_id), '{}') FROM people_programstaff p JOIN people_staff s ON s.id = p.staff_id
  WHERE p.staff_id = my_staff() AND p.role = 'program_manager' AND 'program_manager' = ANY (s.roles)
$$;

-- Programs whose referrals in the actor receives.
CREATE FUNCTION my_doors() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT p.program_id), '{}') FROM people_programstaff p JOIN people_staff s ON s.id = p.staff_id
  WHERE p.staff_id = my_staff() AND p.role = ANY (s.roles)
    AND p.role IN ('intake_worker', 'supervisor', 'program_manager')
$$;

-- Persons the actor may see because of the cases they may open, and those they may also write about.
CREATE FUNCTION my_people() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT c.client_id), '{}') FROM people_case c WHERE c.id = ANY (my_cases())
$$;

CREATE FUNCTION my_working_people() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT c.client_id), '{}') FROM people_case c WHERE c.id = ANY (my_working_cases())
$$;

-- A program the actor answers for, or a referral at their door.
CREATE FUNCTION serves_person(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM people_person p WHERE p.id = wanted AND p.programs && my_programs())
      OR EXISTS (SELECT 1 FROM engagement_referralin r WHERE r.client_id = wanted AND r.program_id = ANY (my_doors()) AND r.case_id IS NULL)
$$;

-- Someone who lives today in one household with one of those known. Whoever has moved out is no longer seen through it.
CREATE FUNCTION lives_with(wanted uuid, known uuid[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM people_householdmember m JOIN people_householdmember other ON other.household_id = m.household_id
                 WHERE m.person_id = wanted AND other.person_id = ANY (known)
                   AND (m.until IS NULL OR m.until > current_date) AND (other.until IS NULL OR other.until > current_date))
$$;

-- The other grounds for seeing one person, and for changing what is known of them: a file lent for review is no such ground.
CREATE FUNCTION sees_person(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT serves_person(wanted) OR lives_with(wanted, my_people())
$$;

CREATE FUNCTION changes_person(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT serves_person(wanted) OR lives_with(wanted, my_working_people())
$$;

-- Whom the actor may refer, open a case for or count to a household: those they may write about, and someone just put
-- down who has no tie to anybody yet. Without this, naming a stranger in a new row would open the stranger's record.
CREATE FUNCTION may_take_up(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT wanted = ANY (my_working_people()) OR changes_person(wanted)
      OR EXISTS (SELECT 1 FROM people_person p WHERE p.id = wanted AND p.agency_id = my_agency() AND p.programs = '{}'
                 AND NOT EXISTS (SELECT 1 FROM people_case c WHERE c.client_id = wanted)
                 AND NOT EXISTS (SELECT 1 FROM engagement_referralin r WHERE r.client_id = wanted)
                 AND NOT EXISTS (SELECT 1 FROM people_householdmember m WHERE m.person_id = wanted))
$$;

-- A household is seen through its members, past ones too, and by whoever has just made it.
CREATE FUNCTION sees_household(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT NOT EXISTS (SELECT 1 FROM people_householdmember m WHERE m.household_id = wanted)
      OR EXISTS (SELECT 1 FROM people_householdmember m WHERE m.household_id = wanted
                 AND (m.person_id = ANY (my_people()) OR serves_person(m.person_id)))
$$;

-- To join someone to a household shows its members, so only where somebody the actor works with lives, or nobody does.
CREATE FUNCTION may_join(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM people_household h WHERE h.id = wanted AND h.agency_id = my_agency())
     AND (NOT EXISTS (SELECT 1 FROM people_householdmember m WHERE m.household_id = wanted AND (m.until IS NULL OR m.until > current_date))
      OR EXISTS (SELECT 1 FROM people_householdmember m WHERE m.household_id = wanted AND (m.until IS NULL OR m.until > current_date)
                 AND (m.person_id = ANY (my_working_people()) OR serves_person(m.person_id))))
$$;

-- Whoever opens a case names its workers before the case itself is written; from then on only those on it do.
CREATE FUNCTION case_exists(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM people_case WHERE id = wanted)
$$;

-- A case or a referral makes its person known to the program.
CREATE FUNCTION person_joins_program() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE people_person SET programs = programs || NEW.program_id
  WHERE id = NEW.client_id AND NOT NEW.program_id = ANY (programs);
  RETURN NEW;
END $$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'this table only grows' USING ERRCODE = 'restrict_violation';
END $$;

-- Sign-in happens before anyone acts: these two answer for one account only.
CREATE FUNCTION staff_of(wanted uuid) RETURNS TABLE (staff uuid, agency uuid, name text, title text, roles text[], demonstration boolean, agency_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.id, s.agency_id, s.name::text, s.title::text, s.roles::text[], a.demonstration, a.name::text
  FROM people_staff s JOIN people_agency a ON a.id = s.agency_id
  WHERE s.account_id = wanted AND (s.left_on IS NULL OR s.left_on > current_date)
$$;

-- The next case number of the actor's agency, given once and never reused.
CREATE FUNCTION next_case_number() RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE people_agency SET next_case_number = next_case_number + 1 WHERE id = my_agency() RETURNING next_case_number - 1
$$;

-- For deeds and looks, which name a case but carry no program.
CREATE FUNCTION case_in_my_programs(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM people_case WHERE id = wanted AND program_id = ANY (my_programs()))
$$;

-- An administrator of the actor's agency, or the command line (staff id all zeros), which sets an agency up.
CREATE FUNCTION i_administer() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT my_staff() = '00000000-0000-0000-0000-000000000000'
      OR EXISTS (SELECT 1 FROM people_staff WHERE id = my_staff() AND agency_id = my_agency() AND 'agency_administrator' = ANY (roles))
$$;

-- Clients whose name sounds or looks like what was typed, or whose case number it is. Trigram operators cannot use an
-- index under policy, so the search runs here and answers only with cases that the actor may open (practice C4).
CREATE FUNCTION find_cases(typed text, most integer) RETURNS TABLE (case_id uuid, nearness real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.id, greatest(word_similarity(lower(typed), lower(p.preferred_name)), word_similarity(lower(typed), lower(p.legal_name)),
                        CASE WHEN c.number = typed THEN 2 ELSE 0 END)::real AS nearness
  FROM people_case c JOIN people_person p ON p.id = c.client_id
  WHERE c.agency_id = my_agency()
    AND (c.id = ANY (my_cases()) OR c.program_id = ANY (my_programs()))
    AND (c.number = typed OR lower(p.preferred_name || ' ' || p.legal_name) %> lower(typed))
  ORDER BY nearness DESC, c.opened_on DESC LIMIT most
$$;
