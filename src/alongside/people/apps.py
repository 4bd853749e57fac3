"""People as a Django application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, households, staff, agencies, programs, cases."""

    name = "alongside.people"
    label = "people"
