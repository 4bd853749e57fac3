"""Sama Othman, the case that the pictures show: six needs, one reached, one resting by her choice, and open breaks."""

import random
from datetime import timedelta

from alongside.client_level.assessment.actions.needs import need_add, needs_rank
from alongside.client_level.engagement.actions import (
    address_add,
    contact_add,
    household_member_add,
    significant_other_add,
)
from alongside.client_level.planning.actions.activities import Doing, activity_add
from alongside.client_level.planning.actions.decisions import decision_record
from alongside.client_level.planning.actions.objectives import Step, objective_add
from alongside.documentation.models import Need, Objective
from alongside.foundations import clock
from alongside.people.models import Case
from alongside.site.demo.agency import Setting
from alongside.site.demo.brought import brought
from alongside.site.demo.consents import consents
from alongside.site.demo.life import Life
from alongside.site.demo.neighbors import neighbors
from alongside.site.demo.stories import STORIES, Story

HOME, MONEY, ENGLISH, SLEEP, PAPERS = STORIES[:5]
LICENSE = Story(
    "cultural",
    "A driver’s license",
    "First the flat. Then I learn to drive.",
    "",
    "",
    ("", "", ""),
    ("", "", ""),
    ("", ""),
    (),
    "",
    "",
)
MOTHER = Story(
    "social", "To have her mother near", "She is alone now.", "", "", ("", "", ""), ("", "", ""), ("", ""), (), "", ""
)
DICE = random.Random(7)  # noqa: S311  (repeatable on purpose)
RANKS = {1: 1, 2: 3, 3: 2, 4: 4, 5: 6, 6: 5}


def sama(setting: Setting) -> Case:
    """Her way so far, ending today with work that hangs together and work that does not."""
    life = Life(setting, setting.programs[0], setting.staff["maren"], DICE, clock.today() - timedelta(days=85))
    life.referred(
        {"preferred_name": "Sama Othman", "legal_name": "Samira Othman", "pronouns": "she/her", "language": "Arabic (Levantine)",
         "reads_language": "Arabic", "interpreter": "always", "birth_date": clock.today().replace(year=clock.today().year - 34, month=3, day=4),
         "safe_contact": "Text only, weekdays before 14:00, and say “the library”. No voicemail, no letters."},
        "Riverside shelter", "soon", "Needs a home of her own and papers.",
    )  # fmt: skip
    life.screened()
    life.opened()
    life.enrolled()
    _people_around(life)
    life.assessed([HOME, ENGLISH, SLEEP, PAPERS, LICENSE])
    objectives = _plan(life)
    life.offered(signed=True)
    _work(life, objectives)
    _since_then(life)
    consents(life)
    brought(life)
    neighbors(setting, life)
    return life.case


def _people_around(life: Life) -> None:
    """How to reach her, where she lives, and who may and may not know."""
    with life.on(life.day) as actor:
        contact_add(
            actor, case=life.case,
            values={"kind": "text", "value": "+1 555 014 0137", "who_answers": "Sama herself", "when_safe": "weekdays before 14:00",
                    "may_leave_message": False, "safe": True},
        )  # fmt: skip
        address_add(
            actor, case=life.case,
            values={"lines": "18 Cooper Row, room 4", "city": "Harborville", "postal_code": "00000", "confidential": True,
                    "mail_is_safe": False, "since": clock.today()},
        )  # fmt: skip
        for name, relation, values in (
            (
                "Rima Othman",
                "Sister",
                {
                    "tie": "strong",
                    "helps": "Looks after the savings book",
                    "may_know": "Everything about the flat",
                    "lives_with": True,
                },
            ),
            (
                "Ilse Brandt",
                "Neighbor",
                {"tie": "mid", "helps": "Practices English with her", "may_know": "That she goes to the library"},
            ),
            ("Farid Saleh", "Brother-in-law", {"tie": "stress", "must_not_know": True, "lives_with": True}),
        ):
            significant_other_add(actor, case=life.case, values={"name": name, "relation": relation, **values})
        for name, role, years in (("Rima Othman", "sister", 29), ("Farid Saleh", "brother-in-law", 38)):
            household_member_add(
                actor, case=life.case, role=role, since=life.day - timedelta(days=40),
                person={"preferred_name": name, "language": "Arabic (Levantine)", "birth_date_estimated": True,
                        "birth_date": clock.today() - timedelta(days=365 * years)},
            )  # fmt: skip


def _plan(life: Life) -> dict[str, Objective]:
    """Four goals, six objectives; the license waits by her own decision."""
    with life.on(life.go_on(6)) as actor:
        life.begin_plan(actor)
        needs = {need.number: need for need in Need.objects.filter(case=life.case)}
        for number, story, days in ((1, HOME, 100), (2, ENGLISH, 150), (3, SLEEP, 120), (4, PAPERS, 80)):
            life.goal(actor, needs[number], story, days)
        found = {story.domain: objective for objective, story in life.objectives}
        saving = objective_add(actor, goal=found["environmental"].goal, step=Step(MONEY.objective, *MONEY.measure, due_on=clock.today() + timedelta(days=95)))  # fmt: skip
        activity_add(actor, objective=saving, doing=Doing("client", "Sama", "Sets $60 aside; matched savings", clock.today(), how_often="weekly", every_days=21))  # fmt: skip
        number_card = objective_add(actor, goal=found["legal"].goal, step=Step("Apply for a social security number", "Form posted", "not sent", "sent", due_on=clock.today() + timedelta(days=40)))  # fmt: skip
        activity_add(actor, objective=number_card, doing=Doing("client", "Sama and Maren", "Fill in the form together", clock.today(), every_days=60))  # fmt: skip
        decision_record(
            actor, need=needs[5], kind="defer", decided_by="client", why="One thing after the other.", decided_on=clock.today(),
            client_words=LICENSE.words, look_again_on=clock.today() + timedelta(days=100),
        )  # fmt: skip
        return found | {"saving": saving, "number": number_card}


def _work(life: Life, objectives: dict[str, Objective]) -> None:
    """What was done until now: a flat to see, a permit in hand, and a savings book nobody wrote about."""
    today = clock.today()
    life.refer_out(objectives["environmental"], HOME, answered=True, day=today - timedelta(days=20))
    life.refer_out(objectives["social"], ENGLISH, answered=False, day=today - timedelta(days=22))
    life.noted(objectives["saving"], "Savings book at $430", MONEY.words, day=today - timedelta(days=34))
    life.progressed(objectives["saving"], "on_course", "$430", day=today - timedelta(days=34))
    life.noted(objectives["social"], "Practices with her neighbor Ilse", ENGLISH.words, day=today - timedelta(days=8))
    life.noted(objectives["legal"], "Permit in her hand", "Now I can stand on my own.", day=today - timedelta(days=14))
    life.progressed(objectives["legal"], "reached", "in hand", day=today - timedelta(days=14))
    life.noted(objectives["number"], "Form complete, to be posted", day=today - timedelta(days=8))
    life.noted(
        objectives["environmental"], "Two flats seen; she liked Elm Street", HOME.words, day=today - timedelta(days=5)
    )


def _since_then(life: Life) -> None:
    """A sixth need, found at a visit and not yet in the plan."""
    with life.on(clock.today() - timedelta(days=4)) as actor:
        need_add(
            actor,
            case=life.case,
            title=MOTHER.need,
            domain=MOTHER.domain,
            sources=["interview"],
            client_words=MOTHER.words,
        )
        needs = Need.objects.filter(case=life.case)
        places = {need.pk: RANKS[need.number] for need in needs}
        needs_rank(actor, case=life.case, client=places, worker={need.pk: need.number for need in needs})
