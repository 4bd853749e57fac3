"""What holds of every case: one primary, a number of its own, clients and workers of its own agency."""

from alongside.foundations.invariants import INVARIANTS, Invariant, by_sql

INVARIANTS.put(
    Invariant(
        "one primary", "practice E7", "case {one}: it is open and has no primary case manager today, or more than one",
        by_sql(
            """SELECT c.number FROM people_case c LEFT JOIN people_assignment a ON a.case_id = c.id AND a.role = 'primary'
                 AND a.since <= current_date AND (a.until IS NULL OR a.until > current_date)
               WHERE c.closed_on IS NULL GROUP BY c.id, c.number HAVING count(a.id) <> 1 ORDER BY c.number"""
        ),
    )
)  # fmt: skip

INVARIANTS.put(
    Invariant(
        "case number once", "practice D5", "case number {one}: two cases of one agency bear it",
        by_sql("SELECT number FROM people_case GROUP BY agency_id, number HAVING count(*) > 1 ORDER BY number"),
    )
)  # fmt: skip

INVARIANTS.put(
    Invariant(
        "one agency a case", "practice C4", "case {one}: its client, its program or its workers are of another agency",
        by_sql(
            """SELECT DISTINCT c.number FROM people_case c JOIN people_person p ON p.id = c.client_id
                 JOIN people_program r ON r.id = c.program_id
                 LEFT JOIN people_assignment a ON a.case_id = c.id LEFT JOIN people_staff s ON s.id = a.staff_id
               WHERE p.agency_id <> c.agency_id OR r.agency_id <> c.agency_id OR s.agency_id <> c.agency_id
               ORDER BY c.number"""
        ),
    )
)  # fmt: skip
