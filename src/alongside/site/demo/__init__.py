"""Demonstration data: one believable fictional agency, the same for the same seed and day."""

from alongside.site.demo.fill import fill, who_can_sign_in

__all__ = ["fill", "who_can_sign_in"]
