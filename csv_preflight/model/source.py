"""A file as it is on the disk: its encoding, size and dialect."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a file become text.

    name: a Python codec name without BOM variants ("utf-8", "utf-16-le", "cp1252"); bom: bytes to skip first.
    """

    name: str
    source: Literal["bom", "utf-8", "utf-16-pattern", "detected", "option"]
    bom: int = 0


@dataclass(frozen=True, slots=True)
class Rival:
    """The likeliest encoding that gives another text, and how far it is behind, as a difference of log-likelihoods."""

    encoding: str
    behind: float


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it is on the disk.

    size: in bytes.  crlf, lf, cr: how often each line ending occurs in the text, including inside quotes (lf and cr:
    not as part of a crlf).  rival: of an encoding that was detected by its letters.
    """

    encoding: Encoding
    size: int
    sha256: str
    crlf: int
    lf: int
    cr: int
    rival: Rival | None = None


class Quoting(StrEnum):
    """How a field is quoted: as in RFC 4180, or in another way of some exports."""

    DOUBLE = "double"
    SINGLE = "single"
    BACKSLASH = "backslash"
    SINGLE_BACKSLASH = "single-backslash"
    CURLY = "curly"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How records and fields are separated.

    sep_line: the file begins with a spreadsheet's ``sep=;`` line.  skip_space: quoted fields may have spaces between
    the delimiter and the opening quote.  trailing: the number of columns with a name, if each row has an empty field
    after them or if all columns after them are empty; else 0.  padded: the number of columns including those.
    skip_lines: lines above the header that are left out.
    """

    delimiter: str
    sep_line: bool = False
    skip_space: bool = False
    quoting: Quoting = Quoting.DOUBLE
    trailing: int = 0
    padded: int = 0
    skip_lines: int = 0
