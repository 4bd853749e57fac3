"""Every address of the program as the resolver knows it, with the ids of a real client's record put in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.test import Client
from django.urls import reverse

from alongside.client_level.engagement.models import ReferralIn
from alongside.confidentiality.actions import case_share, release_make, release_sign
from alongside.confidentiality.models import (
    Agreement,
    Conflict,
    Disposal,
    Policy,
    PolicyVersion,
    RetentionRule,
    SharingWish,
)
from alongside.documentation.actions import document_add
from alongside.foundations.actor import Actor, acting
from alongside.foundations.checks import addresses
from alongside.foundations.roles import Right
from alongside.people.actions import set_up_actor, staff_add
from alongside.people.models import (
    Address,
    Agency,
    Assignment,
    Case,
    ContactPoint,
    Household,
    HouseholdMember,
    Person,
    PersonIdentifier,
    PersonName,
    Program,
    Representative,
    SignificantOther,
    Staff,
)
from tests.access.worlds import TODAY, filled, in_order
from tests.cast import PASSWORD, Cast
from tests.papers import LEASE
from tests.papers import about as about_it
from tests.releasing import ahead, terms, typed
from tests.sharing import EASTFIELD, LEAST, agreed

PART = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
WORDS = re.compile(r"[a-z]+")
Record = dict[type[models.Model], models.Model]
AGENCYS = (Policy, PolicyVersion, RetentionRule, Agreement)

# Parts of a route whose name is neither the noun nor near it.
PLAIN = {"int": 1, "str": "service", "slug": "service"}


@dataclass(frozen=True)
class Route:
    """One address: how it is written, what it is called, what it needs."""

    text: str
    name: str
    need: Right

    @property
    def of_a_case(self) -> bool:
        """Whether it opens something of one case."""
        return "<uuid:case>" in self.text

    def path(self, record: Record) -> str:
        """The address with the ids of a record in it."""
        parts = {m["name"]: self._part(m["kind"] or "str", m["name"], record) for m in PART.finditer(self.text)}
        return reverse(self.name, kwargs=parts)

    def _part(self, kind: str, name: str, record: Record) -> object:
        if kind != "uuid":
            return PLAIN[kind]
        nouns = [name.replace("_", ""), *(_singular(word) for word in reversed(WORDS.findall(self.text)))]
        outside = ReferralIn if self.text.startswith("referrals/") else None
        for noun in nouns:
            for model, row in record.items():
                if noun == "referral" and outside is not None and model is not outside:
                    continue
                if noun in model.__name__.lower():
                    return row.pk
        return next(iter(record.values())).pk


def _singular(word: str) -> str:
    return word.removesuffix("ies") + "y" if word.endswith("ies") else word.removesuffix("s") or word


def routes() -> Iterator[Route]:
    """Every address, new ones too."""
    for text, pattern in addresses():
        need: Any = pattern.callback.stated_need  # type: ignore[attr-defined]
        yield Route(text, str(pattern.name), need)


def case_routes() -> list[Route]:
    """Every address that opens something of a case."""
    return [route for route in routes() if route.of_a_case]


def whole_record(cast: Cast, case: Case, worker: str) -> Record:
    """One row in every table about a case and its client, written by whoever works on it; the case itself comes first."""
    me = getattr(cast, worker)
    papers = _papers(cast)
    papers[Agreement] = let_in(cast, case, me)
    with acting(me):
        known: Record = {Case: case, Staff: cast.staff[worker], Person: Person.objects.get(pk=case.client_id)}
        found = Assignment.objects.filter(case=case).first()
        assert found is not None
        known[Assignment] = found
        household = Household(agency_id=me.agency, name="home")
        household.save(force_insert=True)
        known[Household] = household
        about: tuple[type[models.Model], ...] = (
            Address,
            ContactPoint,
            HouseholdMember,
            PersonIdentifier,
            PersonName,
            Representative,
            SignificantOther,
            SharingWish,
        )
        for model in about:
            known[model] = filled(model, known, person_id=case.client_id)
            known[model].save(force_insert=True)
        document_add(me, case=case, paper=about_it(), files=[LEASE])  # a file that opens is no row of plain values
        for model in in_order("case"):
            there = model._default_manager.filter(case=case).first()
            if model is not Assignment:
                known[model] = there or _new(model, known | papers, case)
        referral = ReferralIn.objects.filter(case=case).first()
        if referral is not None:
            known[ReferralIn] = referral
        whose: Record = known | papers | {Agency: cast.agency, Program: cast.program}
        known[Disposal] = filled(Disposal, whose, case=case, subject_id=case.pk)
        known[Disposal].save(force_insert=True)
    return known | papers


def _papers(cast: Cast) -> Record:
    """A policy in force and a rule, as the administrator has set them."""
    with acting(cast.otto):
        known: Record = {Agency: cast.agency, Program: cast.program, Staff: cast.staff["otto"]}
        for model, given in (
            (Policy, {}),
            (PolicyVersion, {"state": "in_force", "in_force_on": TODAY}),
            (RetentionRule, {"years": 7}),
        ):
            known[model] = filled(model, known, agency=cast.agency, **given)
            known[model].save(force_insert=True)
    return {model: known[model] for model in AGENCYS if model in known}


def let_in(cast: Cast, case: Case, worker: Actor) -> Agreement:
    """Share a case with Mira of Eastfield, whom no other story knows."""
    mira = staff_add(
        set_up_actor(cast.elsewhere.pk), name="Mira Lindholm", email=f"mira-{case.number}@eastfield.example", password=PASSWORD,
        roles=["case_manager"],
    )  # fmt: skip
    agreement = agreed(cast)
    release = release_make(worker, case=case, terms=terms(recipients=(EASTFIELD,), categories=LEAST))
    release = release_sign(worker, release=release, edition=release.edition, signing=typed())
    case_share(
        worker,
        case=case,
        agreement=agreement,
        release=release,
        staff=[mira.pk],
        until=ahead(9),
        relevant="To find a home.",
    )
    return agreement


def _new(model: type[models.Model], known: Record, case: Case) -> models.Model:
    over = {"until": TODAY} if model is Conflict else {}  # else its writer would no longer see the case
    row = filled(model, known, case=case, program_id=case.program_id, **over)
    row.save(force_insert=True)
    return row


def lend(cast: Cast, case: Case, to: str) -> None:
    """Lend a file for review, as its supervisor does."""
    with acting(cast.delphine):
        Assignment(
            case=case,
            program_id=case.program_id,
            staff=cast.staff[to],
            role="review",
            since=TODAY,
            until=TODAY + timedelta(days=14),
            reason="file review",
        ).save(force_insert=True)


def browser(cast: Cast, who: str | None, *, checks_csrf: bool = False) -> Client:
    """A browser in which somebody is signed in, or nobody; an error answers 500 instead of stopping the test."""
    client = Client(enforce_csrf_checks=checks_csrf, raise_request_exception=False)
    if who is not None:
        client.force_login(cast.staff[who].account)
    return client


def keys(record: Record) -> set[UUID]:
    """The ids of a record: of what is the client's, not of the agency's policies and rules, which all its files share."""
    return {row.pk for model, row in record.items() if model not in AGENCYS}


__all__ = ["Record", "Route", "browser", "case_routes", "keys", "lend", "routes", "whole_record"]
