"""The verbs of the room."""

from alongside.confidentiality.actions.conflicts import conflict_declare, conflict_end
from alongside.confidentiality.actions.urgent import urgent_hours_set, urgent_judge, urgent_open

__all__ = ["conflict_declare", "conflict_end", "urgent_hours_set", "urgent_judge", "urgent_open"]
