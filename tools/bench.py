"""Measure pages at two sizes and beside the floor, as ratios within one run. Nothing here passes or fails by a clock.

    make bench                     10,000 and 100,000 clients
    make bench ARGS="2000 10000"   other sizes
The table is printed and the figures are kept in var/bench/result.json. Each size is filled in once, into var/bench; a
folder that an older version filled is best removed first. The largest size is asked first, so that what the machine
does meanwhile does not flatter the growth.

PostgreSQL plans a query of ours anew the first few times on each connection. What is measured is the time after that, as
it is while people work; what the very first request of a page took stands beside it.
"""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

from tools.asking import Browser, Call, crowd, good, sent, start, times

HERE = Path("var/bench").resolve()
ALONGSIDE = str(Path(sys.executable).parent / "alongside")
ONCE, TOGETHER, WARM = 40, 8, 15
"""How often each page is asked by one client, by how many at once, and how often before anything is measured."""
COPIED = 200_000
SCRATCH = (
    "DROP TABLE IF EXISTS bench_note, bench_deed; CREATE TABLE bench_note (LIKE documentation_note INCLUDING ALL); "
    "CREATE TABLE bench_deed (LIKE foundations_deed INCLUDING ALL)"
)
SETTLED = ("VACUUM (ANALYZE)", "CHECKPOINT")
"""What a database does by itself in the hours after a load is done before anything is measured."""
DRAFTS = "DELETE FROM documentation_note WHERE writer_id = %s AND state = 'draft'"
"""What an earlier run has saved is taken away: each run reads the same rows."""
STAFF = "SELECT split_part(a.email, '@', 1), s.id FROM people_staff s JOIN people_account a ON a.id = s.account_id"
HER_CASE = (
    "SELECT c.id, c.program_id, c.agency_id, p.preferred_name FROM people_assignment a JOIN people_case c ON c.id = a.case_id "
    "JOIN people_person p ON p.id = c.client_id WHERE a.staff_id = %s AND c.closed_on IS NULL ORDER BY c.id LIMIT 1"
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
    Page("Today", "maren", "/", "today", 40),
    Page("Today, twelve workers' supervisor", "delphine", "/", "today", 40),
    Page("caseload", "maren", "/cases/", "list", 25),
    Page("caseload, supervisor", "delphine", "/cases/", "list", 25),
    Page("caseload, program manager", "priya", "/cases/", "any", 25),
    Page("find, misspelt", "maren", "/cases/", "find"),
    Page("find, program manager", "priya", "/cases/", "find"),
    Page("case with its Thread", "maren", "/cases/{case}/", "thread"),
    Page("timeline", "maren", "/cases/{case}/timeline/", "timeline"),
    Page("save a note", "maren", "/cases/{case}/notes/", "save"),
)


def asks(browser: Browser, page: Page, known: dict[str, str]) -> Call:
    """One request of a page by this client."""
    if page.floor == "save":
        return lambda: note(browser, known["case"])
    if page.floor == "find":
        return lambda: good(browser.ask(page.path, {"q": known["typed"]}))
    return lambda: good(browser.ask(page.path.format(case=known["case"])))


def note(browser: Browser, case: str) -> None:
    """Begin a draft note, as autosave does at the first pause in typing."""
    typed = {"happened": "Two flats seen. " * 20, "mode": "face", "at": "2026-01-05T10:00", "once": str(uuid.uuid4())}
    good(browser.ask(f"/cases/{case}/notes/{uuid.uuid4()}/keep/", typed))


def floor_asks(wire: http.client.HTTPConnection, page: Page, staff: str, known: dict[str, str]) -> Call:
    """One bare query through the minimal program."""
    asked = known | {"staff": staff, "most": page.cases, "whole": page.who == "priya"}

    def one() -> None:
        answer = sent(wire, f"/{page.floor}?{urlencode(asked)}")
        answer.read()
        good((answer.status, ""))

    return one


def misspelt(name: str) -> str:
    """A name with one letter left out of its end, as it is typed in a hurry."""
    return name[:-3] + name[-2:]


def measure(clients: int) -> dict[str, Any]:
    """Fill (once), serve, and measure every page and its floor at one size."""
    folder = HERE / str(clients)
    environment = {"ALONGSIDE_DATA_DIR": str(folder), "ALONGSIDE_POOL": "1"}
    if not (folder / "filled").exists():
        folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run([ALONGSIDE, "demo", "--clients", str(clients), "--bulk"], env=os.environ | environment,
                              check=True, stdout=subprocess.PIPE, text=True)  # fmt: skip
        (folder / "filled").write_text(done.stdout.strip().splitlines()[-1])
    print(f"{clients:,} clients: {(folder / 'filled').read_text()}", flush=True)
    port = 8611
    served = start([ALONGSIDE, "serve", "--port", str(port), "--workers", "2"], port, environment)
    try:
        return pages_and_floor(folder, port, clients) | costs(environment)
    finally:
        served.send_signal(signal.SIGTERM)
        served.wait(180)  # the database writes out what it holds


