"""The one field type for narrative and identifiers.

Everything a person wrote about a client, and every identifier, passes through here, so that sealing is one change in
one place. Until then the text rests in the database under row-level security only (decision 0005).
"""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    _Text = models.TextField[str, str]
else:
    _Text = models.TextField


class SealedText(_Text):
    """Text that only those who may open the case can read. Empty text is the empty string, never NULL.

    It can be neither searched nor sorted in the database: a look-up other than by emptiness is refused.
    """

    ALLOWED = frozenset({"isnull", "exact"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse what sealed text cannot answer, so that no query comes to rely on plain text."""
        if lookup_name not in self.ALLOWED:
            raise ValueError(f"sealed text cannot be searched by {lookup_name}")
        return super().get_lookup(lookup_name)
