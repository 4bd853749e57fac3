-- A name that is typed as it sounds, or with two slips, is found among the clients whom the actor may open, where these are few.
-- Nothing is kept for it and nobody else's name is looked at: how long it takes tells of one's own clients alone (decision 0025).

-- Two words of names as `plain_name` leaves them: the same but for a slip, or two in a longer one (in one of four letters two that
-- changed places), or alike to the ear of somebody who writes in Latin letters. What only sounds alike must look alike by half.
CREATE FUNCTION word_alike(asked text, known text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT asked = known OR CASE
    WHEN least(length(asked), length(known)) < 3 OR greatest(length(asked), length(known)) > 60 OR abs(length(asked) - length(known)) > 4
      THEN false
    WHEN levenshtein_less_equal(asked, known, 2) <= CASE least(length(asked), length(known))
      WHEN 3 THEN (left(asked, 1) = left(known, 1))::int
      WHEN 4 THEN 1 + (length(asked) = length(known) AND translate(asked, known, '') = '' AND translate(known, asked, '') = '')::int
      ELSE 1 + (left(asked, 1) = left(known, 1) OR least(length(asked), length(known)) > 6)::int END
      THEN true
    WHEN octet_length(asked || known) <> length(asked || known) OR least(length(asked), length(known)) < 4 OR length(dmetaphone(asked)) < 2
      THEN false
    ELSE (dmetaphone(asked) = dmetaphone(known)
        OR (length(dmetaphone(asked)) > 2 AND ARRAY[dmetaphone(asked), dmetaphone_alt(asked)] && ARRAY[dmetaphone(known), dmetaphone_alt(known)]))
      AND levenshtein_less_equal(asked, known, 8) <= greatest(2, least(length(asked), length(known)) / 2)
  END
$$;

-- Those who are found are few, which the plan must know: else all cases are read to look up theirs.
ALTER FUNCTION names_near(text) ROWS 20;

-- Every word that was typed has to be like one of the name. Those whose name merely is alike come after those that are near.
CREATE OR REPLACE FUNCTION names_near_among(typed text, among uuid[]) RETURNS TABLE (person_id uuid, nearness real)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 20 SET search_path = public, pg_temp AS $$
  WITH asked AS MATERIALIZED (
    SELECT word FROM unnest(string_to_array(translate(plain_name(typed), '-', ' '), ' ')) word WHERE word <> '' AND length(typed) <= 200
  ), known AS MATERIALIZED (
    SELECT p.id, p.preferred_name, p.legal_name, plain_name(p.preferred_name || ' ' || p.legal_name) AS plain
    FROM unnest(among) one JOIN people_person p ON p.id = one
    UNION ALL
    SELECT one, n.name, n.name, plain_name(n.name) FROM unnest(among) one JOIN people_personname n ON n.person_id = one
  )
  SELECT known.id, name_nearness(typed, known.preferred_name, known.legal_name) FROM known
  WHERE known.plain %> (SELECT plain_name(typed)) OR (EXISTS (SELECT FROM asked) AND NOT EXISTS (
    SELECT FROM asked WHERE NOT EXISTS (
      SELECT FROM unnest(string_to_array(translate(known.plain, '-', ' '), ' ')) word WHERE word_alike(asked.word, word))
  ))
$$;

-- As in own_reach.sql, but few are also the clients of whole programs where these are no more: then it asks nothing of other names.
CREATE OR REPLACE FUNCTION find_cases(typed text, most integer) RETURNS TABLE (case_id uuid, nearness real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH reach AS MATERIALIZED (
    SELECT my_cases() AS cases, my_programs() AS programs
  ), own AS MATERIALIZED (
    SELECT c.client_id FROM people_case c WHERE c.id IN (SELECT unnest(reach.cases) FROM reach)
    UNION ALL
    SELECT c.client_id FROM people_case c WHERE c.program_id IN (SELECT unnest(reach.programs) FROM reach)
    LIMIT 3001
  ), few AS MATERIALIZED (
    SELECT array_agg(DISTINCT own.client_id) AS clients FROM own HAVING count(*) <= 3000
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
