"""Verbs of intervention: notes, services, referrals out, and tying what was left loose."""

from alongside.client_level.intervention.actions.consent import Consent
from alongside.client_level.intervention.actions.given import service_record
from alongside.client_level.intervention.actions.loose import loose_end_attach
from alongside.client_level.intervention.actions.notes import (
    addendum_add,
    note_begin,
    note_cosign,
    note_keep,
    note_mark,
    note_sign,
)
from alongside.client_level.intervention.actions.referrals import (
    referral_out_answer,
    referral_out_chase,
    referral_out_make,
    referral_out_send,
    referral_out_withdraw,
)
from alongside.client_level.intervention.actions.words import NoteWords, Tie, lacking

__all__ = [
    "Consent", "NoteWords", "Tie", "addendum_add", "lacking", "loose_end_attach", "note_begin", "note_cosign",
    "note_keep", "note_mark", "note_sign", "referral_out_answer", "referral_out_chase", "referral_out_make", "referral_out_send",
    "referral_out_withdraw", "service_record",
]  # fmt: skip
