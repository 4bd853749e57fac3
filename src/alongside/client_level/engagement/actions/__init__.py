"""Verbs of engagement: outreach, referrals in, opening and enrolling a case, and what is known of the people in it."""

from alongside.client_level.engagement.actions.enrollment import Told, case_enroll, case_open, wishes_record
from alongside.client_level.engagement.actions.household import (
    household_enter,
    household_member_add,
    household_member_change,
    household_member_end,
)  # fmt: skip
from alongside.client_level.engagement.actions.outreach import outreach_change, outreach_record
from alongside.client_level.engagement.actions.persons import (
    address_add,
    address_end,
    contact_add,
    contact_stop,
    identifier_add,
    identifier_remove,
    name_add,
    person_change,
    representative_add,
    representative_end,
    significant_other_add,
    significant_other_change,
)  # fmt: skip
from alongside.client_level.engagement.actions.referrals import (
    ANSWERS,
    Asked,
    criteria_save,
    referral_answer,
    referral_receive,
    referral_screen,
)  # fmt: skip
from alongside.client_level.engagement.actions.team import assignment_add, assignment_end, primary_change
from alongside.client_level.engagement.states import OPEN

__all__ = [
    "ANSWERS",
    "OPEN",
    "Asked",
    "Told",
    "address_add",
    "address_end",
    "assignment_add",
    "assignment_end",
    "case_enroll",
    "case_open",
    "contact_add",
    "contact_stop",
    "criteria_save",
    "household_enter",
    "household_member_add",
    "household_member_change",
    "household_member_end",
    "identifier_add",
    "identifier_remove",
    "name_add",
    "outreach_change",
    "outreach_record",
    "person_change",
    "primary_change",
    "referral_answer",
    "referral_receive",
    "referral_screen",
    "representative_add",
    "representative_end",
    "significant_other_add",
    "significant_other_change",
    "wishes_record",
]  # fmt: skip
