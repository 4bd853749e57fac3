"""Verbs of planning, gathered."""

from alongside.client_level.planning.actions.activities import activity_add, activity_remove
from alongside.client_level.planning.actions.decisions import decision_end, decision_record
from alongside.client_level.planning.actions.goals import goal_add, goal_change, goal_remove
from alongside.client_level.planning.actions.objectives import objective_add, objective_change, objective_remove
from alongside.client_level.planning.actions.plans import (
    plan_amend,
    plan_change,
    plan_offer,
    plan_start,
    plan_take_back,
    plan_withdraw,
)  # fmt: skip
from alongside.client_level.planning.actions.signing import plan_settle, plan_sign

__all__ = [
    "activity_add", "activity_remove", "decision_end", "decision_record", "goal_add", "goal_change", "goal_remove",
    "objective_add", "objective_change", "objective_remove", "plan_amend", "plan_change", "plan_offer", "plan_settle",
    "plan_sign", "plan_start", "plan_take_back", "plan_withdraw",
]  # fmt: skip
