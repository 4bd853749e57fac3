"""The foundations as a Django application."""

from django.apps import AppConfig

from alongside.foundations.shelf import fill_from


class FoundationsConfig(AppConfig):
    """Registers the system check that every address states what it needs, and the jobs of the ground."""

    name = "alongside.foundations"
    label = "foundations"

    def ready(self) -> None:
        from alongside.foundations import checks  # noqa: F401  (registers itself)

        fill_from("alongside.foundations.catalogue")
