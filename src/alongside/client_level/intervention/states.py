"""The life of a referral out and of a note (practice I3, I4)."""

from django.utils.translation import gettext_lazy as _

from alongside.documentation.models.note import NoteState
from alongside.documentation.models.work import ReferralState
from alongside.foundations.state import Move, StateTable

R = ReferralState
STAYS_DRAFT = _("Nothing was sent yet, so nothing is closed. It stays a draft. Send it, or withdraw it.")

REFERRAL_OUT = StateTable(
    "referral",
    "practice I4",
    (
        Move(R.DRAFT, "send", R.SENT),
        Move(R.DRAFT, "withdraw", R.CLOSED),
        Move(R.SENT, "receive", R.RECEIVED),
        *(Move(start, "accept", R.ACCEPTED) for start in (R.SENT, R.RECEIVED, R.WAITLISTED)),
        *(Move(start, "decline", R.DECLINED) for start in (R.SENT, R.RECEIVED, R.WAITLISTED)),
        *(Move(start, "wait-list", R.WAITLISTED) for start in (R.SENT, R.RECEIVED)),
        Move(R.ACCEPTED, "start", R.STARTED),
        # A draft is withdrawn: nothing of it went out, so there is nothing to close.
        *(Move(start, "close", R.CLOSED) for start in R if start not in (R.DRAFT, R.CLOSED)),
    ),
)

N = NoteState

NOTE = StateTable(
    "note",
    "practice I3",
    (Move(N.DRAFT, "sign", N.SIGNED), Move(N.DRAFT, "ask to co-sign", N.COSIGN), Move(N.COSIGN, "co-sign", N.SIGNED)),
)
