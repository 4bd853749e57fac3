"""Runs in a process of its own against a house of its own: reads Threads, sends a form twice at once, or breaks a load off.

Prints JSON.
"""

import json
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django


def main() -> None:
    """What to do is the first word; acts as a worker who carries an open case, where somebody acts."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.site.settings"
    django.setup()
    sys.stdout.write(json.dumps(DOES[sys.argv[1]]()))


def _worker() -> Any:
    from alongside.people.models import Assignment
    from alongside.site.demo.agency import as_actor

    held = Assignment.objects.using("owner").filter(role="primary", case__closed_on=None).order_by("since")
    return as_actor(held.select_related("staff")[0].staff)


def threads() -> dict[str, object]:
    """What the worker carries: whether each Thread can be read, with its needs, objectives and kinds of breaks; and the day."""
    from alongside.documentation.thread import breaks_in, threads_of
    from alongside.foundations.actor import acting
    from alongside.people.models import Case
    from alongside.supervision.queries.day import day_of

    with acting(_worker()) as worker:
        cases = list(Case.objects.all())
        read = threads_of(cases)
        day = day_of(worker)
        return {
            "cases": len(cases), "read": len(read), "open": sum(case.is_open for case in cases),
            "needs": [len(thread.needs) for thread in read.values()],
            "breaks": sorted({one.kind.name for thread in read.values() for one in breaks_in(thread)}),
            "carried": len(day.carried), "lines": day.things,
        }  # fmt: skip


def twice() -> dict[str, object]:
    """The worker presses the button twice, quickly: both answers, and how many needs came of it."""
    from django.test import Client
    from django.urls import reverse

    from alongside.documentation.models import Need
    from alongside.foundations import clock
    from alongside.foundations.actor import acting
    from alongside.foundations.ids import new_id
    from alongside.people.models import Account, Case

    with acting(_worker()) as worker:
        case = Case.objects.filter(closed_on=None).first()
        assert case is not None
        before = Need.objects.filter(case=case).count()
    sent = {
        "title": "A bus pass", "domain": "economic", "extent": 2, "client_capacity": 2, "network_capacity": 1, "agency_capacity": 2,
        "sources": ["interview"], "found_on": clock.today().isoformat(), "once": str(new_id()),
    }  # fmt: skip
    account = Account.objects.get(pk=worker.account)

    def press(_time: int) -> tuple[int, str]:
        browser = Client(SERVER_NAME="localhost", raise_request_exception=False)
        browser.force_login(account)
        answer = browser.post(reverse("need_new", args=[case.pk]), sent)
        return answer.status_code, answer.headers.get("Location", "")

    with ThreadPoolExecutor(4) as hands:
        answers = list(hands.map(press, range(4)))
    with acting(_worker()):
        return {"answers": answers, "added": Need.objects.filter(case=case).count() - before}


def broken() -> dict[str, object]:
    """A load that fails when one batch is written and others are being made up: the persons before, and after it."""
    from alongside.people.models import Agency, Person, Program, Staff
    from alongside.site.demo import bulk
    from alongside.site.demo.agency import Setting

    agency = Agency.objects.using("owner").earliest("pk")
    own = {"agency": agency.pk}
    setting = Setting(
        agency=agency, staff={}, workers=list(Staff.objects.using("owner").filter(**own)),
        programs=list(Program.objects.using("owner").filter(**own)),
    )  # fmt: skip
    write, written = bulk._write, 0
    bulk.BATCH = 3

    def only_one(owner: Any, batch: Any) -> None:
        nonlocal written
        if written:
            raise RuntimeError("broken off")
        write(owner, batch)
        written += 1

    bulk._write = only_one
    people = Person.objects.using("owner")
    before = people.count()
    try:
        bulk.load(setting, 2 * bulk.BATCH, 7)
    except RuntimeError:
        return {"before": before, "after": people.count(), "written": written}
    return {"before": before, "after": None, "written": written}


def words() -> list[str]:
    """All that was written about anybody, opened, in the order of the rows."""
    from django.apps import apps

    from alongside.foundations.sealed import SealedText

    found = []
    for model in apps.get_models():
        names = [field.name for field in model._meta.concrete_fields if isinstance(field, SealedText)]
        for row in model._default_manager.using("owner").order_by("pk") if names else ():
            found += [str(getattr(row, name)) for name in names if getattr(row, name)]
    return found


def app_set_up() -> dict[str, object]:
    """The worker sets up an app: its secret, the recovery codes, and the seed that these are worked out from."""
    from allauth.mfa.models import Authenticator

    from alongside.site.account import keys
    from tests.doors import set_up_app

    secret, sheet = set_up_app(_at_the_door())
    row = Authenticator.objects.get(type="recovery_codes")
    return {"secret": secret, "sheet": sheet, "seed": keys.unseal_of(row.data["seed"], row.user_id)}


def comes_in() -> bool:
    """Whether the worker comes in by the password and the code in the second word: a secret's of now, or one of the sheet."""
    from allauth.mfa.models import Authenticator

    from tests.doors import CODE, code_of, is_in

    for app in Authenticator.objects.using("owner").filter(type="totp"):
        app.data["last_step"] = 0  # half a minute has gone by
        app.save(using="owner")
    browser, word = _at_the_door(), sys.argv[2]
    browser.post(CODE, {"code": word if word.isdigit() else code_of(word)})
    return is_in(browser)


def _at_the_door() -> Any:
    from django.conf import settings
    from django.test import Client

    from alongside.people.models import Account
    from tests.doors import knock

    settings.ALLOWED_HOSTS = ["testserver"]
    browser = Client()
    knock(browser, Account.objects.get(pk=_worker().account).email)
    return browser


def slow_turning() -> None:
    """The key of the agency is turned, three keys at a time and slowly."""
    from alongside.foundations import turning
    from alongside.people.models import Agency

    turning.AT_ONCE = 3
    turning.turn_agency(Agency.objects.using("owner").earliest("pk").pk, lambda _many: time.sleep(0.3))


def master_begun() -> None:
    """The master key is being turned, and nothing is wrapped under the next one yet."""
    from alongside.foundations import master

    master.begin_next()


DOES = {
    "threads": threads, "twice": twice, "broken": broken, "words": words, "slow_turning": slow_turning,
    "master_begun": master_begun, "app_set_up": app_set_up, "comes_in": comes_in,
}  # fmt: skip

if __name__ == "__main__":
    main()
