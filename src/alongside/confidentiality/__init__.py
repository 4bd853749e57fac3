"""Confidentiality: who may open a case and why, who has looked; releases and what leaves under them, what is shared with
another agency; policies, retention and disposal; breaches.
"""
