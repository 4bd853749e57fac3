"""Supervision: the day and the caseload, for the worker and for those who answer for the work."""
