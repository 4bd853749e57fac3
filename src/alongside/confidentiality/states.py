"""The steps of a policy's versions and of a proposal to dispose of a record."""

from alongside.foundations.state import Move, StateTable

POLICY = StateTable(
    "policy",
    "practice C6",
    (Move("draft", "put in force", "in_force"), Move("in_force", "replace", "replaced")),
)

DISPOSAL = StateTable(
    "disposal",
    "practice D6",
    (
        Move("proposed", "approve", "approved"),
        Move("proposed", "turn down", "turned_down"),
        Move("approved", "turn down", "turned_down"),
    ),
)
