"""Lines that leave the machine: the other side has to show a certificate that holds, or nothing is said to it (practice C4)."""

import ssl
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.mail.backends.smtp import EmailBackend

from alongside.foundations import clock
from alongside.site.account.oidc.fetch import Silent, document

pytestmark = pytest.mark.demand("C4")
HEARD: list[str] = []


class Listening(BaseHTTPRequestHandler):
    """Somebody in the middle, who answers as the issuer would and remembers what was said."""

    def do_GET(self) -> None:
        """Give what was asked for."""
        HEARD.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_told: object) -> None:
        """Nothing is written down."""


@pytest.fixture
def somebody(tmp_path: Path) -> Iterator[str]:
    """A server that speaks TLS with a certificate it made itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(clock.now() - timedelta(days=1))
    made = made.not_valid_after(clock.now() + timedelta(days=9))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    held = tmp_path / "both.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    held.write_bytes(private + made.sign(key, SHA256()).public_bytes(Encoding.PEM))
    guarded = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    guarded.load_cert_chain(held)
    server = HTTPServer(("127.0.0.1", 0), Listening)
    server.socket = guarded.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_issuer_whose_certificate_nobody_vouches_for_is_told_nothing(somebody: str) -> None:
    HEARD.clear()
    with pytest.raises(Silent):
        document(f"{somebody}/.well-known/openid-configuration")
    assert HEARD == []


def test_the_same_is_heard_by_whoever_does_not_look(somebody: str) -> None:
    """The counterpart, else the silence above might be of another cause."""
    from urllib.request import urlopen

    with urlopen(f"{somebody}/x", context=ssl._create_unverified_context()) as answer:  # noqa: S310, S323
        assert answer.read() == b"{}"


@pytest.mark.parametrize("starts", [True, False])
def test_a_mail_server_has_to_show_one_too_and_no_old_protocol_is_spoken(starts: bool) -> None:
    context = EmailBackend(host="mail.example.org", use_tls=starts, use_ssl=not starts).ssl_context
    assert isinstance(context, ssl.SSLContext)
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
