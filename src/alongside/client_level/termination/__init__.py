"""Termination: closure, the plan for what comes next, follow-up (practice T1-T8)."""
