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
CREATE FUNCTION my_line() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  WITH RECURSIVE line(id) AS (
    SELECT my_staff()
    UNION
    SELECT s.id FROM people_staff s JOIN line ON s.supervisor_id = line.id
    WHERE s.agency_id = my_agency()
      AND EXISTS (SELECT 1 FROM people_staff me WHERE me.id = my_staff() AND 'supervisor' = ANY (me.roles))
  ) SELECT coalesce(array_agg(id), '{}') FROM line WHERE id IS NOT NULL
$$;

-- Cases the actor may open: assigned to them or to their line today. Cover and lent files last for their period only.
CREATE FUNCTION my_cases() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(array_agg(DISTINCT a.case_id), '{}') FROM people_assignment a
  WHERE a.staff_id = ANY (my_line()) AND a.since <= current_date AND (a.until IS NULL OR a.until > current_date)
    AND (a.role <> 'review' OR a.staff_id = my_staff())
$$;

-- Cases the actor may also write in: a file lent for review is for reading.
CREATE FUNCTION my_working_cases() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(array_agg(DISTINCT a.case_id), '{}') FROM people_assignment a
  WHERE a.staff_id = ANY (my_line()) AND a.since <= current_date AND (a.until IS NULL OR a.until > current_date)
    AND a.role <> 'review'
$$;

-- Programs whose every case the actor answers for.
CREATE FUNCTION my_programs() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(array_agg(p.program_id), '{}') FROM people_programstaff p JOIN people_staff s ON s.id = p.staff_id
  WHERE p.staff_id = my_staff() AND p.role = 'program_manager' AND 'program_manager' = ANY (s.roles)
$$;

-- Programs whose referrals in the actor receives.
CREATE FUNCTION my_doors() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(array_agg(DISTINCT p.program_id), '{}') FROM people_programstaff p JOIN people_staff s ON s.id = p.staff_id
  WHERE p.staff_id = my_staff() AND p.role = ANY (s.roles)
    AND p.role IN ('intake_worker', 'supervisor', 'program_manager')
$$;

-- Persons the actor may see because of the cases they may open.
CREATE FUNCTION my_people() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT coalesce(array_agg(DISTINCT c.client_id), '{}') FROM people_case c WHERE c.id = ANY (my_cases())
$$;

-- The other grounds for seeing one person: a program the actor answers for, a referral at their door, a shared household.
CREATE FUNCTION sees_person(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT EXISTS (SELECT 1 FROM people_person p WHERE p.id = wanted AND p.programs && my_programs())
      OR EXISTS (SELECT 1 FROM engagement_referralin r WHERE r.client_id = wanted AND r.program_id = ANY (my_doors()) AND r.case_id IS NULL)
      OR EXISTS (SELECT 1 FROM people_householdmember m JOIN people_householdmember other ON other.household_id = m.household_id
                 WHERE m.person_id = wanted AND other.person_id = ANY (my_people()))
$$;

-- A case or a referral makes its person known to the program.
CREATE FUNCTION person_joins_program() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
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
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT s.id, s.agency_id, s.name::text, s.title::text, s.roles::text[], a.demonstration, a.name::text
  FROM people_staff s JOIN people_agency a ON a.id = s.agency_id
  WHERE s.account_id = wanted AND (s.left_on IS NULL OR s.left_on > current_date)
$$;

-- The next case number of the actor's agency, given once and never reused.
CREATE FUNCTION next_case_number() RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  UPDATE people_agency SET next_case_number = next_case_number + 1 WHERE id = my_agency() RETURNING next_case_number - 1
$$;

-- For deeds and looks, which name a case but carry no program.
CREATE FUNCTION case_in_my_programs(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT EXISTS (SELECT 1 FROM people_case WHERE id = wanted AND program_id = ANY (my_programs()))
$$;

CREATE FUNCTION i_administer() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT EXISTS (SELECT 1 FROM people_staff WHERE id = my_staff() AND 'agency_administrator' = ANY (roles))
$$;

-- Clients whose name sounds or looks like what was typed, or whose case number it is. Trigram operators cannot use an
-- index under policy, so the search runs here and answers only with cases that the actor may open (practice C4).
CREATE FUNCTION find_cases(typed text, most integer) RETURNS TABLE (case_id uuid, nearness real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT c.id, greatest(word_similarity(lower(typed), lower(p.preferred_name)), word_similarity(lower(typed), lower(p.legal_name)),
                        CASE WHEN c.number = typed THEN 2 ELSE 0 END)::real AS nearness
  FROM people_case c JOIN people_person p ON p.id = c.client_id
  WHERE c.agency_id = my_agency()
    AND (c.id = ANY (my_cases()) OR c.program_id = ANY (my_programs()))
    AND (c.number = typed OR lower(p.preferred_name || ' ' || p.legal_name) %> lower(typed))
  ORDER BY nearness DESC, c.opened_on DESC LIMIT most
$$;
