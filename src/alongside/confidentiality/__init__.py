"""Confidentiality: who may open a case, who has looked, and why."""
