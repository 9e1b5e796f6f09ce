"""What the service takes: text, a header of plain and unique names, numbers with a country code, no duplicates."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

MOST_BYTES = 5_000_000
MOST_MEMBERS = 10_000
DUPLICATES = (
    "Some phone numbers in your CSV already exist in this audience. Please remove duplicate entries and try again."
)
TOO_MANY = f"Audience cannot exceed {MOST_MEMBERS} members"
NO_FILE = "CSV file is required"

_NAME = re.compile(r"[A-Za-z0-9_]+", re.ASCII)
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
_CONTROL = re.compile(r"[\0-\x08\x0e-\x1f]")


@dataclass
class RefusedError(Exception):
    """A request that the service does not carry out."""

    status: int
    error: str


def members(data: bytes, phone: str, identifier: str | None) -> list[dict[str, str]]:
    """The members that a file makes; RefusedError if the service would not take it."""
    if not data:
        raise RefusedError(400, NO_FILE)
    if len(data) > MOST_BYTES:
        raise RefusedError(413, "File too large")
    try:
        text = data.decode("utf-8")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise RefusedError(400, "Only CSV text files are accepted") from error
    if _CONTROL.search(text):
        raise RefusedError(400, "Only CSV text files are accepted")
    if len(rows) < 2:
        raise RefusedError(400, "CSV file is empty")
    header, *people = rows
    if not all(map(_NAME.fullmatch, header)) or len(set(header)) < len(header):
        raise RefusedError(400, "Column names must be unique and of letters, digits and underscores")
    for column in (phone, identifier):
        if column is not None and column not in header:
            raise RefusedError(400, f"Column {column} not found")
    if any(len(row) != len(header) for row in people):
        raise RefusedError(400, "Rows must have as many fields as the header")
    numbers = [row[header.index(phone)] for row in people]
    if not all(map(_PHONE.fullmatch, numbers)):
        raise RefusedError(400, "Phone numbers must have a country code")
    if len(set(numbers)) < len(numbers):
        raise RefusedError(400, DUPLICATES)
    if len(people) > MOST_MEMBERS:
        raise RefusedError(400, TOO_MANY)
    return [dict(zip(header, row, strict=True)) for row in people]
