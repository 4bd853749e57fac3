"""The floor of the bench: the same rows as a page shows, fetched by one bare query in a minimal WSGI program."""

import json
import os
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

import psycopg_pool

POOL = psycopg_pool.ConnectionPool(os.environ["BENCH_DSN"], min_size=1, max_size=8, open=True)

_THREAD = """
  SELECT 'need', to_jsonb(x) FROM documentation_need x WHERE case_id = ANY (%(cases)s)
  UNION ALL SELECT 'goal', to_jsonb(x) FROM documentation_goal x WHERE case_id = ANY (%(cases)s)
  UNION ALL SELECT 'objective', to_jsonb(x) FROM documentation_objective x WHERE case_id = ANY (%(cases)s)
  UNION ALL SELECT 'activity', to_jsonb(x) FROM documentation_activity x WHERE case_id = ANY (%(cases)s)
  UNION ALL SELECT 'progress', to_jsonb(x) FROM documentation_progress x WHERE case_id = ANY (%(cases)s)
  UNION ALL SELECT 'referral', to_jsonb(x) FROM documentation_referralout x WHERE case_id = ANY (%(cases)s)
  UNION ALL SELECT 'service', to_jsonb(x) FROM documentation_service x WHERE case_id = ANY (%(cases)s)
  UNION ALL SELECT 'note', to_jsonb(x) FROM documentation_note x WHERE case_id = ANY (%(cases)s)
"""
QUERIES = {
    "threads": _THREAD,
    "thread": _THREAD,
    "find": "SELECT c.number, p.preferred_name FROM people_person p JOIN people_case c ON c.client_id = p.id "
    "WHERE plain_name(p.preferred_name || ' ' || p.legal_name) %%> plain_name(%(typed)s) LIMIT 25",
    "save": "INSERT INTO bench_note SELECT gen_random_uuid(), %(typed)s, now() RETURNING id::text",
}
OPEN_CASES = (
    "SELECT array_agg(id) FROM (SELECT c.id FROM people_assignment a JOIN people_case c ON c.id = a.case_id WHERE a.role = 'primary' "
    "AND a.staff_id IN (SELECT id FROM people_staff WHERE %(staff)s::uuid IN (id, supervisor_id)) AND c.closed_on IS NULL "
    "ORDER BY c.last_seen_on LIMIT %(most)s) shown"
)
ANY_CASES = "SELECT array_agg(id) FROM (SELECT id FROM people_case WHERE closed_on IS NULL ORDER BY id DESC LIMIT %(most)s) shown"


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer /NAME?staff=…&case=…&most=… with the rows as JSON."""
    asked = {key: values[0] for key, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
    name = environ["PATH_INFO"].strip("/")
    with POOL.connection() as connection:
        cases = [asked.get("case")]
        if name == "threads":
            for found in (OPEN_CASES, ANY_CASES):
                cases = connection.execute(found, asked).fetchone()[0]  # type: ignore[index]
                if cases:
                    break
        rows = connection.execute(QUERIES[name], {"cases": cases, "typed": "Sama Otman"}).fetchall()
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(rows, default=str).encode()]
