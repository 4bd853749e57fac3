SET LOCAL check_function_bodies = off;  -- some functions name tables of rooms above

-- How long records are kept, what falls due, and the one way in which they go (practice D6, decision 0017).

-- The rule for one kind of record in a program: the program's own, or else the agency's for all programs.
CREATE FUNCTION retention_rule_for(of_agency uuid, of_program uuid, of_kind text) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT r.id FROM confidentiality_retentionrule r
  WHERE r.agency_id = of_agency AND r.kind = of_kind AND (r.program_id = of_program OR r.program_id IS NULL)
  ORDER BY r.program_id NULLS LAST LIMIT 1
$$;

-- The day from which the years are counted; empty while it is not known, and then nothing falls due.
CREATE FUNCTION counted_from(of_event text, closed date, last_seen date, born date) RETURNS date LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE of_event
    WHEN 'closing' THEN closed
    WHEN 'last_contact' THEN CASE WHEN closed IS NOT NULL THEN greatest(closed, last_seen) END
    WHEN 'majority' THEN CASE WHEN closed IS NOT NULL AND born IS NOT NULL THEN greatest(closed, (born + interval '18 years')::date) END
  END
$$;

-- Every record that a rule makes due until a day, the longest due first. The caller's policies decide which rows it sees.
CREATE FUNCTION due_for_disposal(until_day date)
RETURNS TABLE (kind text, subject uuid, case_id uuid, person uuid, agency uuid, program uuid, rule uuid, counted date, due date)
LANGUAGE sql STABLE AS $$
  SELECT * FROM (
    SELECT 'case', c.id, c.id, c.client_id, c.agency_id, c.program_id, r.id, from_day.counted,
           (from_day.counted + make_interval(years => r.years))::date AS due
    FROM people_case c JOIN people_person p ON p.id = c.client_id
      JOIN confidentiality_retentionrule r ON r.id = retention_rule_for(c.agency_id, c.program_id, 'case'),
      LATERAL (SELECT counted_from(r.event, c.closed_on, c.last_seen_on, p.birth_date) AS counted) from_day
    WHERE c.closed_on IS NOT NULL
    UNION ALL
    SELECT 'referral', i.id, NULL, i.client_id, i.agency_id, i.program_id, r.id, i.answered_on,
           (i.answered_on + make_interval(years => r.years))::date
    FROM engagement_referralin i
      JOIN confidentiality_retentionrule r ON r.id = retention_rule_for(i.agency_id, i.program_id, 'referral')
    WHERE i.case_id IS NULL AND i.answered_on IS NOT NULL AND i.state IN ('screened_out', 'directed')
  ) every WHERE due <= until_day
$$;

-- A hold that stands on the case itself, or on everything that is kept about its client.
CREATE FUNCTION on_hold(of_case uuid, of_person uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM confidentiality_hold h JOIN people_case c ON c.id = h.case_id
                 WHERE h.lifted_on IS NULL AND (h.case_id = of_case OR (h.covers = 'person' AND c.client_id = of_person)))
$$;

-- How many records are due in each program, for the administrators of the agency: numbers only, and no client.
CREATE FUNCTION count_due(until_day date) RETURNS TABLE (program uuid, kind text, due bigint, held bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.program, d.kind, count(*), count(*) FILTER (WHERE on_hold(d.case_id, d.person))
  FROM due_for_disposal(until_day) d WHERE d.agency = my_agency() AND (SELECT i_administer()) GROUP BY 1, 2
$$;

-- A case or a person on hold stays, whoever asks: the owner of the database too.
CREATE FUNCTION keep_on_hold() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM confidentiality_hold h JOIN people_case c ON c.id = h.case_id WHERE h.lifted_on IS NULL
             AND (CASE TG_TABLE_NAME WHEN 'people_case' THEN c.id = OLD.id ELSE c.client_id = OLD.id END)) THEN
    RAISE EXCEPTION 'on hold' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER keep_on_hold_case BEFORE DELETE ON people_case FOR EACH ROW EXECUTE FUNCTION keep_on_hold();
CREATE TRIGGER keep_on_hold_person BEFORE DELETE ON people_person FOR EACH ROW EXECUTE FUNCTION keep_on_hold();

-- A hold on a person waits for a disposal of one of their cases, and a disposal for it.
CREATE FUNCTION hold_the_person() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM people_person p JOIN people_case c ON c.client_id = p.id WHERE c.id = NEW.case_id FOR KEY SHARE OF p;
  RETURN NEW;
END $$;
CREATE TRIGGER hold_the_person BEFORE INSERT ON confidentiality_hold FOR EACH ROW EXECUTE FUNCTION hold_the_person();

-- Tables that a disposal takes no row out of: what proves who did what when, the keys, which are destroyed, and certificates.
CREATE FUNCTION that_stays() RETURNS SETOF name LANGUAGE sql IMMUTABLE AS $$
  SELECT unnest(ARRAY['foundations_deed', 'foundations_look', 'foundations_statechange', 'foundations_leaf', 'foundations_datakey',
                      'foundations_agencykey', 'confidentiality_certificate']::name[])
