"""Verbs of needs: named and numbered, put in other words, and ranked by the client and by the worker."""

from collections.abc import Mapping
from datetime import date
from typing import Required, TypedDict, Unpack
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from alongside.client_level.assessment.actions.asked import must_name_source
from alongside.client_level.assessment.queries import needs_of, order_edition
from alongside.documentation.models import Need
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import held, last_hand, must_be_unchanged, next_edition
from alongside.foundations.roles import WORK_CASE
from alongside.people.access import held_in_open_case, must_be_in_its_life, must_be_open
from alongside.people.models import Case

Places = Mapping[UUID, int | None]


class NeedFacts(TypedDict, total=False):
    """What is recorded of a need: extent 1 to 4, the three capacities 0 to 4, codes of what it is known from (A4, A6)."""

    title: Required[str]
    domain: Required[str]
    sources: Required[list[str]]
    client_words: str
    extent: int
    client_capacity: int
    network_capacity: int
    agency_capacity: int
    found_on: date


@verb(WORK_CASE)
def need_add(actor: Actor, *, case: Case, **facts: Unpack[NeedFacts]) -> Done[Need]:
    """Name a need and give it the next number of the case, once and for good (practice A3, A4, A6).

    Raises `RuleBroken` when the title or the evidence is missing, a code is unknown, or the day is still ahead.
    """
    must_be_open(case)
    fresh = held(case)
    need = Need(case=fresh, number=fresh.next_need_number, found_on=clock.today())
    _set_need(need, facts)
    need.save(force_insert=True)
    fresh.next_need_number += 1
    fresh.save(update_fields=["next_need_number"])
    return Done(need, need, _("Named need %(number)d") % {"number": need.number}, case=case.pk)


@verb(WORK_CASE)
def need_change(actor: Actor, *, need: Need, edition: int, **facts: Unpack[NeedFacts]) -> Done[Need]:
    """Put a need in other words or judge its extent and capacities anew; its number stays (practice A3, A4, A9).

    Raises as `need_add`, and `ChangedByAnother` when someone changed it since `edition` was read.
    """
    fresh = held_in_open_case(need)
    before: dict[str, object] = {name: getattr(fresh, name) for name in facts}
    next_edition(fresh, edition, before)
    _set_need(fresh, facts)
    fresh.save()
    changes = {n: (old, getattr(fresh, n)) for n, old in before.items() if old != getattr(fresh, n)}
    said = _("Changed need %(number)d") % {"number": fresh.number}
    return Done(fresh, fresh, said, case=fresh.case_id, changes=changes)


def _set_need(need: Need, facts: NeedFacts) -> None:
    must_say(facts["title"], _("Say what is needed, in a few words."), "practice A3", "title")
    must_name_source(facts["sources"])
    for name, value in facts.items():
        setattr(need, name, value.strip() if isinstance(value, str) else value)
    must_be_in_its_life(need.case, need.found_on, "practice A3", "found_on")
    try:
        need.clean_fields(exclude={"case", "program_id"})
    except ValidationError as wrong:
        name, messages = next(iter(wrong.message_dict.items()))
        raise RuleBroken(messages[0], "practice A4", name) from wrong


@verb(WORK_CASE)
def needs_rank(actor: Actor, *, case: Case, client: Places, worker: Places, edition: int | None = None) -> Done[Case]:
    """Keep the client's own order of the needs beside the worker's, by need; None leaves one unranked (practice A5).

    `edition` is `order_edition` as it was read. Raises `RuleBroken` for a place given twice or outside the list, and
    `ChangedByAnother` when either order has changed since.
    """
    must_be_open(case)
    held(case)
    needs = needs_of(case)
    if edition is not None:
        theirs: dict[str, object] = {f"client_{n.pk}": n.client_rank or "" for n in needs}
        theirs |= {f"worker_{n.pk}": n.worker_rank or "" for n in needs}
        must_be_unchanged(case, edition, theirs, now=order_edition(needs), who=last_hand(case, "needs_rank"))
    for need in needs:
        need.client_rank = client.get(need.pk, need.client_rank)
        need.worker_rank = worker.get(need.pk, need.worker_rank)
    if (client.keys() | worker.keys()) - {need.pk for need in needs}:
        raise RuleBroken(_("One of these needs belongs to another case."), "practice A5")
    _must_be_an_order(needs, "client")
    _must_be_an_order(needs, "worker")
    for need in needs:
        need.save(update_fields=["client_rank", "worker_rank"])
    return Done(case, case, _("Put the needs in order"), case=case.pk)


def _must_be_an_order(needs: list[Need], whose: str) -> None:
    taken: dict[int, Need] = {}
    for need in needs:
        place: int | None = getattr(need, f"{whose}_rank")
        if place is None:
            continue
        if not 1 <= place <= len(needs):
            sentence = _("Give a rank from 1 to %(last)d.") % {"last": len(needs)}
            raise RuleBroken(sentence, "practice A5", f"{whose}_{need.pk}")
        if place in taken:
            said = {"place": place, "number": taken[place].number}
            sentence = _("Rank %(place)d is already given to need %(number)d. Give another.") % said
            raise RuleBroken(sentence, "practice A5", f"{whose}_{need.pk}")
        taken[place] = need
