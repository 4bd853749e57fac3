SET LOCAL check_function_bodies = off;  -- it names tables of rooms above

-- What another agency could read of a case, for the client's accounting (practice C2, decision 0021). A share shows what is
-- written later too, so what could be read is worked out of the record, by kind and day and without a word of it.

-- From when until when each share of a case let somebody read, last day included: whichever of its papers ended first; and
-- whether it still does.
CREATE FUNCTION share_spans(wanted uuid) RETURNS TABLE (share_id uuid, first_day date, last_day date, still boolean,
  categories varchar[], marks varchar[], record_from date, record_until date)
LANGUAGE sql STABLE AS $$
  SELECT sh.id, greatest(sh.since, g.since, r.starts_on),
         least(sh.until - 1, sh.ended_at::date, r.ends_on, r.event_on, r.taken_back_at::date, g.until - 1, g.ended_on,
               (SELECT min(n.signed_at)::date FROM confidentiality_release n WHERE n.previous_id = r.id AND r.state = 'replaced')),
         sh.ended_at IS NULL AND sh.until > current_date AND r.state = 'signed' AND r.ends_on >= current_date
           AND (r.event_on IS NULL OR r.event_on > current_date) AND g.state = 'in_force' AND (g.until IS NULL OR g.until > current_date),
         r.categories, r.marks, r.record_from, r.record_until
  FROM confidentiality_caseshare sh JOIN confidentiality_release r ON r.id = sh.release_id
    JOIN confidentiality_agreement g ON g.id = sh.agreement_id
  WHERE sh.case_id = wanted
$$;

-- Every record of a case that can be shared: its part and kind, its own day, its marks, and from when until when it was the
-- agency's word. The policies `shared_` say the same of the present moment. Which marks a note bore before they were changed
-- is not kept: it counts as open until that day (`marked_on`), so that the list says rather too much than too little.
CREATE FUNCTION record_to_share(wanted uuid) RETURNS TABLE (part text, kind text, record uuid, on_day date, marked varchar[], marked_on date,
  parts varchar[], first_day date, last_day date)
LANGUAGE sql STABLE AS $$
  SELECT 'needs', 'need', w.id, w.found_on, '{}'::varchar[], NULL::date, '{}'::varchar[],
         coalesce((SELECT min(d.at)::date FROM foundations_deed d WHERE d.subject_id = w.id), w.found_on), NULL::date
  FROM documentation_need w WHERE w.case_id = wanted
  UNION ALL
  SELECT 'plan', 'version', v.id, v.made_on, '{}', NULL, '{}',
         coalesce((SELECT min(s.at)::date FROM foundations_statechange s WHERE s.paper_id = v.id AND s."end" = 'signing'), v.made_on), NULL
  FROM documentation_planversion v WHERE v.case_id = wanted AND v.state IN ('signing', 'in_effect', 'replaced')
  UNION ALL
  SELECT 'notes', 'note', n.id, n.at::date, n.marks,
         (SELECT max(d.at)::date FROM foundations_deed d WHERE d.subject_id = n.id AND d.verb = 'note_mark'), '{}', coalesce(n.signed_at, n.at)::date, NULL
  FROM documentation_note n WHERE n.case_id = wanted AND n.state <> 'draft'
  UNION ALL
  SELECT 'notes', 'addendum', a.id, n.at::date, n.marks,
         (SELECT max(d.at)::date FROM foundations_deed d WHERE d.subject_id = n.id AND d.verb = 'note_mark'), '{}', a.signed_at::date, NULL
  FROM documentation_addendum a JOIN documentation_note n ON n.id = a.note_id WHERE a.case_id = wanted AND n.state <> 'draft'
  UNION ALL
  SELECT 'services', 'service', s.id, s."on", '{}', NULL, '{}', s.recorded_at::date, NULL FROM documentation_service s WHERE s.case_id = wanted
  UNION ALL
  SELECT 'referrals', 'referral', f.id, f.sent_on, '{}', NULL, f.gives, f.sent_on, NULL
  FROM documentation_referralout f WHERE f.case_id = wanted AND f.sent_on IS NOT NULL
  UNION ALL
  SELECT 'documents', 'document', d.id, d."on", d.marks, NULL, '{}', d.at::date, d.aside_at::date FROM documentation_document d WHERE d.case_id = wanted
  UNION ALL
  SELECT 'assessment', 'sitting', s.id, s."on", '{}', NULL, '{}', coalesce(s.completed_at::date, s."on"), NULL
  FROM assessment_sitting s WHERE s.case_id = wanted AND s.state = 'complete'
  UNION ALL
  SELECT 'assessment', 'finding', f.id, s."on", f.marks, NULL, '{}', coalesce(s.completed_at::date, s."on"), NULL
  FROM assessment_finding f JOIN assessment_sitting s ON s.id = f.sitting_id WHERE f.case_id = wanted AND s.state = 'complete'
  UNION ALL
  SELECT part, part, NULL, NULL, '{}', NULL, '{}', NULL, NULL FROM unnest(ARRAY['identity', 'contact', 'people']) part  -- of the person, not of a day
$$;

-- Which of them each share let somebody read, and between which days; `last_day` is empty while it is open.
CREATE FUNCTION could_be_read(wanted uuid) RETURNS TABLE (share_id uuid, part text, kind text, record uuid, on_day date, first_day date, last_day date)
LANGUAGE sql STABLE AS $$
  SELECT found.share_id, found.part, found.kind, found.record, found.on_day, found.first_day, CASE WHEN NOT found.still THEN found.last_day END
  FROM (
    SELECT s.share_id, r.part, r.kind, r.record, r.on_day, greatest(s.first_day, r.first_day) AS first_day,
           least(s.last_day, r.last_day, CASE WHEN NOT s.marks @> r.marked THEN r.marked_on END) AS last_day,
           s.still AND r.last_day IS NULL AND s.marks @> r.marked AS still
    FROM share_spans(wanted) s JOIN record_to_share(wanted) r ON s.categories @> (r.part::varchar || r.parts)
      AND (s.marks @> r.marked OR r.marked_on IS NOT NULL)
      AND (r.on_day IS NULL OR ((s.record_from IS NULL OR r.on_day >= s.record_from) AND (s.record_until IS NULL OR r.on_day <= s.record_until)))
  ) found
  WHERE found.first_day <= least(found.last_day, current_date)
$$;

-- The same for whoever may open the case.
CREATE FUNCTION shared_record(wanted uuid) RETURNS TABLE (share_id uuid, part text, kind text, record uuid, on_day date, first_day date, last_day date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT * FROM could_be_read(wanted) r
  WHERE EXISTS (SELECT 1 FROM people_case c WHERE c.id = wanted AND c.id <> ALL ((SELECT my_conflicts())::uuid[])
                AND (c.id = ANY ((SELECT my_cases())::uuid[]) OR c.program_id = ANY ((SELECT my_programs())::uuid[])))
  ORDER BY r.on_day, r.kind, r.first_day
$$;
REVOKE EXECUTE ON FUNCTION share_spans(uuid), record_to_share(uuid), could_be_read(uuid) FROM PUBLIC;
