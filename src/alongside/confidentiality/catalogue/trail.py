"""What this room has to do in the background, and what of it waits on people (practice C1, C5)."""

from datetime import timedelta

from alongside.confidentiality.actions.unusual import unusual_find
from alongside.confidentiality.queries.breaches import breaches_waiting
from alongside.confidentiality.queries.sharing import agreements_waiting
from alongside.confidentiality.queries.unusual import unusual_waiting
from alongside.foundations.background import JOBS, Job
from alongside.foundations.roles import ADMINISTER, OVERSEE
from alongside.foundations.waiting import WAITING, Kind

JOBS.put(Job("unusual looks", "practice C5", timedelta(hours=1), unusual_find))
WAITING.put(Kind("unusual looks", "practice C5", OVERSEE, unusual_waiting))
WAITING.put(Kind("breaches", "practice C5", ADMINISTER, breaches_waiting))
WAITING.put(Kind("agreements", "practice C1", ADMINISTER, agreements_waiting))
