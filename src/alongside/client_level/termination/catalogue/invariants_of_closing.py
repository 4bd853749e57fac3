"""What holds of a closed case: there is a closing record, and none that stands when the case is open."""

from alongside.foundations.invariants import INVARIANTS, Invariant, by_sql

INVARIANTS.put(
    Invariant(
        "closed as written", "practice T2", "case {one}: whether it is closed is not what its closing record says",
        # A demonstration's bulk load closes cases without the record of it.
        by_sql(
            """SELECT c.number FROM people_case c JOIN people_agency a ON a.id = c.agency_id AND NOT a.demonstration
                 LEFT JOIN termination_closure e ON e.case_id = c.id AND e.state = 'closed'
               GROUP BY c.id, c.number, c.closed_on HAVING (c.closed_on IS NOT NULL) <> (count(e.id) > 0)
               ORDER BY c.number"""
        ),
    )
)  # fmt: skip
