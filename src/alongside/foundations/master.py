"""The master key: what every other key is wrapped under. It lies outside the database, and is never made twice.

It is taken from `ALONGSIDE_MASTER_KEY`, or from the file `master.key` in the data folder. While it is being exchanged a
second one lies beside it; each wrapped key names the master it needs by a mark, so either state can be read.
"""

import base64
import hashlib
import hmac
import os
import secrets
import stat
from pathlib import Path

from django.utils.translation import gettext as _

from alongside.foundations import env
from alongside.foundations.errors import AlongsideError

LENGTH, ROW = 32, 4
SETTING, NEXT_SETTING = "ALONGSIDE_MASTER_KEY", "ALONGSIDE_MASTER_KEY_NEXT"
ALPHABET, TYPED = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TO_TYPED, _FROM_TYPED = str.maketrans(ALPHABET, TYPED), str.maketrans(TYPED, ALPHABET)
_MISREAD = str.maketrans("OIL", "011")


class Damaged(AlongsideError):
    """Answered 500: what was sealed does not belong where it lies, or was changed. Names the place, never the words."""

    def __init__(self, place: str) -> None:
        super().__init__(
            _(
                "Some words here cannot be opened: they were changed or moved outside Alongside. Tell your administrator."
            )
        )
        self.place = place


class KeyMissing(AlongsideError):
    """Answered 503: the keys that would open the records are not there."""


def mark_of(key: bytes) -> str:
    """Tells one master key from another and gives nothing away."""
    return hashlib.sha256(b"alongside master key" + key).hexdigest()[:16]


def typed(key: bytes) -> list[str]:
    """The key in eight rows that can be typed in again; each row checks itself. There is no O, I, L or U."""
    rows = [key[at : at + ROW] for at in range(0, LENGTH, ROW)]
    return [
        base64.b32encode(row + _check(number, row)).decode().translate(_TO_TYPED)
        for number, row in enumerate(rows, start=1)
    ]


def read_typed(text: str) -> bytes:
    """The key from its eight rows, however they are spaced; an O is taken for 0, an I or L for 1.

    Raises ValueError with the number of a mistyped row.
    """
    letters = "".join(text.upper().replace("-", " ").split()).translate(_MISREAD)
    if len(letters) != 64:
        raise ValueError(f"the key has 64 letters and digits in eight rows; {len(letters)} were given")
    key = b""
    for number in range(1, 9):
        row = letters[8 * number - 8 : 8 * number]
        told = base64.b32decode(row.translate(_FROM_TYPED)) if set(row) <= set(TYPED) else b""
        if not told or not hmac.compare_digest(told[ROW:], _check(number, told[:ROW])):
            raise ValueError(f"row {number} is mistyped")
        key += told[:ROW]
    return key


def _check(number: int, row: bytes) -> bytes:
    return hashlib.sha256(bytes([number]) + row).digest()[:1]


def place() -> Path:
    """The file of the key."""
    from django.conf import settings

    return Path(settings.DATA_DIR) / "master.key"


def next_place() -> Path:
    """Where the next key lies while the exchange is under way."""
    return place().with_name("master.key.next")


def is_outside() -> bool:
    """True when the key is given by the environment, and no file is looked at."""
    return bool(env.text(SETTING))


def known() -> list[bytes]:
    """The master keys at hand: the present one first, then the next one while they are being exchanged."""
    if is_outside():
        given = [env.text(SETTING), env.text(NEXT_SETTING)]
        return [_understood(text, "the environment") for text in given if text]
    return [_read(path) for path in (place(), next_place()) if path.exists()]


def the_one(mark: str) -> bytes:
    """The key with this mark. Raises `KeyMissing` when it is not at hand."""
    for key in known():
        if mark_of(key) == mark:
            return key
    raise KeyMissing(
        _("The master key that these records were sealed under is not here. Restore it from the recovery sheet.")
    )


def present(*, may_make: bool) -> bytes:
    """The key for what is wrapped now; made when there is none and nothing was ever sealed. Raises `KeyMissing`."""
    found = known()
    if found:
        return found[-1]
    if not may_make:
        raise KeyMissing(_("The master key is not here. Restore it from the recovery sheet."))
    write(place(), secrets.token_bytes(LENGTH))
    return _read(place())


def begin_next() -> bytes:
    """The key that takes the place of the present one: the one begun already, or a fresh one beside it.

    Raises `KeyMissing` where the environment gives the present key and not the next.
    """
    if is_outside():
        if not env.text(NEXT_SETTING):
            raise KeyMissing(
                _("The master key comes from outside. Name the next one in %(name)s first.") % {"name": NEXT_SETTING}
            )
        return known()[-1]
    present(may_make=False)
    write(next_place(), secrets.token_bytes(LENGTH))
    return _read(next_place())


def let_old_go() -> None:
    """Put the next key in the place of the present one. Given from outside, that is for whoever gives it to do."""
    if not is_outside():
        write(place(), _read(next_place()), instead=True)
        next_place().unlink()


def write(path: Path, key: bytes, *, instead: bool = False) -> None:
    """Keep a key in a file that only its owner reads. It is whole or not there, also after a power cut.

    A file that is there already is left as it is unless `instead`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write("\n".join(typed(key)) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        if instead:
            draft.replace(path)
        else:
            os.link(draft, path)
    except FileExistsError:
        pass  # another process was first: its key counts
    finally:
        draft.unlink(missing_ok=True)


def _read(path: Path) -> bytes:
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise KeyMissing(_("Others can read %(file)s. Remove that permission first (chmod 600).") % {"file": path})
    return _understood(path.read_text(encoding="utf-8"), str(path))


def _understood(text: str, where: str) -> bytes:
    try:
        return read_typed(text)
    except ValueError as fault:
        raise KeyMissing(
            _("The master key in %(where)s cannot be read: %(fault)s.") % {"where": where, "fault": fault}
        ) from fault
