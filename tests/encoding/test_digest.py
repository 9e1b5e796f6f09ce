"""The lines that encodings are told by: which, and where they are."""

from __future__ import annotations

import io

import pytest

from csv_preflight.encoding import digest as module
from csv_preflight.encoding.digest import DIGEST, LONGEST_LINE, PLAIN, digest_of


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("block", [1, 2, 3, 5, 16, 1 << 20])
def test_lines_have_their_numbers_wherever_blocks_are_cut(
    end: bytes, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BLOCK", block)
    lines = [b"Name", b"Jos\xe9", b"", b"Ann", b"Jos\xe9", b"M\xfcller", b"Bob"]
    found = digest_of(io.BytesIO(end.join(lines) + end))
    assert (found.text, found.numbers) == (b"Jos\xe9\nM\xfcller\n", (2, 6))


def test_lines_far_down_are_found() -> None:
    found = digest_of(io.BytesIO(b"Ann,1\r\n" * 400_000 + b"Jos\xe9,1\r\n"))
    assert (found.text, found.numbers) == (b"Jos\xe9,1\n", (400_001,))


def test_plain_lines_are_kept_up_to_a_limit() -> None:
    found = digest_of(io.BytesIO(b"Jos\xe9\n" + b"Ann Lee,1\n" * 5000))
    assert found.plain.startswith("Ann Lee,1\nAnn")
    assert len(found.plain) == PLAIN


def test_a_digest_has_a_limit() -> None:
    found = digest_of(io.BytesIO(b"".join(b"\xe9 %d\n" % number for number in range(100_000))))
    assert DIGEST <= len(found.text) <= DIGEST + LONGEST_LINE


def test_nothing_beyond_ascii_is_an_empty_digest() -> None:
    assert digest_of(io.BytesIO(b"")).text == b"\n"


def test_long_lines_are_cut_behind_a_separator() -> None:
    found = digest_of(io.BytesIO(b"\xe9 " * 5000))
    assert len(found.text) == LONGEST_LINE + 1
