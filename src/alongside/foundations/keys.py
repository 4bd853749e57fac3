"""Sealing: AES-256-GCM under a key of the keeper, wrapped by a key of the agency, wrapped by the master key.

The keeper is whose words they are: a case, a person, or the writer of a draft. What is sealed names its keeper, and is
bound to its place: moved elsewhere it does not open. A key once destroyed never opens anything again, backups included.
"""

import base64
import binascii
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from secrets import token_bytes
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.foundations import clock
from alongside.foundations.agency_keys import LENGTH, NONCE, agency_cipher, newest_of, unwrap, wrap
from alongside.foundations.errors import RuleBroken
from alongside.foundations.master import Damaged

MARK, DELIMITER = "sealed1", ":"
REMEMBERED_SECONDS, MOST_REMEMBERED, MOST_EXPECTED = 60, 5_000, 2_000


class Destroyed(RuleBroken):
    """The key was destroyed on purpose: nothing more is written under it."""

    def __init__(self, day: date) -> None:
        super().__init__(destroyed_words(day), "practice D6")
        self.day = day


def destroyed_words(day: date) -> str:
    """What is read in the place of words whose key was destroyed."""
    return _("[destroyed on %(day)s]") % {"day": day.isoformat()}


@dataclass(frozen=True)
class Key:
    """A keeper's key, unwrapped; without `cipher` it was destroyed on `gone`."""

    keeper: UUID
    raw: bytes
    cipher: AESGCM | None
    gone: date | None = None

    @cached_property
    def head(self) -> str:
        """What sealed text begins with, so that it names its keeper."""
        return f"{MARK}{DELIMITER}{self.keeper.hex}{DELIMITER}"

    def must_be_there(self) -> AESGCM:
        """What seals and opens. Raises `Destroyed`."""
        if self.cipher is None:
            raise Destroyed(self.gone or clock.today())
        return self.cipher


class Memory(threading.local):
    """What one thread knows: keepers whose words it has read but not opened, and keys it may seal under."""

    def __init__(self) -> None:
        self.expected: dict[str, None] = {}
        self.sealing: dict[tuple[str, UUID], tuple[tuple[Any, ...], Key, float]] = {}
        self.made: dict[tuple[str, UUID], tuple[Any, ...]] = {}


_memory = Memory()
_opening: dict[UUID, tuple[float, Key]] = {}


def key_of(keeper: UUID, agency: UUID | Callable[[], UUID], using: str = "default") -> bytes:
    """The key of a keeper, made when there is none. Raises `Destroyed` and `KeyMissing`."""
    return sealing_key(keeper, agency, using).raw


def seal(words: str, *, keeper: UUID, agency: UUID | Callable[[], UUID], place: str, using: str = "default") -> str:
    """`words` as noise that opens only at `place`, the name of a table, a column and a row."""
    key = sealing_key(keeper, agency, using)
    return key.head + binascii.b2a_base64(_lock(key, words.encode(), place), newline=False).decode()


def seal_row(key: Key, row: list[Any], places: Iterable[tuple[int, str]], nonces: Iterator[bytes]) -> None:
    """Seal words of a row under a key at hand, in place: those of the columns at `places`, each with the name of its table and
    column. The row's own key stands first. For very many rows, so all that can be is worked out once.
    """
    head, encrypt, own = key.head, key.must_be_there().encrypt, str(row[0])
    for at, column in places:
        if words := row[at]:
            nonce = next(nonces)
            noise = nonce + encrypt(nonce, words.encode(), f"{column}:{own}".encode())
            row[at] = head + binascii.b2a_base64(noise, newline=False).decode()


def nonces() -> Iterator[bytes]:
    """Fresh nonces, each given once, drawn by the thousand."""
    while True:
        drawn = token_bytes(NONCE * 1_000)
        yield from (drawn[at : at + NONCE] for at in range(0, len(drawn), NONCE))


def seal_bytes(
    data: bytes, *, keeper: UUID, agency: UUID | Callable[[], UUID], place: str, using: str = "default"
) -> bytes:
    """The same for a document."""
    return keeper.bytes + _lock(sealing_key(keeper, agency, using), data, place)


def open_sealed(sealed: str, *, place: str, using: str = "default", beside: Collection[UUID] = ()) -> str:
    """The words. Raises `Damaged`, `Destroyed` and `KeyMissing`. Keys of those `beside` come by the same query, if there is one."""
    keeper = keeper_in(sealed)
    if keeper is None:
        raise Damaged(place)
    try:
        noise = base64.b64decode(sealed.rsplit(DELIMITER, 1)[1], validate=True)
        return _unlock(keeper, noise, place, using, beside).decode()
    except ValueError as fault:
        raise Damaged(place) from fault


def open_bytes(sealed: bytes, *, place: str, using: str = "default") -> bytes:
    """The document. Raises as `open_sealed` does."""
    if len(sealed) < 16 + NONCE:
        raise Damaged(place)
    return _unlock(UUID(bytes=sealed[:16]), sealed[16:], place, using)


def keeper_in(sealed: str) -> UUID | None:
    """Whose key sealed text needs; None when it is not sealed text."""
    parts = sealed.split(DELIMITER, 2)
    try:
        return UUID(parts[1]) if len(parts) == 3 and parts[0] == MARK else None
    except ValueError:
        return None


def expect(sealed: str) -> None:
    """Sealed text was read: when one of those read is opened, the keys of all of them come by one query."""
    if len(_memory.expected) >= MOST_EXPECTED:
        _memory.expected.clear()
    _memory.expected[sealed[len(MARK) + 1 : len(MARK) + 33]] = None


