"""The hash of blocks, small and large."""

from __future__ import annotations

import hashlib
import random

import pytest

from csv_preflight.model.sha256 import LARGE, Sha256


@pytest.mark.parametrize(
    "sizes",
    [
        pytest.param((), id="no block"),
        pytest.param((0, 1, LARGE - 1), id="small blocks"),
        pytest.param((LARGE, LARGE, 3 * LARGE), id="large blocks"),
        pytest.param((5, LARGE, 7, 0, LARGE, 2 * LARGE, 1), id="both in turn"),
    ],
)
def test_the_hash_is_that_of_all_blocks_in_order(sizes: tuple[int, ...]) -> None:
    blocks = [random.Random(size).randbytes(size) for size in sizes]
    digest = Sha256()
    for block in blocks:
        digest.update(memoryview(block))
    assert digest.hexdigest() == hashlib.sha256(b"".join(blocks)).hexdigest()
    digest.update(b"more")
    assert digest.hexdigest() == hashlib.sha256(b"".join([*blocks, b"more"])).hexdigest()
