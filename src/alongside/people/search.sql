-- Finding people by their names, however these are written (practice E8): without accents, in any script, by any name
-- they are known by. Names that people type are compared as `plain_name` leaves them; the indexes hold the same.

-- A name without case, accents, vowel marks and lengthening strokes. Immutable as long as the dictionary is: it names the
-- dictionary, so that an index can rest on it. A name of plain letters, the common case, costs next to nothing.
CREATE FUNCTION plain_name(typed text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  IF octet_length(typed) = length(typed) THEN
    RETURN lower(typed);
  END IF;
  RETURN lower(public.unaccent('public.unaccent'::regdictionary,
    regexp_replace(normalize(typed, NFKD), '[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]', '', 'g')));
END $$;

DROP INDEX person_names_near;
CREATE INDEX person_names_plain ON people_person USING gin ((plain_name(preferred_name || ' ' || legal_name)) gin_trgm_ops);
CREATE INDEX other_names_plain ON people_personname USING gin ((plain_name(name)) gin_trgm_ops);

-- Persons of the actor's agency by a name near to what was typed. It sees past the policy, so it is granted to nobody:
-- the two below ask it, and answer only for whom the actor may see.
CREATE FUNCTION names_near(typed text) RETURNS TABLE (person_id uuid, nearness real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, greatest(word_similarity(plain_name(typed), plain_name(p.preferred_name)), word_similarity(plain_name(typed), plain_name(p.legal_name)))
  FROM people_person p
  WHERE p.agency_id = my_agency() AND plain_name(p.preferred_name || ' ' || p.legal_name) %> plain_name(typed)
  UNION ALL
  SELECT p.id, word_similarity(plain_name(typed), plain_name(n.name))
  FROM people_personname n JOIN people_person p ON p.id = n.person_id
  WHERE p.agency_id = my_agency() AND plain_name(n.name) %> plain_name(typed)
$$;
REVOKE EXECUTE ON FUNCTION names_near(text) FROM PUBLIC;

-- Cases of clients whose name sounds or looks like what was typed, or whose number it is, among those the actor may open.
CREATE OR REPLACE FUNCTION find_cases(typed text, most integer) RETURNS TABLE (case_id uuid, nearness real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT found.id, max(found.nearness) AS nearness FROM (
    SELECT c.id, c.opened_on, n.nearness FROM names_near(typed) n JOIN people_case c ON c.client_id = n.person_id
    WHERE c.agency_id = my_agency()
      AND (c.id = ANY ((SELECT my_cases())::uuid[]) OR c.program_id = ANY ((SELECT my_programs())::uuid[]))
    UNION ALL
    SELECT c.id, c.opened_on, 2 FROM people_case c
    WHERE c.agency_id = my_agency() AND c.number = btrim(typed)
      AND (c.id = ANY ((SELECT my_cases())::uuid[]) OR c.program_id = ANY ((SELECT my_programs())::uuid[]))
  ) found
  GROUP BY found.id, found.opened_on ORDER BY 2 DESC, found.opened_on DESC LIMIT most
$$;

-- Persons by name, among those the actor may write about.
CREATE OR REPLACE FUNCTION find_people(typed text, most integer) RETURNS TABLE (person_id uuid, nearness real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT near.person_id, near.nearness
  FROM (SELECT n.person_id, max(n.nearness) AS nearness FROM names_near(typed) n GROUP BY n.person_id OFFSET 0) near
  WHERE near.person_id = ANY ((SELECT my_working_people())::uuid[]) OR changes_person(near.person_id)
  ORDER BY near.nearness DESC, near.person_id LIMIT most
$$;
