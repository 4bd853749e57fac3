"""Finding looks that stand out, as work of the background; and judging them, as a verb."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.confidentiality.models import LookRules, Unusual, UnusualLook
from alongside.confidentiality.queries.unusual import AT_A_RECORD
from alongside.foundations import clock, looks
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import RuleBroken, must_say
from alongside.foundations.held import held
from alongside.foundations.models import Look
from alongside.foundations.roles import OVERSEE

LOOKS_BACK = timedelta(days=2)
STANDING = frozenset({Unusual.SURNAME, Unusual.KNOWN, Unusual.NEIGHBOR})
"""Reasons that do not change from day to day: once judged fitting for a person and a case, they are not raised again."""

# One row for each person, case and day. The owner asks it, over all agencies; names are compared and never given out. It is the
# agency whose case it is that judges: also a look of another agency's staff, who have a place on it while it is shared with them.
QUESTION = """
WITH seen AS (
  SELECT l.case_id, l.staff_id, (l.at AT TIME ZONE %(zone)s)::date AS day, min(l.at) AS first_at,
         max(l.at) AS last_at, bool_or(l.kind = %(refused)s) AS refused,
         bool_or(CASE WHEN coalesce(r.night_from, 22) > coalesce(r.night_until, 6)
                      THEN extract(hour FROM l.at AT TIME ZONE %(zone)s) >= coalesce(r.night_from, 22)
                        OR extract(hour FROM l.at AT TIME ZONE %(zone)s) < coalesce(r.night_until, 6)
                      ELSE extract(hour FROM l.at AT TIME ZONE %(zone)s) >= r.night_from
                       AND extract(hour FROM l.at AT TIME ZONE %(zone)s) < r.night_until END) AS night
  FROM foundations_look l JOIN people_case k ON k.id = l.case_id LEFT JOIN confidentiality_lookrules r ON r.agency_id = k.agency_id
  WHERE l.at >= %(since)s AND l.staff_id IS NOT NULL AND l.kind = ANY (%(kinds)s)
  GROUP BY 1, 2, 3
)
SELECT c.agency_id, seen.case_id, c.program_id, seen.staff_id, s.name || CASE WHEN h.id <> c.agency_id THEN ', ' || h.name ELSE '' END,
  seen.day, seen.first_at, seen.last_at, seen.night, seen.refused,
  surname(s.name) IN (surname(p.preferred_name), surname(p.legal_name)) OR EXISTS (
    SELECT 1 FROM people_householdmember m JOIN people_householdmember o ON o.household_id = m.household_id
      JOIN people_person q ON q.id = o.person_id
    WHERE m.person_id = p.id AND o.person_id <> p.id
      AND surname(s.name) IN (surname(q.preferred_name), surname(q.legal_name))) AS surname,
  EXISTS (SELECT 1 FROM people_significantother t WHERE t.person_id = p.id AND lower(t.name) = lower(s.name)) AS known,
  EXISTS (SELECT 1 FROM people_significantother t WHERE t.person_id = p.id AND lower(t.name) = lower(s.name)
          AND t.relation ILIKE '%%neighb%%')
    OR EXISTS (SELECT 1 FROM people_person me JOIN people_address mine ON mine.person_id = me.id AND mine.until IS NULL
      JOIN people_address near ON near.person_id = p.id AND near.until IS NULL AND near.postal_code <> ''
        AND near.postal_code = mine.postal_code AND lower(near.city) = lower(mine.city)
      WHERE me.agency_id = c.agency_id AND me.id <> p.id AND lower(s.name) IN (lower(me.preferred_name), lower(me.legal_name)))
    AS neighbor,
  NOT EXISTS (SELECT 1 FROM people_assignment a WHERE a.case_id = c.id AND a.staff_id = seen.staff_id
              AND a.since <= seen.day AND (a.until IS NULL OR a.until >= seen.day))
    AND NOT EXISTS (SELECT 1 FROM people_programstaff m WHERE m.program_id = c.program_id AND m.staff_id = seen.staff_id
                    AND m.role = 'program_manager')
    AND NOT EXISTS (SELECT 1 FROM confidentiality_sharereader x JOIN confidentiality_caseshare sh ON sh.id = x.share_id
      WHERE x.case_id = c.id AND x.staff_id = seen.staff_id AND sh.since <= seen.day AND sh.until > seen.day
        AND (sh.ended_at IS NULL OR (sh.ended_at AT TIME ZONE %(zone)s)::date >= seen.day))
    AND NOT EXISTS (WITH RECURSIVE above(id) AS (
        SELECT w.supervisor_id FROM people_assignment a JOIN people_staff w ON w.id = a.staff_id WHERE a.case_id = c.id
        UNION SELECT w.supervisor_id FROM people_staff w JOIN above ON w.id = above.id)
      SELECT 1 FROM above WHERE above.id = seen.staff_id) AS outside
FROM seen JOIN people_case c ON c.id = seen.case_id JOIN people_person p ON p.id = c.client_id
  JOIN people_staff s ON s.id = seen.staff_id JOIN people_agency h ON h.id = s.agency_id
