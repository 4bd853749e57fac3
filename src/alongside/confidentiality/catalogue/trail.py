"""What this room has to do in the background, and what of it waits on people (practice C1, C5)."""

from datetime import timedelta

from alongside.confidentiality.actions.unusual import unusual_find
from alongside.confidentiality.queries.breaches import breaches_waiting
from alongside.confidentiality.queries.waiting import looks_and_offers
from alongside.foundations.background import JOBS, Job
from alongside.foundations.roles import ADMINISTER, OVERSEE
from alongside.foundations.waiting import WAITING, Kind

JOBS.put(Job("unusual looks", "practice C5", timedelta(hours=1), unusual_find))
WAITING.put(Kind("looks and offers", "practice C1, C5", OVERSEE, looks_and_offers))
WAITING.put(Kind("breaches", "practice C5", ADMINISTER, breaches_waiting))
