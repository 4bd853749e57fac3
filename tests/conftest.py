"""The database every test starts from, and the cast who play in them."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connections
from hypothesis import HealthCheck
from hypothesis import settings as drawing
from pytest_django import Settings

from alongside.foundations import postgres
from tests.attacks import tried as tried  # a fixture for all
from tests.cast import Cast, gather
from tests.embedded import SERVER

# No test waits on a clock: how long a busy machine takes to draw an example says nothing of ours.
drawing.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
drawing.load_profile("house")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """A fresh database for the run, migrated as the owner; tests act as the application role."""
    from django.conf import settings

    server = postgres.Server(SERVER.host, SERVER.port, "alongside_test", "postgres")
    postgres.prepare(server, settings.SECRET_KEY, fresh=True)
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        call_command("migrate", database="owner", verbosity=0)
        connections["owner"].close()
    yield
    for alias in ("default", "looks", "owner"):
        connections[alias].close()


@pytest.fixture
def cast(transactional_look: None, request: pytest.FixtureRequest) -> Cast:
    """Harbour Lane and its people, and a second agency; everything is undone after the test.

    They are invented agencies, whose staff sign in without a second step; by the parameter False they are real ones.
    """
    return gather(demonstration=getattr(request, "param", True))


@pytest.fixture
def transactional_look(django_db_setup: None) -> None:
    """A place for tests that need nothing but the database."""


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    """Argon2 is slow on purpose; the stories hire eight people each, and only the sign-in tests are about passwords."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
