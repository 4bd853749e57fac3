"""The hash tree of RFC 9162, section 2.1: leaves and inner nodes hashed apart, so that neither passes for the other.

Only the peaks are kept, the roots of the full trees whose sizes add up to the whole: a leaf is added in a few hashes,
whatever the size.
"""

from hashlib import sha256

WIDTH = 32
"""Bytes of a hash."""


def leaf(text: bytes) -> bytes:
    """The hash of what a leaf holds."""
    return sha256(b"\x00" + text).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash over two below it."""
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that only grows. `size` counts its leaves; `peaks` are its full parts, the largest first."""

    def __init__(self, size: int = 0, peaks: bytes = b"") -> None:
        self.size = size
        self.peaks = [peaks[at : at + WIDTH] for at in range(0, len(peaks), WIDTH)]

    def add(self, hashed: bytes) -> None:
        """Put one more leaf, already hashed, at the end."""
        whole, rest = hashed, self.size
        while rest & 1:
            whole, rest = node(self.peaks.pop(), whole), rest >> 1
        self.peaks.append(whole)
        self.size += 1

    @property
    def root(self) -> bytes:
        """The hash that stands for all leaves and their order; of no leaf, the hash of nothing."""
        if not self.peaks:
            return sha256(b"").digest()
        whole = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            whole = node(peak, whole)
        return whole

    @property
    def packed(self) -> bytes:
        """The peaks in one row of bytes, from which `Tree(size, packed)` goes on."""
        return b"".join(self.peaks)
