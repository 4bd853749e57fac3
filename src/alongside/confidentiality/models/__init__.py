"""The nouns of the room, a file for each; marks first, for rooms above put them on what they hold."""

from alongside.confidentiality.models.marks import Mark
from alongside.confidentiality.models.oversight import (
    Breach,
    BreachCase,
    BreachStep,
    LookRules,
    StepKind,
    Unusual,
    UnusualLook,
)

__all__ = ["Breach", "BreachCase", "BreachStep", "LookRules", "Mark", "StepKind", "Unusual", "UnusualLook"]
