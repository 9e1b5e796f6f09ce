"""How often a file is read: counted in bytes, by a file that counts them."""

from __future__ import annotations

import io

import pytest

from csv_preflight import Settings
from csv_preflight.api import check_file

ROWS = "Ann Lee,Rome,+12025550101\r\nBob Roe,Oslo,+12025550102\r\n"
HEADER = "Name,City,phone\r\n"
SMALL, LARGE = 5, 40_000


class Counting(io.BytesIO):
    """A file that counts the bytes that are read from it."""

    total = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.total += len(data)
        return data


def readings(data: bytes) -> float:
    """Return how many times its size is read of a file by a check."""
    file = Counting(data)
    check_file(file, "contacts.csv", Settings())
    return file.total / len(data)


@pytest.mark.parametrize("rows", [1, SMALL, LARGE])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(ROWS, id="ascii"),
        pytest.param(ROWS.replace("Ann", "José"), id="utf-8"),
        pytest.param("\x1b" + ROWS, id="an escape"),
        pytest.param(ROWS.replace("\r\n", "\n"), id="LF"),
        pytest.param(ROWS.replace("Lee", '"L, ""e"""'), id="quotes"),
        pytest.param(ROWS.replace("+12025550101", "+12025550101 ext. 5"), id="to be fixed"),
        pytest.param(ROWS.replace("+12025550102", "x"), id="to be rejected"),
    ],
)
def test_a_list_in_utf_8_is_read_twice(text: str, rows: int) -> None:
    newline = "\r\n" if "\r\n" in text else "\n"
    data = (HEADER.replace("\r\n", newline) + text * rows).encode()
    assert readings(data) <= 2
    assert readings(b"\xef\xbb\xbf" + data) <= 2


@pytest.mark.parametrize("rows", [SMALL, LARGE])
@pytest.mark.parametrize(
    ("text", "encoding", "most"),
    [
        pytest.param(ROWS, "utf-16", 2, id="utf-16"),
        pytest.param(ROWS, "utf-16-le", 2, id="utf-16 without a mark"),
        # Once more for the lines that it is told by.
        pytest.param(ROWS.replace("Ann Lee", "José Muñoz"), "cp1252", 3, id="cp1252"),
        # And once to decode all of it, since its bytes do not tell whether that is possible.
        pytest.param(ROWS.replace("Ann Lee", "山田太郎"), "cp932", 6, id="cp932"),
        # And once for the line endings outside of quotes, up to where each was seen.
        pytest.param(ROWS.replace("Ann Lee", '"Ann\nLee"'), "utf-8", 3, id="LF in quotes"),
    ],
)
def test_other_lists_are_read_no_more_often_than_needed(text: str, encoding: str, most: int, rows: int) -> None:
    assert readings((HEADER + text * rows).encode(encoding)) <= most


def test_both_line_endings_between_records_are_soon_seen() -> None:
    data = (HEADER + "Ann Lee,Rome,+12025550101\nBob,Rome,+12025550102\r\n" * LARGE).encode()
    assert readings(data) < 3


def test_what_is_no_list_is_not_read_to_its_end() -> None:
    assert readings(b"\x1f\x8b\x08" + bytes(5_000_000)) < 1.5
