"""What is typed to find a client."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.foundations.mistakes import OurWords


class FindForm(OurWords):
    """A name, or a part of one, or a case number. It is posted, so that it never stands in an address."""

    q = forms.CharField(
        label=_("Name or case number"), max_length=80,
        error_messages={"required": _("Type a name, a part of one, or a case number."),
                        "max_length": _("Type at most 80 letters.")},
    )  # fmt: skip
