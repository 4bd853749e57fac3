"""Pages of what leaves: tick it, see exactly what goes, send it; the accounting for the client (practice C2, C3)."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from alongside.confidentiality.access import case_view, in_frame
from alongside.confidentiality.actions import (
    Leave,
    disclosure_consult,
    disclosure_make,
    disclosure_tell,
)
from alongside.confidentiality.forms.disclosures import ConsultForm, DiscloseForm, TellForm, first_disclosure
from alongside.confidentiality.models import How, Release, SharingWish
from alongside.confidentiality.queries.accounting import accounts_of
from alongside.confidentiality.queries.coverage import covers, not_in_force
from alongside.confidentiality.queries.disclosures import (
    Out,
    disclosure_at,
    disclosures_of,
    folded,
    left_of,
    no_paper_because,
    notice_of,
)
from alongside.confidentiality.queries.packet import Drawn, Item, items_of, parts_of_packet, seal_of
from alongside.confidentiality.queries.releases import history_of
from alongside.foundations import clock, looks
from alongside.foundations.errors import RuleBroken
from alongside.foundations.languages import paper_language
from alongside.foundations.needs import actor_of, page_name
from alongside.foundations.pages import ask, open_form
from alongside.foundations.paper import paper
from alongside.foundations.roles import READ_CASE, WORK_CASE
from alongside.people.models import Case, SignificantOther

KEPT_OUT = {"csrfmiddlewaretoken", "look", "again", "seen"}


def _leave(request: HttpRequest, case: Case) -> Leave:
    """On what it is to rest, as the address says: a release, somebody around the client, or nothing where it is theirs."""
    if "release" in request.GET:
        return Leave(release=get_object_or_404(Release, pk=_key(request, "release"), case=case))
    if "other" in request.GET:
        kin = get_object_or_404(SignificantOther, pk=_key(request, "other"), person=case.client_id)
        return Leave(other=kin)
    return Leave()


def _key(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.GET[name])
    except ValueError as error:
        raise Http404 from error


def _parts(case: Case, leave: Leave) -> list[Drawn]:
    """What can be ticked: under a release only what it covers, so that nothing else can leave by mistake."""
    parts = parts_of_packet(case)
    wish = SharingWish.objects.filter(other=leave.other).first() if leave.other else None
    if leave.release is None and leave.other is None:
        return parts

    def may(item: Item) -> bool:
        if leave.release is not None:
            return covers(leave.release, item)
        return wish is not None and item.category in wish.may_share and not item.marks

    kept = (Drawn(one.part, tuple(item for item in one.items if may(item))) for one in parts)
    return [one for one in kept if one.items]


@case_view(WORK_CASE)
def disclosure_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Choose what leaves, see it exactly as it would, and send it."""
    leave, grounded = _leave(request, case), request.GET.get("on") == "ground"
    parts = _parts(case, leave)
    form = open_form(
        request, DiscloseForm, leave=leave, grounded=grounded, parts=parts, initial=first_disclosure(leave)
    )
    why_not = not_in_force(leave.release, clock.today()) if leave.release else ""
    context = in_frame(request, case, "consent", leave=leave, grounded=grounded, parts=parts, why_not=why_not)
    if request.method == "POST" and "again" in request.POST:
        return render(request, "confidentiality/disclosure_new.html", context | {"form": form})
    if request.method == "POST" and "look" in request.POST:
        return _preview(request, case, form, context)

    def do() -> str:
        if not form.cleaned_data["seen"]:
            raise RuleBroken(_("Look at what leaves before it is sent."), "practice C2")
        told = form.values("purpose", "ticked", "how")
        made = disclosure_make(
            actor_of(request), case=case, leave=form.told_leave(), previewed=form.cleaned_data["seen"],
            recipient=_recipient(form, leave), relevant=form.cleaned_data.get("relevant", ""), **told,
        )  # fmt: skip
        return reverse("disclosure", args=[case.pk, made.pk])

    return ask(request, form, do, "confidentiality/disclosure_new.html", context)


def _recipient(form: DiscloseForm, leave: Leave) -> str:
    if leave.other is not None:
        return leave.other.name
    return str(form.cleaned_data.get("recipient", ""))


