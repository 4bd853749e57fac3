SET LOCAL check_function_bodies = off;  -- some functions name tables of rooms above

-- Outreach among what is kept for a time (practice D6, E1). What led to a referral is no longer due by itself: it goes with
-- the last of those who came from it. Three functions of disposal.sql take their next form here.

-- Asked past the policies: a referral that became a case is not seen at the door, and yet came from there.
CREATE FUNCTION led_to_a_referral(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM engagement_referralin r WHERE r.outreach_id = wanted)
$$;

-- Outreach from which somebody came who goes now, and nobody who stays.
CREATE FUNCTION outreach_left_by(going uuid[]) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(from_it.outreach_id), '{}') FROM (
    SELECT r.outreach_id, bool_and(r.id = ANY (going) OR r.client_id = ANY (going) OR coalesce(r.case_id = ANY (going), false)) AS all_go
    FROM engagement_referralin r WHERE r.outreach_id IS NOT NULL GROUP BY 1
  ) from_it WHERE from_it.all_go
$$;
REVOKE EXECUTE ON FUNCTION outreach_left_by(uuid[]) FROM PUBLIC;

-- Every record that a rule makes due until a day. The caller's policies decide which rows it sees.
CREATE OR REPLACE FUNCTION due_for_disposal(until_day date)
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
    UNION ALL
    SELECT 'outreach', o.id, NULL, NULL, o.agency_id, o.program_id, r.id, o."on", (o."on" + make_interval(years => r.years))::date
    FROM engagement_outreach o
      JOIN confidentiality_retentionrule r ON r.id = retention_rule_for(o.agency_id, o.program_id, 'outreach')
    WHERE NOT led_to_a_referral(o.id)
  ) every WHERE due <= until_day
$$;

-- The person goes with the last of their files, unless they also belong to the household of somebody else's; of outreach
-- there is no person to ask for.
CREATE OR REPLACE FUNCTION all_that_goes(subject uuid, person uuid) RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE going uuid[] := ARRAY[subject]; mates uuid[]; homes uuid[];
BEGIN
  IF person IS NOT NULL AND NOT has_a_file(person, going) AND NOT lived_with_a_file(person, going || person) THEN
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
  going := going || outreach_left_by(going);
  RETURN all_that_hangs_on(going);
END $$;

-- The one way out, as it was; whoever takes in a referral from the outreach that goes waits for it, or it for them.
CREATE OR REPLACE FUNCTION dispose(wanted uuid) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE asked confidentiality_disposal; due record; rule confidentiality_retentionrule; going uuid[]; counts jsonb; struck integer;
        made uuid := gen_random_uuid();
BEGIN
  SELECT * INTO asked FROM confidentiality_disposal WHERE id = wanted AND agency_id = my_agency() FOR UPDATE;
  IF NOT FOUND OR NOT may_dispose(asked) THEN
    RAISE EXCEPTION 'not yours' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM 1 FROM engagement_outreach WHERE id = asked.subject_id FOR UPDATE;  -- and whoever takes in a referral from it
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
    coalesce(due.person = ANY (going), false), asked.proposed_by_id, asked.proposed_at, asked.approved_by_id, asked.approved_at, my_staff(), now());
  RETURN made;
END $$;
