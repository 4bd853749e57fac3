"""The room as a Django application."""

from django.apps import AppConfig

from alongside.foundations.shelf import fill_from


class MonitoringConfig(AppConfig):
    """See the package's own words."""

    name = "alongside.client_level.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        """Put this room's variants on their shelves."""
        fill_from("alongside.client_level.monitoring.catalogue")
