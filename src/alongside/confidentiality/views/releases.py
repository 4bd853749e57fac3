"""Pages of consent: the releases of a case, one release, and what can be done with it (practice C1, C2)."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.confidentiality.access import case_view, in_frame
from alongside.confidentiality.actions import (
    release_change,
    release_end,
    release_make,
    release_show_anew,
    release_sign,
    release_take_back,
)
from alongside.confidentiality.forms.releases import (
    EventForm,
    ReleaseForm,
    SignReleaseForm,
    TakeBackForm,
    first_terms,
)
from alongside.confidentiality.models import Release, ReleaseState
from alongside.confidentiality.queries.basis import BASES, Basis, basis_of
from alongside.confidentiality.queries.disclosures import disclosures_of, folded, people_around
from alongside.confidentiality.queries.releases import Row, drawn_release, history_of, releases_of, terms_of
from alongside.confidentiality.queries.sharing import shared_out
from alongside.confidentiality.queries.shown import shown_of
from alongside.confidentiality.queries.whole import words_to_take
from alongside.foundations import clock, looks
from alongside.foundations.needs import actor_of, page_name
from alongside.foundations.pages import ask, keep_words, open_form
from alongside.foundations.paper import paper
from alongside.foundations.roles import READ_CASE, WORK_CASE
from alongside.people.models import Case


@case_view(READ_CASE)
def consent(request: HttpRequest, case: Case) -> HttpResponse:
    """Documents and consent: releases, what left under them or without, and what family may know."""
    out = disclosures_of(case)
    context = in_frame(
        request, case, "consent", releases=releases_of(case), out=folded(out), kin=people_around(case), shares=shared_out(case),
        owed=[one for one in out if one.consult_by], to_tell=[one for one in out if one.to_tell],
    )  # fmt: skip
    return render(request, "confidentiality/consent.html", context)


def found_release(case: Case, key: UUID) -> Row:
    """A release of this case with how it stands. Raises Http404 for any other."""
    found = drawn_release(case, key)
    if found is None:
        raise Http404
    return found


def _asked_key(request: HttpRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def _basis(request: HttpRequest, before: Release | None) -> Basis:
    asked = request.GET.get("basis") or (before.basis if before else "local")
    return basis_of(asked)


@case_view(WORK_CASE)
def release_new(request: HttpRequest, case: Case) -> HttpResponse:
    """Write a release: first under which basis, then what that basis asks for; also to renew or to narrow one."""
    key = _asked_key(request, "renews")
    before = found_release(case, key).release if key else None
    basis = _basis(request, before)
    agency = request.agency_name if hasattr(request, "agency_name") else ""
    first = first_terms(basis, agency, case.client)
    if before is not None:
        first = terms_of(before) | {name: first[name] for name in ("starts_on", "ends_on", "language")}
    form = open_form(request, ReleaseForm, basis=basis, initial=first)
    context = in_frame(request, case, "consent", basis=basis, bases=list(BASES), before=before)

    def do() -> str:
        made = release_make(actor_of(request), case=case, terms=form.terms(), previous=before)
        return reverse("release_sign", args=[case.pk, made.pk])

    return ask(request, form, do, "confidentiality/release_edit.html", context)


@case_view(WORK_CASE)
def release_edit(request: HttpRequest, case: Case, release: UUID) -> HttpResponse:
    """Change a release before it is signed."""
    row = found_release(case, release)
    first = terms_of(row.release) | {"edition": row.release.edition}
    form = open_form(request, ReleaseForm, basis=basis_of(row.release.basis), initial=first)
    context = in_frame(request, case, "consent", basis=form.basis, row=row)

    def do() -> str:
        edition = form.cleaned_data["edition"] or 0
        release_change(actor_of(request), release=row.release, terms=form.terms(), edition=edition)
        return reverse("release_sign", args=[case.pk, release])

    return ask(request, form, do, "confidentiality/release_edit.html", context)


@case_view(READ_CASE)
def release(request: HttpRequest, case: Case, release: UUID) -> HttpResponse:
    """One release: what it says, who signed it, what left under it, and what can be done next."""
    row = found_release(case, release)
    return render(request, "confidentiality/release.html", _release_page(request, case, row))


def _release_page(request: HttpRequest, case: Case, row: Row, **more: Any) -> dict[str, Any]:
    told = {"edition": row.release.edition, "by": case.client.preferred_name, "on": clock.today()}
    return in_frame(
        request, case, "consent", row=row, given=row.release, shown=shown_of(row.release), history=history_of(row.release.pk),
        out=folded(one for one in disclosures_of(case) if one.row.release_id == row.release.pk),
        back_form=TakeBackForm(auto_id="back_%s", initial=told), event_form=EventForm(auto_id="event_%s", initial=told),
    ) | more  # fmt: skip


def _sign_page(request: HttpRequest, case: Case, row: Row) -> tuple[SignReleaseForm, dict[str, Any]]:
    given = row.release
    first = {"edition": given.edition, "read_in": case.client.reads_language or case.client.language}
    form = open_form(request, SignReleaseForm, initial=first)
    return form, in_frame(
        request, case, "consent", row=row, given=given, shown=shown_of(given), basis=basis_of(given.basis),
        to_take=words_to_take(given, form.day),
    )  # fmt: skip


@case_view(WORK_CASE)
def release_sign_page(request: HttpRequest, case: Case, release: UUID) -> HttpResponse:
    """Sign a release: on the pad, by typing the name, on paper, or aloud where the basis allows it."""
    row = found_release(case, release)
    form, context = _sign_page(request, case, row)

    def do() -> str:
        edition = form.cleaned_data["edition"] or 0
        release_sign(actor_of(request), release=row.release, signing=form.signing(), edition=edition)
        return reverse("release", args=[case.pk, release])

    return ask(request, form, do, "confidentiality/release_sign.html", context)


@case_view(WORK_CASE)
def release_words(request: HttpRequest, case: Case, release: UUID) -> HttpResponse:
    """Take the words of the day of the signature into a draft, and go on signing with all that was typed.

    What was drawn on the pad is not kept: it was set under other words.
    """
    row = found_release(case, release)
    form, context = _sign_page(request, case, row)
    form.ask_nothing()

    def do() -> str:
        told, place = form.cleaned_data, reverse("release_sign", args=[case.pk, release])
        given = release_show_anew(
            actor_of(request), release=row.release, edition=told["edition"] or 0, on=told["signed_on"]
        )
        typed = request.POST.copy()
        typed["edition"], typed["strokes"] = str(given.edition), ""
        keep_words(actor_of(request), place, typed)
        return place

    return ask(request, form, do, "confidentiality/release_sign.html", context)


@case_view(WORK_CASE)
def release_step(request: HttpRequest, case: Case, release: UUID, act: str) -> HttpResponse:
    """Take a release back, or write down that what should end it has come."""
    row = found_release(case, release)
    kinds: dict[str, Any] = {"back": TakeBackForm, "event": EventForm}
    form = open_form(request, kinds[act], auto_id=f"{act}_%s", initial=_first(row, case))
    context = _release_page(request, case, row, **{f"{act}_form": form, "act": act})

    def do() -> str:
        told = form.cleaned_data
        common: dict[str, Any] = {"release": row.release, "edition": told["edition"] or 0}
        if act == "back":
            release_take_back(actor_of(request), by=told["by"], how=told["how"], **common)
        else:
            release_end(actor_of(request), on=told["on"], **common)
        return reverse("consent", args=[case.pk])

    return ask(request, form, do, "confidentiality/release.html", context)


def _first(row: Row, case: Case) -> dict[str, Any]:
    return {"edition": row.release.edition, "by": case.client.preferred_name, "on": clock.today()}


@case_view(READ_CASE)
def release_pdf(request: HttpRequest, case: Case, release: UUID) -> HttpResponse:
    """The release on paper, in its own language: to read and sign, or the copy of whoever signed (45 CFR 164.508(c)(4))."""
    row, actor = found_release(case, release), actor_of(request)
    shown = shown_of(row.release)
    looks.look(looks.PRINTED, actor=actor, case=case.pk, page=page_name(request))
    context = {
        "case": case, "client": case.client, "row": row, "given": row.release, "printed_by": actor.name, "printed_at": clock.now(),
        "to_sign": row.release.state == ReleaseState.DRAFT, "shown": shown,
    }  # fmt: skip
    return paper(request, "confidentiality/release_paper.html", context, f"release-{case.number}", shown.language.code)
