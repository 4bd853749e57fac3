"""Secrets of second steps go from a key of their own, derived from the secret key, to the keys that words are sealed under.

What the secret key of now and those of before do not open stays as it is and opens nothing, as before: its owner is given a
new start. All of it is done or, when it is broken off, nothing.
"""

from base64 import urlsafe_b64decode
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import migrations

from alongside.foundations import keys

OLD, NONCE = "s1:", 12
SECRETS = ("secret", "seed")
"""Of an app, and of a sheet of recovery codes."""


def opened(sealed: str) -> str | None:
    """The secret; None when no secret key at hand opens it."""
    raw = urlsafe_b64decode(sealed.removeprefix(OLD))
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        cipher = AESGCM(HKDF(SHA256(), 32, None, b"alongside second steps").derive(secret.encode()))
        try:
            return cipher.decrypt(raw[:NONCE], raw[NONCE:], None).decode()
        except InvalidTag:
            continue
    return None


def seal_anew(apps: Any, schema_editor: Any) -> None:
    """Each under a key of its account, in the agency of whoever signs in by it."""
    using = schema_editor.connection.alias
    agencies = dict(apps.get_model("people", "Staff").objects.using(using).values_list("account_id", "agency_id"))
    for row in apps.get_model("mfa", "Authenticator").objects.using(using).order_by("pk"):
        for name in SECRETS:
            words = opened(row.data[name]) if str(row.data.get(name, "")).startswith(OLD) else None
            agency = agencies.get(row.user_id)
            if words is None or agency is None:
                continue
            place = f"mfa_authenticator:{row.user_id}"
            row.data[name] = keys.seal(words, keeper=row.user_id, agency=agency, place=place, using=using)
            row.save(using=using, update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [
        ("site", "0030_seal_what_is_written"),
        ("people", "0070_who_lives_with_her"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal_anew, migrations.RunPython.noop)]
