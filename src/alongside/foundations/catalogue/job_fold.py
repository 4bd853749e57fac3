"""Every minute, new deeds, looks and steps of papers are folded into the hash tree (design section 5)."""

from datetime import timedelta

from alongside.foundations.background import JOBS, Job
from alongside.foundations.trail.folding import fold

JOBS.put(Job("fold", "practice C5", timedelta(minutes=1), fold))
