"""The report of a run, in the shape of the JSON report.

Lines, records and fields are counted from 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from dataclasses import field as dataclass_field
from typing import Any, Literal

from csv_preflight.model.note import Note
from csv_preflight.model.rule import Outcome


@dataclass(frozen=True, slots=True)
class Sample:
    """One place where a rule was found.

    path: the file if the list has several, else "".  line, record: from 1; record is 0 if the finding is not about a
    record.  column: its name in the list, or ""; field: its number from 1, or 0.  value: the cell.  detail: the
    message.  parameters: the values in the message, such as the candidates for a column.  Cells are masked unless
    show_values was set.
    """

    line: int
    record: int
    column: str
    value: str
    detail: str
    parameters: Mapping[str, object] = dataclass_field(default_factory=dict)
    field: int = 0
    path: str = ""


@dataclass(frozen=True, slots=True)
class RuleFindings:
    """The findings of one rule.

    code, name, title, outcome: the rule's; ``csv-preflight rules CODE`` explains it.  count: all of its findings.
    samples: the first ones, 20 unless max_findings says otherwise.
    """

    code: str
    name: str
    title: str
    outcome: Outcome
    count: int
    samples: tuple[Sample, ...]

    @property
    def beyond(self) -> int:
        """How many findings the samples do not show; one sample may stand for several rows."""
        meant = (sample.parameters.get("count") for sample in self.samples)
        return max(0, self.count - sum(count if isinstance(count, int) else 1 for count in meant))


@dataclass(frozen=True, slots=True)
class Tool:
    """The program that made a report, with its version and that of phonenumbers."""

    name: str
    version: str
    phonenumbers: str


@dataclass(frozen=True, slots=True)
class Input:
    """The list itself; None for facts that the run did not reach.

    path: the list's name.  bytes: its size.  sha256: in hexadecimal.  encoding_source: how the encoding was found, such
    as "bom", "utf-8", "detected" or "option".  line_ending: "LF", "CRLF", "CR", or several joined by "and".  columns:
    the header as read.  phone_column: the column of the number to call.  phone_columns: that one, and those used
    where it has no number.

    For several files, path names all, bytes is the sum, and sha256 and all that differs between them is None.
    """

    path: str
    bytes: int
    sha256: str | None
    encoding: str | None = None
    encoding_source: str | None = None
    delimiter: str | None = None
    line_ending: str | None = None
    columns: tuple[str, ...] = ()
    phone_column: str | None = None
    identifier_column: str | None = None
    phone_columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """Row counts: read = clean + rejected.  blank: blank lines, which do not count as read."""

    read: int = 0
    clean: int = 0
    rejected: int = 0
    blank: int = 0

    def __add__(self, other: Rows) -> Rows:
        """Return the rows of two files."""
        return Rows(
            self.read + other.read,
            self.clean + other.clean,
            self.rejected + other.rejected,
            self.blank + other.blank,
        )


@dataclass(frozen=True, slots=True)
class InputFile(Input):
    """One file of a list, and its rows."""

    rows: Rows = Rows()


@dataclass(frozen=True, slots=True)
class CountryCount:
    """Clean rows of one region.

    region: ISO 3166 code; None for numbers of no country, such as international freephone.  calling_code: 44 for +44.
    """

    region: str | None
    calling_code: int
    count: int


@dataclass(frozen=True, slots=True)
class LineTypeCount:
    """Clean rows of one line type, such as "mobile" or "fixed-line-or-mobile"."""

    type: str
    count: int


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of the destination for one file, and how much of it the clean rows use; most: None if unknown.

    For rows, used includes the members already in the audience.
    """

    name: Literal["rows", "bytes"]
    used: int
    most: int | None

    @property
    def exceeded(self) -> bool:
        """Whether it is more than the destination takes."""
        return self.most is not None and self.used > self.most


@dataclass(frozen=True, slots=True)
class VariableColumn:
    """A template variable and the column that fills it: its name in the list, and in the clean file (written).

    column: "" if the list has no such column and it is added.
    """

    variable: str
    column: str
    written: str


@dataclass(frozen=True, slots=True)
class NamesToSend:
    """The names of the phone and identifier columns in the clean file, to send with the upload."""

    phone_column: str | None = None
    identifier_column: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """What makes a list not ready.

    stop: because of the rule ``code``, nothing is written.  rejects, fixes: ``check`` found this many.  warnings: with
    --strict.  rejects-in-place: the file is not rewritten, since rows would be lost.
    """

    kind: Literal["stop", "rejects", "fixes", "warnings", "rejects-in-place"]
    count: int
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """A file that was written: its path, size in bytes, rows without the header, and SHA-256 in hexadecimal."""

    kind: Literal["clean", "rejects"]
    path: str
    bytes: int
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class EarlierRejects:
    """A rejects file that an earlier run wrote: its name, and its SHA-256 as it was written."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Report:
    """The report of a run, in the shape of the JSON report.

    created_at: UTC, ISO 8601.  reasons: why the list is not ready; empty if it is.  settings: those that differ from
    their defaults, by option name.  findings: in the order of the rules.  countries, line_types: of the clean rows, the
    most common first.  header_renames: old name to new, "column 3" for a third column without a name.  names_to_send:
    to give with the upload.  left_out: columns that the destination refuses.  outputs: the files that were written.
    notes: facts worth knowing that are no rule's finding.  untouched: ``clean`` leaves the file as it is, byte for
    byte.  inputs: the files of the list.  earlier_rejects: those of the reports that this one replaces, by which a
    later run detects edited rejects.
    """

    tool: Tool
    created_at: str
    reasons: tuple[Reason, ...]
    input: Input
    profile: str
    settings: Mapping[str, object]
    rows: Rows
    findings: tuple[RuleFindings, ...]
    countries: tuple[CountryCount, ...] = ()
    line_types: tuple[LineTypeCount, ...] = ()
    header_renames: Mapping[str, str] = dataclass_field(default_factory=dict)
    names_to_send: NamesToSend = NamesToSend()
    left_out: tuple[str, ...] = ()
    variables: tuple[VariableColumn, ...] = ()
    outputs: tuple[Output, ...] = ()
    notes: tuple[Note, ...] = ()
    limits: tuple[Limit, ...] = ()
    untouched: bool = False
    inputs: tuple[InputFile, ...] = ()
    earlier_rejects: tuple[EarlierRejects, ...] = ()
    schema_version: int = 1

    @property
    def as_one(self) -> bool:
        """Whether several files were given as one list."""
        return self.input.sha256 is None

    @property
    def ready(self) -> bool:
        """Whether the list can be uploaded as it is."""
        return not self.reasons

    def to_dict(self) -> dict[str, object]:
        """Return the JSON report as plain dicts and lists, as ``report.schema.json`` in the package describes it."""
        plain = _plain(asdict(self))
        notes = [{"kind": note.kind, **asdict(note)} for note in self.notes]
        first = {"schema_version": plain.pop("schema_version"), "ready": self.ready}
        return {**first, **plain, "notes": notes}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value
