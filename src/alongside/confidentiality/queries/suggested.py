"""Suggested retention rules: where an agency may begin, each with the law it comes from (practice D6)."""

from dataclasses import dataclass

from django.utils.functional import Promise

from alongside.foundations.shelf import Shelf


@dataclass(frozen=True)
class Suggested:
    """A rule an administrator can take up. `law` is what it says of its source; `why` tells when it fits."""

    key: str
    source: str
    kind: str
    event: str
    years: int
    law: str
    why: str | Promise


SUGGESTED: Shelf[Suggested] = Shelf("suggested retention rules")
