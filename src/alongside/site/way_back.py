"""The way back to the page of ours that a request came from."""

from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def came_from(request: HttpRequest, otherwise: str) -> str:
    """The path of our own page the request came from; `otherwise` for any other address."""
    back = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return otherwise
    parts = urlsplit(back)
    path = urlunsplit(("", "", parts.path, parts.query, ""))
    return path if url_has_allowed_host_and_scheme(path, None) else otherwise
