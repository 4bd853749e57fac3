"""Every hour, sessions that ended longer ago than their writer's last words could still come in are let go (decision 0007)."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session

from alongside.foundations import clock
from alongside.foundations.background import JOBS, Job


def old_sessions_end() -> int:
    """Let them go; how many there were."""
    long_ago = clock.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return Session.objects.using("owner").filter(expire_date__lt=long_ago).delete()[0]


JOBS.put(Job("old sessions", "practice C4", timedelta(hours=1), old_sessions_end))
