"""Measure pages at two sizes and beside the floor, as ratios within one run. Nothing here passes or fails by a clock.

    make bench                     10,000 and 100,000 clients
    make bench ARGS="2000 10000"   other sizes
The table is printed and the figures are kept in var/bench/result.json. Each size is filled in once, into var/bench; a
folder that an older version filled is best removed first. The largest size is asked first, so that what the machine
does meanwhile does not flatter the growth.
"""

import http.client
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

HERE = Path("var/bench").resolve()
PASSWORD = "a long tide comes in"  # noqa: S105  (of the fictional agency)
ONCE, TOGETHER = 40, 8
COPIED = 200_000
STAFF = "SELECT split_part(a.email, '@', 1), s.id FROM people_staff s JOIN people_account a ON a.id = s.account_id"
HER_CASE = (
    "SELECT c.id FROM people_assignment a JOIN people_case c ON c.id = a.case_id "
    "WHERE a.staff_id = %s AND c.closed_on IS NULL ORDER BY c.id LIMIT 1"
)


@dataclass(frozen=True)
class Page:
    """A page as the bench asks for it: who signs in, where it is, and the bare query beside it (`tools/floor.py`)."""

    name: str
    who: str
    path: str
    floor: str
    cases: int = 1


PAGES = (
    Page("Today", "maren", "/", "threads", 40),
    Page("Today, twelve workers' supervisor", "delphine", "/", "threads", 40),
    Page("caseload", "maren", "/cases/", "threads", 25),
    Page("caseload, supervisor", "delphine", "/cases/", "threads", 25),
    Page("caseload, program manager", "priya", "/cases/", "threads", 25),
    Page("find, misspelt", "maren", "/cases/", "find"),
    Page("find, program manager", "priya", "/cases/", "find"),
    Page("case with its Thread", "maren", "/cases/{case}/", "thread"),
    Page("timeline", "maren", "/cases/{case}/timeline/", "thread"),
    Page("save a note", "maren", "/cases/{case}/notes/", "save"),
)


def sent(
    wire: http.client.HTTPConnection, path: str, body: str | None = None, headers: dict[str, str] | None = None
) -> http.client.HTTPResponse:
    """The answer to one request. A server closes a connection that was idle for long; then, as a browser does, by another."""
    for last in (False, True):
        try:
            wire.request("POST" if body is not None else "GET", path, body, headers or {})
            return wire.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            wire.close()
            if last:
                raise
    raise AssertionError("one of the two has answered or raised")


