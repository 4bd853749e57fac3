"""The command `alongside keys`: turn keys, print the recovery sheet, put the master key back from it."""

import argparse
import getpass
import os
import sys
from pathlib import Path
from typing import Any

from alongside.site.failed import Failed


def describe(commands: Any) -> None:
    """Add the command with its parts."""
    keys = commands.add_parser("keys", help="the keys under which words are sealed").add_subparsers(
        dest="what", required=True, metavar="WHAT"
    )
    rotate = keys.add_parser("rotate", help="exchange a key; can be stopped and called again").add_subparsers(
        dest="which", required=True, metavar="WHICH"
    )
    agency = rotate.add_parser("agency", help="of each agency, or of the one named")
    agency.add_argument("--agency", default="", help="its name")
    agency.set_defaults(job=_rotate_agency)
    rotate.add_parser("master", help="backups made before open only with the old key").set_defaults(job=_rotate_master)
    sheet = keys.add_parser("sheet", help="the recovery sheet, to be kept in a safe")
    sheet.add_argument("--out", type=Path, required=True, metavar="FILE")
    sheet.set_defaults(job=_sheet)
    keys.add_parser("restore", help="type the master key in from the recovery sheet").set_defaults(job=_restore)


def _rotate_agency(asked: argparse.Namespace) -> int:
    from tqdm import tqdm

    from alongside.foundations import turning
    from alongside.people.models import Agency

    found = Agency.objects.using("owner").order_by("name")
    if asked.agency and not (found := found.filter(name=asked.agency)):
        raise Failed(f"no agency is called {asked.agency}")
    for agency in found:
        with tqdm(total=turning.keys_to_turn(agency.pk), unit=" keys", desc=agency.name, disable=None) as bar:
            turned = turning.turn_agency(agency.pk, bar.update)
        sys.stdout.write(f"{agency.name}: {turned} keys wrapped under a fresh key of the agency\n")
    return 0


def _rotate_master(asked: argparse.Namespace) -> int:
    from alongside.foundations import turning
    from alongside.foundations.master import KeyMissing

    try:
        turned = turning.turn_master()
    except KeyMissing as missing:
        raise Failed(missing.sentence) from missing
    sys.stdout.write(
        f"{turned} keys of agencies wrapped under a fresh master key. Print its recovery sheet now (alongside keys sheet), "
        "and make a backup: older ones open only with the key that is gone.\n"
    )
    return 0


def _sheet(asked: argparse.Namespace) -> int:
    from alongside.foundations import clock, master
    from alongside.foundations.master import KeyMissing
    from alongside.foundations.paper import pdf_of

    try:
        key = master.present(may_make=True)
    except KeyMissing as missing:
        raise Failed(missing.sentence) from missing
    told = {"rows": list(enumerate(master.typed(key), start=1)), "mark": master.mark_of(key), "made_at": clock.now()}
    try:
        descriptor = os.open(
            asked.out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600
        )  # at no moment anybody else's to read
    except FileExistsError as there:
        raise Failed(f"{asked.out} is there already; name another file") from there
    with os.fdopen(descriptor, "wb") as file:
        file.write(pdf_of("site/recovery_sheet.html", told))
    sys.stdout.write(f"{asked.out} holds the master key. Print it, lock the paper away, and remove the file.\n")
    return 0


def _restore(asked: argparse.Namespace) -> int:
    from alongside.foundations import master, turning

    ask = "The eight rows of the recovery sheet, in one line: "
    typed = getpass.getpass(ask) if sys.stdin.isatty() else sys.stdin.read()
    try:
        key = master.read_typed(typed)
    except ValueError as fault:
        raise Failed(f"{fault}; nothing was changed") from fault
    used = turning.marks_in_use()
    if used and master.mark_of(key) not in used:
        raise Failed("this is a master key, and not the one that these records were sealed under; nothing was changed")
    master.write(master.place(), key, instead=True)
    sys.stdout.write("The master key is in its place again.\n")
    return 0
