"""What is typed of a disagreement (practice D5)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.foundations.fields import prose
from alongside.foundations.pages import HouseForm


class StatementForm(HouseForm):
    """What the client says is otherwise."""

    words = prose(_("What the client says"), 6, required=True, say=_("Write what the client says, in their own words."))
    said_on = forms.DateField(label=_("Said on"))


class ReplyForm(HouseForm):
    """What the agency answers."""

    words = prose(_("The agency’s reply"), 4, required=True, say=_("Write the reply."))
