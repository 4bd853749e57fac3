"""The Thread, told with the cast: what is in place, what is broken, and where it is mended."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext
from django.db import connection
from django.utils import timezone

from alongside.documentation.models import Activity, Goal, Need, NeedDecision, Note, NoteLink, Objective, PlanVersion, Progress, ReferralOut, Service
from alongside.documentation.thread import BreakKind, State, breaks_in, thread_of, threads_of
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.people.models import Case
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases=["default", "looks"])]


def test_smoke(cast: Cast) -> None:
    case = cast.sama
    with acting(cast.maren):
        Need(case=case, number=1, title="x", domain="social", found_on=clock.today()).save()
        with CaptureQueriesContext(connection) as asked:
            thread = thread_of(case)
        assert len(asked) == 1, [q["sql"] for q in asked]
        assert [b.kind for b in breaks_in(thread)] == [BreakKind.NO_GOAL]
