"""Monitoring: progress per objective, reviews (practice M1-M5)."""
