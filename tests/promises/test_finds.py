"""The invariants on random bytes and options; and what fuzzing has found, each a line: once mended, it stays mended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.promises.invariants import OPTIONS, hold
from tests.promises.test_properties import lists

# What a list is made of, and what ends or begins something in one.
PIECES = st.sampled_from(
    [
        b"Name,phone,Country\n", b"Ann,+12025550101,US\n", b"(202) 555-0102", b"2.025550103E+9", b'"', b'""', b",",
        b";", b"\t", b"\n", b"\r\n", b"\r", b"\0", b"sep=;\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe9", b"\xc3\xa9",
        b"\xe2\x80\x8b", b"=", b"'", b" ", b"+", b"x5", b"PK\x03\x04", b"<html>",
    ]
)  # fmt: skip


@given(
    st.one_of(lists(), st.lists(st.one_of(PIECES, st.binary(max_size=6)), max_size=20).map(b"".join)),
    st.sampled_from(OPTIONS),
)
@settings(max_examples=100, deadline=None)
def test_what_holds_for_every_list_with_every_option(data: bytes, options: Mapping[str, Any]) -> None:
    hold(data, options)


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
