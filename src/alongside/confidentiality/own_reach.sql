-- Finding by name looks only at the clients whom the actor may open, where these are few: how long it takes then says nothing
-- of other people's names, and does not grow with the agency. Who may open whole programs asks the index of all names.
CREATE FUNCTION name_nearness(typed text, preferred text, legal text) RETURNS real LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT greatest(word_similarity(plain_name(typed), plain_name(preferred)), word_similarity(plain_name(typed), plain_name(legal)))
$$;

CREATE OR REPLACE FUNCTION names_near(typed text) RETURNS TABLE (person_id uuid, nearness real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, name_nearness(typed, p.preferred_name, p.legal_name)
  FROM people_person p
  WHERE p.agency_id = my_agency() AND plain_name(p.preferred_name || ' ' || p.legal_name) %> plain_name(typed)
  UNION ALL
  SELECT p.id, word_similarity(plain_name(typed), plain_name(n.name))
  FROM people_personname n JOIN people_person p ON p.id = n.person_id
  WHERE p.agency_id = my_agency() AND plain_name(n.name) %> plain_name(typed)
$$;

CREATE FUNCTION names_near_among(typed text, among uuid[]) RETURNS TABLE (person_id uuid, nearness real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, name_nearness(typed, p.preferred_name, p.legal_name)
  FROM unnest(among) one JOIN people_person p ON p.id = one
  WHERE plain_name(p.preferred_name || ' ' || p.legal_name) %> plain_name(typed)
  UNION ALL
  SELECT one, word_similarity(plain_name(typed), plain_name(n.name))
  FROM unnest(among) one JOIN people_personname n ON n.person_id = one
  WHERE plain_name(n.name) %> plain_name(typed)
$$;
REVOKE EXECUTE ON FUNCTION names_near_among(text, uuid[]) FROM PUBLIC;

CREATE OR REPLACE FUNCTION find_cases(typed text, most integer) RETURNS TABLE (case_id uuid, nearness real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH reach AS MATERIALIZED (
    SELECT my_cases() AS cases, my_programs() AS programs
  ), few AS MATERIALIZED (
    SELECT ARRAY(SELECT c.client_id FROM people_case c WHERE c.id IN (SELECT unnest(reach.cases))) AS clients
    FROM reach WHERE cardinality(reach.programs) = 0 AND cardinality(reach.cases) <= 3000
  ), near AS (
    SELECT n.person_id, n.nearness FROM few, names_near_among(typed, few.clients) n
    UNION ALL
    SELECT n.person_id, n.nearness FROM names_near(typed) n WHERE NOT EXISTS (SELECT FROM few)
  )
  SELECT found.id, max(found.nearness) AS nearness FROM (
    SELECT c.id, c.program_id, c.opened_on, near.nearness FROM near JOIN people_case c ON c.client_id = near.person_id
    WHERE c.agency_id = my_agency()
    UNION ALL
    SELECT c.id, c.program_id, c.opened_on, 2 FROM people_case c WHERE c.agency_id = my_agency() AND c.number = btrim(typed)
  ) found
  WHERE (found.id IN (SELECT unnest(cases) FROM reach) OR found.program_id = ANY ((SELECT programs FROM reach)::uuid[]))
    AND found.id <> ALL ((SELECT my_conflicts())::uuid[])
  GROUP BY found.id, found.opened_on ORDER BY 2 DESC, found.opened_on DESC LIMIT most
$$;
