"""`alongside verify`: the proof of deeds and looks, then what must be true of the records, a line for each thing wrong."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tqdm import tqdm

from alongside.foundations.invariants import INVARIANTS
from alongside.foundations.trail import folding, proof


def verify(copy: Path | None) -> int:
    """Print what is wrong and how much was gone through; 1 when anything is wrong, else 0."""
    wrong, began = 0, time.perf_counter()
    with folding.alone(wait=True):
        for said in _fold():
            wrong += _say(said)
        rows = proof.rows_to_prove()
        with tqdm(total=rows, unit=" rows", disable=None, leave=False) as bar:
            for said in proof.findings(bar.update, copy):
                wrong += _say(said)
    seconds = time.perf_counter() - began
    for said in _invariants():
        wrong += _say(said)
    sys.stdout.write(
        f"{rows} rows and leaves proved in {seconds:.1f} s, {rows / max(seconds, 0.001):,.0f} a second; "
        f"{len(INVARIANTS)} invariants; {wrong} found wrong\n"
    )
    return 1 if wrong else 0


def _say(sentence: str) -> int:
    sys.stdout.write(f"{sentence}\n")
    return 1


def _fold() -> Iterator[str]:
    """What is new goes into the tree first, so that every row is proved."""
    try:
        folding.fold(whole=True)
    except folding.TreeBroken:
        yield "the tree does not go on from its last head, so nothing new was folded into it"


def _invariants() -> Iterator[str]:
    for one in INVARIANTS:
        for key in one.broken():
            yield one.said.format(one=key)
