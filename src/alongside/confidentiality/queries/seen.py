"""Who has seen a case, by person and day: what was opened, done, printed or refused, and why they may (practice C5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max, Min, Q
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.confidentiality.models import CaseShare, Category, ShareReader, UrgentOpening
from alongside.confidentiality.queries.sharing import SHOWN_PAGE
from alongside.foundations import looks
from alongside.foundations.models import Deed, Look
from alongside.people.models import Assignment, Case, ProgramStaff, Staff

GROUPS = 60


@dataclass(frozen=True)
class Seen:
    """One person on one day, with how many `openings`. `why` says on what ground; empty where there was none."""

    day: date
    first: datetime
    last: datetime
    who: str
    why: str
    opened: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    printed: tuple[str, ...] = ()
    exported: tuple[str, ...] = ()
    openings: int = 0
    refused: bool = False

    @property
    def outside(self) -> bool:
        """True when the person neither works on the case nor answers for it."""
        return not self.why


@dataclass(frozen=True)
class SeenPage:
    """Groups, newest first, and the day from which older ones go on, or None."""

    groups: tuple[Seen, ...]
    older: date | None = None


Key = tuple[date, UUID]


def who_has_seen(case: Case, before: date | None = None, outside_only: bool = False) -> SeenPage:
    """Looks and deeds of a case up to the day before `before`, by person and day. Seven queries."""
    seen, left = _grouped(case, before)
    why = _grounds(case)
    groups = [_group(key, rows, why(key)) for key, rows in seen.items()]
    groups.sort(key=lambda group: (group.day, group.last), reverse=True)
    return SeenPage(tuple(g for g in groups if g.outside or not outside_only), left)


def _grouped(case: Case, before: date | None) -> tuple[dict[Key, list[Mapping[str, Any]]], date | None]:
    """The rows of each person and day, whole days only, and the first day that is left for another page."""
    limit = Q(at__lt=timezone.make_aware(datetime.combine(before, time.min))) if before else Q()
    by = ("day", "staff_id", "actor_name")
    looked = Look.objects.filter(limit, case_id=case.pk, staff_id__isnull=False).annotate(day=TruncDate("at"))
    done = Deed.objects.filter(limit, case_id=case.pk).annotate(day=TruncDate("at"))
    span = {"first": Min("at"), "last": Max("at")}
    pages = (
        looked.values(*by, "kind")
        .annotate(pages=ArrayAgg("page", distinct=True), times=Count("pk"), **span)
        .order_by("-day")
    )
    deeds = done.values(*by).annotate(sentences=ArrayAgg("sentence", order_by="at"), **span).order_by("-day")
    rows: list[Mapping[str, Any]] = [*pages[: GROUPS + 1], *deeds[: GROUPS + 1]]
    full = [list(part)[-1]["day"] for part in (pages[: GROUPS + 1], deeds[: GROUPS + 1]) if len(part) > GROUPS]
    last = max(full, default=None)
    newest = max((row["day"] for row in rows), default=None)
    cut = last if last != newest else None
    found: dict[Key, list[Mapping[str, Any]]] = {}
    for row in rows:
        if cut is None or row["day"] > cut:
            found.setdefault((row["day"], row["staff_id"]), []).append(row)
    left = cut or (last - timedelta(days=1) if last else None)
    return found, left + timedelta(days=1) if left else None


def _group(key: Key, rows: list[Mapping[str, Any]], why: str) -> Seen:
    kinds: dict[str, list[str]] = {}
    for row in rows:
        kinds.setdefault(row.get("kind", "done"), []).extend(row.get("pages") or row.get("sentences") or [])
    return Seen(
        day=key[0], first=min(row["first"] for row in rows), last=max(row["last"] for row in rows),
        who=rows[0]["actor_name"], why=why,
        opened=tuple(sorted({page_words(page) for page in kinds.get(looks.OPENED, [])})),
        done=tuple(dict.fromkeys(kinds.get("done", []))),
        printed=tuple(sorted({page_words(page) for page in kinds.get(looks.PRINTED, [])})),
        exported=tuple(sorted({page_words(page) for page in kinds.get(looks.EXPORTED, [])})),
        openings=sum(row["times"] for row in rows if row.get("kind") == looks.OPENED),
        refused=looks.REFUSED in kinds,
    )  # fmt: skip


class _grounds:
    """Why someone may open a case: their own place on it, or that they answer for someone who has one."""

    def __init__(self, case: Case) -> None:
        rows = list(Assignment.objects.filter(case=case).select_related("staff"))
        self.places = [(row.staff_id, str(row.get_role_display()), row.since, row.until) for row in rows]
        above = dict(Staff.objects.filter(agency=case.agency_id).values_list("pk", "supervisor_id"))
        self.line: dict[UUID, str] = {}
        for row in rows:
            leader = above.get(row.staff_id)
            while leader is not None and leader not in self.line:
                self.line[leader] = _("Answers for %(name)s") % {"name": row.staff.name}
                leader = above.get(leader)
        urgent = UrgentOpening.objects.filter(case=case).values_list("staff_id", "began_at", "ends_at")
        days = (
            (who, timezone.localtime(begins).date(), timezone.localtime(ends).date()) for who, begins, ends in urgent
        )
        self.urgent = {(day, who) for who, begins, ends in days for day in (begins, ends)}
        readers = ShareReader.objects.filter(case=case).select_related("share__disclosure")
        self.shared = [(one.staff_id, one.share.disclosure.recipient, *_days_of(one.share)) for one in readers]
        managers = ProgramStaff.objects.filter(program=case.program_id, role="program_manager")
        self.managers = set(managers.values_list("staff_id", flat=True))

    def __call__(self, key: Key) -> str:
        day, staff = key
        held = [
            role
            for who, role, since, until in self.places
            if who == staff and since <= day and (not until or day <= until)
        ]
        if held:
            return ", ".join(dict.fromkeys(held)).capitalize()
        lasting = self.line.get(staff, "") or (_("Manages the program") if staff in self.managers else "")
        shared = (agency for who, agency, since, until in self.shared if who == staff and since <= day <= until)
        with_whom = next((_("Of %(agency)s, with which it is shared") % {"agency": agency} for agency in shared), "")
        return lasting or (_("Opened it urgently") if key in self.urgent else with_whom)


def _days_of(share: CaseShare) -> tuple[date, date]:
    """The first and the last day on which a share can have let somebody read."""
    ended = timezone.localtime(share.ended_at).date() if share.ended_at else share.until
    return share.since, min(share.until, ended)


def page_words(name: str) -> str:
    """What a page is called, by the name of its address; of a shared case, by the part that was opened."""
    if name.startswith(SHOWN_PAGE):
        return _("Shared: %(part)s") % {"part": Category(name.removeprefix(SHOWN_PAGE)).label}
    words = {
        "case": _("Thread"), "timeline": _("Timeline"), "case_file": _("The whole case file"), "seen": _("Who has seen this"),
        "case_access": _("Who may see this"), "conflict_new": _("Who may see this"), "conflict_end": _("Who may see this"),
        "assessment": _("Assessment"), "assessment_pdf": _("Assessment, on paper"),
        "sitting": _("Assessment"), "sitting_new": _("Assessment"), "need_new": _("A need"),
        "need_edit": _("A need"), "plan": _("Plan"), "plan_sign": _("Plan, to sign"), "plan_pdf": _("Plan, on paper"),
        "services": _("Services and referrals"), "service_new": _("Services and referrals"), "note": _("A note"),
        "note_new": _("A note"), "addendum_new": _("A note"), "referral_out": _("A referral"),
        "referral_out_new": _("A referral"), "ending": _("Ending"), "case_people": _("People"), "person_edit": _("People"),
        **dict.fromkeys(
            ("consent", "release", "release_new", "release_sign", "release_words", "release_edit"), _("Documents and consent")
        ),
        **dict.fromkeys(("disclosure", "disclosure_new"), _("What was shared")), "packet": _("A packet that was sent"),
        "release_pdf": _("A release, on paper"), "accounting": _("The list of what was shared"), "sharing": _("People"),
        "case_policies": _("Policies given"), "policy_copy_pdf": _("Policies given"), "statement_new": _("A disagreement"),
        "statement_reply": _("A disagreement"), "case_retention": _("How long it is kept"),
        **dict.fromkeys(("shared_case", "shared_part"), _("A part that is shared")), "shared_file": _("A document that is shared"),
        **dict.fromkeys(("share_choose", "share_new", "share_end"), _("Documents and consent")),
        "unusual_look": _("Unusual access, to judge it"),
    }  # fmt: skip
    return words.get(name) or _("Another part of the record")