def destroy(keepers: Iterable[UUID], using: str = "default") -> int:
    """Wipe the keys of these keepers for good and answer how many there were; nothing under them opens ever again.

    Other web processes forget a key they remember within `REMEMBERED_SECONDS`.
    """
    wanted = list(keepers)
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT sealing_keys_destroy(%s, %s)", [wanted, clock.now()])
        gone = int(cursor.fetchone()[0])
    forget(wanted)
    return gone


def forget(keepers: Iterable[UUID] = ()) -> None:
    """Let this process forget what it remembers of some keepers, or of all."""
    for keeper in list(keepers) or list(_opening):
        _opening.pop(keeper, None)
    _memory.sealing.clear()


def sealing_key(keeper: UUID, agency: UUID | Callable[[], UUID], using: str) -> Key:
    """The key to seal under. It is sure to be in the database, not made in a part of the transaction that was undone."""
    blocks, now = tuple(connections[using].atomic_blocks), time.monotonic()
    then, key, until = _memory.sealing.get((using, keeper), ((), None, 0.0))
    if key is None or until < now or blocks[: len(then)] != then:
        if len(_memory.sealing) >= MOST_EXPECTED:
            _memory.sealing.clear()
        key = _fetched([keeper], using).get(keeper)
        if key is None:
            key = _made(keeper, agency() if callable(agency) else agency, using)
            _memory.made[using, keeper] = blocks
        _memory.sealing[using, keeper] = (_sure_within((using, keeper), blocks), key, now + REMEMBERED_SECONDS)
    key.must_be_there()
    return key


def _sure_within(which: tuple[str, UUID], blocks: tuple[Any, ...]) -> tuple[Any, ...]:
    """The part of the transaction within which a key that was just found is sure to stay; empty when it is for good.

    One that this thread made in a transaction that still runs goes with what is undone of it. One that was found after
    that transaction was kept with it.
    """
    made = _memory.made.get(which, ())
    if not made or made[:1] != blocks[:1]:
        _memory.made.pop(which, None)
        return ()
    return tuple(one for one, other in zip(made, blocks, strict=False) if one == other)


def opens_under(key: Key, sealed: str, place: str) -> bool:
    """True when sealed text opens at `place` under this key, without asking the database."""
    noise = base64.b64decode(sealed.rsplit(DELIMITER, 1)[1])
    try:
        key.must_be_there().decrypt(noise[:NONCE], noise[NONCE:], place.encode())
    except InvalidTag:
        return False
    return True


def _lock(key: Key, data: bytes, place: str) -> bytes:
    nonce = token_bytes(NONCE)
    return nonce + key.must_be_there().encrypt(nonce, data, place.encode())


def _unlock(keeper: UUID, noise: bytes, place: str, using: str, beside: Collection[UUID] = ()) -> bytes:
    remembered = keeper in _opening
    for key in (_opening_key(keeper, using, beside=beside), None):
        key = key or (_opening_key(keeper, using, anew=True) if remembered else None)
        if key is None:
            break
        try:
            return key.must_be_there().decrypt(noise[:NONCE], noise[NONCE:], place.encode())
        except InvalidTag:
            continue  # what was remembered may be of a transaction that was undone: asked once more
    raise Damaged(place)


def _opening_key(keeper: UUID, using: str, *, anew: bool = False, beside: Collection[UUID] = ()) -> Key | None:
    """The key from memory or the database; with it come those that will be wanted next."""
    now = time.monotonic()
    if not anew and (key := _remembered(keeper, now)):
        return key
    next_wanted = islice((one for one in beside if _remembered(one, now) is None), MOST_EXPECTED)
    expected = {keeper, *map(UUID, filter(_is_key, _memory.expected)), *next_wanted}
    _memory.expected.clear()
    if len(_opening) > MOST_REMEMBERED:
        _opening.clear()
    found = _fetched(sorted(expected), using)
    until = time.monotonic() + REMEMBERED_SECONDS
    _opening.update({one: (until, key) for one, key in found.items()})
    return found.get(keeper)


def _remembered(keeper: UUID, now: float) -> Key | None:
    until, key = _opening.get(keeper, (0.0, None))
    return key if until > now else None


def _is_key(text: str) -> bool:
    return len(text) == 32 and all(letter in "0123456789abcdef" for letter in text)


def _fetched(keepers: list[UUID], using: str) -> dict[UUID, Key]:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT * FROM sealing_keys(%s)", [keepers])
        return {row[0]: _unwrapped(*row) for row in cursor.fetchall()}


def _unwrapped(
    keeper: UUID, agency: UUID, generation: int, wrapped: bytes | None, gone: datetime | None, above: bytes, mark: str
) -> Key:
    if wrapped is None:
        return Key(keeper, b"", None, timezone.localtime(gone).date() if gone else None)
    cipher = agency_cipher(agency, generation, bytes(above), mark)
    try:
        raw = unwrap(cipher, bytes(wrapped), keeper.bytes)
    except InvalidTag as fault:
        raise Damaged(f"key {keeper}") from fault
    return Key(keeper, raw, AESGCM(raw))


def _made(keeper: UUID, agency: UUID, using: str) -> Key:
    """A key for a keeper who has none; two that make one at once both go on with the first."""
    while True:
        generation, cipher = newest_of(agency, using)
        with connections[using].cursor() as cursor:
            wrapped = wrap(cipher, token_bytes(LENGTH), keeper.bytes)
            cursor.execute("SELECT sealing_key_add(%s, %s, %s, %s)", [keeper, agency, generation, wrapped])
            if cursor.fetchone() == (True,):
                return _fetched([keeper], using)[keeper]