class Browser:
    """One signed-in client with its own connection and cookies."""

    def __init__(self, port: int) -> None:
        self.wire = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, data: dict[str, Any] | None = None) -> tuple[int, str]:
        """GET, or POST with `data`; answers with status and text, or the place of a redirection."""
        headers = {
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
            "Referer": f"http://127.0.0.1{path}",
        }
        body = None
        if data is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(data | {"csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}, doseq=True)
        answer = sent(self.wire, path, body, headers)
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";", 1)[0].split("=", 1)
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location") or text

    def sign_in(self, email: str) -> "Browser":
        """Come in by the door, as a person does."""
        self.ask("/account/sign-in/")
        status, place = self.ask("/account/sign-in/", {"login": email, "password": PASSWORD})
        if status != 302:
            raise SystemExit(f"the sign-in of {email} was answered with {status}: {place[:200]}")
        return self


def start(command: list[str], port: int, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a server and wait until it answers."""
    server = subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.DEVNULL)
    for _ in range(600):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=1).request("GET", "/healthz")
            return server
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start within a minute")


def times(work: list[Any]) -> dict[str, float]:
    """Median and 95th percentile of the seconds each call takes, in milliseconds."""
    taken = []
    for call in work:
        began = time.perf_counter()
        call()
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return {"median": statistics.median(taken), "p95": taken[int(len(taken) * 0.95) - 1]}


def crowd(makes: list[Any]) -> dict[str, float]:
    """The same with eight clients at once."""
    with ThreadPoolExecutor(len(makes)) as pool:
        parts = list(pool.map(lambda make: times([make] * (ONCE // 2)), makes))
    return {key: statistics.median(part[key] for part in parts) for key in ("median", "p95")}


def asks(browser: Browser, page: Page, case: str) -> Any:
    """One request of a page by this client."""
    if page.floor == "save":
        return lambda: note(browser, case)
    if page.floor == "find":
        return lambda: good(browser.ask(page.path, {"q": "Sama Otman"}))
    return lambda: good(browser.ask(page.path.format(case=case)))


def good(answer: tuple[int, str]) -> None:
    """Stop the bench when a page is not answered well: a fast refusal is no figure."""
    if answer[0] not in (200, 302, 303):
        raise SystemExit(f"a page was answered with {answer[0]}")


def note(browser: Browser, case: str) -> None:
    """Keep a draft note, as autosave does after each pause in typing."""
    place = f"/cases/{case}/notes/{uuid.uuid4()}/keep/"
    good(
        browser.ask(
            place,
            {"happened": "Two flats seen. " * 20, "mode": "face", "at": "2026-01-05T10:00", "once": str(uuid.uuid4())},
        )
    )


def floor_asks(wire: http.client.HTTPConnection, page: Page, staff: str, case: str) -> Any:
    """One bare query through the minimal program."""

    def one() -> None:
        answer = sent(wire, f"/{page.floor}?staff={staff}&case={case}&most={page.cases}")
        answer.read()
        good((answer.status, ""))

    return one


def measure(clients: int) -> dict[str, Any]:
    """Fill (once), serve, and measure every page and its floor at one size."""
    folder = HERE / str(clients)
    environment = {"ALONGSIDE_DATA_DIR": str(folder), "ALONGSIDE_POOL": "1"}
    filled = ""
    if not (folder / "filled").exists():
        folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(["alongside", "demo", "--clients", str(clients), "--bulk"], env=os.environ | environment,
                              check=True, stdout=subprocess.PIPE, text=True)  # fmt: skip
        filled = done.stdout.strip().splitlines()[-1]
        (folder / "filled").write_text(filled)
    print(f"{clients:,} clients: {(folder / 'filled').read_text()}", flush=True)
    port = 8611
    served = start(["alongside", "serve", "--port", str(port), "--workers", "2"], port, environment)
    try:
        return pages_and_floor(folder, port, clients)
    finally:
        served.send_signal(signal.SIGTERM)
        served.wait(180)  # the database writes out what it holds


def pages_and_floor(folder: Path, port: int, clients: int) -> dict[str, Any]:
    """The figures of one size, by page."""
    dsn = f"postgresql://postgres@/alongside?host={folder / 'postgres'}"
    with psycopg.connect(dsn, autocommit=True) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS bench_note (id uuid PRIMARY KEY, words text, at timestamptz)")
        staff = {who: str(key) for who, key in owner.execute(STAFF).fetchall()}
        case = str(owner.execute(HER_CASE, [staff["maren"]]).fetchone()[0])  # type: ignore[index]
        copied = bare_copy(owner)
    floor_port = port + 1
    floor = start([sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(floor_port), "--workers",
                   "2", "--no-access-log", "floor:application"], floor_port, {"BENCH_DSN": dsn, "PYTHONPATH": "tools"})  # fmt: skip
    try:
        people = {
            who: [Browser(port).sign_in(f"{who}@harbourlane.example") for _ in range(TOGETHER)]
            for who in {p.who for p in PAGES}
        }
        wire = http.client.HTTPConnection("127.0.0.1", floor_port)
        found: dict[str, Any] = {}
        for page in PAGES:
            browsers = people[page.who]
            times([asks(browsers[0], page, case)] * 5)
            times([floor_asks(wire, page, staff[page.who], case)] * 5)
            alone = times([asks(browsers[0], page, case)] * ONCE)
            bare = times([floor_asks(wire, page, staff[page.who], case)] * ONCE)
            found[page.name] = {
                "alone": alone,
                "floor": bare,
                "together": crowd([asks(b, page, case) for b in browsers]),
            }
        return {"clients": clients, "pages": found, "memory_mb": memory(port), "bare_copy": copied}
    finally:
        floor.send_signal(signal.SIGTERM)
        floor.wait(30)


def bare_copy(owner: psycopg.Connection[Any]) -> float:
    """Rows a second of a bare COPY: rows of the loaded tables, in their shares, into tables without anything else."""
    sizes = dict(owner.execute(
        "SELECT relname, reltuples FROM pg_class WHERE relkind = 'r' AND reltuples > 0 AND relnamespace = 'public'::regnamespace "
        "AND (relname LIKE 'documentation%' OR relname IN ('people_person', 'people_case', 'people_assignment'))").fetchall())  # fmt: skip
    owner.execute("DROP SCHEMA IF EXISTS bench_bare CASCADE; CREATE SCHEMA bench_bare")
    rows, seconds = 0, 0.0
    for table, size in sizes.items():
        owner.execute(f"CREATE TABLE bench_bare.{table} AS SELECT * FROM {table} WHERE false")  # noqa: S608
        part = f"SELECT * FROM {table} LIMIT {COPIED * size / sum(sizes.values()):.0f}"  # noqa: S608
        with owner.cursor().copy(f"COPY ({part}) TO STDOUT") as out:
            text = b"".join(map(bytes, out))
        began = time.perf_counter()
        with owner.cursor().copy(f"COPY bench_bare.{table} FROM STDIN") as into:
            into.write(text)
        seconds += time.perf_counter() - began
        rows += text.count(b"\n")
    owner.execute("DROP SCHEMA bench_bare CASCADE")
    return rows / seconds


def memory(port: int) -> int:
    """The largest resident size of a web process, in MB."""
    listing = subprocess.run(["ps", "-eo", "rss,args"], stdout=subprocess.PIPE, text=True, check=True).stdout
    sizes = [
        int(line.split()[0])
        for line in listing.splitlines()
        if re.search(rf"granian.*--port {port}|granian", line) and "floor" not in line
    ]
    return max(sizes, default=0) // 1024


def main(sizes: list[int]) -> None:
    """Measure each size, print the table of ratios, keep the figures."""
    results = {size: measure(size) for size in sorted(sizes, reverse=True)}
    small, large = results[min(sizes)]["pages"], results[max(sizes)]["pages"]
    print(
        f"{'page':<35}{'median ms':>11}{'95th ms':>9}{'8 at once':>11}{'floor ms':>10}{'to floor':>10}{'growth':>8}{'of 95th':>9}"
    )
    for page in PAGES:
        name = page.name
        one, bare, before = large[name]["alone"], large[name]["floor"], small[name]["alone"]
        growth = [one[key] / before[key] for key in ("median", "p95")]
        print(f"{name:<35}{one['median']:>11.1f}{one['p95']:>9.1f}{large[name]['together']['median']:>11.1f}{bare['median']:>10.1f}"
              f"{one['median'] / bare['median']:>10.1f}{growth[0]:>8.2f}{growth[1]:>9.2f}")  # fmt: skip
    for size, result in sorted(results.items()):
        loaded = float((HERE / str(size) / "filled").read_text().split(", ", 1)[1].split(" ")[0].replace(",", ""))
        print(f"{size:,} clients: loaded at {loaded:,.0f} rows a second, {loaded / result['bare_copy']:.2f} of a bare COPY; "
              f"largest web process {result['memory_mb']} MB")  # fmt: skip
    HERE.mkdir(parents=True, exist_ok=True)
    (HERE / "result.json").write_text(json.dumps(list(results.values()), indent=1))


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [10_000, 100_000])
