"""The room as a Django application."""

from django.apps import AppConfig


class ConfidentialityConfig(AppConfig):
    """See the package's own words."""

    name = "alongside.confidentiality"
    label = "confidentiality"
