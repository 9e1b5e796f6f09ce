"""What the bytes of a file tell, wherever blocks are cut."""

from __future__ import annotations

import pytest

from csv_preflight.encoding import Evidence
from csv_preflight.encoding.candidates import CANDIDATES, LATIN, RARE, SINGLE_BYTE, WIDE


def evidence(data: bytes, size: int = 1 << 20) -> Evidence:
    found = Evidence()
    for start in range(0, len(data), size):
        found.add(data[start : start + size])
    found.add(b"")
    return found


SIZES = pytest.mark.parametrize("size", [1, 2, 3, 1 << 20])


@SIZES
@pytest.mark.parametrize(
    ("data", "is_ascii", "is_utf8"),
    [
        pytest.param(b"Ann,1\n", True, True, id="ascii"),
        pytest.param("José 山田 😀".encode(), False, True, id="utf-8"),
        pytest.param("José".encode("cp1252"), False, False, id="cp1252"),
        pytest.param("é".encode()[:1], False, False, id="cut off"),
        pytest.param("é".encode()[:1] + b"x", False, False, id="a character that is not whole before ascii"),
        pytest.param("é".encode("cp1252") + "José".encode(), False, False, id="utf-8 behind"),
        pytest.param(b"", True, True, id="nothing"),
    ],
)
def test_ascii_and_utf_8_are_told_across_blocks(data: bytes, is_ascii: bool, is_utf8: bool, size: int) -> None:
    found = evidence(data, size)
    assert (found.is_ascii, found.is_utf8) == (is_ascii, is_utf8)
    assert (found.proves("ascii"), found.proves("utf-8")) == (is_ascii, is_utf8)


@SIZES
@pytest.mark.parametrize("encoding", ["iso2022_jp", "iso2022_kr"])
def test_escapes_are_found_across_blocks(encoding: str, size: int) -> None:
    data = ("山田," if encoding == "iso2022_jp" else "김민준,").encode(encoding)
    assert evidence(data, size).escape == encoding
    assert evidence(data + "é".encode(), size).escape is None
    assert evidence(b"\x1b[0m red \x1b", size).escape is None


@SIZES
def test_the_bytes_that_occur_prove_an_encoding_of_single_bytes(size: int) -> None:
    found = evidence("a José".encode("cp1252") + b"\x81", size)
    assert not found.proves("cp1252")
    assert found.proves("iso8859-1")
    assert not found.proves("cp932")


def test_every_candidate_of_single_bytes_has_ascii() -> None:
    plain = bytes(range(128)).replace(b"%", b"")  # which cp864 has as an Arabic one
    assert {name for name in SINGLE_BYTE if plain.decode(name) != plain.decode("ascii")} == set()
    assert {name for name in SINGLE_BYTE if len("aé".encode(name, errors="replace")) != 2} == set()
    assert {candidate.name for candidate in CANDIDATES} == SINGLE_BYTE | WIDE
    assert {"cp1252", "cp1250", "cp1258"} <= LATIN
    assert not LATIN & {"cp1251", "cp932"}
    assert {"mac-roman", "cp850"} <= RARE
    assert "cp1252" not in RARE
