"""Paper: a template becomes a PDF, with nothing fetched from outside."""

import mimetypes
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def _from_house(url: str, *_: Any, **__: Any) -> Any:
    """Only our own static files may be asked for by a printed page. Raises ValueError for anything else."""
    from weasyprint.urls import URLFetcherResponse

    name = url.removeprefix("house://").removeprefix("/").removeprefix(settings.STATIC_URL.lstrip("/"))
    found = finders.find(name) if url.startswith("house://") and ".." not in name else None
    if not isinstance(found, str):
        raise ValueError("a printed page may use only what the house holds")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return URLFetcherResponse(url, Path(found).read_bytes(), {"Content-Type": kind})


def pdf_of(template: str, context: dict[str, Any], request: HttpRequest | None = None) -> bytes:
    """Render `template` as a PDF."""
    from weasyprint import HTML

    page = render_to_string(template, context, request=request)
    made: bytes = HTML(string=page, base_url="house:///static/", url_fetcher=_from_house).write_pdf()
    return made


def paper(request: HttpRequest, template: str, context: dict[str, Any], name: str) -> HttpResponse:
    """Render `template` as a PDF called `name`.pdf, shown in the browser and kept nowhere."""
    response = HttpResponse(pdf_of(template, context, request), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
