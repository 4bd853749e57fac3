"""Reads of policies: which are in force, who has read them, which client has which."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from alongside.confidentiality.models import Acknowledgment, Policy, PolicyCopy, PolicyVersion
from alongside.confidentiality.models.policy import PolicyState
from alongside.confidentiality.queries.starters import STARTERS, Starter
from alongside.foundations import clock
from alongside.foundations.actor import Actor
from alongside.people.models import Case, Staff
from alongside.people.queries import here_now


def in_force(actor: Actor) -> QuerySet[Any]:
    """The versions in force in the actor's agency; `read` says whether the actor has acknowledged each."""
    mine = Acknowledgment.objects.filter(version=OuterRef("pk"), staff_id=actor.staff)
    rows = PolicyVersion.objects.filter(agency_id=actor.agency, state=PolicyState.IN_FORCE)
    return rows.select_related("policy").annotate(read=Exists(mine)).order_by("policy__title")


def unread(actor: Actor) -> QuerySet[PolicyVersion]:
    """Versions in force that the actor has not acknowledged yet, the oldest first."""
    return in_force(actor).filter(read=False).order_by("in_force_on", "pk")


def not_acknowledged(version: PolicyVersion) -> list[Staff]:
    """Staff of the agency who are here and have not acknowledged this version, by name."""
    read = Acknowledgment.objects.filter(version=version, staff=OuterRef("pk"))
    return list(here_now(version.agency_id).exclude(Exists(read)))


@dataclass(frozen=True)
class Kept:
    """A policy as its list shows it: what is in force, what is being written, and who has still to read it."""

    policy: Policy
    now: PolicyVersion | None
    draft: PolicyVersion | None
    unread: int
    review_due: bool


def kept_policies(agency: UUID) -> list[Kept]:
    """Every policy of the agency, by title. Four queries."""
    rows = Policy.objects.filter(agency_id=agency).order_by("title").prefetch_related("versions")
    here = set(here_now(agency).values_list("pk", flat=True))
    read: dict[UUID, set[UUID]] = {}
    for version, staff in Acknowledgment.objects.filter(agency_id=agency).values_list("version_id", "staff_id"):
        read.setdefault(version, set()).add(staff)
    return [_kept(policy, here, read, clock.today()) for policy in rows]


def _kept(policy: Policy, here: set[UUID], read: dict[UUID, set[UUID]], today: date) -> Kept:
    by_state = {version.state: version for version in policy.versions.all()}
    now = by_state.get(PolicyState.IN_FORCE)
    unread = len(here - read.get(now.pk, set())) if now else 0
    return Kept(policy, now, by_state.get(PolicyState.DRAFT), unread, now is not None and now.review_on <= today)


def free_starters(agency: UUID) -> list[Starter]:
    """Starters that the agency has not taken up."""
    taken = set(Policy.objects.filter(agency_id=agency).values_list("key", flat=True))
    return [starter for starter in STARTERS if starter.key not in taken]


def versions_of(policy: Policy) -> list[PolicyVersion]:
    """Every version of a policy, newest first."""
    return list(policy.versions.select_related("written_by").order_by("-number"))


def copies_given(case: Case) -> list[PolicyCopy]:
    """The copies that the client of a case was given, newest first."""
    rows = PolicyCopy.objects.filter(case=case).select_related("version__policy", "by")
    return list(rows.order_by("-given_on", "-pk"))


def not_given(case: Case, copies: list[PolicyCopy]) -> list[PolicyVersion]:
    """Versions in force of which the client of a case has no copy."""
    given = [copy.version_id for copy in copies]
    rows = PolicyVersion.objects.filter(agency_id=case.agency_id, state=PolicyState.IN_FORCE).exclude(pk__in=given)
    return list(rows.select_related("policy").order_by("policy__title"))