$$;

-- Columns that hold the key of another row: those of foreign keys, and bare ones, which a later table may bring.
CREATE FUNCTION columns_with_keys() RETURNS TABLE (place regclass, named text, keyed boolean) LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.oid::regclass, a.attname::text,
         EXISTS (SELECT 1 FROM pg_attribute k WHERE k.attrelid = c.oid AND k.attname = 'id' AND k.atttypid = 'uuid'::regtype)
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.atttypid = 'uuid'::regtype AND a.attname <> 'id'
    AND a.attname NOT IN ('agency_id', 'staff_id', 'program_id', 'account_id', 'salt', 'struck_by')
    AND c.relname NOT IN (SELECT that_stays())
$$;

-- Everything that hangs on the given rows, to any depth: rows that name one of them, and rows that name those.
CREATE FUNCTION all_that_hangs_on(roots uuid[]) RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE every uuid[] := roots; newest uuid[] := roots; found uuid[]; more uuid[]; one record;
BEGIN
  WHILE cardinality(newest) > 0 LOOP
    found := '{}';
    FOR one IN SELECT place, named FROM columns_with_keys() WHERE keyed LOOP
      EXECUTE format('SELECT coalesce(array_agg(id), ''{}'') FROM %s WHERE %I = ANY ($1)', one.place, one.named) INTO more USING newest;
      found := found || more;
    END LOOP;
    SELECT coalesce(array_agg(DISTINCT key), '{}') INTO newest FROM unnest(found) key WHERE NOT key = ANY (every);
    every := every || newest;
  END LOOP;
  RETURN every;
END $$;

-- Persons who are on file only because of those that go: no case, no referral, and no tie to a household of anyone else's.
CREATE FUNCTION left_without_a_file(going uuid[]) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT mate.person_id), '{}')
  FROM people_householdmember mine JOIN people_householdmember mate ON mate.household_id = mine.household_id
  WHERE mine.person_id = ANY (going) AND NOT mate.person_id = ANY (going) AND NOT has_a_file(mate.person_id, going)
    AND NOT lived_with_a_file(mate.person_id, going)
$$;

