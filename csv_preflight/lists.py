"""The numbers of other lists: present audiences, and people who must not be called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import BinaryIO

import numpy as np

from csv_preflight.collector import summarize
from csv_preflight.errors import SettingsError
from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Finding, Findings, RowFindings, SetAside, Stop
from csv_preflight.model.layout import Layout
from csv_preflight.model.number_table import NumberTable
from csv_preflight.model.rule import Outcome
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import Positions
from csv_preflight.reading import first_batch, open_list
from csv_preflight.rules import BY_CODE
from csv_preflight.rules.wording import worded
from csv_preflight.stages import columns, phones, records


@dataclass(frozen=True, slots=True)
class Lists:
    """The numbers of --existing and --suppress, and what could not be read of them."""

    existing: NumberTable = field(default_factory=NumberTable)
    suppressed: NumberTable = field(default_factory=NumberTable)
    findings: tuple[Finding, ...] = ()


def read_lists(
    existing: Iterable[tuple[BinaryIO, str]], suppress: Iterable[tuple[BinaryIO, str]], settings: Settings
) -> Lists:
    """Read the numbers of audiences and suppression lists: any CSV, or a plain list without a header.

    A list that can not be read as a table of numbers raises SettingsError with the reason.
    """
    lists = Lists()
    findings = Findings()
    for table, option, files in ((lists.existing, "existing", existing), (lists.suppressed, "suppress", suppress)):
        for file, path in files:
            findings += _read_numbers(file, path, option, settings, table)
    return replace(lists, findings=tuple(findings))


@dataclass(frozen=True, slots=True)
class _Opened:
    """A list up to its rows: the settings to read it with, a layout for each phone column, and the rows.

    A row of which no phone column can be read is told of; what stands in others need not be a number.
    """

    settings: Settings
    layouts: tuple[Layout, ...]
    others: tuple[Layout, ...]
    reader: records.Records
    batches: Iterator[Batch]


@dataclass(frozen=True, slots=True)
class _Unread:
    """A row of which no phone column can be read: its line, and the rule that rejects it with its message."""

    line: int
    code: str
    reason: str


def _read_numbers(file: BinaryIO, path: str, option: str, settings: Settings, table: NumberTable) -> Findings:
    """Add the numbers of one file to a table; D004 if any cannot be read."""
    made_up, several = 0, option == "suppress"
    opened = _open_numbers(file, settings, headed=True, several=several)
    if isinstance(opened, Stop) and (opened.findings.has("C004") or opened.findings.has("F004")):
        # A plain list: what seemed to be the header is the first number.
        plain = _open_numbers(file, settings, headed=False, several=several)
        opened, made_up = (opened, 0) if isinstance(plain, Stop) else (plain, 1)
    if isinstance(opened, Stop):
        # The option names a column of the other list, too.
        alone = "; or give a list of that column alone" if opened.findings.has("C001") else ""
        stop = next(found for found in summarize(opened.findings) if found.outcome is Outcome.STOP)
        raise SettingsError(f"{option}: {path}: {stop.code} {stop.samples[0].detail}{alone}")
    total = filled = 0
    first: _Unread | None = None
    for batch in opened.batches:
        numbers, rows, lost = _numbers(batch, opened)
        new = np.unique(numbers[table.lines(numbers) == 0])
        table.meet(new, len(table) + 1 + np.arange(len(new)), np.zeros(len(new), np.uint16))
        total, filled = total + rows + len(lost), filled + rows
        first = first or next(iter(lost), None)
    where = f"; the first on line {first.line - made_up}: {first.code} {first.reason}" if first else ""
    if not filled:
        # Everybody on it would be called: that is not what the list was given for.
        raise SettingsError(f"{option}: {path}: no row of it has a number that can be read{where}")
    findings = Findings()
    if total > filled:
        at = {"first": "row", "line": first.line - made_up, "code": first.code, "reason": first.reason} if first else {}
        count = total - filled
        findings.whole_file("D004", count=count, given={"first": "", "count": count, "read": total, "path": path, **at})
    return findings


def _numbers(batch: Batch, opened: _Opened) -> tuple[Positions, int, list[_Unread]]:
    """Return the numbers of some rows, how many rows have one in a phone column, and those where none can be read."""
    numbers, lines = [], []
    lost: dict[int, _Unread] = {}
    lost |= {record.line: record for record in _unread(opened.reader.drain())}
    for layout in (*opened.layouts, *opened.others):
        normalized = phones.normalize(batch, layout, opened.settings)
        kept = normalized.batch
        if kept.phones is not None:
            numbers.append(kept.phones.number)
        if layout in opened.layouts:
            lines.append(kept.lines)
            lost |= {row.line: row for row in _unread(normalized.findings) if row.code != "P001"}
    read = np.unique(np.concatenate(lines))
    unread = sorted(lost.keys() - set(read.tolist())) if lost else []
    return np.concatenate(numbers), len(read), [lost[line] for line in unread]


def _unread(findings: Findings) -> Iterator[_Unread]:
    """Yield the rows that are rejected."""
    for found in findings:
        rule = BY_CODE[found.code]
        if rule.outcome is not Outcome.REJECT:
            continue
        if isinstance(found, SetAside):
            yield _Unread(found.line, found.code, worded(rule, found.parameters))
        elif isinstance(found, RowFindings):
            reasons = [worded(rule, parameters) for parameters in found.parameters]
            which = [0] * len(found.batch) if found.which is None else found.which.tolist()
            for line, place in zip(found.batch.lines.tolist(), which, strict=True):
                yield _Unread(line, found.code, reasons[place])


def _open_numbers(file: BinaryIO, settings: Settings, *, headed: bool, several: bool) -> _Opened | Stop:
    """Find the phone column of a list, or all that may hold phone numbers."""
    plain = Settings(settings.profile, region=settings.region, accept="possible", no_plus=settings.no_plus)
    opened = open_list(file, plain, headed=headed)
    if isinstance(opened, Stop):
        return opened
    header = opened.reader.header
    batches = opened.reader.batches()
    first = first_batch(opened, batches)
    if isinstance(first, Stop):
        return first

    def present(name: str | None) -> int | None:
        return None if name is None else columns.find_column(name, header, None)

    named, region = present(settings.phone_column), present(settings.region_column)
    chosen, others = columns.phone_columns(header, first) if several else ((), ())
    if named is not None:
        chosen = (named, *(index for index in chosen if index != named)) if several else (named,)
    found = replace(
        plain,
        phone_column=header[chosen[0]] if chosen else None,
        region_column=None if region is None else header[region],
    )
    resolved = columns.resolve(header, opened.reader.header_line, first, found)
    if isinstance(resolved, Stop):
        return resolved
    layout = resolved.layout
    layouts = tuple(replace(layout, phone=index) for index in chosen) or (layout,)
    seldom = tuple(replace(layout, phone=index) for index in others)
    return _Opened(found, layouts, seldom, opened.reader, chain([first], batches))
