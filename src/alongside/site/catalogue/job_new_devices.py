"""Every minute, whoever's account was opened on a new device is told by e-mail, where e-mail goes out (practice C5)."""

from datetime import timedelta

from alongside.foundations.background import JOBS, Job
from alongside.site.account.actions.notices import new_devices_tell

JOBS.put(Job("new devices", "practice C5", timedelta(minutes=1), new_devices_tell))
