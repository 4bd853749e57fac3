"""A small issuer on this machine, for as long as a test lasts: it signs what it is told to sign, and can be told to be hostile."""

import json
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client

from alongside.site.account.oidc.issuer import Issuer, forget
from tests.doors import is_in
from tests.visits import words_of

BEGIN, BACK = "/account/sign-in/issuer/", "/account/sign-in/issuer/back/"
CLIENT, SECRET = "alongside-at-harbour-lane", "spoken to nobody: ü&="
KEY, OTHER = (generate_private_key(65537, 2048) for _turn in range(2))


def letters(data: bytes | dict[str, Any]) -> str:
    """As a part of a token is written."""
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return urlsafe_b64encode(raw).decode().rstrip("=")


def shown(key: RSAPrivateKey, kid: str = "one", **more: str) -> dict[str, str]:
    """The public half, as an issuer shows it."""
    numbers = key.public_key().public_numbers()
    size = (key.key_size + 7) // 8
    return {
        "kty": "RSA",
        "kid": kid,
        "n": letters(numbers.n.to_bytes(size)),
        "e": letters(numbers.e.to_bytes(3)),
        **more,
    }


def signed(claims: dict[str, Any], key: RSAPrivateKey = KEY, **head: Any) -> str:
    """A token."""
    text = f"{letters({'alg': 'RS256', 'kid': 'one', **head})}.{letters(claims)}"
    return f"{text}.{letters(key.sign(text.encode(), PKCS1v15(), SHA256()))}"


class IssuerHouse:
    """What the issuer says of itself (`places`), its keys, and the answers it has ready by code.

    `who` is the e-mail of whoever sits at the browser that is sent to it; they say yes.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.places: dict[str, Any] = {
            "issuer": url, "authorization_endpoint": f"{url}/ask", "token_endpoint": f"{url}/tokens",
            "jwks_uri": f"{url}/keys", "userinfo_endpoint": f"{url}/known",
        }  # fmt: skip
        self.keys = [shown(KEY)]
        self.known: dict[str, Any] = {}
        self.ready: dict[str, dict[str, Any]] = {}
        self.who = ""
        self.asked: list[str] = []
        self.instead: dict[str, tuple[int, bytes, str]] = {}

    def issuer(self, agency: str = "Harbour Lane Community Services", **more: Any) -> Issuer:
        """It, as the settings name it."""
        return Issuer(self.url, CLIENT, SECRET, agency, "Harbour Lane ID", **more)

    def claims(self, query: dict[str, str], email: str, /, **more: Any) -> dict[str, Any]:
        """What it would say truly; a claim that is None is left out."""
        now = int(time.time())
        told = {"iss": self.url, "aud": CLIENT, "sub": f"key of {email}", "nonce": query["nonce"], "iat": now, "exp": now + 300,
                "email": email, "email_verified": True} | more  # fmt: skip
        return {name: value for name, value in told.items() if value is not None}

    def grant(self, query: dict[str, str], token: str) -> str:
        """A code that will be good once for this token."""
        code = f"code {len(self.ready)}"
        self.ready[code] = {"token": token, "challenge": query["code_challenge"], "back": query["redirect_uri"]}
        return code

    def tokens(self, sent: dict[str, str], head: str) -> dict[str, Any] | None:
        """What is given for a code; None to whoever is not the one it was meant for."""
        ready = self.ready.get(sent.get("code", ""))
        who = (
            b64decode(head.removeprefix("Basic ")).decode() if head else f"{sent['client_id']}:{sent['client_secret']}"
        )
        named = who == f"{CLIENT}:spoken+to+nobody%3A+%C3%BC%26%3D" if head else who == f"{CLIENT}:{SECRET}"
        proof = letters(sha256(sent.get("code_verifier", "").encode()).digest())
        if ready is None or not named or proof != ready["challenge"] or sent["redirect_uri"] != ready["back"]:
            return None
        del self.ready[sent["code"]]
        return {"id_token": ready["token"], "access_token": "shows what is known", "token_type": "Bearer"}

    def yes(self, path: str) -> tuple[int, bytes, str]:
        """Send a browser back with a code."""
        asked = {name: value[0] for name, value in parse_qs(urlsplit(path).query).items()}
        code = self.grant(asked, signed(self.claims(asked, self.who)))
        return 302, b"", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def answer(self, path: str, sent: dict[str, str], head: str) -> tuple[int, bytes, str]:
        """Status, body and, where it sends us elsewhere, the place."""
        self.asked.append(path)
        if path in self.instead:
            return self.instead[path]
        if path.startswith("/ask?"):
            return self.yes(path)
        said: Any = {"/.well-known/openid-configuration": self.places, "/keys": {"keys": self.keys}}.get(path)
        if path == "/tokens":
            said = self.tokens(sent, head)
        if path == "/known" and head == "Bearer shows what is known":
            said = self.known
        return (400, b"{}", "") if said is None else (200, json.dumps(said).encode(), "")


@contextmanager
def issuer_house() -> Iterator[IssuerHouse]:
    """It listens on this machine until the test is done."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer({name: value[0] for name, value in parse_qs(body).items()})

        def _answer(self, sent: dict[str, str]) -> None:
            status, body, place = made.answer(self.path, sent, self.headers.get("Authorization", ""))
            self.send_response(status)
            if place:
                self.send_header("Location", place)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    made = IssuerHouse(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=[0.05], daemon=True)
    thread.start()
    forget()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        forget()


def begin(browser: Client, **query: str) -> dict[str, str]:
    """Press the button at the door: with what the issuer is asked."""
    answer = browser.get(BEGIN, query)
    assert answer.status_code == 302, answer.status_code
    return {name: value[0] for name, value in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def comes_by(house: IssuerHouse, browser: Client, email: str, /, *, next: str = "", **claims: Any) -> Any:
    """The button, the issuer, and back: the answer of the door."""
    asked = begin(browser, **({"next": next} if next else {}))
    code = house.grant(asked, signed(house.claims(asked, email, **claims)))
    return browser.get(BACK, {"code": code, "state": asked["state"]})


def shut(answer: Any, browser: Client, status: int = 403) -> None:
    """Refused with a page of ours, and nobody is in."""
    assert answer.status_code == status, answer.status_code
    assert "Not signed in" in words_of(answer)
    assert not is_in(browser)
