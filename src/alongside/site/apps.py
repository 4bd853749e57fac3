"""The site as a Django application."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The frame, the door and the command line."""

    name = "alongside.site"
    label = "site"

    def ready(self) -> None:
        """Hear what the sign-in library tells."""
        from alongside.site.account.told import listen

        listen()
