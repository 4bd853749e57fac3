"""Fills a house of its own with one row in every table about a client, and prints who opens which address. Run as a process.

Prints JSON: each address that answers with a page, with its name and who opened it; and by name the answers of the others.
"""

import json
import sys
from typing import Any


def main() -> None:
    """The cast is gathered, Sama's record is filled, and everyone knocks at every address."""
    from alongside.site.cli import connect_database

    connect_database()
    from django.core.management import call_command

    call_command("migrate", database="owner", verbosity=0)
    from tests.access.routes import routes, whole_record
    from tests.cast import gather

    cast = gather()
    record = whole_record(cast, cast.sama, "maren") | of_the_agency(cast)
    people = {email: signed_in(email) for email in emails()}
    pages, others = [], {}
    for route in routes():
        address, answers = route.path(record), {}
        for email, browser in people.items():
            answer = browser.get(address)
            if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
                pages.append({"name": route.name, "address": address, "who": email})
                break
            answers[email] = f"{answer.status_code} {answer.headers.get('Content-Type', '').split(';')[0]}"
        else:
            others[route.name] = sorted(set(answers.values()))
    sys.stdout.write(json.dumps({"pages": pages, "others": others}))


def of_the_agency(cast: Any) -> dict[Any, Any]:
    """What the agency has beside Sama's record: a team, a breach and a round of outreach."""
    from datetime import timedelta

    from alongside.client_level.engagement.models import Outreach
    from alongside.confidentiality.actions.breaches import breach_record
    from alongside.confidentiality.models import Breach
    from alongside.foundations import clock
    from alongside.people.actions import team_save
    from alongside.people.models import Program, Team
    from tests.door import met

    team = team_save(cast.otto, team=Team(), name="Mornings", members=[cast.staff["maren"]])
    breach = breach_record(cast.otto, values={
        "happened": "A laptop was taken from a car.", "found_at": clock.now(), "found_by": "Otto Lindqvist", "account": cast.staff["maren"],
        "since": clock.now() - timedelta(hours=2), "until": clock.now(), "notice_hours": 24, "people_days": 60,
    })  # fmt: skip
    return {Program: cast.program, Team: team, Breach: breach, Outreach: met(cast)}


def emails() -> list[str]:
    """Everyone who can sign in, whoever works with Sama first, and nobody for those who are not signed in."""
    from alongside.people.models import Account

    found = list(Account.objects.using("owner").order_by("pk").values_list("email", flat=True))
    return [*sorted(found, key=lambda email: not email.startswith("maren")), ""]


def signed_in(email: str) -> Any:
    """A browser in which somebody has just come in by the door, so that nobody is asked again who is there."""
    from django.test import Client

    from tests.cast import PASSWORD

    browser = Client(SERVER_NAME="localhost", raise_request_exception=False)
    if email:
        answer = browser.post("/account/sign-in/", {"login": email, "password": PASSWORD})
        assert answer.status_code == 302, email
    return browser


if __name__ == "__main__":
    main()
