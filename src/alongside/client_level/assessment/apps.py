"""The room as a Django application."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """See the package's own words."""

    name = "alongside.client_level.assessment"
    label = "assessment"
