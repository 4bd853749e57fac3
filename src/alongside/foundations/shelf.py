"""The shelf: a typed registry of variants, one file each, found by folder.

A room keeps its variants in `catalogue/`. Adding one touches no other file. The shelf refuses two of one name and one
without a source.
"""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Generic, Protocol, TypeVar


class Shelved(Protocol):
    """What every variant has: a stable key and the source of the rule it follows."""

    @property
    def key(self) -> str:
        """The stable name of the variant."""
        ...

    @property
    def source(self) -> str:
        """Where the rule comes from, such as `practice M4`."""
        ...


V = TypeVar("V", bound=Shelved)


class Shelf(Generic[V]):
    """The variants of one kind, in the order they were put there."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._variants: dict[str, V] = {}

    def put(self, variant: V) -> V:
        """Add a variant. Raises ValueError on a second of the same key or a missing source."""
        if variant.key in self._variants:
            raise ValueError(f"{self.name}: two variants are called {variant.key}")
        if not variant.source:
            raise ValueError(f"{self.name}: {variant.key} does not name its source")
        self._variants[variant.key] = variant
        return variant

    def __iter__(self) -> Iterator[V]:
        return iter(self._variants.values())

    def __getitem__(self, key: str) -> V:
        return self._variants[key]

    def __len__(self) -> int:
        return len(self._variants)


def fill_from(package: str) -> None:
    """Import every module of a `catalogue` package, so that each can put its variant on the shelf."""
    folder = import_module(package)
    for module in iter_modules(folder.__path__):
        import_module(f"{package}.{module.name}")
