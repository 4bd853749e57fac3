"""The site as a Django application."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Marks the library's sign-in pages with what they need."""

    name = "alongside.site"
    label = "site"
