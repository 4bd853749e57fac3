"""The floor of the bench: the same rows as a page shows, fetched by one bare query in a minimal WSGI program.

The same rows means: as many, with the columns that the page reads, of the same cases; nothing that the page does not
read. No policy, no look, no sealed word opened, nothing drawn: that is what the page is measured against.
"""

import json
import os
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

import psycopg_pool

POOL = psycopg_pool.ConnectionPool(os.environ["BENCH_DSN"], min_size=1, max_size=8, open=True)

# What the Thread is woven of, words as they lie sealed; of notes and services the latest on each objective.
_THREAD = """
  SELECT 'need', to_jsonb(x) FROM documentation_need x WHERE case_id = ANY (%(cases)s)
  UNION ALL SELECT 'goal', to_jsonb(x) FROM documentation_goal x WHERE case_id = ANY (%(cases)s)
  UNION ALL SELECT 'objective', to_jsonb(x) FROM documentation_objective x WHERE case_id = ANY (%(cases)s)
  UNION ALL SELECT 'activity', to_jsonb(x) FROM documentation_activity x WHERE case_id = ANY (%(cases)s)
  UNION ALL SELECT 'progress', to_jsonb(x) FROM documentation_progress x WHERE case_id = ANY (%(cases)s)
  UNION ALL SELECT 'referral', to_jsonb(x) FROM documentation_referralout x WHERE case_id = ANY (%(cases)s)
  UNION ALL SELECT 'service', to_jsonb(x) FROM (
    SELECT DISTINCT ON (s.goal_id, s.objective_id) s.id, s.case_id, s.goal_id, s.objective_id, s."on", s.what, s.minutes, w.name
    FROM documentation_service s JOIN people_staff w ON w.id = s.by_id WHERE s.case_id = ANY (%(cases)s)
    ORDER BY s.goal_id, s.objective_id, s."on" DESC) x
  UNION ALL SELECT 'note', to_jsonb(x) FROM (
    SELECT DISTINCT ON (l.goal_id, l.objective_id) n.id, n.case_id, l.goal_id, l.objective_id, n.at, n.title, n.minutes, w.name
    FROM documentation_notelink l JOIN documentation_note n ON n.id = l.note_id JOIN people_staff w ON w.id = n.writer_id
    WHERE l.case_id = ANY (%(cases)s) ORDER BY l.goal_id, l.objective_id, n.at DESC) x
"""
# A list of cases shows each with its client, program and breaks, for which it reads the Threads.
_LIST = f"""{_THREAD}
  UNION ALL SELECT 'case', to_jsonb(c) || to_jsonb(p) || to_jsonb(r) FROM people_case c JOIN people_person p ON p.id = c.client_id
    JOIN people_program r ON r.id = c.program_id WHERE c.id = ANY (%(cases)s)
"""  # noqa: S608  (of parts that stand here)
# Today shows beside it what else waits: drafts to sign, plans to review.
_TODAY = f"""{_LIST}
  UNION ALL SELECT 'plan', to_jsonb(x) FROM documentation_planversion x WHERE case_id = ANY (%(cases)s)
  UNION ALL SELECT 'draft', to_jsonb(x) FROM (
    SELECT n.id, n.case_id, n.state, n.at, n.mode, p.preferred_name FROM documentation_note n JOIN people_case c ON c.id = n.case_id
    JOIN people_person p ON p.id = c.client_id WHERE n.writer_id = %(staff)s AND n.state = 'draft' ORDER BY n.at LIMIT 40) x
"""  # noqa: S608
# The timeline shows every note and service with its words, sealed as they lie, and the number of breaks.
_TIMELINE = f"""{_THREAD}
  UNION ALL SELECT 'shown', to_jsonb(x) FROM (
    SELECT * FROM documentation_note WHERE case_id = ANY (%(cases)s) ORDER BY at DESC LIMIT 40) x
  UNION ALL SELECT 'shown', to_jsonb(x) FROM (
    SELECT * FROM documentation_service WHERE case_id = ANY (%(cases)s) ORDER BY "on" DESC LIMIT 40) x
"""  # noqa: S608
# A draft that is begun is a row of the note and its deed, both with all their indexes, kept before the answer.
_SAVE = """
  WITH note AS (INSERT INTO bench_note (id, case_id, program_id, state, at, mode, place, present, title, happened, client_words,
      client_did, worker_did, next_step, client_seen, stands_alone, writer_id, started_at, edition, marks, page_since)
    VALUES (uuidv7(), %(case)s, %(program)s, 'draft', now(), 'face', '', '{}', '', %(sealed)s, '', '', '', '', true, false, %(staff)s,
      now(), 1, '{}', 1) RETURNING id)
  INSERT INTO bench_deed (id, at, agency_id, staff_id, actor_name, case_id, verb, subject_kind, subject_id, sentence, reason, changes,
      salt, told, stamp)
  SELECT uuidv7(), now(), %(agency)s, %(staff)s, 'Maren', %(case)s, 'note_begin', 'documentation.note', note.id, 'Began a note', '', '{}',
      gen_random_uuid(), repeat('0', 64), '\\x00' FROM note RETURNING id::text
"""
_FIND = """
  SELECT array_agg(id) FROM (SELECT c.id FROM people_person p JOIN people_case c ON c.client_id = p.id
    WHERE plain_name(p.preferred_name || ' ' || p.legal_name) %%> plain_name(%(typed)s) AND (%(whole)s::boolean OR c.id IN
      (SELECT a.case_id FROM people_assignment a WHERE a.staff_id = %(staff)s))
    ORDER BY word_similarity(plain_name(%(typed)s), plain_name(p.preferred_name)) DESC LIMIT 25) found
"""
OPEN_CASES = (
    "SELECT array_agg(id) FROM (SELECT c.id FROM people_assignment a JOIN people_case c ON c.id = a.case_id WHERE a.role = 'primary' "
    "AND a.staff_id IN (SELECT id FROM people_staff WHERE %(staff)s::uuid IN (id, supervisor_id)) AND c.closed_on IS NULL "
    "ORDER BY c.last_seen_on LIMIT %(most)s) shown"
)
ANY_CASES = "SELECT array_agg(id) FROM (SELECT id FROM people_case WHERE closed_on IS NULL ORDER BY id DESC LIMIT %(most)s) shown"
CASES = {"today": OPEN_CASES, "list": OPEN_CASES, "any": ANY_CASES, "find": _FIND}
"""By page, which cases it shows: as a page does, these are found first."""
ROWS = {
    "today": _TODAY,
    "list": _LIST,
    "any": _LIST,
    "find": _LIST,
    "thread": _THREAD,
    "timeline": _TIMELINE,
    "save": _SAVE,
}
SEALED = "s" * 480
"""As long as the words that a draft of the bench keeps are when they are sealed."""


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer /NAME?staff=…&case=…&most=… with the rows as JSON."""
    asked = {key: values[0] for key, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
    name = environ["PATH_INFO"].strip("/")
    with POOL.connection() as connection:
        cases = [asked.get("case")]
        if name in CASES:
            cases = connection.execute(CASES[name], asked).fetchone()[0] or []  # type: ignore[index]
        rows = connection.execute(ROWS[name], asked | {"cases": cases, "sealed": SEALED}).fetchall()
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(rows, default=str).encode()]
