"""What fuzzing has found, each a line: once mended, it stays mended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.trust.invariants import hold


@pytest.mark.parametrize(
    ("data", "options"),
    [
        pytest.param(
            b"xample,+!2025550101\n,+442079460958\n", {"region": "US"}, id="a name that is cleaned to a number"
        ),
    ],
)
def test_what_fuzzing_found(data: bytes, options: Mapping[str, Any]) -> None:
    hold(data, options)
