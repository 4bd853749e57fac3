"""The foundations as a Django application."""

from django.apps import AppConfig


class FoundationsConfig(AppConfig):
    """Registers the system check that every address states what it needs."""

    name = "alongside.foundations"
    label = "foundations"

    def ready(self) -> None:
        from alongside.foundations import checks  # noqa: F401  (registers itself)
