"""People as a Django application."""

from django.apps import AppConfig

from alongside.foundations.shelf import fill_from


class PeopleConfig(AppConfig):
    """Persons, households, staff, agencies, programs, cases."""

    name = "alongside.people"
    label = "people"

    def ready(self) -> None:
        """Put this room's variants on their shelves."""
        fill_from("alongside.people.catalogue")