CREATE FUNCTION has_a_file(wanted uuid, going uuid[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM people_case c WHERE c.client_id = wanted AND NOT c.id = ANY (going))
      OR EXISTS (SELECT 1 FROM engagement_referralin r WHERE r.client_id = wanted AND NOT r.id = ANY (going)
                 AND NOT coalesce(r.case_id = ANY (going), false))
$$;

CREATE FUNCTION lived_with_a_file(wanted uuid, going uuid[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM people_householdmember m JOIN people_householdmember other ON other.household_id = m.household_id
                 WHERE m.person_id = wanted AND other.person_id <> wanted AND NOT other.person_id = ANY (going)
                   AND has_a_file(other.person_id, going))
$$;

-- The person goes with the last of their files, unless they also belong to the household of somebody else's.
CREATE FUNCTION all_that_goes(subject uuid, person uuid) RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE going uuid[] := ARRAY[subject]; mates uuid[]; homes uuid[];
BEGIN
  IF NOT has_a_file(person, going) AND NOT lived_with_a_file(person, going || person) THEN
    going := going || person;
    LOOP
      mates := left_without_a_file(going);
      EXIT WHEN cardinality(mates) = 0;
      going := going || mates;
    END LOOP;
    SELECT coalesce(array_agg(h.id), '{}') INTO homes FROM people_household h
    WHERE EXISTS (SELECT 1 FROM people_householdmember m WHERE m.household_id = h.id AND m.person_id = ANY (going))
      AND NOT EXISTS (SELECT 1 FROM people_householdmember m WHERE m.household_id = h.id AND NOT m.person_id = ANY (going));
    going := going || homes;
  END IF;
  RETURN all_that_hangs_on(going);
END $$;

-- Take the rows out of every table; how many went, by table. What was typed and not saved at their addresses goes too.
CREATE FUNCTION take_out(going uuid[]) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE one record; gone bigint; counts jsonb := '{}';
BEGIN
  FOR one IN
    SELECT c.oid::regclass AS place, 'id' AS named FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'id'
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.atttypid = 'uuid'::regtype
      AND c.relname NOT IN (SELECT that_stays())
    UNION SELECT place, named FROM columns_with_keys() WHERE NOT keyed
  LOOP
    EXECUTE format('DELETE FROM %s WHERE %I = ANY ($1)', one.place, one.named) USING going;
    GET DIAGNOSTICS gone = ROW_COUNT;
    IF gone > 0 THEN
      counts := counts || jsonb_build_object(one.place::text, coalesce((counts ->> one.place::text)::bigint, 0) + gone);
    END IF;
  END LOOP;
  FOR one IN SELECT unnest(ARRAY['foundations_draft', 'foundations_sentform'])::regclass AS place LOOP
    EXECUTE format('DELETE FROM %s WHERE EXISTS (SELECT 1 FROM regexp_matches(place, ''[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'', ''g'') m
                    WHERE m[1]::uuid = ANY ($1))', one.place) USING going;
  END LOOP;
  RETURN counts;
END $$;

-- Deeds stay, with who did what when; what they tell is struck, and its digest kept, so that the audit still holds.
CREATE FUNCTION strike_deeds(going uuid[], certificate uuid) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE struck integer;
BEGIN
  UPDATE foundations_deed d SET sentence = '', reason = '', changes = '{}', salt = NULL, struck_by = certificate
  WHERE (d.case_id = ANY (going) OR d.subject_id = ANY (going)) AND d.struck_by IS NULL;
  GET DIAGNOSTICS struck = ROW_COUNT;
  RETURN struck;
END $$;

-- The one way out. It checks by itself, whatever the program has checked: two people, a rule that makes it due, no hold.
CREATE FUNCTION dispose(wanted uuid) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE asked confidentiality_disposal; due record; rule confidentiality_retentionrule; going uuid[]; counts jsonb; struck integer;
        made uuid := gen_random_uuid();
BEGIN
  SELECT * INTO asked FROM confidentiality_disposal WHERE id = wanted AND agency_id = my_agency() FOR UPDATE;
  IF NOT FOUND OR NOT may_dispose(asked) THEN
    RAISE EXCEPTION 'not yours' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM 1 FROM people_case WHERE id = asked.case_id FOR UPDATE;  -- waits for whoever writes in it or puts it on hold
  IF asked.state <> 'approved' OR NOT approved_by_two(asked) THEN
    RAISE EXCEPTION 'not approved by two' USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT * INTO due FROM due_for_disposal(current_date) d WHERE d.subject = asked.subject_id AND d.kind = asked.kind AND d.agency = my_agency();
  IF NOT FOUND THEN
    RAISE EXCEPTION 'not due' USING ERRCODE = 'restrict_violation';
  END IF;
  PERFORM 1 FROM people_person WHERE id = due.person FOR UPDATE;
  IF on_hold(asked.case_id, due.person) THEN
    RAISE EXCEPTION 'on hold' USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT * INTO rule FROM confidentiality_retentionrule r WHERE r.id = due.rule;
  SET CONSTRAINTS ALL DEFERRED;
  INSERT INTO disposal_underway VALUES (pg_current_xact_id());
  going := all_that_goes(asked.subject_id, due.person);
  struck := strike_deeds(going, made);
  counts := take_out(going);
  PERFORM sealing_keys_destroy(going, now());  -- what lies sealed in older copies of the database opens no more (decision 0013)
  DELETE FROM disposal_underway WHERE xid = pg_current_xact_id();
  SET CONSTRAINTS ALL IMMEDIATE;  -- nothing that stays may name what went
  SET CONSTRAINTS ALL DEFERRED;
  INSERT INTO confidentiality_certificate (id, agency_id, program_id, kind, event, years, source, counts, struck, person_too,
    proposed_by_id, proposed_at, approved_by_id, approved_at, done_by_id, done_at)
  VALUES (made, asked.agency_id, asked.program_id, asked.kind, rule.event, rule.years, rule.source, counts, struck,
    due.person = ANY (going), asked.proposed_by_id, asked.proposed_at, asked.approved_by_id, asked.approved_at, my_staff(), now());
  RETURN made;
END $$;

-- Whoever carries it out supervises or manages, and works on the case or answers for its program; of a referral, at its door.
CREATE FUNCTION may_dispose(asked confidentiality_disposal) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT (coalesce(asked.case_id = ANY (my_working_cases()), false) OR asked.program_id = ANY (my_programs())
          OR (asked.case_id IS NULL AND asked.program_id = ANY (my_doors())))
     AND EXISTS (SELECT 1 FROM people_staff me WHERE me.id = my_staff() AND me.roles::text[] && ARRAY['supervisor', 'program_manager'])
$$;

-- Two different people of the agency, the second of whom supervises or manages.
CREATE FUNCTION approved_by_two(asked confidentiality_disposal) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT asked.approved_by_id IS NOT NULL AND asked.approved_by_id <> asked.proposed_by_id
     AND EXISTS (SELECT 1 FROM people_staff s WHERE s.id = asked.proposed_by_id AND s.agency_id = asked.agency_id)
     AND EXISTS (SELECT 1 FROM people_staff s WHERE s.id = asked.approved_by_id AND s.agency_id = asked.agency_id
                 AND s.roles::text[] && ARRAY['supervisor', 'program_manager'])
$$;

REVOKE EXECUTE ON FUNCTION columns_with_keys(), all_that_hangs_on(uuid[]), left_without_a_file(uuid[]), has_a_file(uuid, uuid[]),
  lived_with_a_file(uuid, uuid[]), all_that_goes(uuid, uuid), take_out(uuid[]), strike_deeds(uuid[], uuid),
  may_dispose(confidentiality_disposal), approved_by_two(confidentiality_disposal), dispose(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION dispose(uuid) TO alongside_app;
