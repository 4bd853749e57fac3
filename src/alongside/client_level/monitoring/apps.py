"""The room as a Django application."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """See the package's own words."""

    name = "alongside.client_level.monitoring"
    label = "monitoring"
