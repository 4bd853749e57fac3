"""Every plan version in the printed file, with its time frames, its schedule and its cost (D3, P2-P8)."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.documentation.models import PlanVersion, ReferralOut
from alongside.documentation.queries.file import CASE_FILE, Content, FilePart
from alongside.people.models import Case


def _read(case: Case) -> Content:
    deep = ("goals__need", "goals__objectives__activities", "signatures")
    versions = list(PlanVersion.objects.filter(case=case).order_by("number").prefetch_related(*deep))
    drawn = [{"version": version, "cost": _cost(version)} for version in versions]
    missing = () if any(version.in_effect_on for version in versions) else (_("No service plan has come into effect."),)
    return Content({"versions": drawn}, missing)


def _cost(version: PlanVersion) -> Decimal:
    costs = [
        a.cost
        for goal in version.goals.all()
        for objective in goal.objectives.all()
        for a in objective.activities.all()
    ]
    return sum(costs, Decimal(0))


def _referrals(case: Case) -> Content:
    rows = list(ReferralOut.objects.filter(case=case).select_related("goal").order_by("sent_on", "pk"))
    silent = [row for row in rows if row.answered_on and not row.feedback]
    missing = [
        _("No feedback from %(organization)s is on record.") % {"organization": row.organization} for row in silent
    ]
    return Content({"referrals": rows}, tuple(missing))


PLANS, REFERRALS = gettext_lazy("Service plans"), gettext_lazy("Referrals to others")
CASE_FILE.put(FilePart("plans", "practice D3, P8", 50, PLANS, "documentation/file_plans.html", _read))
CASE_FILE.put(FilePart("referrals", "practice D3, I4", 60, REFERRALS, "documentation/file_referrals.html", _referrals))
