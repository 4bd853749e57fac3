"""Keys of agencies: wrapped by the master key, they wrap the keys of those whose words are sealed (`keys.py`)."""

from functools import lru_cache
from secrets import token_bytes
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connections

from alongside.foundations import master
from alongside.foundations.master import Damaged

NONCE, LENGTH = 12, 32


@lru_cache(maxsize=500)
def agency_cipher(agency: UUID, generation: int, wrapped: bytes, mark: str) -> AESGCM:
    """An agency's key, unwrapped. Raises `KeyMissing` without its master key, `Damaged` when it was changed."""
    try:
        return AESGCM(unwrap(AESGCM(master.the_one(mark)), wrapped, agency_place(agency, generation)))
    except InvalidTag as fault:
        raise Damaged(f"key of the agency {agency}") from fault


def agency_place(agency: UUID, generation: int) -> bytes:
    """What an agency's wrapped key is bound to."""
    return agency.bytes + str(generation).encode()


def wrap(cipher: AESGCM, key: bytes, place: bytes) -> bytes:
    """A key as noise under the key above it, bound to whose it is."""
    nonce = token_bytes(NONCE)
    return nonce + cipher.encrypt(nonce, key, place)


def unwrap(cipher: AESGCM, wrapped: bytes, place: bytes) -> bytes:
    """The key again. Raises InvalidTag."""
    return cipher.decrypt(wrapped[:NONCE], wrapped[NONCE:], place)


def newest_of(agency: UUID, using: str) -> tuple[int, AESGCM]:
    """The agency's key that new keys are wrapped under, with its generation; made when the agency has none."""
    generation, wrapped, mark = newest_wrapped(agency, using)
    return generation, agency_cipher(agency, generation, wrapped, mark)


def newest_wrapped(agency: UUID, using: str) -> tuple[int, bytes, str]:
    """The same as it lies: its generation, the wrapped key, and the mark of the master key above it."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT * FROM sealing_agency_key(%s)", [agency])
        row = cursor.fetchone()
        if row is None:
            cursor.execute("SELECT sealing_has_begun()")
            above = master.present(may_make=cursor.fetchone() == (False,))
            wrapped = wrap(AESGCM(above), token_bytes(LENGTH), agency_place(agency, 1))
            cursor.execute("SELECT sealing_agency_key_add(%s, 1, %s, %s)", [agency, master.mark_of(above), wrapped])
            cursor.execute("SELECT * FROM sealing_agency_key(%s)", [agency])
            row = cursor.fetchone()
    return row[0], bytes(row[1]), row[2]
