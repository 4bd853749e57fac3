"""Settings come from environment variables only; a value that cannot be understood stops the program with a sentence."""

import os
import secrets
import stat
from pathlib import Path

from alongside.foundations.errors import AlongsideError


def text(name: str, default: str = "") -> str:
    """The variable, or what the file named by NAME_FILE holds, or the default."""
    named = os.environ.get(f"{name}_FILE")
    if named:
        return Path(named).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    """`1`, `true`, `yes` or `0`, `false`, `no`; anything else is refused with ValueError."""
    value = text(name).lower()
    known = {"": default, "1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if value not in known:
        raise ValueError(f"{name} should be 1 or 0, not {value!r}")
    return known[value]


def number(name: str, default: int) -> int:
    """A whole number from 0 up. Anything else stops the program with ValueError."""
    value = text(name) or str(default)
    if not value.isdecimal():
        raise ValueError(f"{name} should be a whole number, not {value!r}")
    return int(value)


def words(name: str, default: str) -> list[str]:
    """A list of words with commas between."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def kept_secret(folder: Path) -> str:
    """The secret key kept in the data folder with mode 0600; made the first time.

    Raises `AlongsideError` when others on the machine can read it.
    """
    path = folder / "secret-key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise AlongsideError(f"Others can read {path}. Remove that permission first (chmod 600).")
    return path.read_text(encoding="utf-8").strip()
