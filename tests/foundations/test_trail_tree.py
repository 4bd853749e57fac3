"""The hash tree: the published example comes out, and the tree that only keeps its peaks is the one of the standard."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.foundations.trail.tree import Tree, leaf, node

pytestmark = pytest.mark.demand("C5", "D5")

# The example that comes with the first implementations of Certificate Transparency: eight leaves, a root after each.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def by_the_standard(hashes: list[bytes]) -> bytes:
    """MTH of RFC 9162, section 2.1.1, word for word: split at the largest power of two below the number of leaves."""
    if not hashes:
        return sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return node(by_the_standard(hashes[:split]), by_the_standard(hashes[split:]))


def grown(texts: list[bytes]) -> Tree:
    """A tree of these leaves."""
    tree = Tree()
    for text in texts:
        tree.add(leaf(text))
    return tree


def test_the_published_example_comes_out() -> None:
    tree, roots = Tree(), []
    for text in LEAVES:
        tree.add(leaf(bytes.fromhex(text)))
        roots.append(tree.root.hex())
    assert roots == ROOTS


def test_a_tree_without_leaves_has_the_hash_of_nothing() -> None:
    assert Tree().root.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_whatever_grows_has_the_root_that_the_standard_gives(texts: list[bytes]) -> None:
    assert grown(texts).root == by_the_standard([leaf(text) for text in texts])


@given(st.lists(st.binary(max_size=4), max_size=40), st.integers(0, 40))
def test_a_tree_goes_on_from_what_was_kept_of_it(texts: list[bytes], cut: int) -> None:
    first = grown(texts[:cut])
    again = Tree(first.size, first.packed)
    for text in texts[cut:]:
        again.add(leaf(text))
    assert (again.root, again.size) == (grown(texts).root, len(texts))


@given(st.lists(st.binary(max_size=4), min_size=2, max_size=30, unique=True), st.data())
def test_no_leaf_can_change_move_or_go_without_another_root(texts: list[bytes], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(texts) - 1))
    changed = [*texts[:at], texts[at] + b"!", *texts[at + 1 :]]
    moved = [*texts[1:], texts[0]]
    roots = {grown(each).root for each in (texts, changed, moved, texts[:-1])}
    assert len(roots) == 4


def test_an_inner_node_never_passes_for_a_leaf() -> None:
    left, right = leaf(b"a"), leaf(b"b")
    assert leaf(left + right) != node(left, right)
    assert grown([b"a", b"b"]).root != grown([left + right]).root
