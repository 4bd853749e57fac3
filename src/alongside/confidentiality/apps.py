"""The room as a Django application."""

from django.apps import AppConfig

from alongside.foundations.shelf import fill_from


class ConfidentialityConfig(AppConfig):
    """See the package's own words."""

    name = "alongside.confidentiality"
    label = "confidentiality"

    def ready(self) -> None:
        """Put this room's variants on their shelves."""
        fill_from("alongside.confidentiality.catalogue")
