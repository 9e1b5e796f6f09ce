"""A file as it lies on the disk: its encoding, its size, its dialect."""

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
    """The likeliest encoding that reads another text, and how far it is behind, as a logarithm of likelihoods."""

    encoding: str
    behind: float


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it lies on the disk.

    crlf, lf, cr: how often each line ending occurs in the text, those inside quotes too (lf and cr: not as part
    of a crlf).  rival: of an encoding that was told by its letters.
    """

    encoding: Encoding
    size: int
    sha256: str
    crlf: int
    lf: int
    cr: int
    rival: Rival | None = None


class Quoting(StrEnum):
    """How a field is quoted: RFC 4180, or one of the other ways that exports have."""

    DOUBLE = "double"
    SINGLE = "single"
    BACKSLASH = "backslash"
    SINGLE_BACKSLASH = "single-backslash"
    CURLY = "curly"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How records and fields are told apart.

    sep_line: the file begins with a spreadsheet's ``sep=;`` line.  skip_space: quoted fields may have spaces
    between the delimiter and the opening quote.  trailing: how many fields the header has, where each row has an empty
    one more, or how many of its columns have a name, where those after them have neither a name nor a cell; else 0.
    padded: how many columns there are with those.  skip_lines: lines above the header that are left out.
    """

    delimiter: str
    sep_line: bool = False
    skip_space: bool = False
    quoting: Quoting = Quoting.DOUBLE
    trailing: int = 0
    padded: int = 0
    skip_lines: int = 0
