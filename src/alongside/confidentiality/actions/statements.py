"""Verbs of disagreement: take down what the client says, and reply. The record itself is never touched (practice D5)."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.confidentiality.models import Statement, StatementReply
from alongside.confidentiality.queries import record_of
from alongside.foundations import clock
from alongside.foundations.action import Done, verb
from alongside.foundations.actor import Actor
from alongside.foundations.errors import must_say
from alongside.foundations.roles import WORK_CASE
from alongside.people.access import must_be_in_its_life
from alongside.people.models import Case

SOURCE = "practice D5"


@verb(WORK_CASE)
def statement_take(actor: Actor, *, case: Case, kind: str, record: UUID, words: str, said_on: date) -> Done[Statement]:
    """Take down, beside a record, what the client says is otherwise. A closed case takes it too: it is the client's right.

    Raises `RuleBroken` for no words and a day outside the life of the case, `Http404` for a record of another case.
    """
    sort, row = record_of(case, kind, record)
    must_say(words, _("Write what the client says, in their own words."), SOURCE, "words")
    must_be_in_its_life(case, said_on, SOURCE, "said_on")
    statement = Statement(
        case=case, kind=sort.key, record_id=row.pk, words=words, said_on=said_on, taken_by_id=actor.staff, taken_at=clock.now()
    )  # fmt: skip
    statement.save(force_insert=True)
    said = _("Took down that the client sees it otherwise: %(kind)s") % {"kind": sort.label}
    return Done(statement, statement, said, case=case.pk)


@verb(WORK_CASE)
def statement_reply(actor: Actor, *, statement: Statement, words: str) -> Done[StatementReply]:
    """Write the agency's reply beside a statement. Raises `RuleBroken` for no words."""
    must_say(words, _("Write the reply."), SOURCE, "words")
    reply = StatementReply(case=statement.case, statement=statement, words=words, by_id=actor.staff, at=clock.now())
    reply.save(force_insert=True)
    return Done(reply, statement, _("Replied to what the client sees otherwise"), case=statement.case_id)
