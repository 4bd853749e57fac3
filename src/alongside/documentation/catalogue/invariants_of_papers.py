"""What holds of needs, plans and notes: numbers given once, signatures under what is signed."""

from alongside.foundations.invariants import INVARIANTS, Invariant, by_sql

INVARIANTS.put(
    Invariant(
        "need number once", "practice A3", "case {one}: two needs bear one number, or a number is to be given again",
        by_sql(
            """SELECT c.number FROM people_case c JOIN documentation_need n ON n.case_id = c.id
               GROUP BY c.id, c.number, c.next_need_number
               HAVING count(*) <> count(DISTINCT n.number) OR max(n.number) >= c.next_need_number ORDER BY c.number"""
        ),
    )
)  # fmt: skip

INVARIANTS.put(
    Invariant(
        "signed plan", "practice P8", "case {one}: its plan is in effect and nobody has signed it",
        # What a demonstration loads in bulk was never offered to anybody, and says on every page that it is invented.
        by_sql(
            """SELECT c.number FROM documentation_planversion v JOIN people_case c ON c.id = v.case_id
                 JOIN people_agency a ON a.id = c.agency_id
               WHERE v.state IN ('in_effect', 'replaced') AND NOT a.demonstration
                 AND NOT EXISTS (SELECT 1 FROM documentation_signature s WHERE s.version_id = v.id) ORDER BY c.number"""
        ),
    )
)  # fmt: skip

INVARIANTS.put(
    Invariant(
        "one plan in effect", "practice P8", "case {one}: more than one plan is in effect",
        by_sql(
            """SELECT c.number FROM documentation_planversion v JOIN people_case c ON c.id = v.case_id
               WHERE v.state = 'in_effect' GROUP BY c.id, c.number HAVING count(*) > 1 ORDER BY c.number"""
        ),
    )
)  # fmt: skip

INVARIANTS.put(
    Invariant(
        "signed note", "practice I3", "note {one}: it is signed, and when, or by whose second hand, is not written",
        by_sql(
            """SELECT id FROM documentation_note WHERE state IN ('signed', 'cosign') AND signed_at IS NULL
                  OR state <> 'draft' AND (cosigner_id IS NOT NULL AND state = 'signed') <> (cosigned_at IS NOT NULL)
               ORDER BY id"""
        ),
    )
)  # fmt: skip
