"""The room as a Django application."""

from django.apps import AppConfig

from alongside.foundations.shelf import fill_from


class TerminationConfig(AppConfig):
    """See the package's own words."""

    name = "alongside.client_level.termination"
    label = "termination"

    def ready(self) -> None:
        """Put this room's variants on their shelves."""
        fill_from("alongside.client_level.termination.catalogue")