def costs(environment: dict[str, str]) -> dict[str, Any]:
    """What sealing and the policies cost (`tools/costs.py`)."""
    done = subprocess.run([sys.executable, "-m", "tools.costs"], env=os.environ | environment, check=True,
                          stdout=subprocess.PIPE, text=True)  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def pages_and_floor(folder: Path, port: int, clients: int) -> dict[str, Any]:
    """The figures of one size, by page."""
    dsn = f"postgresql://postgres@/alongside?host={folder / 'postgres'}"
    with psycopg.connect(dsn, autocommit=True) as owner:
        owner.execute(SCRATCH)
        for settled in SETTLED:
            owner.execute(settled)
        staff = {who: str(key) for who, key in owner.execute(STAFF).fetchall()}
        owner.execute(DRAFTS, [staff["maren"]])
        case, program, agency, name = owner.execute(HER_CASE, [staff["maren"]]).fetchone()  # type: ignore[misc]
        known = {"case": str(case), "program": str(program), "agency": str(agency), "typed": misspelt(name)}
        copied = bare_copy(owner)
    floor = start([sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port + 1), "--workers",
                   "2", "--no-access-log", "tools.floor:application"], port + 1, {"BENCH_DSN": dsn})  # fmt: skip
    try:
        people = {
            who: [Browser(port).sign_in(f"{who}@harbourlane.example") for _ in range(TOGETHER)]
            for who in {p.who for p in PAGES}
        }
        wire = http.client.HTTPConnection("127.0.0.1", port + 1)
        found = {
            page.name: by_page(
                [asks(b, page, known) for b in people[page.who]], floor_asks(wire, page, staff[page.who], known)
            )
            for page in PAGES
        }
        return {"clients": clients, "pages": found, "memory_mb": memory(port), "bare_copy": copied}
    finally:
        floor.send_signal(signal.SIGTERM)
        floor.wait(30)


def by_page(page: list[Call], bare: Call) -> dict[str, Any]:
    """A page and its floor: warmed up on every connection, then alone by turns, then by all clients at once."""
    first = times(page[:1])["first"]
    crowd(page, WARM)
    times([bare] * WARM)
    alone = times(page[:1] * ONCE)
    return {"first": first, "alone": alone, "floor": times([bare] * ONCE), "together": crowd(page, ONCE // 2)}


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


def table(small: dict[str, Any], large: dict[str, Any]) -> None:
    """Print the ratios by page."""
    heads = ("median ms", "95th ms", "8 at once", "floor ms", "to floor", "growth", "of 95th", "first ms")
    print(f"{'page':<35}" + "".join(f"{head:>10}" for head in heads))
    for name in (page.name for page in PAGES):
        one, bare, before = large[name]["alone"], large[name]["floor"], small[name]["alone"]
        figures = (one["median"], one["p95"], large[name]["together"]["median"], bare["median"])
        ratios = (one["median"] / bare["median"], one["median"] / before["median"], one["p95"] / before["p95"])
        print(f"{name:<35}" + "".join(f"{value:>10.1f}" for value in figures) + "".join(f"{ratio:>10.2f}" for ratio in ratios)
              + f"{large[name]['first']:>10.0f}")  # fmt: skip


def beside(size: int, result: dict[str, Any]) -> None:
    """Print what is measured beside the pages: loading, memory, what sealing and the policies cost."""
    loaded = float((HERE / str(size) / "filled").read_text().split(", ", 1)[1].split(" ")[0].replace(",", ""))
    print(
        f"{size:,} clients: loaded at {loaded:,.0f} rows a second, {loaded / result['bare_copy']:.2f} of a bare COPY; "
        f"largest web process {result['memory_mb']} MB"
    )
    opened, lies = result["sealing"]["opened"], result["sealing"]["as it lies"]
    print(
        f"  sealing: the record of a case with 200 more notes {opened:.1f} ms, {opened / lies:.2f} times that of the noise as it lies"
    )
    for query, (under, bare) in ((query, list(by_role.values())) for query, by_role in result["policy"].items()):
        print(f"  policy: {query}: {under:.1f} ms, {under / bare:.2f} times that of the owner")


def main(sizes: list[int]) -> None:
    """Measure each size, print the ratios, keep the figures."""
    results = {size: measure(size) for size in sorted(sizes, reverse=True)}
    table(results[min(sizes)]["pages"], results[max(sizes)]["pages"])
    for size, result in sorted(results.items()):
        beside(size, result)
    HERE.mkdir(parents=True, exist_ok=True)
    (HERE / "result.json").write_text(json.dumps(list(results.values()), indent=1))


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [10_000, 100_000])
