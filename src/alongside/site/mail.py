"""The mail server, as the environment names it. Where it names none, no e-mail goes out."""

from dataclasses import dataclass

from alongside.foundations import env

SETTING = "ALONGSIDE_MAIL_"
PORTS = {"starttls": 587, "tls": 465, "none": 25}
HERE = ("localhost", "127.0.0.1", "::1")
SECONDS = 10
"""How long a mail server may take."""


@dataclass(frozen=True)
class Mail:
    """A mail server, and who is said to send."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    tls: bool
    sender: str


def from_environment() -> Mail | None:
    """The server that is named; None where none is. Raises ValueError where something is missing or open to listeners."""
    host = env.text(f"{SETTING}HOST")
    if not host:
        return None
    sender, guard = env.text(f"{SETTING}FROM"), env.text(f"{SETTING}SECURITY", "starttls")
    if not sender:
        raise ValueError(f"{SETTING}HOST is named, and so has to be {SETTING}FROM")
    if guard not in PORTS:
        raise ValueError(f"{SETTING}SECURITY should be one of {', '.join(PORTS)}, not {guard!r}")
    if guard == "none" and host not in HERE:
        raise ValueError(f"{SETTING}SECURITY may be none only for a mail server on this machine")
    port = env.number(f"{SETTING}PORT", PORTS[guard])
    user, password = env.text(f"{SETTING}USER"), env.text(f"{SETTING}PASSWORD")
    return Mail(host, port, user, password, guard == "starttls", guard == "tls", sender)
