"""Assessment: sittings, findings, and numbered needs (practice A1-A6)."""
