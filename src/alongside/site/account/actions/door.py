"""What the door writes: tries that failed, and where somebody is signed in. No verbs, for nobody acts yet."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q

from alongside.foundations import clock
from alongside.foundations.actor import Actor, acting
from alongside.site.account.models import SignIn, Tries
from alongside.site.account.queries import LOCK_LASTS, MOST_TRIES, tries_key

KEPT_FOR = timedelta(days=1)
# One statement, so that a thousand tries at once are counted one by one: the row is held while it is judged.
COUNT = """
INSERT INTO site_tries AS t (key, failures, last_at) VALUES (%(key)s, 1, %(now)s)
ON CONFLICT (key) DO UPDATE SET failures = CASE WHEN t.last_at <= %(old)s THEN 1 ELSE t.failures + 1 END, last_at = %(now)s
WHERE t.failures < %(most)s OR t.last_at <= %(old)s RETURNING t.failures
"""


def try_counts(kind: str, email: str) -> bool:
    """Count a try *before* it is judged; False when the door is locked, for accounts that do not exist as for those that do."""
    now = clock.now()
    values: dict[str, str | int | datetime] = {
        "key": tries_key(kind, email),
        "now": now,
        "old": now - LOCK_LASTS,
        "most": MOST_TRIES,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
        return cursor.fetchone() is not None


def tries_clear(kind: str, email: str) -> None:
    """Forget the tries: whoever it was came in. Those of yesterday, of anybody, go with them."""
    old = Q(last_at__lte=clock.now() - KEPT_FOR)
    Tries.objects.filter(old | Q(key=tries_key(kind, email))).delete()


def sign_in_begin(actor: Actor, *, device: UUID, device_name: str, place: str, how: str, session_key: str) -> SignIn:
    """Keep that `actor` came in; a device never seen with this account is marked as new, unless it is the first of all.

    An e-mail about it goes out later, once this is safe, and only where e-mail goes out at all.
    """
    now = clock.now()
    with acting(actor):
        before = SignIn.objects.filter(staff_id=actor.staff)
        new = not before.filter(device=device).exists() and before.exists()
        row = SignIn(
            agency_id=actor.agency, staff_id=actor.staff, device=device, device_name=device_name[:80], place=place[:60], how=how,
            since=now, last_used=now, session_key=session_key, new_device=new, to_tell=new and settings.MAIL_GOES_OUT,
        )  # fmt: skip
        row.save(force_insert=True)
    return row


def sign_in_touch(actor: Actor, sign_in: UUID, session_key: str) -> None:
    """Keep that the sign-in is in use, and under which session by now."""
    with acting(actor):
        rows = SignIn.objects.filter(pk=sign_in, staff_id=actor.staff, ended_at=None)
        rows.update(last_used=clock.now(), session_key=session_key)
