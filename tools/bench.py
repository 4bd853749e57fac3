"""Measure pages at two sizes and beside the floor, as ratios within one run. Nothing here passes or fails by a clock.

    make bench                     10,000 and 100,000 clients
    make bench ARGS="2000 10000"   other sizes
The table is printed and the figures are kept in var/bench/result.json.
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
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

HERE = Path("var/bench").resolve()
PASSWORD = "a long tide comes in"  # noqa: S105  (of the fictional agency)
PAGES = ("today", "caseload", "find", "thread", "timeline", "save")
ONCE, TOGETHER = 40, 8


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
        self.wire.request("POST" if body is not None else "GET", path, body, headers)
        answer = self.wire.getresponse()
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


def asks(browser: Browser, page: str, case: str) -> Any:
    """One request of a page by this client."""
    if page == "save":
        return lambda: note(browser, case)
    if page == "find":
        return lambda: good(browser.ask("/cases/", {"q": "Sama Otman"}))
    path = {"today": "/", "caseload": "/cases/", "thread": f"/cases/{case}/", "timeline": f"/cases/{case}/timeline/"}[
        page
    ]
    return lambda: good(browser.ask(path))


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


def floor_asks(wire: http.client.HTTPConnection, page: str, staff: str, case: str) -> Any:
    """One bare query through the minimal program."""

    def one() -> None:
        wire.request("GET", f"/{page}?staff={staff}&case={case}")
        answer = wire.getresponse()
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
        served.wait(30)


def pages_and_floor(folder: Path, port: int, clients: int) -> dict[str, Any]:
    """The figures of one size, by page."""
    dsn = f"postgresql://postgres@/alongside?host={folder / 'postgres'}"
    with psycopg.connect(dsn, autocommit=True) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS bench_note (id uuid PRIMARY KEY, words text, at timestamptz)")
        row = owner.execute("SELECT a.staff_id, c.id FROM people_assignment a JOIN people_case c ON c.id = a.case_id JOIN people_staff s "
                            "ON s.id = a.staff_id WHERE s.name LIKE 'Maren%' AND c.closed_on IS NULL LIMIT 1").fetchone()  # fmt: skip
    staff, case = map(str, row or ("", ""))
    floor_port = port + 1
    floor = start([sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(floor_port), "--workers",
                   "2", "--no-access-log", "floor:application"], floor_port, {"BENCH_DSN": dsn, "PYTHONPATH": "tools"})  # fmt: skip
    try:
        browsers = [Browser(port).sign_in("maren@harbourlane.example") for _ in range(TOGETHER)]
        wire = http.client.HTTPConnection("127.0.0.1", floor_port)
        found: dict[str, Any] = {}
        for page in PAGES:
            times([asks(browsers[0], page, case)] * 3)
            alone = times([asks(browsers[0], page, case)] * ONCE)
            bare = times([floor_asks(wire, page, staff, case)] * ONCE)
            found[page] = {"alone": alone, "floor": bare, "together": crowd([asks(b, page, case) for b in browsers])}
        return {"clients": clients, "pages": found, "memory_mb": memory(port)}
    finally:
        floor.send_signal(signal.SIGTERM)
        floor.wait(30)


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
    results = [measure(size) for size in sizes]
    small, large = results[0]["pages"], results[-1]["pages"]
    print(f"{'page':<10}{'median ms':>11}{'95th ms':>9}{'8 at once':>11}{'floor ms':>10}{'to floor':>10}{'growth':>8}")
    for page in PAGES:
        one, bare = large[page]["alone"], large[page]["floor"]
        growth = one["p95"] / small[page]["alone"]["p95"]
        print(f"{page:<10}{one['median']:>11.1f}{one['p95']:>9.1f}{large[page]['together']['median']:>11.1f}{bare['median']:>10.1f}"
              f"{one['median'] / bare['median']:>10.1f}{growth:>8.2f}")  # fmt: skip
    print(f"largest web process {results[-1]['memory_mb']} MB; growth compares {sizes[-1]:,} with {sizes[0]:,} clients")
    HERE.mkdir(parents=True, exist_ok=True)
    (HERE / "result.json").write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [10_000, 100_000])
