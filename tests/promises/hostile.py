"""Hostile lists of any size: what takes long, or much memory, in programs that read CSV files."""

from __future__ import annotations

import gzip
import io
import itertools
import lzma
import zipfile
from collections.abc import Callable, Iterator

from csv_preflight.config.settings import build_settings

HEADER = b"Name,phone,cc\n"
LAST = b"Ann,+12025550101,\n"
SETTINGS = build_settings(
    {"region": "US", "phone_column": "phone", "identifier_column": "Name", "region_column": "cc", "max_bytes": 10**9}
)
# Nearly as long as a cell may be.
LONGEST_CELL = 100_000


def repeated(text: str) -> Callable[[int], bytes]:
    """A list that is one text again and again."""
    data = text.encode()
    return lambda size: HEADER + data * (size // len(data)) + b"\n" + LAST


def rows(make: Callable[[int], str]) -> Callable[[int], bytes]:
    """A list of rows that are all different."""

    def build(size: int) -> bytes:
        written, number = [HEADER], 0
        while size > 0:
            written.append(make(number).encode() + b"\n")
            size -= len(written[-1])
            number += 1
        return b"".join([*written, LAST])

    return build


def cells(place: int, text: str) -> Callable[[int], bytes]:
    """A list of cells as long as a cell may be, each different, in one of the columns."""
    unit = text * (LONGEST_CELL // len(text.encode()))

    def make(number: int) -> str:
        row = ["Ann", f"+1202555{number:04}", ""]
        row[place] = f"{unit}{number}"
        return ",".join(row)

    return rows(make)


def _names() -> Iterator[str]:
    """Column names that become the same, once they have only letters: a!, a?, a!?, …"""
    for length in itertools.count(1):
        for marks in itertools.product("!?#$%&", repeat=length):
            yield "a" + "".join(marks)


def same_names(size: int) -> bytes:
    """A header of so many bytes, of at most 9,000 columns."""
    names = list(itertools.islice(_names(), min(size // 7, 9_000)))
    return ",".join(["Name,phone,cc", *names]).encode() + b"\n" + LAST[:-1] + b"," * len(names) + b"\n"


def zipped(size: int) -> bytes:
    """A zip archive of a hundred times as much."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("contacts.csv", "w") as file:
        for _ in range(100):
            file.write(bytes(size))
    return written.getvalue()


HOSTILE: dict[str, Callable[[int], bytes]] = {
    "quotes alone": repeated('"'),
    "alternating quotes": repeated('a"b",'),
    "one unclosed quote after another": repeated('"a\n'),
    "one unclosed quote after another, in rows": rows(lambda n: f'Ann,"+1202555{n:04},'),
    "quotes that close late": rows(lambda n: f'"{"x," * 100}\n"y,'),
    "doubled quotes": repeated('""'),
    "empty quoted fields": repeated('"",'),
    "a line without an end": repeated("x"),
    "columns without an end": repeated(","),
    "rows of a thousand columns": repeated("," * 1000 + "\n"),
    "columns whose names become the same": same_names,
    "empty lines": repeated("\n"),
    "line endings of every kind": repeated("\r\n\r\n\n"),
    "zero bytes": repeated("a\0"),
    "long phones": cells(1, "1"),
    "long phones of spaces": cells(1, "1" + " " * 99),
    "long names of spaces": cells(0, " "),
    "long names of stacked marks": cells(0, "e" + "\u0301" * 50),
    "long names that NFKD makes longer": cells(0, "\ufdfa"),
    "long names of tags": cells(0, "\U000e0067"),
    "long names of joiners": cells(0, "\u200d\u0915"),
    "long names that are nearly addresses": cells(0, "a@" + "." * 99_000),
    "long names of misread words": cells(0, "\u00c3\u00a9 "),
    "long regions of stacked marks": cells(2, "e" + "\u0301" * 50),
    "long regions of initials": cells(2, "a.b'"),
    "phones with a gap": rows(lambda n: f"Ann,{n:07}{' ' * 240}1,"),
    "phones of digits and spaces": rows(lambda n: f"Ann,{n:07}{' 1' * 120},"),
    "phones of commas": rows(lambda n: f'Ann,"{n:07}{"," * 240}",'),
    "phones of hidden characters": rows(lambda n: f"Ann,{n:07}{chr(0x200B) * 60},"),
    "phones that are words": rows(lambda n: f"Ann,none{n},"),
    "a zip archive": zipped,
    "a gzip file": lambda size: gzip.compress(bytes(size)) * 100,
    "an xz file": lambda size: lzma.compress(bytes(size)) * 100,
}
