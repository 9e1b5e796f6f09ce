"""Everything that is said of a list, in the shape of the JSON report.

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

    path: the file, where the list has several, else "".  line, record: numbers from 1, a record of 0 where it is not
    about one.  column: its name in the list, "" for none; field: its number from 1, 0 for none.  value: the cell;
    detail: the message; parameters: what the message is made of, such as the candidates for a column.  Cells are
    masked unless show_values was set.
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
    """All that was found of one rule.

    code, name, title, outcome: the rule's; ``csv-preflight rules CODE`` explains it.  count: how often, complete.
    samples: the first of them, 20 unless max_findings says otherwise.
    """

    code: str
    name: str
    title: str
    outcome: Outcome
    count: int
    samples: tuple[Sample, ...]

    @property
    def beyond(self) -> int:
        """How many findings there are besides the samples, of which one may stand for several rows."""
        meant = (sample.parameters.get("count") for sample in self.samples)
        return max(0, self.count - sum(count if isinstance(count, int) else 1 for count in meant))


@dataclass(frozen=True, slots=True)
class Tool:
    """What made a report: its name and version, and the version of phonenumbers."""

    name: str
    version: str
    phonenumbers: str


@dataclass(frozen=True, slots=True)
class Input:
    """What a list is, as far as the run got; None where it did not get there.

    path: what it is called; bytes: its size; sha256: in hexadecimal.  encoding_source: what told the encoding, such as
    "bom", "utf-8", "detected" or "option".  line_ending: "LF", "CRLF", "CR", or several joined by "and".  columns: the
    header as it was read.  phone_column: the one with the number that is called; phone_columns: it, and those behind it
    that serve where it holds none.

    Of a list of several files, path has all their names, bytes is the sum, and sha256 and what differs is None.
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
    """Rows counted: read = clean + rejected.  blank: blank lines, which are not among those read."""

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
    """A file of a list, and the rows of it."""

    rows: Rows = Rows()


@dataclass(frozen=True, slots=True)
class CountryCount:
    """Clean rows of one region.

    region: ISO 3166, None for numbers of no country, such as international freephone ones.  calling_code: 44 for +44.
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
class VariableColumn:
    """A variable of the template: the column that fills it, by its name in the list and as it is written.

    column: "" where the list has no such column, and it is added.
    """

    variable: str
    column: str
    written: str


@dataclass(frozen=True, slots=True)
class NamesToSend:
    """The names under which the phone and the identifier column are written: those to send with an upload."""

    phone_column: str | None = None
    identifier_column: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """What makes a list not ready.

    stop: the rule ``code`` lets nothing be written.  rejects, fixes: so many rows or findings that ``check`` does not
    pass.  warnings: with --strict.  rejects-in-place: a file that is rewritten must lose nobody.
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
class Report:
    """Everything that is said of a list, in the shape of the JSON report.

    created_at: UTC, in ISO 8601.  reasons: what makes the list not ready, none where it is.  settings: those that
    differ from their defaults, by the names of the options.  findings: in the order of the rules.  countries,
    line_types: of the clean rows, the commonest first.  header_renames: new names by the old ones, "column 3" where the
    third has none.  names_to_send: to be given with the upload.  left_out: columns that the destination refuses.
    outputs: the files that were written.  notes: what is worth knowing and no rule's finding.  untouched: clean leaves
    the file as it is, to the byte.  inputs: the files that the list consists of.
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
    schema_version: int = 1

    @property
    def as_one(self) -> bool:
        """Whether the list was made of files that were given as one."""
        return self.input.sha256 is None

    @property
    def ready(self) -> bool:
        """Whether nothing has to be done before the upload."""
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
