"""The nouns: what the stages are given, hand on and report.  Frozen dataclasses, no logic, no input or output.

Positions and counts of physical lines, records and fields are 1-based wherever a person sees them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from csv_preflight.text import Positions, TextColumn

# The destination that is meant unless another is named.
DEFAULT_PROFILE = "smallest-atoms"


class Outcome(StrEnum):
    """What a finding means for the file or row."""

    STOP = "stop"
    REJECT = "reject"
    FIX = "fix"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong with a contact list.

    ``message`` is a str.format template; the stage that reports the rule gives the values.
    """

    code: str
    name: str
    outcome: Outcome
    message: str
    why: str
    example: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What one destination accepts; None where its documents say nothing.

    In settings, one with nothing but a name stands for the known profile of that name.
    """

    name: str
    title: str = ""
    max_bytes: int | None = None
    max_rows: int | None = None
    phone_column: str | None = None
    identifier_column: str | None = None
    identifier_max_length: int | None = None
    header_pattern: str | None = None
    plus: bool = True
    source: str = ""
    date: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that changes what a run does to a list.  None means: the profile's value, or detected.

    Values are checked where a list is read with them.
    """

    profile: Profile = Profile(DEFAULT_PROFILE)
    phone_column: str | None = None
    identifier_column: str | None = None
    region: str | None = None
    region_column: str | None = None
    max_bytes: int | None = None
    max_rows: int | None = None
    accept: Literal["valid", "possible"] = "valid"
    line_types: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    existing: tuple[str, ...] = ()
    suppress: tuple[str, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    keep: Literal["first", "last"] = "first"
    require_identifier: bool = False
    strict: bool = False
    max_findings: int = 20
    show_values: bool = False
    max_rejects: str | None = None
    plus: bool = True
    keep_headers: bool = False
    extension_column: str | None = None
    split: bool = False


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a file become text.

    name: a Python codec name without BOM variants ("utf-8", "utf-16-le", "cp1252"); bom: bytes to skip first.
    """

    name: str
    source: Literal["bom", "utf-8", "utf-16-pattern", "detected", "option"]
    bom: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it lies on the disk.

    crlf, lf, cr: how often each line ending stands in the text, those inside quotes too (lf and cr: not as part
    of a crlf).
    """

    encoding: Encoding
    size: int
    sha256: str
    crlf: int
    lf: int
    cr: int


@dataclass(frozen=True, slots=True)
class Dialect:
    """How records and fields are told apart.

    sep_line: the file begins with a spreadsheet's ``sep=;`` line.  skip_space: quoted fields may have spaces
    between the delimiter and the opening quote.  The quote is always ``"``, escaped by doubling.
    """

    delimiter: str
    sep_line: bool = False
    skip_space: bool = False


@dataclass(frozen=True, slots=True)
class SetAside:
    """A record that could not be split into the header's fields, or must not be: its text and the reason.

    details fill the message template of the rule ``code``.
    """

    code: str
    line: int
    record: int
    raw: str
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class PhoneColumn:
    """What libphonenumber says of each cell of a column.  Every array has one element a cell.

    outcome, int8: 0 to 5, phonenumbers.ValidationResult, where the cell could be parsed; else 10 +
    NumberParseException.error_type.  valid: is_valid_number.  number, int64: the digits of the E.164 number, 0
    where there is none or where they exceed 18 digits.  e164: "+" and digits, "" where the cell could not be
    parsed.  line_type, int8: phonenumbers.PhoneNumberType (99 unknown).  region, int16: index into regions, -1
    where region_code_for_number gives None.
    """

    outcome: NDArray[np.int8]
    valid: NDArray[np.bool_]
    number: Positions
    e164: TextColumn
    line_type: NDArray[np.int8]
    region: NDArray[np.int16]
    regions: tuple[str, ...]

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> PhoneColumn:
        """Return what is said of some of the cells (indices or a mask)."""
        return PhoneColumn(
            self.outcome[rows],
            self.valid[rows],
            self.number[rows],
            self.e164.take(rows),
            self.line_type[rows],
            self.region[rows],
            self.regions,
        )

    def replaced(self, rows: NDArray[np.intp], others: PhoneColumn) -> PhoneColumn:
        """Return the column with what ``others`` says, in order, of the cells ``rows``."""
        regions = tuple(dict.fromkeys((*self.regions, *others.regions)))
        columns = []
        for name in ("outcome", "valid", "number", "line_type"):
            column = getattr(self, name).copy()
            column[rows] = getattr(others, name)
            columns.append(column)
        region = self.region.copy()
        places = np.array([*map(regions.index, others.regions), -1], region.dtype)
        region[rows] = places[others.region]
        outcome, valid, number, line_type = columns
        e164 = self.e164.replaced(rows, others.e164)
        return PhoneColumn(outcome, valid, number, e164, line_type, region, regions)


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Some ten thousand records whose fields fit the header.

    lines, records: int64, physical line and record number of each row.  columns: as read, one for each header
    field.  clean: by column index, the columns that are written in place of those read.  plain: no cell holds a
    comma, a quote or a line ending.
    """

    lines: Positions
    records: Positions
    columns: tuple[TextColumn, ...]
    clean: Mapping[int, TextColumn] = field(default_factory=dict)
    phones: PhoneColumn | None = None
    plain: bool = False

    def __len__(self) -> int:
        return len(self.lines)

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> Batch:
        """Return the batch of some of the rows (indices or a mask)."""
        return Batch(
            self.lines[rows],
            self.records[rows],
            tuple(column.take(rows) for column in self.columns),
            {index: column.take(rows) for index, column in self.clean.items()},
            self.phones.take(rows) if self.phones else None,
            self.plain,
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column is what, by its index in the source, and under which names the columns are written.

    written: indices of the source columns that are written, in order; names: their names then, and the name of
    the extension column last where it is added.  extension: its index in the source, -1 where it is added.  raw: index
    of preflight_raw in a rejects file, -1 where that column was removed; None in any other list.
    """

    phone: int
    identifier: int | None
    region: int | None
    extension: int | None
    written: tuple[int, ...]
    names: tuple[str, ...]
    renames: Mapping[str, str]
    raw: int | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """One place where a rule was found.  value and detail are masked as the settings say."""

    line: int
    record: int
    column: str
    value: str
    detail: str


@dataclass(frozen=True, slots=True)
class RuleFindings:
    """All that was found of one rule: the count is complete, the samples are the first ones."""

    code: str
    name: str
    outcome: Outcome
    count: int
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Tool:
    """What made a report."""

    name: str
    version: str
    phonenumbers: str


@dataclass(frozen=True, slots=True)
class Input:
    """What a list is, as far as the run got; None where it did not get there."""

    path: str
    bytes: int
    sha256: str
    encoding: str | None = None
    encoding_source: str | None = None
    delimiter: str | None = None
    line_ending: str | None = None
    columns: tuple[str, ...] = ()
    phone_column: str | None = None
    identifier_column: str | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """Records counted; read = clean + rejected."""

    read: int = 0
    clean: int = 0
    rejected: int = 0
    blank: int = 0


@dataclass(frozen=True, slots=True)
class CountryCount:
    """Clean rows of one region."""

    region: str | None
    calling_code: int
    count: int


@dataclass(frozen=True, slots=True)
class LineTypeCount:
    """Clean rows of one line type."""

    type: str
    count: int


@dataclass(frozen=True, slots=True)
class Limit:
    """What one file of the destination may hold, and how much of it the clean rows take; most: None if unknown.

    For rows, used counts the members that the audience has already.
    """

    name: Literal["rows", "bytes"]
    used: int
    most: int | None

    @property
    def exceeded(self) -> bool:
        """Whether it is more than the destination takes."""
        return self.most is not None and self.used > self.most


@dataclass(frozen=True, slots=True)
class Output:
    """A file that was written."""

    kind: Literal["clean", "rejects"]
    path: str
    bytes: int
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is said of a list, in the shape of the JSON report."""

    tool: Tool
    created_at: str
    ready: bool
    input: Input
    profile: str
    settings: Mapping[str, object]
    rows: Rows
    findings: tuple[RuleFindings, ...]
    countries: tuple[CountryCount, ...] = ()
    line_types: tuple[LineTypeCount, ...] = ()
    header_renames: Mapping[str, str] = field(default_factory=dict)
    outputs: tuple[Output, ...] = ()
    notes: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    schema_version: int = 1

    def to_dict(self) -> dict[str, object]:
        """Return the JSON report as plain dicts and lists."""
        plain = _plain(asdict(self))
        return {"schema_version": plain.pop("schema_version"), **plain}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value
