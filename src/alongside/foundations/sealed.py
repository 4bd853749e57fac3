"""The one field type for narrative and identifiers.

Everything a person wrote about a client, and every identifier, passes through here. In the database lies noise, bound to
its table, column and row and sealed under the key of its keeper (decision 0013). It is opened when the attribute of a
row is read, and sealed when the row is saved; a column read any other way gives no text.
"""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from alongside.foundations.actor import current

if TYPE_CHECKING:
    _Text = models.TextField[str, str]
else:
    _Text = models.TextField

KEEPERS = ("case", "person", "client", "staff")
"""Whose words a row's are, where its class does not say it by `kept_by`: the first of these that it points to."""


class Sealed:
    """What lies in a column. It is no text: it opens only as the attribute of the row it was read with."""

    __slots__ = ("from_database", "row", "text", "words")

    def __init__(self, text: str, row: object = None, words: str | None = None, *, from_database: bool = True) -> None:
        self.text, self.row, self.words, self.from_database = text, row, words, from_database

    def __eq__(self, other: object) -> bool:
        """Equal when the column was not written in between."""
        return isinstance(other, Sealed) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return "<sealed>"

    def __str__(self) -> str:
        raise TypeError("sealed words are read as an attribute of their row, not by values() or as a column")


class Offered:
    """Words on their way into a column: they are sealed when the connection they go by is known."""

    __slots__ = ("field", "row", "words")

    def __init__(self, field: "SealedText", row: models.Model, words: str) -> None:
        self.field, self.row, self.words = field, row, words


class SealedAttribute(DeferredAttribute):
    """Opens what was read when it is asked for, and not before."""

    field: "SealedText"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        held = instance.__dict__.get(self.field.attname)
        if held is None and self.field.attname not in instance.__dict__:
            held = self._read(instance)
        return opened(self.field, instance, held) if isinstance(held, Sealed) else held

    def __set__(self, instance: Any, value: Any) -> None:
        """The same words once more leave the noise as it is, so that a signed row is not changed by saving it."""
        before = instance.__dict__.get(self.field.attname)
        if isinstance(value, Sealed):
            if value.row is None:
                value.row = instance.__dict__.get(instance._meta.pk.attname)
        elif isinstance(before, Sealed) and value and _same(self.field, instance, before, value):
            return
        instance.__dict__[self.field.attname] = value

    def _read(self, instance: Any) -> Any:
        """A column that was left out when the row was read."""
        using = instance._state.db or "default"
        rows = type(instance)._base_manager.using(using).filter(pk=instance.pk)
        self.__set__(instance, rows.values_list(self.field.attname, flat=True).get())
        return instance.__dict__[self.field.attname]


class SealedText(_Text):
    """Text that only those who may open the case can read. Empty text is the empty string, never NULL.

    It can be neither searched nor sorted in the database: a look-up other than by emptiness is refused. With `max_length`
    it is a line of so many characters; noise is longer, so that is held here.
    """

    ALLOWED = frozenset({"isnull", "exact"})
    descriptor_class = SealedAttribute

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse what sealed text cannot answer, so that no query comes to rely on plain text."""
        if lookup_name not in self.ALLOWED:
            raise ValueError(f"sealed text cannot be searched by {lookup_name}")
        return super().get_lookup(lookup_name)

    def from_db_value(self, value: str | None, expression: object, connection: object) -> "Sealed | str | None":
        """What was read, unopened; its key will be wanted."""
        from alongside.foundations import keys  # they need the tables, which need this field

        if not value:
            return value
        keys.expect(value)
        return Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """What goes into the column: the noise that was there while nothing changed, else words to be sealed."""
        held = model_instance.__dict__.get(self.attname, "")
        if not isinstance(held, Sealed):
            return Offered(self, model_instance, self._short_enough(held)) if held else held
        if held.row == model_instance.pk and (
            held.from_database or (not add and _still_opens(self, model_instance, held))
        ):
            return held
        return Offered(self, model_instance, opened(self, model_instance, held, must_be_there=True))

    def _short_enough(self, words: str) -> str:
        if self.max_length is not None and len(words) > self.max_length:
            raise ValueError(f"{self.name} holds {self.max_length} characters at the most")
        return words

    def get_prep_value(self, value: Any) -> Any:
        """Plain words reach the database by saving their row and by no other way. Raises ValueError."""
        if isinstance(value, Sealed):
            return value.text
        if value and not isinstance(value, Offered) and not hasattr(value, "resolve_expression"):
            raise ValueError("sealed words are written by saving their row, and asked for only whether they are empty")
        return value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Seal for the connection it is written by."""
        value = value if prepared else self.get_prep_value(value)
        return sealed_for(value, connection.alias) if isinstance(value, Offered) else value


