"""The numbers of other lists: present audiences, and people who must not be called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import BinaryIO

import numpy as np

from csv_preflight.errors import SettingsError
from csv_preflight.findings import Collector, Rejected
from csv_preflight.model.batch import Batch
from csv_preflight.model.layout import Layout
from csv_preflight.model.number_table import NumberTable
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import Positions
from csv_preflight.reading import first_batch, open_list
from csv_preflight.stages import columns, phones


@dataclass(frozen=True, slots=True)
class Lists:
    """The numbers of --existing and --suppress, and what could not be read of them."""

    existing: NumberTable = field(default_factory=NumberTable)
    suppressed: NumberTable = field(default_factory=NumberTable)
    unreadable: tuple[dict[str, object], ...] = ()


def read_lists(
    existing: Iterable[tuple[BinaryIO, str]], suppress: Iterable[tuple[BinaryIO, str]], settings: Settings
) -> Lists:
    """Read the numbers of audiences and suppression lists: any CSV, or a plain list without a header.

    A list that can not be read as a table of numbers raises SettingsError with the reason.
    """
    lists = Lists()
    unreadable: list[dict[str, object]] = []
    for table, option, files in ((lists.existing, "existing", existing), (lists.suppressed, "suppress", suppress)):
        for file, path in files:
            problem = _read_numbers(file, path, option, settings, table)
            if problem:
                unreadable.append(problem)
    return replace(lists, unreadable=tuple(unreadable))


@dataclass(frozen=True, slots=True)
class _Opened:
    """A list up to its rows: the settings to read it with, a layout for each phone column, and the rows.

    A row of which no phone column can be read is told of; what stands in others need not be a number.
    """

    settings: Settings
    layouts: tuple[Layout, ...]
    others: tuple[Layout, ...]
    batches: Iterator[Batch]


def _read_numbers(
    file: BinaryIO, path: str, option: str, settings: Settings, table: NumberTable
) -> dict[str, object] | None:
    """Add the numbers of one file to a table; return what D004 says if any can't be read."""
    findings, made_up, several = Collector(1), 0, option == "suppress"
    opened = _open_numbers(file, settings, findings, headed=True, several=several)
    if opened is None and (findings.count("C004") or findings.count("F004")):
        # A plain list: what seemed to be the header is the first number.
        plain = Collector(1)
        opened = _open_numbers(file, settings, plain, headed=False, several=several)
        findings, made_up = (plain, 1) if opened else (findings, 0)
    if opened is None:
        # The option names a column of the other list, too.
        alone = "; or give a list of that column alone" if findings.count("C001") else ""
        raise SettingsError(f"{option}: {path}: {findings.stop_message()}{alone}")
    total = filled = 0
    first: Rejected | None = None
    for batch in opened.batches:
        numbers, rows, lost = _numbers(batch, opened, findings)
        new = np.unique(numbers[table.lines(numbers) == 0])
        table.meet(new, len(table) + 1 + np.arange(len(new)), np.zeros(len(new), np.uint16))
        total, filled = total + rows + len(lost), filled + rows
        first = first or next(iter(lost), None)
    where = f"; the first on line {first.line - made_up}: {first.code} {first.reason}" if first else ""
    if not filled:
        # Everybody on it would be called: that is not what the list was given for.
        raise SettingsError(f"{option}: {path}: no row of it holds a number that can be read{where}")
    return {"count": total - filled, "read": total, "path": path, "first": where} if total > filled else None


def _numbers(batch: Batch, opened: _Opened, findings: Collector) -> tuple[Positions, int, list[Rejected]]:
    """Return the numbers of some rows, how many rows have one in a phone column, and those where none can be read."""
    numbers, lines = [], []
    lost: dict[int, Rejected] = {}
    for layout in (*opened.layouts, *opened.others):
        kept = phones.normalize(batch, layout, opened.settings, findings)
        rejected = findings.settle()
        if kept.phones is not None:
            numbers.append(kept.phones.number)
        if layout in opened.layouts:
            lines.append(kept.lines)
            lost |= {row.line: row for row in rejected if row.code != "P001"}
    read = np.unique(np.concatenate(lines))
    unread = sorted(lost.keys() - set(read.tolist())) if lost else []
    return np.concatenate(numbers), len(read), [lost[line] for line in unread]


def _open_numbers(
    file: BinaryIO, settings: Settings, findings: Collector, *, headed: bool, several: bool
) -> _Opened | None:
    """Find the phone column of a list, or all that may hold phone numbers; None after a stop finding."""
    plain = Settings(settings.profile, region=settings.region, accept="possible", plus=settings.plus)
    opened = open_list(file, plain, findings, headed=headed)
    if opened is None:
        return None
    header = opened.reader.header
    batches = opened.reader.batches()
    first = first_batch(opened, batches, findings)
    if first is None:
        return None

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
    layout = columns.resolve(header, opened.reader.header_line, first, found, findings)
    if layout is None:
        return None
    layouts = [replace(layout, phone=index) for index in chosen] or [layout]
    return _Opened(
        found, tuple(layouts), tuple(replace(layout, phone=index) for index in others), chain([first], batches)
    )
