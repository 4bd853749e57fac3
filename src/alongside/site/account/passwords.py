"""Which passwords are taken, said in our words; what is looked for is Django's (NIST SP 800-63B, section 3.1.1)."""

from django.contrib.auth import password_validation as rules
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Long(rules.MinimumLengthValidator):
    """Long enough."""

    def get_error_message(self) -> str:
        """What to do."""
        return ngettext(
            "This is too short: use at least %(n)d letter or figure.",
            "This is too short: use at least %(n)d letters or figures.",
            self.min_length,
        ) % {"n": self.min_length}


class Uncommon(rules.CommonPasswordValidator):
    """Not one of those that many people have."""

    def get_error_message(self) -> str:
        """What to do."""
        return _("This is too common and soon guessed. Choose another.")


class NotFiguresAlone(rules.NumericPasswordValidator):
    """More than figures."""

    def get_error_message(self) -> str:
        """What to do."""
        return _("Figures alone are soon guessed. Put words into it.")


class NotOneself(rules.UserAttributeSimilarityValidator):
    """Not the e-mail once more."""

    def get_error_message(self) -> str:
        """What to do."""
        return _("This is too much like the e-mail. Choose another.")
