"""Needs found, decisions to let one rest, plan versions, signatures and outcomes on the timeline (A3, P1, P8, M5)."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.documentation.models import Need, NeedDecision, PlanVersion, Progress, Signature
from alongside.documentation.models.thread import Standing
from alongside.documentation.queries.events import TIMELINE, Event, Kind, Read, Row, Words
from alongside.foundations.in_place import InPlace
from alongside.foundations.templatetags.house import day


def _needs() -> list[Read]:
    return [Read(Need.objects.all(), "found_on", {"number": "number", "title": InPlace("title")})]


def _need(case: UUID, row: Row) -> Event:
    return Event(_("Need %(n)s found.") % {"n": row.columns["number"]}, row.columns["title"], ("assessment", (case,)))


def _decisions() -> list[Read]:
    columns = {
        "number": "need__number",
        "title": InPlace("need__title"),
        "kind": "kind",
        "by": "decided_by",
        "again": "look_again_on",
    }
    rows = NeedDecision.objects.all()
    return [Read(rows, "decided_on", columns, "1"), Read(rows, "ended_on", columns, "2")]


def _decision(case: UUID, row: Row) -> Event:
    told = row.columns
    if row.step == "2":
        return Event(
            _("Need %(n)s no longer rests.") % {"n": told["number"]}, row.columns["title"], ("assessment", (case,))
        )
    who = {"client": _("the client"), "worker": _("the worker"), "both": _("both together")}[told["by"]]
    title = _("Need %(n)s rests, decided by %(who)s.") % {"n": told["number"], "who": who}
    again = row.day("again")
    tags = [(_("Look again on %(day)s") % {"day": day(again)}, "", "calendar")] if again else []
    return Event(title, told["title"], ("assessment", (case,)), tags=tags)


def _decision_words(keys: Sequence[UUID]) -> dict[UUID, Words]:
    rows = NeedDecision.objects.filter(pk__in=keys)
    return {row.pk: Words([(_("Why"), row.why)] if row.why else [], row.client_words) for row in rows}


def _versions() -> list[Read]:
    rows = PlanVersion.objects.all()
    columns = {"number": "number", "state": "state", "review_on": "review_on"}
    return [Read(rows, "made_on", columns, "1"), Read(rows, "in_effect_on", columns, "2")]


def _version(case: UUID, row: Row) -> Event:
    told = row.columns
    begun = _("Plan version %(n)s made.") if row.step == "1" else _("Plan version %(n)s came into effect.")
    open_ = row.step == "1" and told["state"] == "signing"
    tags = [(_("Waiting for signatures"), "due", "writing")] if open_ else []
    return Event(begun % {"n": told["number"]}, place=("plan", (case,)), tags=tags)


def _signatures() -> list[Read]:
    columns = {"name": InPlace("name"), "capacity": "capacity", "number": "version__number"}
    return [Read(Signature.objects.all(), "signed_at", columns, hour=True)]


def _signature(case: UUID, row: Row) -> Event:
    told = row.columns
    who = _("The client") if told["capacity"] == "client" else told["name"]
    said = _("%(name)s signed plan version %(number)s.") % {"name": who, "number": told["number"]}
    return Event(said, place=("plan", (case,)))


def _progress() -> list[Read]:
    columns = {
        "number": "objective__number",
        "title": InPlace("objective__title"),
        "standing": "standing",
        "value": InPlace("value"),
        "by": "by__name",
    }
    return [Read(Progress.objects.all(), "on", columns)]


def _standing(case: UUID, row: Row) -> Event:
    told = row.columns
    word = str(Standing(told["standing"]).label).lower()
    title = _("Objective %(n)s: %(word)s.") % {"n": told["number"], "word": word}
    detail = _("%(title)s: %(value)s") % told if told["value"] else told["title"]
    return Event(title, detail, ("case", (case,)), by=told["by"])


def _progress_words(keys: Sequence[UUID]) -> dict[UUID, Words]:
    rows = Progress.objects.filter(pk__in=keys)
    return {row.pk: Words([(_("How it stands"), row.words)] if row.words else [], row.client_words) for row in rows}


PLAN, NEEDS = gettext_lazy("Plan"), gettext_lazy("Needs")
TIMELINE.put(Kind("need", "practice A3, D2", "needs", NEEDS, "list-numbers", _needs, _need))
TIMELINE.put(
    Kind("decision", "practice P1, D2", "needs", NEEDS, "player-pause", _decisions, _decision, _decision_words)
)
TIMELINE.put(Kind("version", "practice P8, D2", "plan", PLAN, "clipboard-text", _versions, _version))
TIMELINE.put(Kind("signature", "practice P8, D2", "plan", PLAN, "signature", _signatures, _signature))
TIMELINE.put(Kind("progress", "practice M5, D2", "plan", PLAN, "flag-check", _progress, _standing, _progress_words))
