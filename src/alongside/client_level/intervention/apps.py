"""The room as a Django application."""

from django.apps import AppConfig

from alongside.foundations.shelf import fill_from


class InterventionConfig(AppConfig):
    """See the package's own words."""

    name = "alongside.client_level.intervention"
    label = "intervention"

    def ready(self) -> None:
        """Put this room's variants on their shelves."""
        fill_from("alongside.client_level.intervention.catalogue")
