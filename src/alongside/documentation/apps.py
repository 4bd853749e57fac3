"""The room as a Django application."""

from django.apps import AppConfig


class DocumentationConfig(AppConfig):
    """See the package's own words."""

    name = "alongside.documentation"
    label = "documentation"
