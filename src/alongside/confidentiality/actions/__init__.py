"""The verbs of the room."""

from alongside.confidentiality.actions.agreements import agreement_accept, agreement_end, agreement_offer
from alongside.confidentiality.actions.alias import alias_end, alias_give
from alongside.confidentiality.actions.conflicts import conflict_declare, conflict_end
from alongside.confidentiality.actions.disclosures import (
    Consulted,
    Leave,
    disclosure_consult,
    disclosure_make,
    disclosure_tell,
)
from alongside.confidentiality.actions.family import sharing_set
from alongside.confidentiality.actions.lending import file_lend, file_take_back
from alongside.confidentiality.actions.readers import mark_reader_end, mark_reader_name
from alongside.confidentiality.actions.releases import (
    Terms,
    release_change,
    release_end,
    release_make,
    release_show_anew,
    release_take_back,
)
from alongside.confidentiality.actions.sharing import case_share, case_share_end
from alongside.confidentiality.actions.signing import Signing, release_sign
from alongside.confidentiality.actions.urgent import urgent_hours_set, urgent_judge, urgent_open

__all__ = [
    "Consulted", "Leave", "Signing", "Terms", "agreement_accept", "agreement_end", "agreement_offer", "alias_end",
    "alias_give", "case_share", "case_share_end", "conflict_declare", "conflict_end", "disclosure_consult",
    "disclosure_make", "disclosure_tell", "file_lend", "file_take_back", "mark_reader_end", "mark_reader_name",
    "release_change", "release_end", "release_make", "release_show_anew", "release_sign", "release_take_back", "sharing_set",
    "urgent_hours_set", "urgent_judge", "urgent_open",
]  # fmt: skip
