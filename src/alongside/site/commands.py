"""What each command does."""

import argparse
import getpass
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alongside.site import key_commands
from alongside.site.failed import Failed

if TYPE_CHECKING:
    from alongside.foundations.actor import Actor
    from alongside.people.models import Agency, Staff


def describe(commands: Any) -> None:
    """Add every command with its options to the parser."""
    serve = commands.add_parser(
        "serve", help="web pages and background work; the embedded database unless one is named"
    )
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--workers", type=int, default=2)
    serve.add_argument("--demo-if-empty", action="store_true", help="fill an empty database with a fictional agency")
    serve.set_defaults(job=_serve)
    commands.add_parser("migrate", help="bring the database to this version; safe to repeat").set_defaults(job=_migrate)
    demo = commands.add_parser("demo", help="fill in a fictional agency, the same for the same seed")
    demo.add_argument("--clients", type=int, default=300)
    demo.add_argument("--agencies", type=int, default=1)
    demo.add_argument("--seed", type=int, default=1)
    demo.add_argument("--bulk", action="store_true", help="load by COPY, for very many clients")
    demo.set_defaults(job=_demo)
    work = commands.add_parser("work", help="background work alone, for a machine that serves no pages")
    work.add_argument("--once", action="store_true", help="do what is due now, and end")
    work.set_defaults(job=_work)
    verify = commands.add_parser("verify", help="prove deeds, looks and the stated invariants; 1 if anything is wrong")
    verify.add_argument("--heads", type=Path, help="a copy of the file of heads that was kept elsewhere")
    verify.set_defaults(job=_verify)
    key_commands.describe(commands)
    user = commands.add_parser("user", help="accounts of staff").add_subparsers(
        dest="what", required=True, metavar="WHAT"
    )
    add = user.add_parser("add", help="add a member of staff; makes the agency when there is none")
    for name in ("--email", "--name", "--agency"):
        add.add_argument(name, required=True)
    add.add_argument("--role", action="append", required=True, help="may be repeated")
    add.set_defaults(job=_user_add)
    password = user.add_parser("password", help="give someone a new password")
    password.add_argument("email")
    password.set_defaults(job=_user_password)
    step = user.add_parser(
        "second-step", help="a new start for someone who lost their second step, with a new password"
    )
    step.add_argument("email")
    step.set_defaults(job=_user_second_step)
    user.add_parser("list", help="who can sign in").set_defaults(job=_user_list)


def _serve(asked: argparse.Namespace) -> int:
    from alongside.site import serving

    return serving.serve(asked.host, asked.port, asked.workers, demo_if_empty=asked.demo_if_empty)


def _migrate(asked: argparse.Namespace) -> int:
    from django.core.management import call_command

    call_command("migrate", database="owner", verbosity=1)
    return 0


def _demo(asked: argparse.Namespace) -> int:
    from django.core.management import call_command

    from alongside.foundations.errors import RuleBroken
    from alongside.site.demo import fill

    call_command("migrate", database="owner", verbosity=0)
    try:
        fill(clients=asked.clients, agencies=asked.agencies, seed=asked.seed, bulk=asked.bulk or asked.clients > 2_000)
    except RuleBroken as broken:
        raise Failed(broken.sentence) from broken
    return 0


def _work(asked: argparse.Namespace) -> int:
    from alongside.foundations import background

    if asked.once:
        background.run_due()
    else:
        background.work_until(background.never)
    return 0


def _verify(asked: argparse.Namespace) -> int:
    from alongside.site.verifying import verify

    if asked.heads is not None and not asked.heads.is_file():
        raise Failed(f"there is no file {asked.heads}; name the copy of heads.log that you kept")
    return verify(asked.heads)


def _agency(name: str) -> "Agency":
    from alongside.people.actions import agency_found
    from alongside.people.models import Agency

    found = Agency.objects.using("owner").filter(name=name).first()
    return found or agency_found(name=name)


def _ask_password() -> tuple[str, bool]:
    """From the terminal, or one line of standard input; never from the command line, which others can read.

    Where nothing is typed one is made and shown; tells whether that was so.
    """
    word = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
    made = not word
    if made:
        word = secrets.token_urlsafe(18)
        sys.stdout.write(f"Password: {word}\n")
    return word, made


def _user_add(asked: argparse.Namespace) -> int:
    from alongside.foundations.errors import RuleBroken
    from alongside.people.actions import set_up_actor, staff_add

    try:
        agency = _agency(asked.agency)
        word, made = _ask_password()
        staff_add(
            set_up_actor(agency.pk), name=asked.name, email=asked.email, password=word, roles=asked.role,
            must_change=made and not agency.demonstration,
        )  # fmt: skip
    except RuleBroken as broken:
        raise Failed(broken.sentence) from broken
    sys.stdout.write(f"{asked.name} can sign in as {asked.email}\n")
    return 0


def _someone(email: str) -> "tuple[Actor, Staff]":
    """Whoever signs in by this e-mail, and the set-up actor of their agency. Raises `Failed` for nobody."""
    from alongside.foundations.actor import acting
    from alongside.people.actions import set_up_actor
    from alongside.people.models import Staff

    staff = Staff.objects.using("owner").select_related("agency").filter(account__email=email.lower()).first()
    if staff is None:
        raise Failed(f"nobody signs in as {email}; see alongside user list")
    actor = set_up_actor(staff.agency_id)
    with acting(actor):
        return actor, Staff.objects.select_related("account", "agency").get(pk=staff.pk)


def _user_password(asked: argparse.Namespace) -> int:
    from alongside.foundations.errors import RuleBroken
    from alongside.people.actions import password_set

    actor, staff = _someone(asked.email)
    try:
        # Whoever tries the demonstration out knows every password there, and has none of their own to keep.
        password_set(actor, staff=staff, password=_ask_password()[0], must_change=not staff.agency.demonstration)
    except RuleBroken as broken:
        raise Failed(broken.sentence) from broken
    return 0


def _user_second_step(asked: argparse.Namespace) -> int:
    from alongside.foundations.errors import RuleBroken
    from alongside.site.account.actions import second_step_take_away

    actor, staff = _someone(asked.email)
    try:
        second_step_take_away(actor, staff=staff, password=_ask_password()[0])
    except RuleBroken as broken:
        raise Failed(broken.sentence) from broken
    sys.stdout.write(f"{staff.name} signs in with the new password, and sets up a new second step\n")
    return 0


def _user_list(asked: argparse.Namespace) -> int:
    from alongside.people.models import Staff

    for staff in Staff.objects.using("owner").select_related("account", "agency").order_by("agency__name", "name"):
        sys.stdout.write(f"{staff.account.email}\t{staff.name}\t{staff.agency.name}\t{', '.join(staff.roles)}\n")
    return 0
