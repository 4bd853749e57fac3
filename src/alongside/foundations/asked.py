"""A question that is put to the database many times: its SQL is written out once, only the values change.

Django takes longer to write a long query than PostgreSQL to answer it. The question is still built from models and
expressions, so that no name of a column is written by hand, and it runs under the same policies as any other.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BooleanField, Expression, F, Field, Func, QuerySet, UUIDField
from django.db.models.expressions import BaseExpression
from psycopg import sql


class Given(Expression):
    """Stands in a question for the value that is given under this name when it is asked."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any, **_more: Any) -> tuple[str, Any]:
        """A placeholder of its type, with itself where the value will be."""
        return f"%s::{self.output_field.db_type(connection)}", (self,)


class Among(Func):
    """True where the key in a field is one of an array of keys: those given, or those that a subquery finds.

    Unlike a join, PostgreSQL takes the array for short and looks each key up, whatever the policies make it expect.
    """

    template, arg_joiner = "%(expressions)s)", " = ANY ("
    output_field = BooleanField()

    def __init__(self, key: str, keys: BaseExpression) -> None:
        super().__init__(F(key), keys)


def given_keys(name: str) -> Given:
    """An array of keys, to be given."""
    return Given(name, ArrayField(UUIDField()))


def _literal(value: object) -> str:
    """A value of our own code as PostgreSQL reads it in a text."""
    with connection.cursor():
        return sql.Literal(value).as_string(connection.connection)


class Question:
    """A query set that is built and written out once. `build` may hold `Given`, and nothing that changes by the day."""

    def __init__(self, build: Callable[[], QuerySet[Any, Any]]) -> None:
        self.build = build

    @cached_property
    def written(self) -> tuple[str, list[str]]:
        """The SQL and the names of what is to be given, in order.

        A value that is always the same stands in the text: PostgreSQL plans for a draft or a signed note, not for any.
        """
        text, values = self.build().query.sql_with_params()
        parts = ["%s" if isinstance(one, Given) else _literal(one).replace("%", "%%") for one in values]
        return text.replace("%%", "%%%%") % tuple(parts), [one.name for one in values if isinstance(one, Given)]

    def ask(self, **given: Any) -> list[tuple[Any, ...]]:
        """The rows for these values, as PostgreSQL gives them. One query. Raises `KeyError` for a value not given."""
        text, names = self.written
        with connection.cursor() as cursor:
            cursor.execute(text, [given[name] for name in names])
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
