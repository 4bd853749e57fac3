SET LOCAL check_function_bodies = off;

-- A case shared with another agency (decision 0021). It is a ground of its own beside the others: what `my_cases` opens it
-- does not open. Nothing is open to a share but tables that have a policy `shared_` of their own, and of those only the
-- rows that the release covers. All three papers are asked with every query: the share, the agreement and the release.

-- What stands today of what was shared with somebody. Who left, and who no longer works with clients, reads nothing.
CREATE FUNCTION shares_of(who uuid, home uuid)
RETURNS TABLE (share_id uuid, case_id uuid, client_id uuid, owner_id uuid, since date, until date,
               categories varchar[], marks varchar[], record_from date, record_until date, basis varchar)
LANGUAGE sql STABLE AS $$
  SELECT sh.id, sh.case_id, c.client_id, c.agency_id, sh.since, least(sh.until, r.ends_on + 1, r.event_on, g.until),
         r.categories, r.marks, r.record_from, r.record_until, r.basis
  FROM confidentiality_sharereader x
    JOIN people_staff s ON s.id = x.staff_id
    JOIN confidentiality_caseshare sh ON sh.id = x.share_id AND sh.case_id = x.case_id
    JOIN confidentiality_agreement g ON g.id = sh.agreement_id
    JOIN confidentiality_release r ON r.id = sh.release_id AND r.case_id = sh.case_id
    JOIN people_case c ON c.id = sh.case_id
  WHERE x.staff_id = who AND s.agency_id = home AND (s.left_on IS NULL OR s.left_on > current_date)
    AND s.roles && ARRAY['intake_worker', 'case_manager', 'supervisor', 'program_manager', 'quality_reviewer']::varchar[]
    AND sh.ended_at IS NULL AND sh.since <= current_date AND sh.until > current_date
    AND c.agency_id <> home AND ((g.agency_id = c.agency_id AND g.other_id = home) OR (g.other_id = c.agency_id AND g.agency_id = home))
    AND g.state = 'in_force' AND g.since <= current_date AND (g.until IS NULL OR g.until > current_date)
    AND r.state = 'signed' AND current_date BETWEEN r.starts_on AND r.ends_on AND (r.event_on IS NULL OR r.event_on > current_date)
    AND r.categories @> ARRAY['identity', 'contact']::varchar[]
    AND sh.case_id <> ALL ((SELECT conflicts_of(who))::uuid[])
$$;
REVOKE EXECUTE ON FUNCTION shares_of(uuid, uuid) FROM PUBLIC;

CREATE OR REPLACE FUNCTION grounds_of(who uuid, home uuid)
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
  UNION ALL
  SELECT s.case_id, 'share', s.owner_id, s.since, s.until, NULL, false FROM shares_of(who, home) s
$$;

-- The whole file is open on every ground but a share.
CREATE OR REPLACE FUNCTION my_cases() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT ARRAY(SELECT g.case_id FROM grounds_of(my_staff(), my_agency()) g WHERE g.ground <> 'share')
$$;

CREATE FUNCTION my_shared_cases() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT g.case_id), '{}') FROM grounds_of(my_staff(), my_agency()) g WHERE g.ground = 'share'
$$;

-- Clients of whom a part is shared with the actor.
CREATE FUNCTION my_shared_people(part text) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT s.client_id), '{}') FROM shares_of(my_staff(), my_agency()) s WHERE part = ANY (s.categories)
$$;

-- What is shared with the actor of which case: one object for each share. Worked out once a query.
CREATE FUNCTION my_shares() RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(jsonb_object_agg(told.case_id, told.shares), '{}') FROM (
    SELECT s.case_id, jsonb_agg(jsonb_build_object('categories', s.categories, 'marks', s.marks, 'from', s.record_from, 'until', s.record_until)) AS shares
    FROM shares_of(my_staff(), my_agency()) s GROUP BY s.case_id
  ) told
$$;

