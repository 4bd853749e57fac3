"""Two people at one paper: the row is held while it is changed, and the later one is shown what the earlier one wrote.

Every verb that changes a paper someone may have read on a page goes through here (practice D5: nobody's words are
overwritten unseen). A row of a case is held by `people.access.held_in_open_case`, which holds the case first.
"""

from collections.abc import Mapping
from typing import TypeVar

from django.db import connection, models
from django.utils.translation import gettext as _

from alongside.foundations.errors import ChangedByAnother, NotAllowed
from alongside.foundations.models import Deed

Row = TypeVar("Row", bound=models.Model)


def held(row: Row, *beside: str) -> Row:
    """`row` as it stands now, with the related rows `beside` it, held until the verb is done.

    No verb changes a key, so rows that point to this one may still be added meanwhile. Raises `NotAllowed` when the
    actor may not change it.
    """
    rows = type(row)._default_manager.filter(pk=row.pk)
    now = rows.select_related(*beside) if beside else rows
    fresh = now.select_for_update(of=("self",), no_key=True).first()
    if fresh is None:
        raise NotAllowed(_("This record is not yours to change."))
    return fresh


def next_edition(
    row: models.Model, read: int | None, theirs: Mapping[str, object], *, who: str = "", said: str = ""
) -> None:
    """Take a held row from the edition that was `read` to the next one; the caller saves it.

    Raises `ChangedByAnother`, as `must_be_unchanged` does, when it is at another edition by now.
    """
    now: int = getattr(row, "edition")  # noqa: B009  (every such paper has one; models.Model does not say so)
    must_be_unchanged(row, read, theirs, now=now, who=who, said=said)
    setattr(row, "edition", now + 1)  # noqa: B010


def must_be_unchanged(
    row: models.Model, read: int | None, theirs: Mapping[str, object], *, now: int, who: str = "", said: str = ""
) -> None:
    """Raises `ChangedByAnother` unless the form was `read` at the edition that stands `now`.

    `theirs` holds what stands in the row, by the names of the form's fields. `who` is worked out from the deeds when it
    is not given; `said` follows the common sentence when more has to be told, such as the state it is in by now.
    """
    if read == now:
        return
    who = who or last_hand(row) or _("Someone")
    sentence = _("%(who)s changed this while you were writing.") % {"who": who}
    raise ChangedByAnother(f"{sentence} {said}".strip(), dict(theirs), now, who)


def last_hand(row: models.Model, *verbs: str) -> str:
    """Who did the last deed on `row`; with `verbs`, who last did one of them in its case. Empty when nobody did."""
    if verbs:
        done = Deed.objects.filter(case_id=getattr(row, "case_id", row.pk), verb__in=verbs)
        return done.order_by("-at").values_list("actor_name", flat=True).first() or ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_hand(%s)", [row.pk])
        return str(cursor.fetchone()[0] or "")