def opened(field: SealedText, row: models.Model, held: Sealed, *, must_be_there: bool = False) -> str:
    """The words; where their key was destroyed, a sentence that says so. Raises `Damaged` and `KeyMissing`."""
    from alongside.foundations import keys

    if held.words is None:
        place = place_of(row, field, row.pk if held.row is None else held.row)
        try:
            held.words = keys.open_sealed(held.text, place=place, using=row._state.db or "default")
        except keys.Destroyed as gone:
            if must_be_there:
                raise
            return keys.destroyed_words(gone.day)
    return held.words


def _still_opens(field: SealedText, row: models.Model, held: Sealed) -> bool:
    """True when noise that was written before opens under the key as it is now; not under one that was undone."""
    from alongside.foundations import keys

    using = row._state.db or "default"
    keeper, agency = keeper_of(row, using)
    return keys.opens_under(keys.sealing_key(keeper, agency, using), held.text, place_of(row, field, row.pk))


def place_of(row: models.Model, field: "models.Field[Any, Any]", key: object) -> str:
    """What sealed words are bound to."""
    return f"{row._meta.db_table}.{field.column}:{key}"


def sealed_for(offered: Offered, using: str) -> str:
    """The noise for a row; the row then holds it too, so that saving it again changes nothing."""
    from alongside.foundations import keys

    row, field = offered.row, offered.field
    keeper, agency = keeper_of(row, using)
    noise = keys.seal(offered.words, keeper=keeper, agency=agency, place=place_of(row, field, row.pk), using=using)
    row.__dict__[field.attname] = Sealed(noise, row.pk, offered.words, from_database=False)
    return noise


def kept_by(model: type[models.Model]) -> str:
    """How a class says whose words its rows hold: a path to a row, `self`, or several with `|` between, of which the first
    that points to something counts. Raises LookupError when it does not say.
    """
    said: str = getattr(model, "kept_by", "")
    names = {field.name for field in model._meta.concrete_fields} | {f.attname for f in model._meta.concrete_fields}
    found = said or next((name for name in KEEPERS if name in names or f"{name}_id" in names), "")
    if not found:
        raise LookupError(f"{model._meta.label} holds sealed words and does not say whose they are: give it kept_by")
    return found


def keeper_of(row: models.Model, using: str) -> tuple[UUID, Any]:
    """The keeper of a row's words, and a way to learn their agency, which is gone only when a key is to be made."""
    paths = kept_by(type(row)).split("|")
    path = next((one for one in paths if one == "self" or getattr(row, f"{one.partition('__')[0]}_id")), paths[-1])
    if path == "self":
        return row.pk, lambda: _agency_of(row, path, using)
    first, _, rest = path.partition("__")
    if rest:
        return keeper_of_path(_pointed_to(row, first, using), rest, using)
    return keeper_of_path(row, path, using)


def keeper_of_path(row: models.Model, name: str, using: str) -> tuple[UUID, Any]:
    """The keeper that `name` of a row points to."""
    keeper: UUID = getattr(row, f"{name}_id")
    return keeper, lambda: _agency_of(row, name, using)


def _agency_of(row: Any, name: str, using: str) -> UUID:
    """The row's own agency; else the actor's, who may write about a case that they cannot read (an urgent opening)."""
    actor = current()
    agency: UUID = (
        row.agency_id
        if hasattr(row, "agency_id")
        else actor.agency
        if actor
        else _pointed_to(row, name, using).agency_id
    )
    return agency


def _pointed_to(row: models.Model, name: str, using: str) -> Any:
    field: Any = row._meta.get_field(name)
    cached = row._state.fields_cache.get(name)
    return cached or field.related_model._base_manager.using(using).get(pk=getattr(row, field.attname))


def _same(field: SealedText, row: models.Model, before: Sealed, words: object) -> bool:
    from alongside.foundations.errors import AlongsideError

    try:
        return before.row == row.pk and opened(field, row, before, must_be_there=True) == words
    except AlongsideError:
        return False
