"""The life of a plan version (practice P8)."""

from alongside.documentation.models.plan import PlanState
from alongside.foundations.state import Move, StateTable

S = PlanState

# A version that somebody has signed is never opened again: it is withdrawn, and its words go on in a new version.
PLAN = StateTable(
    "plan",
    "practice P1, P3, P8",
    (
        Move(S.DRAFT, "offer", S.SIGNING),
        Move(S.SIGNING, "take back", S.DRAFT),
        Move(S.SIGNING, "take effect", S.IN_EFFECT),
        Move(S.IN_EFFECT, "replace", S.REPLACED),
        Move(S.DRAFT, "withdraw", S.WITHDRAWN),
        Move(S.SIGNING, "withdraw", S.WITHDRAWN),
    ),
)
