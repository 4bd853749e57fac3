"""The room as a Django application."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """See the package's own words."""

    name = "alongside.supervision"
    label = "supervision"
