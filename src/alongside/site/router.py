"""Migrations run as the owner role and as nobody else."""

from typing import Any


class OwnerMigrates:
    """The `owner` alias migrates; the other two reach the same database as the application role."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """True for the owner alias only."""
        return db == "owner"

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        """All three aliases are one database."""
        return True
