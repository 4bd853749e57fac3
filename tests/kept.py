"""Reading back the looks that were kept, on their own connection."""

from django.db import connections

from alongside.foundations.actor import Actor
from alongside.foundations.models import Look


def looks_seen_by(actor: Actor) -> list[tuple[str, str, str]]:
    """Kind, page and name of every look that `actor` may read, the oldest first."""
    with connections["looks"].cursor() as cursor:
        named = [str(actor.staff), str(actor.agency)]
        cursor.execute(
            "SELECT set_config('alongside.staff', %s, true), set_config('alongside.agency', %s, true)", named
        )
    rows = Look.objects.using("looks").order_by("at")
    return [(row.kind, row.page, row.actor_name) for row in rows]