def _preview(request: HttpRequest, case: Case, form: DiscloseForm, context: dict[str, Any]) -> HttpResponse:
    """Exactly what would leave, word for word, with what was typed carried along."""
    if not form.is_valid():
        return render(request, "confidentiality/disclosure_new.html", context | {"form": form}, status=422)
    items = items_of(case, form.cleaned_data["ticked"])
    kept = [(name, value) for name, values in request.POST.lists() if name not in KEPT_OUT for value in values]
    told = {
        "form": form, "items": items, "kept": kept, "seal": seal_of(items),
        "to": _recipient(form, form.leave) or case.client.preferred_name,
        "marks": sorted({name for item in items for name in item.mark_names}),
    }  # fmt: skip
    return render(request, "confidentiality/disclosure_preview.html", context | told)


def _found(case: Case, key: UUID) -> Out:
    found = disclosure_at(case, key)
    if found is None:
        raise Http404
    return found


@case_view(READ_CASE)
def disclosure(request: HttpRequest, case: Case, disclosure: UUID) -> HttpResponse:
    """One disclosure: what left, to whom, under what, and what is still owed for it."""
    return render(request, "confidentiality/disclosure.html", _page(request, case, _found(case, disclosure)))


def _page(request: HttpRequest, case: Case, out: Out, **more: Any) -> dict[str, Any]:
    told = {"edition": out.row.edition, "on": clock.today(), "told": out.row.told}
    why = no_paper_because(out)
    beside = [] if why else [item for item in left_of(out)[0] if item.files]
    shared = accounts_of(case, out.row.pk) if out.row.how == How.SHARED else []
    return in_frame(
        request, case, "consent", accounts=shared, out=out, row=out.row, history=history_of(out.row.pk), no_paper=why, beside=beside,
        consult_form=ConsultForm(auto_id="consult_%s", initial=told), tell_form=TellForm(auto_id="tell_%s", initial=told),
    ) | more  # fmt: skip


@case_view(WORK_CASE)
def disclosure_step(request: HttpRequest, case: Case, disclosure: UUID, act: str) -> HttpResponse:
    """Write down the consultation that followed, or whether the client was told."""
    out = _found(case, disclosure)
    told: dict[str, Any] = {"edition": out.row.edition, "on": clock.today(), "told": out.row.told}
    kinds: dict[str, Any] = {"consult": ConsultForm, "tell": TellForm}
    form = open_form(request, kinds[act], auto_id=f"{act}_%s", initial=told)
    context = _page(request, case, out, **{f"{act}_form": form, "act": act})

    def do() -> str:
        common: dict[str, Any] = {"disclosure": out.row, "edition": form.cleaned_data["edition"] or 0}
        if act == "consult":
            disclosure_consult(actor_of(request), consulted=form.consulted(), **common)
        else:
            disclosure_tell(actor_of(request), **form.values("told", "on", "because"), **common)
        return reverse("disclosure", args=[case.pk, disclosure])

    return ask(request, form, do, "confidentiality/disclosure.html", context)


@case_view(WORK_CASE)
def packet(request: HttpRequest, case: Case, disclosure: UUID) -> HttpResponse:
    """What left, on paper, with the notice that its basis demands; the release is looked at once more before it is drawn."""
    out, actor = _found(case, disclosure), actor_of(request)
    if why := no_paper_because(out):
        looks.look(looks.REFUSED, actor=actor, case=case.pk, page=page_name(request))
        raise RuleBroken(why, "practice C1")
    items, changed = left_of(out)
    looks.look(looks.PRINTED, actor=actor, case=case.pk, page=page_name(request))
    context = {
        "case": case, "client": case.client, "out": out, "row": out.row, "items": items, "changed": changed,
        "notice": notice_of(out.row.basis, "English"), "printed_by": actor.name, "printed_at": clock.now(),
    }  # fmt: skip
    return paper(request, "confidentiality/packet.html", context, f"packet-{case.number}")


@case_view(READ_CASE)
def accounting(request: HttpRequest, case: Case) -> HttpResponse:
    """The client's own list of what was told about them, on paper, in the language that they read (45 CFR 164.528; practice C2, R5)."""
    actor = actor_of(request)
    looks.look(looks.PRINTED, actor=actor, case=case.pk, page=page_name(request))
    reads = paper_language(case.client.reads_language or case.client.language)
    code = reads.code if reads else get_language() or "en"
    with override(code):
        context = {
            "case": case, "client": case.client, "out": folded(disclosures_of(case)), "accounts": accounts_of(case),
            "printed_by": actor.name, "printed_at": clock.now(),
        }  # fmt: skip
    return paper(request, "confidentiality/accounting.html", context, f"accounting-{case.number}", code)
