"""The room as a Django application."""

from django.apps import AppConfig


class InterventionConfig(AppConfig):
    """See the package's own words."""

    name = "alongside.client_level.intervention"
    label = "intervention"
