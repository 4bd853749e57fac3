"""Sharing with another agency as its stories begin: Harbour Lane and Eastfield agree, Sama signs, Noor may read."""

from collections.abc import Iterable
from typing import Any

from django.db import connections

from alongside.confidentiality.actions import agreement_accept, agreement_offer, case_share
from alongside.confidentiality.models import Agreement, CaseShare, Release
from alongside.confidentiality.queries.sharing import SharedIn, drawn_for, parts_shown, shared_in
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.people.models import Case
from tests.cast import Cast
from tests.releasing import ahead, signed

EASTFIELD = "Eastfield Family Center"
WHY = "To find a home together"
LEAST = ("identity", "contact")


def offered(cast: Cast, **more: Any) -> Agreement:
    """Otto offers Eastfield an agreement; nobody has accepted it."""
    told: dict[str, Any] = {"purpose": WHY, "since": clock.today()}
    return agreement_offer(cast.otto, other=cast.elsewhere.pk, **told | more)


def agreed(cast: Cast, **more: Any) -> Agreement:
    """Both administrators agree."""
    return agreement_accept(cast.noor, agreement=offered(cast, **more))


def released(cast: Cast, categories: Iterable[str] = ("needs", "notes"), **more: Any) -> Release:
    """Sama signs that Eastfield may know who she is, how to reach her, and these parts."""
    return signed(cast, recipients=(EASTFIELD,), categories=(*LEAST, *categories), **more)


def shared(cast: Cast, release: Release | None = None, **more: Any) -> CaseShare:
    """Maren lets Noor read Sama's case for thirty days."""
    told: dict[str, Any] = {
        "case": cast.sama, "staff": [cast.staff["noor"].pk], "until": ahead(30), "relevant": "They look for the home.",
    }  # fmt: skip
    told["agreement"] = more.pop("agreement", None) or agreed(cast)
    return case_share(cast.maren, release=release or released(cast), **told | more)


def in_sight(cast: Cast, who: str = "noor") -> list[SharedIn]:
    """What is shared with somebody at this moment."""
    with acting(getattr(cast, who)):
        return shared_in()


def read(cast: Cast, part: str, who: str = "noor") -> list[str]:
    """The titles of what somebody reads of one part of what is shared with them."""
    with acting(getattr(cast, who)):
        found = [(one, here) for one in shared_in() for here in parts_shown(one) if here.key == part]
        return [item.title for one, here in found for item in drawn_for(one, here).items]


def rows(cast: Cast, model: Any, case: Case, who: str = "noor") -> int:
    """How many rows of a case the database shows somebody, whatever page asks."""
    with acting(getattr(cast, who)):
        return int(model.objects.filter(case=case).count())


def as_owner(sql: str, *told: Any) -> None:
    """Change what no verb changes, such as a day that is over: as the owner of the database, with its triggers asleep."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            cursor.execute(sql, told)
        finally:
            cursor.execute("SET session_replication_role = origin")
