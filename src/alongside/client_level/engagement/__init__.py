"""Engagement: outreach, a referral in, screening, its answer, and enrollment (practice E1-E7)."""
