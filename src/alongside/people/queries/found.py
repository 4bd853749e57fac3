"""Reads that go through a function of the database, which answers for what the policy would hide."""

from uuid import UUID

from django.db import connection

from alongside.people.models import Person


def email_taken(email: str) -> bool:
    """True when somebody signs in with this e-mail, in whichever agency. Answers administrators only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT email_taken(%s)", [email])
        return bool(cursor.fetchone()[0])


def people_like(name: str, *, most: int = 5, besides: tuple[UUID, ...] = ()) -> list[Person]:
    """Up to `most` persons the actor may write about whose name sounds or looks like `name`, nearest first (E8).

    `besides` are keys of persons who are not meant, such as the client whose household it is.
    """
    if not name.strip() or "\x00" in name:  # PostgreSQL knows no such letter; the form says so beside the field
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id FROM find_people(%s, %s)", [name.strip(), most + len(besides)])
        keys = [key for (key,) in cursor.fetchall() if key not in besides][:most]
    found = Person.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]
