"""What the service takes: text, a header of plain and unique names, numbers with a country code, no duplicates."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

MOST_BYTES = 5_000_000
MOST_MEMBERS = 10_000

# Every reason to refuse a file, by a name for it: the status, and the text of the answer.
REFUSALS: Mapping[str, tuple[int, str]] = {
    "no file": (400, "CSV file is required"),
    "too large": (413, "File too large"),
    "not UTF-8": (400, "Only CSV text files are accepted"),
    "binary": (400, "Only CSV text files are accepted, not binary ones"),
    "broken quoting": (400, "The CSV file cannot be parsed"),
    "no rows": (400, "CSV file is empty"),
    "column name": (400, "Column names must be of letters, digits and underscores"),
    "column twice": (400, "Column names must be unique"),
    "no such column": (400, "Column not found"),
    "ragged row": (400, "Rows must have as many fields as the header"),
    "no country code": (400, "Phone numbers must have a country code"),
    "punctuation": (400, "Phone numbers must not have spaces, hyphens or dots"),
    "too long": (400, "Phone numbers have at most 15 digits"),
    "duplicates": (
        400,
        "Some phone numbers in your CSV already exist in this audience. Please remove duplicate entries and try again.",
    ),
    "too many": (400, f"Audience cannot exceed {MOST_MEMBERS} members"),
}

_NAME = re.compile(r"[A-Za-z0-9_]+", re.ASCII)
_PHONE = re.compile(r"\+[1-9][0-9]{1,14}", re.ASCII)


@dataclass
class RefusedError(Exception):
    """A request that the service does not carry out."""

    status: int
    error: str


def _refuse(kind: str) -> RefusedError:
    return RefusedError(*REFUSALS[kind])


def members(data: bytes, phone: str, identifier: str | None) -> list[dict[str, str]]:
    """The members that a file makes; RefusedError if the service would not take it."""
    if not data:
        raise _refuse("no file")
    if len(data) > MOST_BYTES:
        raise _refuse("too large")
    if b"\0" in data:
        raise _refuse("binary")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refuse("not UTF-8") from error
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise _refuse("broken quoting") from error
    if len(rows) < 2:
        raise _refuse("no rows")
    header, *people = rows
    # A byte order mark is no part of a name.
    if not all(map(_NAME.fullmatch, header)):
        raise _refuse("column name")
    if len(set(header)) < len(header):
        raise _refuse("column twice")
    for column in (phone, identifier):
        if column is not None and column not in header:
            raise _refuse("no such column")
    if any(len(row) != len(header) for row in people):
        raise _refuse("ragged row")
    numbers = [row[header.index(phone)] for row in people]
    for number in numbers:
        if re.fullmatch(r"\+[0-9]{16,}", number):
            raise _refuse("too long")
        if not _PHONE.fullmatch(number):
            raise _refuse("punctuation" if _PHONE.fullmatch(re.sub("[ ().-]", "", number)) else "no country code")
    if len(set(numbers)) < len(numbers):
        raise _refuse("duplicates")
    if len(people) > MOST_MEMBERS:
        raise _refuse("too many")
    return [dict(zip(header, row, strict=True)) for row in people]
