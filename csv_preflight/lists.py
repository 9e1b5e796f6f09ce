"""The numbers of other lists: present audiences, and people who must not be called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import BinaryIO

import numpy as np

from csv_preflight.errors import SettingsError
from csv_preflight.findings import Collector
from csv_preflight.model import Batch, Layout, Settings
from csv_preflight.number_table import NumberTable
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
        offset = 0
        for file, path in files:
            offset, problem = _read_numbers(file, path, option, settings, table, offset)
            if problem:
                unreadable.append(problem)
    return replace(lists, unreadable=tuple(unreadable))


def _read_numbers(
    file: BinaryIO, path: str, option: str, settings: Settings, table: NumberTable, offset: int
) -> tuple[int, dict[str, object] | None]:
    """Add the numbers of one file to a table; return the lines so far, and what D004 says if any can't be read."""
    findings = Collector(1)
    opened, made_up = _open_numbers(file, settings, findings, headed=True), 0
    if opened is None and (findings.count("C004") or findings.count("F004")):
        # A plain list: what seemed to be the header is the first number.
        plain = Collector(1)
        opened = _open_numbers(file, settings, plain, headed=False)
        findings, made_up = (plain, 1) if opened else (findings, 0)
    if opened is None:
        raise SettingsError(f"{option}: {path}: {findings.stop_message()}")
    found, layout, batches = opened
    total = filled = line = 0
    for batch in batches:
        kept = phones.normalize(batch, layout, found, findings)
        lost = [row for row in findings.settle() if row.code != "P001"]
        if kept.phones is not None:
            table.meet(kept.phones.number, kept.lines + offset, np.zeros(len(kept), np.uint16))
        total, filled = total + len(kept) + len(lost), filled + len(kept)
        line = max(line, int(batch.lines[-1]) if len(batch) else 0)
    first = findings.first_reject(made_up)
    if not filled:
        # Everybody on it would be called: that is not what the list was given for.
        raise SettingsError(f"{option}: {path}: no row of it holds a number that can be read{first}")
    problem = {"count": total - filled, "read": total, "path": path, "first": first}
    return offset + line, problem if total > filled else None


def _open_numbers(
    file: BinaryIO, settings: Settings, findings: Collector, *, headed: bool
) -> tuple[Settings, Layout, Iterator[Batch]] | None:
    """Find the phone column of a list; None after a stop finding."""
    plain = Settings(settings.profile, region=settings.region, accept="possible", plus=settings.plus)
    opened = open_list(file, plain, findings, headed=headed)
    if opened is None:
        return None
    batches = opened.reader.batches()
    first = first_batch(opened, batches, findings)
    if first is None:
        return None

    def present(name: str | None) -> str | None:
        return name if name and columns.find_column(name, opened.reader.header, None) is not None else None

    found = replace(plain, phone_column=present(settings.phone_column), region_column=present(settings.region_column))
    layout = columns.resolve(opened.reader.header, opened.reader.header_line, first, found, findings)
    return (found, layout, chain([first], batches)) if layout else None
