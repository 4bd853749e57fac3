"""Hundreds of fictional clients through the verbs, each on its own days. Written when every stage has its verbs."""

from alongside.site.demo.agency import Setting


def live(setting: Setting, clients: int, seed: int) -> int:
    """Nothing yet."""
    return 0
