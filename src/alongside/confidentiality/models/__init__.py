"""The nouns of the room, a file for each; marks first, for rooms above put them on what they hold."""

from alongside.confidentiality.models.disclosure import Disclosure, Ground, How, RestsOn, SharingWish, Told
from alongside.confidentiality.models.marks import Mark
from alongside.confidentiality.models.release import Capacity, Category, Method, Release
from alongside.confidentiality.states import ReleaseState

__all__ = [
    "Capacity", "Category", "Disclosure", "Ground", "How", "Mark", "Method", "Release", "ReleaseState", "RestsOn",
    "SharingWish", "Told",
]  # fmt: skip
