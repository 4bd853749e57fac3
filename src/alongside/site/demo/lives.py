"""Hundreds of fictional clients through the verbs, each on its own days: the clock is held at the day of each verb."""

import random
from datetime import timedelta

from django.db import transaction
from tqdm import tqdm

from alongside.client_level.engagement.models import Outreach
from alongside.foundations import clock
from alongside.foundations.models import Deed
from alongside.site.demo.agency import Setting
from alongside.site.demo.homes import at_home
from alongside.site.demo.life import Life
from alongside.site.demo.neighbors import looked_at
from alongside.site.demo.papers import given_to, long_ago, on_hold
from alongside.site.demo.people import ORIGINS, SAFE, SOURCES
from alongside.site.demo.rounds import rounds
from alongside.site.demo.sama import sama
from alongside.site.demo.stories import STORIES

ENDS = (
    ("waiting", 4), ("screened", 3), ("directed", 3), ("opened", 3), ("enrolled", 6), ("assessed", 7), ("drafted", 6), ("offered", 5),
    ("active", 34), ("neglected", 8), ("closed", 16), ("reopened", 5),
)  # fmt: skip
DOZEN = 12


def live(setting: Setting, clients: int, seed: int) -> int:
    """Let `clients` fictional clients live with the agency until today; returns the number of deeds done."""
    dice = random.Random(seed)  # noqa: S311  (repeatable on purpose)
    kinds, weights = zip(*ENDS, strict=True)
    met = rounds(setting)
    with tqdm(total=clients, unit=" clients", mininterval=1) as bar:
        for number in range(clients):
            with transaction.atomic():
                if number == 0:
                    given_to(setting, sama(setting))
                elif number == clients - 1 and clients >= DOZEN:
                    long_ago(setting, dice)
                else:
                    # The first dozen end each in their own way, so that the smallest demonstration shows them all.
                    ending = kinds[number - 1] if number <= len(kinds) else dice.choices(kinds, weights)[0]
                    one(setting, dice, number, ending, met if number == 1 else None)
            bar.update(1)
    on_hold(setting)
    looked_at(setting)
    return Deed.objects.using("owner").filter(agency_id=setting.agency.pk).count()


def one(setting: Setting, dice: random.Random, number: int, ending: str, met: Outreach | None = None) -> None:
    """One client, taken as far as `ending` says; from outreach if they were `met` there."""
    origin = dice.choice(ORIGINS)
    given, pronouns = dice.choice(origin.given)
    person = {
        "preferred_name": f"{given} {dice.choice(origin.family)}", "pronouns": pronouns, "language": origin.language,
        "reads_language": origin.language, "interpreter": origin.interpreter, "safe_contact": dice.choice(SAFE),
        "birth_date": clock.today() - timedelta(days=dice.randrange(19 * 366, 84 * 365)), "birth_date_estimated": dice.random() < 0.1,
    }  # fmt: skip
    started = {"waiting": (0, 9), "screened": (1, 9), "directed": (5, 60), "opened": (6, 20), "enrolled": (10, 40)}
    days = dice.randrange(*started.get(ending, (60, 200) if ending not in ("closed", "reopened") else (260, 700)))
    worker = setting.workers[number % len(setting.workers)]
    life = Life(setting, dice.choice(setting.programs), worker, dice, clock.today() - timedelta(days=days))
    life.referred(person, dice.choice(SOURCES), dice.choice(("usual", "usual", "soon", "urgent")), outreach=met)
    if ending == "waiting":
        return
    life.screened()
    if ending == "directed":
        life.directed("County housing office")
    if ending in ("screened", "directed"):
        return
    life.opened()
    if ending == "opened":
        return
    life.enrolled()
    at_home(life)
    if ending == "enrolled":
        return
    _with_a_plan(life, dice, ending)


def _with_a_plan(life: Life, dice: random.Random, ending: str) -> None:
    stories = dice.sample(STORIES, dice.randrange(2, 5))
    life.assessed(stories)
    if ending == "assessed":
        return
    life.planned(stories)
    if ending == "drafted":
        return
    life.offered(signed=ending != "offered")
    if ending == "offered":
        return
    life.served(stories, gap=dice.randrange(45, 80) if ending == "neglected" else dice.randrange(0, 12))
    if ending in ("closed", "reopened"):
        life.closed()
    if ending == "reopened":
        life.reopened()
