"""The room as a Django application."""

from django.apps import AppConfig


class TerminationConfig(AppConfig):
    """See the package's own words."""

    name = "alongside.client_level.termination"
    label = "termination"
