"""Paper: a template becomes a PDF, with nothing fetched from outside.

It takes a second or two of a processor, more for a thick file: the costliest thing a page can ask for. So one person has
at most two made at one moment (the second, for a button pressed twice).
"""

import mimetypes
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from alongside.foundations.actor import current
from alongside.foundations.errors import Busy

AT_ONCE = 2


def _from_house(url: str, *_: Any, **__: Any) -> Any:
    """Only our own static files may be asked for by a printed page. Raises ValueError for anything else."""
    from weasyprint.urls import URLFetcherResponse

    name = url.removeprefix("house://").removeprefix("/").removeprefix(settings.STATIC_URL.lstrip("/"))
    found = finders.find(name) if url.startswith("house://") and ".." not in name else None
    if not isinstance(found, str):
        raise ValueError("a printed page may use only what the house holds")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return URLFetcherResponse(url, Path(found).read_bytes(), {"Content-Type": kind})


def pdf_of(template: str, context: dict[str, Any], request: HttpRequest | None = None, language: str = "") -> bytes:
    """Render `template` as a PDF, in the language of that code or else in that of the page."""
    from weasyprint import HTML

    with override(language or get_language()):
        page = render_to_string(template, context, request=request)
    made: bytes = HTML(string=page, base_url="house:///static/", url_fetcher=_from_house).write_pdf()
    return made


def _taken(place: int) -> bool:
    """Take one of the actor's places until the page is answered; False when it is taken."""
    actor = current()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"paper {place} {actor.staff if actor else ''}"],
        )
        return bool(cursor.fetchone()[0])


def paper(request: HttpRequest, template: str, context: dict[str, Any], name: str, language: str = "") -> HttpResponse:
    """Render `template` as a PDF called `name`.pdf, shown in the browser and kept nowhere; in the language of that code.

    Raises `Busy` when that many are being made for the same person.
    """
    if not any(_taken(place) for place in range(AT_ONCE)):
        raise Busy(_("Two papers are being made for you at this moment. Wait until they are there, then ask again."))
    response = HttpResponse(pdf_of(template, context, request, language), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
