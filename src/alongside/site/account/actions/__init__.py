"""Verbs of signing in, and what the door itself writes before anybody acts."""

from alongside.site.account.actions.door import sign_in_begin, sign_in_touch, tries_clear, try_counts
from alongside.site.account.actions.issuer import issuer_link, issuer_link_own, issuer_steps_trust, issuer_unlink
from alongside.site.account.actions.places import device_answer, others_sign_out, password_own_changed, place_sign_out
from alongside.site.account.actions.staff import door_open, idle_minutes_set, second_step_take_away, staff_sign_out
from alongside.site.account.actions.steps import code_first, code_takes, second_step_changed

__all__ = [
    "code_first", "code_takes", "device_answer", "door_open", "idle_minutes_set",
    "issuer_link", "issuer_link_own", "issuer_steps_trust", "issuer_unlink", "others_sign_out", "password_own_changed", "place_sign_out",
    "second_step_changed", "second_step_take_away", "sign_in_begin", "sign_in_touch", "staff_sign_out", "tries_clear", "try_counts",
]  # fmt: skip
