"""What is attacked, by name, and how often each was tried in a run; `docs/security/attacks.md` is written from it."""

from collections import Counter
from collections.abc import Iterator

import pytest

ATTACKS = {
    "ids swapped": "two agencies, every role, every address and method, with the ids of somebody else’s file",
    "release ended": "a release that ran out, came to its event, was taken back or replaced just before sending",
    "release lacking": "a release, and its signature, with each element missing",
    "release of another": "a release for one client used for another, or for another recipient",
    "alias, search": "the name behind an alias, in searches",
    "alias, pages": "the same in titles, headers and words of every page, by every method that shows one",
    "alias, paper": "the same in everything that is printed",
    "alias, autocomplete": "the same in what a form suggests",
    "alias, errors": "the same in what is said of a mistake",
    "alias, timing": "the same by how much the database is asked, and by the length of the answer",
    "marked note": "a marked note in each print, packet, copy and table that leaves",
    "trail, edited": "a row of the record of deeds and looks edited by the owner of the database",
    "trail, removed": "such a row removed",
    "trail, inserted": "such a row inserted",
    "sealed text moved": "sealed text moved to another row or column, or changed",
    "stolen dump": "phrases from the records looked for in a stolen dump of the database",
    "formulas": "words that a spreadsheet would run, in a table that is exported",
    "file, wrong type": "an uploaded file that is not what it says it is, or is broken",
    "file, too large": "an upload of 200 MB, or of no stated size",
    "file, bomb": "a packed file, or a picture, that opens to far more than it is",
    "file, script": "a drawing with script in it",
    "file, path": "a path, a command or a header in the name of a file",
    "session fixation": "a session that somebody prepared beforehand",
    "forged form": "a form sent from another site (CSRF)",
    "open redirect": "an address that leads elsewhere after signing in, out, or choosing a theme",
    "host header": "a false name of the host, also as a proxy would forward it",
    "clickjacking": "a page of ours inside somebody else’s frame",
    "sign-in tries": "guesses at the door, the right password among the later ones",
}
"""Each attack of the work order: how its mark names it, and what it is."""


class Tried:
    """How often the test that is running tried something; a test that does not say so tried once."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self.counted: Counter[str] = Counter()

    def __call__(self, times: int = 1, of: str = "") -> None:
        """So many more tries; `of` which attack, where the test is about several."""
        self.counted[of or self.names[0]] += times

    def told(self) -> Iterator[tuple[str, int]]:
        """Each attack of the test with its tries."""
        if self.names:
            yield from (self.counted or Counter(self.names)).items()


@pytest.fixture(autouse=True)
def tried(request: pytest.FixtureRequest) -> Iterator[Tried]:
    """Counts what a test that is marked as an attack tries. That nothing got through is what the test itself asserts."""
    mark = request.node.get_closest_marker("attack")
    counted = Tried(mark.args if mark else ())
    yield counted
    request.node.user_properties += [("tried", one) for one in counted.told()]
