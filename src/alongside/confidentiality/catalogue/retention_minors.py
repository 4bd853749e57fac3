"""Case files of programs that serve children and young people."""

from django.utils.translation import gettext_lazy as _

from alongside.confidentiality.queries.suggested import SUGGESTED, Suggested

SUGGESTED.put(
    Suggested(
        "minors", "practice D6", "case", "majority", 7,
        "Agency policy; state limits on claims run from the age of majority",
        _("Programs for children and young people: nobody’s file goes before they could ask for it as an adult."),
    )
)  # fmt: skip
