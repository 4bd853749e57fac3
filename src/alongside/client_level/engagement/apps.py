"""The room as a Django application."""

from django.apps import AppConfig


class EngagementConfig(AppConfig):
    """See the package's own words."""

    name = "alongside.client_level.engagement"
    label = "engagement"
