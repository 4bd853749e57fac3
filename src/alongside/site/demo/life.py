"""One fictional client's way through the stages, verb by verb."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta

from alongside.client_level.assessment.actions.needs import need_add, needs_rank
from alongside.client_level.assessment.actions.sittings import (
    Account,
    Occasion,
    finding_add,
    sitting_begin,
    sitting_complete,
)
from alongside.client_level.engagement.actions import (
    Told,
    case_enroll,
    case_open,
    referral_answer,
    referral_receive,
    referral_screen,
)  # fmt: skip
from alongside.client_level.engagement.models import Criterion, Outreach
from alongside.client_level.intervention.actions.consent import Consent
from alongside.client_level.intervention.actions.given import service_record
from alongside.client_level.intervention.actions.notes import note_begin, note_sign
from alongside.client_level.intervention.actions.referrals import (
    referral_out_answer,
    referral_out_make,
    referral_out_send,
)  # fmt: skip
from alongside.client_level.intervention.actions.words import NoteWords, Tie
from alongside.client_level.monitoring.actions import progress_record
from alongside.client_level.planning.actions.activities import Doing, activity_add
from alongside.client_level.planning.actions.goals import goal_add
from alongside.client_level.planning.actions.objectives import Step, objective_add
from alongside.client_level.planning.actions.plans import Frame, plan_offer, plan_start
from alongside.client_level.planning.actions.signing import plan_sign
from alongside.client_level.termination.actions import case_close, case_reopen, closure_keep, closure_prepare
from alongside.confidentiality.actions import Signing
from alongside.documentation.models import Goal, Need, Note, Objective, PlanVersion
from alongside.foundations import clock
from alongside.foundations.actor import Actor, acting
from alongside.foundations.ids import new_id
from alongside.people.models import Case, Person, Program, Staff
from alongside.site.demo.agency import Setting, as_actor
from alongside.site.demo.stories import Story


class Life:
    """The client, where they stand, and who works with them. Each method goes some days on."""

    case: Case
    version: PlanVersion

    def __init__(self, setting: Setting, program: Program, worker: Staff, dice: random.Random, day: date) -> None:
        self.program, self.worker, self.dice, self.day = program, worker, dice, day
        self.intake, self.me = as_actor(setting.staff["ines"]), as_actor(worker)
        self.supervisor = as_actor(setting.staff["delphine"])
        self.objectives: list[tuple[Objective, Story]] = []

    @contextmanager
    def on(self, day: date, hour: int = 10, who: Actor | None = None) -> Iterator[Actor]:
        """Hold the clock on `day` (never after today) and let someone act."""
        day = min(day, clock.today())
        moment = datetime.combine(day, time(hour, 40), UTC)
        with clock.held(min(moment, clock.now())), acting(who or self.me) as actor:
            yield actor

    def go_on(self, days: int) -> date:
        """So many days later, or today."""
        self.day = min(self.day + timedelta(days=days), clock.today())
        return self.day

    def referred(
        self, person: dict[str, object], source: str, urgency: str = "usual", reason: str = "", outreach: Outreach | None = None
    ) -> None:  # fmt: skip
        """Someone is referred to the program, or comes from `outreach`."""
        source = f"Outreach, {outreach.place}" if outreach else source
        with self.on(self.day, who=self.intake) as actor:
            self.referral = referral_receive(
                actor, program=self.program, person=person, source=source, urgency=urgency, received_on=clock.today(),
                reason=reason or "Asked for help with housing and papers.", outreach=outreach,
            )  # fmt: skip
            self.client: Person = self.referral.client

    def screened(self) -> None:
        """The program's criteria are answered, with the evidence seen."""
        with self.on(self.go_on(1), who=self.intake) as actor:
            criteria = Criterion.objects.filter(program=self.program)
            answers = {one: ("yes", "Letter of the county, seen") for one in criteria}
            self.referral = referral_screen(actor, referral=self.referral, answers=answers)

    def directed(self, place: str) -> None:
        """Not for us: directed to a named place."""
        with self.on(self.day, who=self.intake) as actor:
            referral_answer(
                actor, referral=self.referral, answer="directed", words="Lives outside the county.", directed_to=place
            )

    def opened(self) -> None:
        """Accepted, and a case opened with its primary."""
        with self.on(self.go_on(1), who=self.intake) as actor:
            referral = referral_answer(actor, referral=self.referral, answer="accepted")
            self.case = case_open(
                actor,
                referral=referral,
                primary=self.worker,
                opened_on=clock.today(),
                chosen_by_client=self.dice.random() < 0.3,
            )

    def enrolled(self) -> None:
        """Rights, consent and confidentiality explained."""
        interpreter = "" if self.client.interpreter == "never" else "Hala K."
        with self.on(self.go_on(2), who=self.intake) as actor:
            self.case = case_enroll(
                actor, case=self.case, told=Told(clock.today(), self.client.language or "English", interpreter), seen_alone="yes", present=["client"],
                wishes="Nothing to anyone at home.",
            )  # fmt: skip

    def assessed(self, stories: list[Story]) -> None:
        """One sitting, with findings and numbered needs in the client's own order."""
        with self.on(self.go_on(8)) as actor:
            here = Occasion(on=clock.today(), place="At home", present=["client"], seen_alone=True)
            sitting = sitting_begin(actor, case=self.case, occasion=here)
            for story in stories[:2]:
                finding_add(actor, sitting=sitting, kind="strength", objective_words=story.strength, client_words=story.words, sources=["observation"])  # fmt: skip
                finding_add(actor, sitting=sitting, kind="barrier", objective_words=story.barrier, client_words="It is not easy.", sources=["interview"])  # fmt: skip
            needs = [self.need(actor, story) for story in stories]
            order = list(range(1, len(needs) + 1))
            self.dice.shuffle(order)
            needs_rank(
                actor, case=self.case, client={n.pk: place for n, place in zip(needs, order, strict=True)},
                worker={n.pk: place for place, n in enumerate(needs, start=1)},
            )  # fmt: skip
            accounts = {
                story.domain: Account(story.barrier and f"{story.barrier}.", story.words, ["interview"])
                for story in stories
            }
            sitting_complete(actor, sitting=sitting, edition=sitting.edition, accounts=accounts)

    def need(self, actor: Actor, story: Story) -> Need:
        """One numbered need."""
        capacity = self.dice.randrange
        return need_add(
            actor, case=self.case, title=story.need, domain=story.domain, sources=["interview", "documents"],
            client_words=story.words, extent=capacity(2, 5), client_capacity=capacity(1, 4), network_capacity=capacity(0, 3),
            agency_capacity=capacity(1, 5),
        )  # fmt: skip

    def planned(self, stories: list[Story]) -> None:
        """A draft plan: a goal, a measured objective and an activity for each need."""
        with self.on(self.go_on(6)) as actor:
            self.begin_plan(actor)
            needs = Need.objects.filter(case=self.case).order_by("number")
            for need, story in zip(needs, stories, strict=True):
                self.goal(actor, need, story, self.dice.randrange(30, 200))

    def begin_plan(self, actor: Actor) -> None:
        """An empty first version with its schedule."""
        today = clock.today()
        frame = Frame(
            today, today + timedelta(days=self.program.review_every_days), today + timedelta(days=self.program.reassess_every_days),
            "the client", "The client sets the order; the case manager writes and calls.", "Deposit match up to $450; class is free.",
        )  # fmt: skip
        self.version = plan_start(actor, case=self.case, frame=frame)

    def goal(self, actor: Actor, need: Need, story: Story, days: int) -> Goal:
        """A goal with one measured objective and who does what for it."""
        goal = goal_add(actor, need=need, title=story.goal, term="short" if days < 90 else "long", builds_on=story.strength, barriers=story.barrier)  # fmt: skip
        step = Step(story.objective, *story.measure, due_on=clock.today() + timedelta(days=days))
        objective = objective_add(actor, goal=goal, step=step)
        kind, what, often = story.activity
        who = {"client": self.client.short_name, "worker": self.worker.name.split()[0], "family": "Her sister"}.get(
            kind, story.refer_to[0]
        )
        activity_add(
            actor, objective=objective, doing=Doing(kind, who, what, clock.today(), how_often=often, every_days=21)
        )
        self.objectives.append((objective, story))
        return goal

    def offered(self, *, signed: bool) -> None:
        """The plan goes out for signatures; with `signed` it takes effect."""
        with self.on(self.go_on(1)) as actor:
            self.version = plan_offer(actor, version=self.version)
            plan_sign(actor, version=self.version, capacity="worker", name=self.worker.name)
        if signed:
            with self.on(self.go_on(1)) as actor:
                language = self.client.language or "English"
                plan_sign(
                    actor, version=self.version, capacity="client", name=self.client.preferred_name, language=language
                )
            if self.program.supervisor_signs_plans:
                with self.on(self.day, who=self.supervisor) as actor:
                    plan_sign(actor, version=self.version, capacity="supervisor", name=self.supervisor.name)

    def served(self, stories: list[Story], *, gap: int) -> None:
        """Notes, services, a referral out and progress until `gap` days before today."""
        last = clock.today() - timedelta(days=gap)
        first = True
        while self.day < last:
            objective, story = self.dice.choice(self.objectives)
            self.go_on(self.dice.randrange(6, 18))
            self.noted(objective, self.dice.choice(story.notes), story.words)
            if self.dice.random() < 0.3:
                self.service(objective, story)
            if first:
                self.refer_out(objective, story, answered=self.dice.random() < 0.7)
                first = False
        for objective, _story in self.objectives:
            if objective.due_on <= clock.today() and self.dice.random() < 0.75:
                self.progressed(objective, "reached", objective.target)

    def noted(
        self, objective: Objective, line: str, words: str = "", *, day: date | None = None, tied: bool = True
    ) -> Note:
        """A signed note about one objective."""
        with self.on(day or self.day, hour=16) as actor:
            tie = Tie(objective.goal.origin, objective.origin)
            said = NoteWords(
                at=clock.now() - timedelta(hours=2), minutes=self.dice.choice((15, 30, 45, 60)), mode=self.dice.choice(("face", "face", "phone", "video")),
                place="At home", present=(self.client.short_name,), title=line, happened=line + ". We went through what comes next.", client_words=words,
                client_did="Came on time and brought the letters.", worker_did="Explained each step, with the interpreter.",
                ties=frozenset({tie}) if tied else frozenset(), stands_alone=not tied,
            )  # fmt: skip
            note = note_begin(actor, case=self.case, key=new_id(), words=said)
            return note_sign(actor, note=note, words=said, edition=note.edition)

    def service(self, objective: Objective, story: Story) -> None:
        """A service toward an objective."""
        with self.on(self.day, hour=15) as actor:
            service_record(
                actor, case=self.case, on=clock.today(), kind=self.dice.choice(("guiding", "teaching", "advocating", "linking")),
                what=story.activity[1], minutes=30, mode="face", place="Office", present=[self.client.short_name],
                tie=Tie(objective.goal.origin, objective.origin),
            )  # fmt: skip

    def refer_out(self, objective: Objective, story: Story, *, answered: bool, day: date | None = None) -> None:
        """A referral to another agency, with consent, answered or not."""
        with self.on(day or self.day) as actor:
            referral = referral_out_make(
                actor, case=self.case, organization=story.refer_to[0], service=story.refer_to[1], shares="Name, language, level",
                tie=Tie(objective.goal.origin, objective.origin), consent=Consent(signing=self.signing()),
            )  # fmt: skip
            referral = referral_out_send(actor, referral=referral, edition=referral.edition)
        if answered:
            with self.on((day or self.day) + timedelta(days=8)) as actor:
                referral_out_answer(actor, referral=referral, step="accept", on=clock.today(), edition=referral.edition, feedback="A place from next month")  # fmt: skip

    def signing(self) -> Signing:
        """The client signs a release by typing the name, after it was read to them."""
        language = self.client.reads_language or self.client.language or "English"
        helped = "Hala K." if self.client.interpreter != "never" else ""
        return Signing(name=self.client.preferred_name, read_in=language, interpreter=helped)

    def progressed(self, objective: Objective, standing: str, value: str, day: date | None = None) -> None:
        """Where an objective stands."""
        with self.on(day or clock.today()) as actor:
            progress_record(actor, objective=objective.origin, on=clock.today(), standing=standing, value=value)

    def closed(self) -> None:
        """The ending, prepared with the client."""
        with self.on(self.go_on(3)) as actor:
            closure = closure_prepare(
                actor, case=self.case, reason=self.dice.choice(("attained", "recovered", "moved", "client_withdrew")),
                ends_on=clock.today(), told_on=clock.today(), told_how="At the last two visits",
            )  # fmt: skip
            values = {
                "exit_interview": "Being told the truth helped. The waiting did not.", "next_stage": "Keeps the class and the savings book.",
                "still_here_for": "Letters and forms, any Tuesday.", "resources": "Tenancy clinic; adult school.", "client_words": "I can do it.",
            }  # fmt: skip
            closure_keep(actor, closure=closure, edition=closure.edition, values=values)
            self.case = case_close(actor, case=self.case)

    def reopened(self) -> None:
        """Back again, with the history whole."""
        with self.on(self.go_on(4)) as actor:
            self.case = case_reopen(actor, case=self.case, reason="The lease was ended by the landlord.")
