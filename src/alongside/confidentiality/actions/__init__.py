"""The verbs of the room."""

from alongside.confidentiality.actions.disclosures import (
    Consulted,
    Leave,
    disclosure_consult,
    disclosure_make,
    disclosure_tell,
)
from alongside.confidentiality.actions.family import sharing_set
from alongside.confidentiality.actions.releases import (
    Terms,
    release_change,
    release_end,
    release_make,
    release_take_back,
)
from alongside.confidentiality.actions.signing import Signing, release_sign

__all__ = [
    "Consulted", "Leave", "Signing", "Terms", "disclosure_consult", "disclosure_make", "disclosure_tell",
    "release_change", "release_end", "release_make", "release_sign", "release_take_back", "sharing_set",
]  # fmt: skip
