"""What holds of every stored document: its noise is what was stored, and none lacks its files (practice D2, D6)."""

from alongside.foundations.invariants import INVARIANTS, Invariant, by_sql

INVARIANTS.put(
    Invariant(
        "document checksum", "practice D2", "document file {one}: what is stored is not what was taken in",
        by_sql("SELECT id FROM documentation_documentfile WHERE encode(sha256(sealed), 'hex') <> checksum ORDER BY id"),
    )
)  # fmt: skip

INVARIANTS.put(
    Invariant(
        "document files", "practice D2", "document {one}: one of its files is missing",
        by_sql(
            """SELECT d.id FROM documentation_document d LEFT JOIN documentation_documentfile f ON f.document_id = d.id
               GROUP BY d.id HAVING count(f.id) = 0 OR max(f.number) <> count(f.id) ORDER BY d.id"""
        ),
    )
)  # fmt: skip
