"""Every column that takes free signs is sealed, or stands here with the reason why it lies plain (decision 0013)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from alongside.documentation.models import (
    Activity,
    Goal,
    Need,
    NeedDecision,
    Note,
    Objective,
    Progress,
    ReferralOut,
    Service,
)
from alongside.documentation.queries.events import TIMELINE
from alongside.documentation.thread.rows import KINDS
from alongside.foundations.sealed import SealedText
from alongside.supervision.queries.waiting import NOTE

pytestmark = pytest.mark.demand("C1", "C4")

KINDS_OF: dict[str, type[models.Model]] = {
    "needs": Need, "decisions": NeedDecision, "goals": Goal, "objectives": Objective, "activities": Activity,
    "progress": Progress, "notes": Note, "services": Service, "referrals": ReferralOut,
}  # fmt: skip
MADE = frozenset({"by", "closed"})
"""What the Thread calls a writer’s name, and how a note stands that its reader may not open."""

REASONS: dict[str, dict[str, str]] = {
    "names of persons, in their own rows: under an alias they hold the alias": {
        "people_person": "preferred_name legal_name", "people_personname": "name kind", "people_householdmember": "known_as role",
        "people_household": "name", "people_significantother": "name relation", "people_representative": "name capacity",
    },
    "what a person is asked in codes, or in a word beside them": {
        "people_person": "pronouns language reads_language race_more", "engagement_outreach": "languages",
        "engagement_preference": "present", "assessment_sitting": "present", "engagement_explanation": "language",
        "documentation_signature": "language", "confidentiality_release": "language read_in",
        "confidentiality_policycopy": "language", "people_address": "city postal_code",
    },
    "agencies, programs and staff": {
        "people_agency": "name", "people_program": "name", "people_team": "name", "people_staff": "name title languages",
        "people_account": "password email language", "foundations_deed": "actor_name", "foundations_look": "actor_name",
        "confidentiality_unusuallook": "who", "confidentiality_sharereader": "name", "confidentiality_breach": "found_by",
        "confidentiality_breachstep": "told", "documentation_referralout": "organization",
        "confidentiality_release": "discloser recipients", "confidentiality_disclosure": "recipient",
    },
    "what an agency rules, or two agreed on: about no client": {
        "confidentiality_policy": "key title", "confidentiality_policyversion": "words language",
        "confidentiality_retentionrule": "source", "confidentiality_certificate": "source counts",
        "confidentiality_agreement": "purpose why_ended", "engagement_criterion": "question",
        "engagement_screeninganswer": "question",
    },
    "what the program itself writes: codes, numbers, digests, and deeds without narrative": {
        "foundations_deed": "verb subject_kind sentence reason changes told", "foundations_look": "kind page subject_kind",
        "foundations_statechange": "paper_kind start verb end", "foundations_head": "previous", "foundations_jobrun": "key",
        "foundations_sentform": "place digest", "foundations_draft": "place", "people_personidentifier": "looked_up",
        "people_case": "number", "confidentiality_release": "basis", "confidentiality_disclosure": "basis left",
        "confidentiality_breachcase": "number kinds", "confidentiality_statement": "kind",
        "documentation_documentfile": "checksum", "documentation_goal": "number", "documentation_objective": "number",
        "documentation_notelink": "standing", "site_signin": "device_name place how session_key",
        "site_issuerlink": "issuer subject", "site_tries": "key",
    },
}  # fmt: skip


def free() -> Iterator[str]:
    """Each column that takes what anybody types and is not sealed."""
    for model in apps.get_models():
        if not model.__module__.startswith("alongside."):
            continue
        for field in model._meta.concrete_fields:
            kind: Any = field.base_field if isinstance(field, ArrayField) else field
            words = isinstance(kind, models.CharField | models.TextField | models.JSONField)
            if words and not kind.choices and not isinstance(kind, SealedText):
                yield f"{model._meta.db_table}.{field.column}"


def of(model: type[models.Model], path: str) -> Any:
    """The field at a path from a model."""
    first, _, rest = path.partition("__")
    field: Any = model._meta.pk if first == "pk" else model._meta.get_field(first)
    return of(field.related_model, rest) if rest else field


def test_what_many_rows_are_told_by_is_carried_in_place_where_it_lies_sealed() -> None:
    """A sealed column in a question that gives JSON would be shown as the noise it is."""
    asked = [(read.rows.model, one) for kind in TIMELINE for read in kind.reads() for one in read.columns.values()]
    asked += [(Note, one) for one in NOTE]
    asked += [
        (KINDS_OF[noun], name)
        for noun, kind in KINDS.items()
        for name in kind._fields
        if kind.__annotations__[name] is str
    ]
    paths = [(model, path) for model, path in asked if isinstance(path, str) and path not in MADE]
    assert len(paths) > 80
    assert [(model, path) for model, path in paths if isinstance(of(model, path), SealedText)] == []


def test_whatever_can_be_written_freely_is_sealed_or_lies_plain_for_a_reason() -> None:
    told = [
        f"{table}.{column}" for of in REASONS.values() for table, columns in of.items() for column in columns.split()
    ]
    assert len(told) == len(set(told)), "one reason each"
    found = list(free())
    assert sorted(set(found) - set(told)) == [], "seal it, or say here why it lies plain"
    assert sorted(set(told) - set(found)) == [], "a reason for nothing"
    assert len(found) > 60
