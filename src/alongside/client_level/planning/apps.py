"""The room as a Django application."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """See the package's own words."""

    name = "alongside.client_level.planning"
    label = "planning"
