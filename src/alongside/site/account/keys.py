"""Secrets of second steps rest sealed: who steals the database has none of them."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cache
from secrets import token_bytes

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MARK = "s1:"
NONCE = 12  # bytes, as AES-GCM asks


@cache
def _cipher(secret: str) -> AESGCM:
    """The one place that says which key seals them: derived from the secret key, which lies outside the database."""
    return AESGCM(HKDF(SHA256(), 32, None, b"alongside second steps").derive(secret.encode()))


def seal(words: str) -> str:
    """Seal a secret for the database."""
    nonce = token_bytes(NONCE)
    return MARK + urlsafe_b64encode(nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, words.encode(), None)).decode()


def unseal(sealed: str) -> str:
    """Open what `seal` closed. Raises `InvalidTag` for what was changed or sealed with another key."""
    raw = urlsafe_b64decode(sealed.removeprefix(MARK))
    return _cipher(settings.SECRET_KEY).decrypt(raw[:NONCE], raw[NONCE:], None).decode()