"""
REASONS = (Unusual.NIGHT, Unusual.REFUSED, Unusual.SURNAME, Unusual.KNOWN, Unusual.NEIGHBOR, Unusual.OUTSIDE)
Key = tuple[UUID | None, UUID, Any]


def unusual_find() -> int:
    """Write down what stands out among the looks of the last two days; how many are new or have a new reason."""
    since = clock.now() - LOOKS_BACK
    with transaction.atomic(using="owner"):
        found = [*_of_cases(since), *_many(since)]
        there = _there(since)
        fitting = _fitting()
        return sum(_keep(row, there, fitting) for row in found)


def _of_cases(since: datetime) -> Iterable[dict[str, Any]]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            QUESTION, {"zone": settings.TIME_ZONE, "since": since, "refused": looks.REFUSED, "kinds": list(AT_A_RECORD)}
        )
        rows = cursor.fetchall()
    for agency, case, program, staff, name, day, first, last, *flags in rows:
        reasons = [str(reason) for reason, holds in zip(REASONS, flags, strict=True) if holds]
        if reasons:
            yield {"agency_id": agency, "case_id": case, "program_id": program, "staff_id": staff, "who": name, "on": day,
                   "first_at": first, "last_at": last, "reasons": reasons, "files": 1}  # fmt: skip


def _many(since: datetime) -> Iterable[dict[str, Any]]:
    """Each person and day with more files opened within the agency's span of minutes than it thinks usual."""
    rules = {row.agency_id: row for row in LookRules.objects.using("owner").all()}
    rows = Look.objects.using("owner").filter(
        at__gte=since, kind__in=AT_A_RECORD, case_id__isnull=False, staff_id__isnull=False
    )
    recent: dict[UUID | None, deque[tuple[datetime, UUID | None]]] = defaultdict(deque)
    most: dict[tuple[object, ...], dict[str, Any]] = {}
    told = ("agency_id", "staff_id", "actor_name", "case_id", "at")
    for agency, staff, name, case, at in rows.order_by("at").values_list(*told).iterator():
        rule, line = (rules.get(agency) if agency else None) or LookRules(), recent[staff]
        line.append((at, case))
        while line[0][0] < at - timedelta(minutes=rule.many_minutes):
            line.popleft()
        files, key = len({one for _at, one in line}), (agency, staff, timezone.localtime(at).date())
        if files >= rule.many_files and files > most.get(key, {"files": 0})["files"]:
            most[key] = {"agency_id": agency, "case_id": None, "program_id": None, "staff_id": staff, "who": name, "on": key[2],
                         "first_at": line[0][0], "last_at": at, "reasons": [str(Unusual.MANY)], "files": files}  # fmt: skip
    return most.values()


def _there(since: datetime) -> dict[Key, UnusualLook]:
    rows = UnusualLook.objects.using("owner").filter(on__gte=timezone.localtime(since).date())
    return {(row.case_id, row.staff_id, row.on): row for row in rows}


def _fitting() -> set[tuple[UUID | None, UUID, str]]:
    """Person, case and reason of what was judged fitting before."""
    rows = UnusualLook.objects.using("owner").filter(fitting=True, case__isnull=False)
    return {
        (case, staff, why)
        for case, staff, reasons in rows.values_list("case_id", "staff_id", "reasons")
        for why in reasons
    }


def _keep(
    row: Mapping[str, Any], there: Mapping[Key, UnusualLook], fitting: set[tuple[UUID | None, UUID, str]]
) -> bool:
    settled = {why for why in STANDING if (row["case_id"], row["staff_id"], str(why)) in fitting}
    reasons = [why for why in row["reasons"] if why not in settled]
    before = there.get((row["case_id"], row["staff_id"], row["on"]))
    if not reasons or (before is not None and before.judged_at is not None):
        return False
    if before is None:
        UnusualLook(**{**row, "reasons": reasons}).save(using="owner", force_insert=True)
        return True
    new = set(reasons) - set(before.reasons) or row["files"] > before.files
    before.reasons = sorted({*reasons, *before.reasons})
    before.last_at, before.files = row["last_at"], max(row["files"], before.files)
    before.save(using="owner", update_fields=["reasons", "last_at", "files"])
    return bool(new)


@verb(OVERSEE)
def unusual_judge(actor: Actor, *, look: UnusualLook, fitting: bool, words: str) -> Done[UnusualLook]:
    """Say whether an unusual look was fitting, and why; it stays as it was judged (practice C5).

    Raises `RuleBroken` without words, for one's own look, and for one that was judged already.
    """
    must_say(words, _("Write why, in a sentence: whom you asked, and what you found."), "practice C5", "words")
    if look.staff_id == actor.staff:
        raise RuleBroken(_("You cannot judge your own access. Someone who supervises you does."), "practice C5")
    look = held(look)
    if look.judged_at is not None:
        raise RuleBroken(_("This was judged already. Look at the list again."), "practice C5")
    look.fitting, look.words, look.judged_by_id, look.judged_at = fitting, words, actor.staff, clock.now()
    look.save(update_fields=["fitting", "words", "judged_by", "judged_at"])
    said = _("Judged unusual access as justified") if fitting else _("Judged unusual access as not justified")
    return Done(look, look, said, case=look.case_id)
