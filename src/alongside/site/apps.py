"""The site as a Django application."""

from django.apps import AppConfig

from alongside.foundations.shelf import fill_from


class SiteConfig(AppConfig):
    """The frame, the door and the command line."""

    name = "alongside.site"
    label = "site"

    def ready(self) -> None:
        """Hear what the sign-in library tells, put the site's jobs on their shelf, and look at the catalogs of papers."""
        from alongside.site import catalogs_whole  # noqa: F401  (registers its check)
        from alongside.site.account.told import listen

        listen()
        fill_from("alongside.site.catalogue")
