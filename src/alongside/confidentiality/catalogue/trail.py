"""What this room has to do in the background, and what of it waits on people (practice C1, C5)."""

from datetime import timedelta

from alongside.confidentiality.actions.unusual import unusual_find
from alongside.confidentiality.queries.breaches import breach_lines, breaches_open
from alongside.confidentiality.queries.sharing import offer_lines, offers_to
from alongside.confidentiality.queries.unusual import lines_to_judge, looks_to_judge
from alongside.foundations.background import JOBS, Job
from alongside.foundations.roles import ADMINISTER, OVERSEE
from alongside.foundations.waiting import WAITING, Kind

JOBS.put(Job("unusual looks", "practice C5", timedelta(hours=1), unusual_find))
WAITING.put(Kind("looks", "practice C5", OVERSEE, looks_to_judge, {"on": "on"}, lines_to_judge))
OFFERED = {"since": "since", "purpose": "purpose", "agency": "agency_id"}
WAITING.put(Kind("offers", "practice C1", ADMINISTER, offers_to, OFFERED, offer_lines))
WAITING.put(Kind("breaches", "practice C5", ADMINISTER, breaches_open, {"key": "pk"}, breach_lines))
