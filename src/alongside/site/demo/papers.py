"""The invented agency's policies and retention rules, what its clients say of them, and the record that is due."""

import random
from datetime import UTC, datetime, time, timedelta

from alongside.client_level.termination.actions import follow_up_record
from alongside.client_level.termination.models import FollowUp
from alongside.confidentiality.actions.holds import hold_set
from alongside.confidentiality.actions.policies import (
    policy_acknowledge,
    policy_add,
    policy_copy_give,
    policy_put_in_force,
)
from alongside.confidentiality.actions.rules import rule_add
from alongside.confidentiality.actions.statements import statement_reply, statement_take
from alongside.confidentiality.models import PolicyVersion
from alongside.confidentiality.models.policy import PolicyState
from alongside.confidentiality.queries import STARTERS
from alongside.confidentiality.queries.suggested import SUGGESTED
from alongside.documentation.models import Note
from alongside.foundations import clock
from alongside.foundations.actor import acting
from alongside.people.models import Case
from alongside.site.demo.agency import Setting, as_actor
from alongside.site.demo.life import Life
from alongside.site.demo.stories import STORIES

DECIDED = str.maketrans("", "", "[]")
SLOW_READERS = 3
"""How many of the staff have still to read the policies."""
YEARS_AGO = timedelta(days=3_200)


def papers(setting: Setting) -> None:
    """Three policies in force since some days and read by most, and a rule for case files and for referrals."""
    otto = as_actor(setting.staff["otto"])
    day = clock.today() - timedelta(days=10)
    with clock.held(datetime.combine(day, time(9, 15), UTC)):
        for starter in STARTERS:
            draft = policy_add(
                otto, key=starter.key, title=starter.title, words=starter.text.translate(DECIDED), language=starter.language,
                review_on=day + timedelta(days=365),
            )  # fmt: skip
            version = policy_put_in_force(otto, version=draft)
            for staff in list(setting.staff.values())[:-SLOW_READERS]:
                policy_acknowledge(as_actor(staff), version=version)
        for one in (one for one in SUGGESTED if one.key != "minors"):
            rule_add(otto, kind=one.kind, program=None, event=one.event, years=one.years, source=one.law)


def given_to(setting: Setting, case: Case) -> None:
    """The client has a copy of each policy, and sees one note otherwise."""
    maren = as_actor(setting.staff["maren"])
    with acting(maren):
        versions = list(PolicyVersion.objects.filter(agency=setting.agency, state=PolicyState.IN_FORCE))
        note = Note.objects.filter(case=case, state="signed").order_by("at").first()
    for version in versions:
        policy_copy_give(maren, case=case, version=version, language="Arabic, read aloud", given_on=clock.today())
    if note is not None:
        said = statement_take(
            maren, case=case, kind="note", record=note.pk, said_on=clock.today(),
            words="I did not say that I want to wait. I said that I have to wait.",
        )  # fmt: skip
        statement_reply(
            maren, statement=said, words="The interpreter agrees with her. The plan is changed at the next review."
        )


def on_hold(setting: Setting) -> None:
    """One open case is asked for by a court."""
    delphine = as_actor(setting.staff["delphine"])
    with acting(delphine):
        case = Case.objects.filter(agency=setting.agency, closed_on=None).order_by("-number").first()
    if case is not None:
        hold_set(delphine, case=case, covers="case", ground="County court, housing part, 24-1187", since=clock.today())


def long_ago(setting: Setting, dice: random.Random) -> None:
    """A client whose case ended so long ago that its file is due for disposal."""
    life = Life(setting, setting.programs[1], setting.workers[1], dice, clock.today() - YEARS_AGO)
    life.referred(
        {"preferred_name": "Harriet Lowe", "pronouns": "she/her", "language": "English", "reads_language": "English",
         "interpreter": "never", "birth_date": clock.today() - timedelta(days=61 * 365)},
        "St Brigid’s ward 4",
    )  # fmt: skip
    life.screened()
    life.opened()
    life.enrolled()
    stories = [STORIES[1]]
    life.assessed(stories)
    life.planned(stories)
    life.offered(signed=True)
    life.closed()
    with life.on(life.go_on(100)) as actor:
        for follow_up in FollowUp.objects.filter(case=life.case, done_on=None):
            follow_up_record(actor, follow_up=follow_up, done_on=clock.today(), reached="no")
