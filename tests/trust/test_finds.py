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
        pytest.param(
            b"\xef\xbb\xbfName,phone\nAnn" + b"\x05" * 80 + b",+12025550101\n",
            {"region": "US"},
            id="control characters behind a byte order mark",
        ),
        pytest.param(
            b"\xef\xbb\xbfBZh91AY&SY,phone\nAnn,+12025550101\n",
            {"profile": "generic"},
            id="a signature behind a byte order mark",
        ),
    ],
)
def test_what_fuzzing_found(data: bytes, options: Mapping[str, Any]) -> None:
    hold(data, options)
