"""The Thread (practice D1), worked out once and used by every screen: the case, Today, the team, the printed file."""

from alongside.documentation.thread.parts import (
    LOOSE,
    Break,
    BreakKind,
    CaseThread,
    GoalThread,
    Link,
    LooseEnd,
    NeedThread,
    ObjectiveThread,
    Place,
    State,
)  # fmt: skip
from alongside.documentation.thread.rows import Rows
from alongside.documentation.thread.weave import breaks_in, thread_of, threads_of, woven

__all__ = [
    "LOOSE", "Break", "BreakKind", "CaseThread", "GoalThread", "Link", "LooseEnd", "NeedThread", "ObjectiveThread", "Place",
    "Rows", "State", "breaks_in", "thread_of", "threads_of", "woven",
]  # fmt: skip
