"""Intervention: services, progress notes, referrals out (practice I1-I4)."""
