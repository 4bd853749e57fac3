"""Forms of intervention."""

from alongside.client_level.intervention.forms.given import LooseEndForm, ServiceForm
from alongside.client_level.intervention.forms.notes import AddendumForm, KeptNoteForm, MarksForm, NoteForm, words_of
from alongside.client_level.intervention.forms.parts import ALONE, people_around
from alongside.client_level.intervention.forms.referrals import (
    AnswerForm,
    ChaseForm,
    ReferralOutForm,
    SendForm,
    WithdrawForm,
)

__all__ = [
    "ALONE", "AddendumForm", "AnswerForm", "ChaseForm", "KeptNoteForm", "LooseEndForm", "MarksForm", "NoteForm", "ReferralOutForm",
    "SendForm", "ServiceForm", "WithdrawForm", "people_around", "words_of",
]  # fmt: skip