-- One share must cover all of it: the part, every mark, and the day. What has no day is covered by a release of all days only.
CREATE FUNCTION share_covers(shares jsonb, wanted uuid, part text, on_day date, marked varchar[]) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM jsonb_array_elements(shares -> wanted::text) s
    WHERE s -> 'categories' ? part AND s -> 'marks' @> to_jsonb(marked)
      AND (on_day >= (s ->> 'from')::date OR s ->> 'from' IS NULL) AND (on_day <= (s ->> 'until')::date OR s ->> 'until' IS NULL))
$$;

-- What a shared case is called, by whom and until when it is shared, and what of it. One row a share; the owner's staff stay unnamed.
CREATE FUNCTION shared_with_me() RETURNS TABLE (share_id uuid, case_id uuid, client_id uuid, number text, opened_on date, program text,
  agency text, name text, until date, categories varchar[], marks varchar[], record_from date, record_until date, basis varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.share_id, s.case_id, s.client_id, c.number::text, c.opened_on, p.name::text, a.name::text, who.preferred_name::text, s.until,
         s.categories, s.marks, s.record_from, s.record_until, s.basis
  FROM shares_of(my_staff(), my_agency()) s JOIN people_case c ON c.id = s.case_id JOIN people_program p ON p.id = c.program_id
    JOIN people_agency a ON a.id = s.owner_id JOIN people_person who ON who.id = s.client_id
  ORDER BY who.preferred_name, s.share_id
$$;

-- Who the client of a shared case is, and the rule for reaching them: of their row no other column is shared. One who is
-- listed under an alias is told by it, for it stands in the row itself.
CREATE FUNCTION shared_client(wanted uuid) RETURNS TABLE (id uuid, preferred_name text, legal_name text, pronouns text, birth_date date,
  language text, reads_language text, interpreter text, safe_contact text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, p.preferred_name::text, p.legal_name::text, p.pronouns::text, p.birth_date, p.language::text, p.reads_language::text,
         p.interpreter::text, p.safe_contact
  FROM people_person p
  WHERE p.id IN (SELECT s.client_id FROM shares_of(my_staff(), my_agency()) s WHERE s.share_id = wanted)
$$;

-- A row that hangs on another is open where that one is: the caller's own policies are asked.
CREATE FUNCTION opens_note(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM documentation_note n WHERE n.id = wanted)
$$;
CREATE FUNCTION opens_version(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM documentation_planversion v WHERE v.id = wanted)
$$;
CREATE FUNCTION opens_sitting(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM assessment_sitting s WHERE s.id = wanted)
$$;

-- What narrows within a case knows of shares: a mark must be named in the release.
DROP POLICY marked_documentation_note ON documentation_note;
CREATE POLICY marked_documentation_note ON documentation_note AS RESTRICTIVE FOR ALL TO alongside_app USING (
  marks = '{}'::varchar[] OR writer_id = (SELECT my_staff()) OR cosigner_id = (SELECT my_staff())
  OR (state = 'cosign' AND writer_id = ANY ((SELECT my_line())::uuid[]))
  OR case_id = ANY ((SELECT my_primary_cases())::uuid[])
  OR coalesce((SELECT my_marks()) -> case_id::text, '[]'::jsonb) @> to_jsonb(marks)
  OR share_covers((SELECT my_shares()), case_id, 'notes', at::date, marks));

CREATE OR REPLACE FUNCTION sees_note(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM documentation_note n WHERE n.id = wanted AND (n.marks = '{}'::varchar[] OR n.writer_id = (SELECT my_staff()) OR n.cosigner_id = (SELECT my_staff())
    OR (n.state = 'cosign' AND n.writer_id = ANY ((SELECT my_line())::uuid[]))
    OR n.case_id = ANY ((SELECT my_primary_cases())::uuid[])
    OR coalesce((SELECT my_marks()) -> n.case_id::text, '[]'::jsonb) @> to_jsonb(n.marks)
    OR share_covers((SELECT my_shares()), n.case_id, 'notes', n.at::date, n.marks)))
$$;

DROP POLICY marked_documentation_document ON documentation_document;
CREATE POLICY marked_documentation_document ON documentation_document AS RESTRICTIVE FOR ALL TO alongside_app USING (
  marks = '{}'::varchar[] OR by_id = (SELECT my_staff()) OR case_id = ANY ((SELECT my_primary_cases())::uuid[])
  OR coalesce((SELECT my_marks()) -> case_id::text, '[]'::jsonb) @> to_jsonb(marks)
  OR share_covers((SELECT my_shares()), case_id, 'documents', "on", marks));

-- A finding has its marks, and its sitting the day: one share must cover both.
CREATE FUNCTION share_covers_finding(sitting uuid, marked varchar[]) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM assessment_sitting s WHERE s.id = sitting AND share_covers(my_shares(), s.case_id, 'assessment', s.on, marked))
$$;

DROP POLICY marked_assessment_finding ON assessment_finding;
CREATE POLICY marked_assessment_finding ON assessment_finding AS RESTRICTIVE FOR ALL TO alongside_app USING (
  marks = '{}'::varchar[] OR case_id = ANY ((SELECT my_primary_cases())::uuid[])
  OR sitting_id IN (SELECT s.id FROM assessment_sitting s WHERE s.by_id = (SELECT my_staff()))
  OR coalesce((SELECT my_marks()) -> case_id::text, '[]'::jsonb) @> to_jsonb(marks)
  OR (case_id = ANY ((SELECT my_shared_cases())::uuid[]) AND share_covers_finding(sitting_id, marks)));

-- On what grounds somebody sees a case today; of a share, the agency whose case it is. See policy.sql.
CREATE OR REPLACE FUNCTION why_seen(who uuid, wanted uuid) RETURNS TABLE (ground text, through text, since date, until date, ends_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT found.ground, found.through, found.since, found.until, found.ends_at FROM (
    SELECT g.case_id, g.ground, s.name::text AS through, g.since, g.until, g.ends_at
    FROM grounds_of(who, my_agency()) g JOIN people_staff s ON s.id = g.through WHERE g.ground <> 'share'
    UNION ALL
    SELECT g.case_id, g.ground, a.name::text, g.since, g.until, g.ends_at
    FROM grounds_of(who, my_agency()) g JOIN people_agency a ON a.id = g.through WHERE g.ground = 'share'
    UNION ALL
    SELECT c.id, 'program', p.name::text, NULL, NULL, NULL FROM people_case c JOIN people_program p ON p.id = c.program_id
    WHERE c.id = wanted AND c.program_id = ANY (programs_of(who, my_agency())) AND c.id <> ALL (conflicts_of(who))
    UNION ALL
    SELECT k.case_id, 'conflict', s.name::text, k.since, k.until, NULL FROM confidentiality_conflict k JOIN people_staff s ON s.id = k.declared_by_id
    WHERE k.staff_id = who AND k.case_id = ANY (conflicts_of(who))
  ) found
  WHERE found.case_id = wanted
    AND (found.ground = 'share' OR EXISTS (SELECT 1 FROM people_case c WHERE c.id = wanted AND c.agency_id = my_agency()))
    AND (who = my_staff() OR ((SELECT i_administer()) AND EXISTS (SELECT 1 FROM people_staff s WHERE s.id = who AND s.agency_id = my_agency())))
$$;

-- Agencies with which the actor's may share or has agreed to: all of this installation for an administrator, who offers an
-- agreement; for others those there is an agreement with. Real ones and invented ones do not mix.
CREATE FUNCTION agencies_known() RETURNS TABLE (agency_id uuid, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.id, a.name::text FROM people_agency a
  WHERE a.id <> my_agency() AND a.demonstration = (SELECT mine.demonstration FROM people_agency mine WHERE mine.id = my_agency())
    AND ((SELECT i_administer()) OR EXISTS (SELECT 1 FROM confidentiality_agreement g
         WHERE (g.agency_id = my_agency() AND g.other_id = a.id) OR (g.other_id = my_agency() AND g.agency_id = a.id)))
  ORDER BY a.name
$$;

-- The staff of the other agency to whom a case can be shown under an agreement that stands. They are named here and where
-- they are let in, and nowhere else.
CREATE FUNCTION staff_to_share_with(agreement uuid) RETURNS TABLE (staff_id uuid, name text, title text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.id, s.name::text, s.title::text FROM confidentiality_agreement g
    JOIN people_staff s ON s.agency_id = CASE WHEN g.agency_id = my_agency() THEN g.other_id ELSE g.agency_id END
  WHERE g.id = agreement AND my_agency() IN (g.agency_id, g.other_id) AND g.state = 'in_force'
    AND g.since <= current_date AND (g.until IS NULL OR g.until > current_date) AND (s.left_on IS NULL OR s.left_on > current_date)
    AND s.roles && ARRAY['intake_worker', 'case_manager', 'supervisor', 'program_manager', 'quality_reviewer']::varchar[]
    AND EXISTS (SELECT 1 FROM people_staff me WHERE me.id = my_staff() AND me.agency_id = my_agency()
                AND me.roles && ARRAY['intake_worker', 'case_manager', 'supervisor', 'program_manager']::varchar[])
  ORDER BY s.name
$$;

-- A name as recipients are compared: see queries/coverage.py.
CREATE FUNCTION plain_words(typed text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT lower(btrim(regexp_replace(typed, '[^[:alnum:]_]+', ' ', 'g')))
$$;

-- A share rests on what it says it does, whatever code writes it. It is asked after the policies, so that a stranger
-- learns nothing by trying.
CREATE FUNCTION share_rests_on() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM confidentiality_release r JOIN people_case c ON c.id = r.case_id
      JOIN confidentiality_agreement g ON g.id = NEW.agreement_id AND c.agency_id IN (g.agency_id, g.other_id)
      JOIN people_agency a ON a.id = CASE WHEN g.agency_id = c.agency_id THEN g.other_id ELSE g.agency_id END
      JOIN confidentiality_disclosure d ON d.id = NEW.disclosure_id AND d.case_id = r.case_id AND d.release_id = r.id
        AND d.how = 'shared' AND d.recipient = a.name
    WHERE r.id = NEW.release_id AND r.case_id = NEW.case_id AND r.state = 'signed'
      AND NEW.since BETWEEN r.starts_on AND r.ends_on AND (r.event_on IS NULL OR r.event_on > NEW.since) AND NEW.until <= r.ends_on + 1
      AND r.categories @> ARRAY['identity', 'contact']::varchar[]
      AND EXISTS (SELECT 1 FROM unnest(r.recipients) named WHERE plain_words(named) = plain_words(a.name))
      AND g.state = 'in_force' AND g.since <= NEW.since AND (g.until IS NULL OR NEW.until <= g.until)
  ) THEN
    RAISE EXCEPTION 'shared under no leave' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER share_rests_on AFTER INSERT ON confidentiality_caseshare FOR EACH ROW WHEN (my_staff() IS NOT NULL) EXECUTE FUNCTION share_rests_on();

-- Who reads is of the other agency, of the same case, and named as their own agency names them.
CREATE FUNCTION share_reader_named() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  NEW.name := coalesce((SELECT s.name FROM people_staff s WHERE s.id = NEW.staff_id), '');
  RETURN NEW;
END $$;
CREATE TRIGGER share_reader_named BEFORE INSERT ON confidentiality_sharereader FOR EACH ROW EXECUTE FUNCTION share_reader_named();

CREATE FUNCTION share_reader_of_the_other() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM confidentiality_caseshare sh JOIN people_case c ON c.id = sh.case_id JOIN confidentiality_agreement g ON g.id = sh.agreement_id
      JOIN people_staff s ON s.id = NEW.staff_id AND s.agency_id <> c.agency_id AND s.agency_id IN (g.agency_id, g.other_id)
    WHERE sh.id = NEW.share_id AND sh.case_id = NEW.case_id AND sh.ended_at IS NULL
  ) THEN
    RAISE EXCEPTION 'not of the other agency' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER share_reader_of_the_other AFTER INSERT ON confidentiality_sharereader FOR EACH ROW
  WHEN (my_staff() IS NOT NULL) EXECUTE FUNCTION share_reader_of_the_other();

-- Nor does a referral tell of a part that is not shared.
CREATE FUNCTION share_covers_all(shares jsonb, wanted uuid, parts varchar[], on_day date) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT NOT EXISTS (SELECT 1 FROM unnest(parts) part WHERE share_covers(shares, wanted, part, on_day, '{}'::varchar[]) IS NOT TRUE)
$$;
