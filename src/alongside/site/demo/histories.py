"""Whole histories of fictional clients as COPY text, made up by processes of their own while PostgreSQL takes in others."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from secrets import token_bytes
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps

from alongside.foundations import agency_keys, clock, keys
from alongside.foundations.ids import new_id_text
from alongside.foundations.sealed import SealedText
from alongside.site.demo.agency import Setting
from alongside.site.demo.people import ORIGINS, SAFE
from alongside.site.demo.stories import STORIES, Story

COLUMNS = {
    "foundations_datakey": "keeper agency_id generation wrapped",
    "people_person": "id agency_id preferred_name legal_name pronouns birth_date birth_date_estimated language reads_language "
    "interpreter race race_more veteran disabling_condition safe_contact programs edition",
    "people_case": "id agency_id program_id client_id number opened_on enrolled_on closed_on contact_every_days last_seen_on "
    "next_need_number primary_chosen_by_client",
    "people_assignment": "id case_id program_id staff_id role since until reason",
    "documentation_need": "id case_id program_id number title client_words domain extent client_capacity network_capacity "
    "agency_capacity client_rank worker_rank sources found_on edition",
    "documentation_planversion": "id case_id program_id number state made_on in_effect_on review_on reassess_on roles options_told "
    "made_with edition",
    "documentation_goal": "id case_id program_id version_id origin_id need_id number title term kind builds_on barriers",
    "documentation_objective": "id case_id program_id version_id origin_id goal_id number title indicator baseline target due_on",
    "documentation_activity": "id case_id program_id version_id origin_id objective_id actor who what how_often every_days starts_on "
    "ends_on expected cost paid_by instead",
    "documentation_service": "id case_id program_id on kind what minutes mode place present goal_id objective_id stands_alone by_id "
    "recorded_at",
    "documentation_note": "id case_id program_id state at minutes mode place present title happened client_words client_did worker_did "
    "next_step client_seen stands_alone writer_id started_at signed_at cosigner_id cosigned_at edition page_since",
    "documentation_notelink": "id case_id program_id note_id goal_id objective_id standing",
    "documentation_progress": "id case_id program_id objective_id on value standing trouble words client_words review_id by_id",
    "documentation_referralout": "id case_id program_id organization service goal_id objective_id state shares gives consented_on consent_how "
    "warm sent_on chase_on answered_on started_on closed_on outcome feedback by_id edition",
}  # fmt: skip
ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
"""What has a meaning of its own in COPY text, as it is written there."""
NOTES_A_NEED, SERVICES_A_NEED = 7, 3


@cache
def sealed_columns(table: str) -> tuple[tuple[int, str], ...]:
    """Where among the columns of a table those lie that hold sealed words, and what they are called with their table."""
    model: Any = next((one for one in apps.get_models() if one._meta.db_table == table), None)
    sealed = {one.column for one in model._meta.concrete_fields if isinstance(one, SealedText)} if model else set()
    return tuple((place, f"{table}.{name}") for place, name in enumerate(COLUMNS[table].split()) if name in sealed)


class Keyring:
    """Makes the keys of those who are written about, wrapped by the key of their agency, which is told as it lies."""

    def __init__(self, agency: UUID, generation: int, wrapped: bytes, mark: str) -> None:
        self.agency, self.generation = agency, generation
        self.above = agency_keys.agency_cipher(agency, generation, wrapped, mark)
        self.nonces = keys.nonces()

    def new(self, keeper: UUID) -> tuple[keys.Key, tuple[object, ...]]:
        """A fresh key, and its row."""
        raw = token_bytes(agency_keys.LENGTH)
        row = (keeper, self.agency, self.generation, r"\x" + agency_keys.wrap(self.above, raw, keeper.bytes).hex())
        return keys.Key(keeper, raw, AESGCM(raw)), row


@dataclass
class Pen:
    """Collects the rows of one batch as COPY text, a table at a time."""

    lines: dict[str, list[str]] = field(default_factory=lambda: {table: [] for table in COLUMNS})
    versions: list[str] = field(default_factory=list)
    rows: int = 0

    def row(self, table: str, *values: object) -> None:
        """Add one row; None is NULL, booleans t and f."""
        line = "\t".join(["\\N" if v is None else v if v.__class__ is str else str(v) for v in values])
        # Hardly a row has such a mark in its words; each word is looked at only in one that has.
        told_twice = "\\" in line and line.count("\\") != values.count(None)
        if told_twice or "\n" in line or "\r" in line or line.count("\t") >= len(values):
            line = "\t".join(["\\N" if v is None else str(v).translate(ESCAPED) for v in values])
        self.lines[table].append(line)
        self.rows += 1

    def texts(self) -> list[tuple[str, str]]:
        """Each table that has rows, with their text."""
        return [(table, "\n".join(lines) + "\n") for table, lines in self.lines.items() if lines]


class Life:
    """One fictional client's history with the agency, from the first day to today or to the end."""

    def __init__(self, setting: Setting, dice: random.Random, pen: Pen, number: int, ring: Keyring) -> None:
        self.dice, self.pen, self.number, self.agency = dice, pen, number, setting.agency.pk
        self.nonces, self.program = ring.nonces, dice.choice(setting.programs)
        self.worker = setting.workers[number % len(setting.workers)]
        self.case, self.person, self.version = new_id_text(), new_id_text(), new_id_text()
        self.keys: dict[str, keys.Key] = {}
        for keeper in (self.case, self.person):
            self.keys[keeper], row = ring.new(UUID(keeper))
            pen.row("foundations_datakey", *row)
        self.by, self.of_program = str(self.worker.pk), str(self.program.pk)
        self.opened = clock.today() - timedelta(days=dice.randrange(30, 1500))
        over = clock.today() - self.opened > timedelta(days=240) and dice.random() < 0.97
        self.closed = self.opened + timedelta(days=dice.randrange(120, 239)) if over else None
        self.until: date = self.closed or clock.today()
        self.stories = dice.sample(STORIES, 4)

    def write(self) -> None:
        """All rows of the history."""
        self._person()
        seen = self.until - timedelta(days=self.dice.randrange(0, 25))
        self._row("people_case", self.case, self.agency, self.of_program, self.person, f"{self.opened.year}-{self.number:04d}",
                  self.opened, self.opened, self.closed, self.program.contact_every_days, seen, len(self.stories) + 1, "f", plain=True)  # fmt: skip
        self._row("people_assignment", self.by, "primary", self.opened, None, "")
        made = self.opened + timedelta(days=20)
        self._row("documentation_planversion", 1, "draft", made, made, made + timedelta(days=90), made + timedelta(days=180), "", "",
                  "", 1, key=self.version)  # fmt: skip
        self.pen.versions.append(self.version)
        for number, story in enumerate(self.stories, start=1):
            self._need(number, story)

    def _row(self, table: str, *values: object, key: str = "", plain: bool = False) -> str:
        key = key or new_id_text()
        row = list(values) if plain else [key, self.case, self.of_program, *values]
        by = self.keys[self.person if table == "people_person" else self.case]
        keys.seal_row(by, row, sealed_columns(table), self.nonces)
        self.pen.row(table, *row)
        return key

    def _person(self) -> None:
        origin = self.dice.choice(ORIGINS)
        self.goes_by, pronouns = self.dice.choice(origin.given)
        born = date(1940, 1, 1) + timedelta(days=self.dice.randrange(0, 24_000))
        self._row("people_person", self.person, self.agency, f"{self.goes_by} {self.dice.choice(origin.family)}", "", pronouns, born, "f",
                  origin.language, origin.language, origin.interpreter, "{}", "", "no", "unknown", self.dice.choice(SAFE),
                  f"{{{self.of_program}}}", 1, plain=True)  # fmt: skip

    def _need(self, number: int, story: Story) -> None:
        need = self._row("documentation_need", number, story.need, story.words, story.domain, self.dice.randrange(1, 5), 2, 1, 3, number,
                         number, "{interview}", self.opened + timedelta(days=10), 1)  # fmt: skip
        goal, objective, activity = new_id_text(), new_id_text(), new_id_text()
        start = self.opened + timedelta(days=20)
        due = self.closed or clock.today() + timedelta(days=self.dice.randrange(-10, 120))
        self._row("documentation_goal", self.version, goal, need, f"{number}.1", story.goal, "short", "personal", story.strength,
                  story.barrier, key=goal)  # fmt: skip
        self._row("documentation_objective", self.version, objective, goal, f"{number}.1.a", story.objective, *story.measure, due,
                  key=objective)  # fmt: skip
        self._row("documentation_activity", self.version, activity, objective, story.activity[0], self.worker.name, story.activity[1],
                  story.activity[2], 30, start, None, "", 0, "", "", key=activity)  # fmt: skip
        for _again in range(NOTES_A_NEED):
            self._note(story, goal, objective)
        for _again in range(SERVICES_A_NEED):
            day = self._day()
            self._row("documentation_service", day, "guiding", story.activity[1], 30, "face", "Office", self.goes_by, goal, objective, "f",
                      self.by, f"{day} 16:00+00")  # fmt: skip
        standing = "reached" if self.closed else "on_course"
        self._row("documentation_progress", objective, self._day(), "", standing, "", "", "", None, self.by)
        if number == 1:
            self._referral(story, goal, objective)

    def _note(self, story: Story, goal: str, objective: str) -> None:
        day, line = self._day(), self.dice.choice(story.notes)
        note = self._row("documentation_note", "signed", f"{day} 10:00+00", 45, "face", "Office", self.goes_by, line, line + ".", story.words,
                         "Came on time.", "Went through the plan.", "", "t", "f", self.by, f"{day} 10:50+00", f"{day} 11:00+00",
                         None, None, 2, 1)  # fmt: skip
        self._row("documentation_notelink", note, goal, objective, "")

    def _referral(self, story: Story, goal: str, objective: str) -> None:
        day = self._day()
        ended = day if self.closed else None
        self._row("documentation_referralout", *story.refer_to, goal, objective, "closed" if ended else "sent", "name, language", "{identity}", day,
                  "signed", "f", day, day + timedelta(days=14), ended, None, ended, "", "", self.by, 1)  # fmt: skip

    def _day(self) -> date:
        span = max((self.until - self.opened).days - 21, 1)
        return self.opened + timedelta(days=20 + self.dice.randrange(span))


@dataclass(frozen=True)
class Batch:
    """Rows made up for some clients: COPY text by table, the plans among them that take effect, and how many rows and clients."""

    texts: list[tuple[str, str]]
    versions: list[str]
    rows: int
    clients: int


@dataclass(frozen=True)
class Order:
    """For which agency histories are made up, under which key of it (`agency_keys.newest_wrapped`), and from which seed."""

    setting: Setting
    key: tuple[int, bytes, str]
    seed: int


def made(order: Order, first: int, count: int) -> Batch:
    """The clients with these case numbers: for the same seed the same but for their ids and keys, whichever process makes them up.

    The database is not asked: the load has locked what would be asked for.
    """
    dice, pen = random.Random(f"{order.seed} {first}"), Pen()  # noqa: S311  (repeatable on purpose)
    ring = Keyring(order.setting.agency.pk, *order.key)
    for number in range(first, first + count):
        Life(order.setting, dice, pen, number, ring).write()
    return Batch(pen.texts(), pen.versions, pen.rows, count)
