"""A case shared with another agency: by who works on it, and as those read it with whom it is shared (practice C1, C4)."""

from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.confidentiality.access import case_view, in_frame
from alongside.confidentiality.actions.sharing import case_share, case_share_end
from alongside.confidentiality.forms.access import EndForm
from alongside.confidentiality.forms.sharing import ShareForm
from alongside.confidentiality.models import CaseShare, Release
from alongside.confidentiality.queries.coverage import names
from alongside.confidentiality.queries.disclosures import notice_of
from alongside.confidentiality.queries.releases import in_force
from alongside.confidentiality.queries.sharing import (
    LEAST,
    SHOWN_PAGE,
    SharedIn,
    agreements_of,
    case_of_share,
    client_shown,
    closed_on,
    drawn_for,
    parts_shown,
    shared_at,
    shared_for,
    staff_to_share_with,
)
from alongside.confidentiality.queries.why import why_i_see
from alongside.confidentiality.views.parts import small_form
from alongside.foundations import looks
from alongside.foundations.errors import NotYours
from alongside.foundations.needs import actor_of, needs, page_name
from alongside.foundations.pages import open_form
from alongside.foundations.roles import READ_CASE, WORK_CASE
from alongside.people.models import Case

Thing = TypeVar("Thing")


@case_view(WORK_CASE)
def share_choose(request: HttpRequest, case: Case) -> HttpResponse:
    """Choose under which agreement a case is shared."""
    agreed = [one for one in agreements_of(actor_of(request).agency) if one.stands]
    return render(request, "confidentiality/share_choose.html", in_frame(request, case, "consent", agreed=agreed))


@case_view(WORK_CASE)
def share_new(request: HttpRequest, case: Case, agreement: UUID) -> HttpResponse:
    """Share a case with named staff of the other agency."""
    actor = actor_of(request)
    seen = next((one for one in agreements_of(actor.agency) if one.row.pk == agreement), None)
    if seen is None:
        raise Http404
    found, papers = seen.row, in_force(case)
    meant = [one for one in papers if names(one, seen.name) and LEAST <= set(one.categories)]
    last = {closed_on(one, found) - timedelta(days=1) for one in meant}
    form = open_form(
        request, ShareForm, releases=papers, theirs=staff_to_share_with(found.pk),
        initial={"release": meant[0].pk if len(meant) == 1 else None, "until": last.pop() if len(last) == 1 else None},
    )  # fmt: skip

    def do() -> str:
        told = form.cleaned_data
        release = get_object_or_404(Release, pk=told["release"], case=case)
        case_share(
            actor, case=case, agreement=found, release=release, staff=told["staff"], until=told["until"], relevant=told["relevant"]
        )  # fmt: skip
        return _(
            "The case is shared. It is listed under “What was shared”, and each reading under “Who has seen this”."
        )

    told = _("They read what the release covers and write nothing. It closes when the release or the agreement ends.")
    return small_form(
        request, case, form, do, _("Share with %(name)s") % {"name": seen.name}, _("Share it"), told=told, about=found.purpose,
        leads=reverse("consent", args=[case.pk]), back=reverse("consent", args=[case.pk]), tab="consent",
    )  # fmt: skip


@case_view(WORK_CASE)
def share_end(request: HttpRequest, case: Case, share: UUID) -> HttpResponse:
    """Close a shared case to the other agency."""
    found = get_object_or_404(CaseShare.objects.select_related("disclosure"), pk=share, case=case)
    form = open_form(request, EndForm)

    def do() -> str:
        case_share_end(actor_of(request), share=found, why=form.cleaned_data["why"])
        return _("The case is closed to them.")

    return small_form(
        request, case, form, do, _("End the sharing?"), _("End it"), about=found.disclosure.recipient,
        told=_("It closes with their next page. That it was shared stays on record."),
        leads=reverse("consent", args=[case.pk]), back=reverse("consent", args=[case.pk]), tab="consent",
    )  # fmt: skip


def found_share(request: HttpRequest, share: UUID) -> SharedIn:
    """A case that is shared with the actor at this moment.

    Raises `NotYours` for any other; the refusal is kept with the case (C4, C5).
    """
    actor, found = actor_of(request), shared_at(share)
    if found is None:
        case = case_of_share(share)
        looks.look(looks.REFUSED, actor=actor, case=case, page=page_name(request), subject=(CaseShare, share))
        raise NotYours("There is nothing here.")
    return found


def opened_of(request: HttpRequest, shown: SharedIn, what: Thing | None, page: str = "") -> Thing:
    """What was asked for of a shared case, if it is there; the look is kept, as opened or as refused. Raises Http404."""
    kind = looks.REFUSED if what is None else looks.OPENED
    told = page or page_name(request)
    looks.look(kind, actor=actor_of(request), case=shown.case, page=told, subject=(CaseShare, shown.share))
    if what is None:
        raise Http404
    return what


@needs(READ_CASE)
@require_safe
def shared_case(request: HttpRequest, share: UUID, part: str = "identity") -> HttpResponse:
    """One part of a case that another agency shares: for reading, and nothing else of the case."""
    found = found_share(request, share)
    parts = parts_shown(found)
    asked = next((one for one in parts if one.key == part), None)
    chosen = opened_of(request, found, asked, SHOWN_PAGE + asked.category if asked else "")
    context = {
        "here": "cases", "shared": found, "parts": parts, "chosen": chosen, "items": drawn_for(found, chosen).items,
        "client": client_shown(found), "purpose": shared_for(found.share), "notice": notice_of(found.basis, "English"),
        "why": why_i_see(actor_of(request), Case(pk=found.case)),
    }  # fmt: skip
    return render(request, "confidentiality/shared_case.html", context)
