"""Fill the database with fictional agencies, by verbs for hundreds of clients, by COPY for very many."""

import sys
import time

from alongside.people.models import Agency, Staff
from alongside.site.demo import agency as invented
from alongside.site.demo import bulk as by_copy
from alongside.site.demo import lives, neighbors
from alongside.site.demo.papers import papers

CLIENTS_A_WORKER = 200
"""Past and present: about one in six is open in the bulk data, so that a worker carries some thirty cases."""
SHOWN = ("maren", "delphine", "ines", "priya", "otto", "quinn", "noor", "amos")


def fill(*, clients: int, agencies: int = 1, seed: int = 1, bulk: bool = False) -> int:
    """Add `clients` fictional clients to each of `agencies` fictional agencies; returns how many rows were written."""
    rows, seconds = 0, 0.0
    for number in range(agencies):
        if Agency.objects.using("owner").filter(pk=invented.key_of(number)).exists():
            sys.stdout.write("The fictional agency is there already; nothing was added.\n")
            continue
        setting = invented.found(number, max(len(invented.WORKERS), clients // CLIENTS_A_WORKER))
        papers(setting)
        began = time.perf_counter()
        rows += by_copy.load(setting, clients, seed + number) if bulk else lives.live(setting, clients, seed + number)
        seconds += time.perf_counter() - began
    # The staff are added one by one, each with a password that is slow to try on purpose: that is no loading.
    sys.stdout.write(f"{rows} rows in {seconds:.1f} s, {rows / max(seconds, 0.001):,.0f} rows per second\n")
    return rows


def who_can_sign_in() -> str:
    """The sign-ins of the fictional agency and of its neighbor, for the terminal; empty when there is none."""
    homes = (invented.key_of(0), neighbors.KEY)
    staff = Staff.objects.using("owner").filter(agency_id__in=homes).select_related("account", "agency")
    rows = [
        f"  {one.account.email:<32} {one.title}, {one.agency.name}"
        for one in staff
        if one.account.email.split("@")[0] in SHOWN
    ]
    head = f"Who can sign in (all fictional), with the password “{invented.PASSWORD}”:"
    return "\n".join([head, *sorted(rows), ""]) if rows else ""
