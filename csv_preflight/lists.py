"""The numbers of other lists: existing audiences, suppression lists and allow lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import BinaryIO, NamedTuple

import numpy as np

from csv_preflight import area_codes
from csv_preflight.collector import summarize
from csv_preflight.destinations import only_numbers
from csv_preflight.errors import SettingsError
from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import FileFinding, Findings, RowFindings, SetAside, Stop
from csv_preflight.model.layout import Layout
from csv_preflight.model.number_set import NumbersRead
from csv_preflight.model.numbers import OtherList
from csv_preflight.model.other_lists import Lists
from csv_preflight.model.records import Reader
from csv_preflight.model.report import RuleFindings
from csv_preflight.model.rule import Outcome
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import Positions
from csv_preflight.reading import first_batch, open_list
from csv_preflight.rules import BY_CODE
from csv_preflight.rules.wording import worded
from csv_preflight.stages import columns, phones


def read_lists(files: Mapping[str, Iterable[tuple[BinaryIO, str]]], settings: Settings) -> Lists:
    """Read the numbers of other lists: any CSV, or a plain list without a header.

    files: by option, each file and its name in messages.  Raises SettingsError, with the reason, for a list that is no
    table of numbers.
    """
    read = {other: NumbersRead() for other in OtherList}
    findings: list[FileFinding] = []
    for other in OtherList:
        for file, path in files.get(other.option, ()):
            findings += _read_numbers(file, path, other, settings, read[other])
    only = read[OtherList.ONLY].as_set() if settings.only else None
    unreadable = any(2 * finding.count > int(str(finding.parameters["read"])) for finding in findings)
    return Lists(
        read[OtherList.EXISTING].as_set(), read[OtherList.SUPPRESS].as_set(), only, tuple(findings), unreadable
    )


class _Opened(NamedTuple):
    """A list up to its rows: the settings to read it with, a layout for each phone column, and the rows.

    A row is reported only if none of its phone columns can be read.
    """

    settings: Settings
    layouts: tuple[Layout, ...]
    others: tuple[Layout, ...]
    reader: Reader
    batches: Iterator[Batch]


class _Unread(NamedTuple):
    """A row none of whose phone columns can be read: its line, and the rule that rejects it with its message.

    has_digit: whether the cell may be a number at all.
    """

    line: int
    code: str
    reason: str
    has_digit: bool = True


def _read_numbers(
    file: BinaryIO, path: str, other: OtherList, settings: Settings, read: NumbersRead
) -> list[FileFinding]:
    """Add the numbers of one file; return D004 if any row cannot be read."""
    option, made_up, several = other.option, 0, other is OtherList.SUPPRESS
    opened = _open_numbers(file, settings, headed=True, several=several)
    if isinstance(opened, Stop) and (above := _lines_above_header(opened.findings)):
        below = _open_numbers(file, settings, headed=True, several=several, skip_lines=above)
        opened = opened if isinstance(below, Stop) else below
    if isinstance(opened, Stop) and (opened.findings.has("C004") or opened.findings.has("F004")):
        # A plain list: the supposed header is the first number.
        plain = _open_numbers(file, settings, headed=False, several=several)
        opened, made_up = (opened, 0) if isinstance(plain, Stop) else (plain, 1)
    if isinstance(opened, Stop):
        stop = next(finding for finding in summarize(opened.findings) if finding.outcome is Outcome.STOP)
        raise SettingsError(f"{option}: {path}: {stop.code} {stop.samples[0].detail}{_way_out(stop)}")
    total = filled = 0
    first: _Unread | None = None
    for batch in opened.batches:
        # An ambiguous cell suppresses all numbers that it may mean, but allows none of them.
        numbers, lines, lost = _numbers(batch, opened, all_meant=not other.allows)
        if not filled and len(lines) and (made_up or _is_title(opened.reader.header)):
            # Words above the first number are the rest of it.
            lost = [row for row in lost if row.has_digit or row.line > lines[0]]
        read.add(np.unique(numbers))
        total, filled = total + len(lines) + len(lost), filled + len(lines)
        first = first or next(iter(lost), None)
    if not total:
        raise SettingsError(f"{option}: {path}: no row of it has a phone number")
    if total == filled or first is None:
        return []
    count = total - filled
    at = {"first": "row", "line": first.line - made_up, "code": first.code, "reason": first.reason, "option": option}
    return [FileFinding("D004", count=count, parameters={"count": count, "read": total, "path": path, **at})]


def _is_title(header: Sequence[str]) -> bool:
    return len(header) == 1 and not columns.named_like_phone(header[0])


def _lines_above_header(findings: Findings) -> int:
    """Return how many lines are above the header of a list that stops for them, 0 if it does not."""
    given = (one.parameters.get("skip") for one in findings if isinstance(one, FileFinding) and one.code == "C004")
    return next((skip for skip in given if isinstance(skip, int)), 0)


def _way_out(stop: RuleFindings) -> str:
    """Return what to do about another list that cannot be read, after the rule's own words.

    The option of a phone column may name one of the other list, too; other options are about the list itself.
    """
    if stop.code == "C001":
        return "; or give a list of that column alone"
    ways = BY_CODE[stop.code].ways.items()
    options = {option for parameter, option in ways if stop.samples[0].parameters.get(parameter)}
    if not options:
        return ""
    names = " and ".join(f"--{option}" for option in sorted(options))
    verb = "applies" if len(options) == 1 else "apply"
    return (
        f"; {names} {verb} to the contact list, not to this one: save it as CSV UTF-8, with the column names in its "
        "first line"
    )


def _numbers(batch: Batch, opened: _Opened, *, all_meant: bool) -> tuple[Positions, Positions, list[_Unread]]:
    """Return the numbers of some rows, the lines of rows that have one in a phone column, and the unreadable rows."""
    from csv_preflight.stages.phones.meant import other_numbers

    numbers, lines = [], []
    lost: dict[int, _Unread] = {}
    lost |= {record.line: record for record in _unread(opened.reader.drain())}
    for layout in (*opened.layouts, *opened.others):
        normalized = phones.normalize(batch, layout, opened.settings)
        kept, counted = normalized.batch, layout in opened.layouts
        if kept.phones is not None:
            numbers.append(kept.phones.number)
        lines += [kept.lines] * counted
        if all_meant:
            others = other_numbers(batch, layout, opened.settings, kept)
            numbers.append(others.numbers)
            lines += [batch.lines[others.rows[others.valid]]] * counted
        if counted:
            lost |= {row.line: row for row in _unread(normalized.findings) if row.code != "P001"}
    read = np.unique(np.concatenate(lines))
    unread = sorted(lost.keys() - set(read.tolist())) if lost else []
    return np.concatenate(numbers), read, [lost[line] for line in unread]


def _unread(findings: Findings) -> Iterator[_Unread]:
    """Yield the rows that are rejected."""
    for finding in findings:
        rule = BY_CODE[finding.code]
        if rule.outcome is not Outcome.REJECT:
            continue
        if isinstance(finding, SetAside):
            yield _Unread(finding.line, finding.code, worded(rule, finding.parameters))
        elif isinstance(finding, RowFindings):
            reasons = [worded(rule, parameters) for parameters in finding.parameters]
            which = [0] * len(finding.batch) if finding.which is None else finding.which.tolist()
            cells = [""] * len(finding.batch)
            if finding.column is not None:
                cells = finding.batch.columns[finding.column].tolist()
            for line, place, cell in zip(finding.batch.lines.tolist(), which, cells, strict=True):
                yield _Unread(line, finding.code, reasons[place], any(map(str.isdecimal, cell)))


def _open_numbers(
    file: BinaryIO, settings: Settings, *, headed: bool, several: bool, skip_lines: int = 0
) -> _Opened | Stop:
    """Find the phone column of a list, or all columns that may hold phone numbers.  skip_lines: above its header."""
    profile = only_numbers(settings.profile)
    plain = Settings(
        profile,
        region=settings.region,
        accept="possible",
        no_plus=settings.no_plus,
        skip_lines=skip_lines,
    )
    opened = open_list(file, plain, headed=headed)
    if isinstance(opened, Stop):
        return opened
    header = opened.reader.header
    batches = opened.reader.batches()
    first = first_batch(opened, batches)
    if isinstance(first, Stop):
        return first

    if headed and area_codes.is_split(header):
        findings = Findings()
        findings.whole_file("C004", evidence="phone", field=2)
        return Stop(findings)
    if parts := _parts(header, first, several=several):
        # Such lists are North American; who is on a list of people to call is decided by the user's region.
        join = partial(area_codes.joined, parts=parts, before=b"+1" if several else b"")
        first, batches = join(first), map(join, batches)
    chosen, others = _phones(header, first, settings, parts, several=several)
    # In an audience or an allow list, each row means one number.
    means_all = several or parts is not None
    region = next(iter(_present([settings.region_column], header)), None)
    read = replace(
        plain,
        phone_column=tuple(header[index] for index in (chosen[:1] if means_all else chosen)) or None,
        region_column=None if region is None else header[region],
    )
    resolved = columns.resolve(header, opened.reader.header_line, first, read)
    if isinstance(resolved, Stop):
        return resolved
    layouts, seldom = _layouts(resolved.layout, chosen if means_all else (), others, several=several)
    return _Opened(read, layouts, seldom, opened.reader, chain([first], batches))


def _present(names: Iterable[str | None], header: Sequence[str]) -> list[int]:
    """Return the indices of the columns of these names that there are."""
    places = (None if name is None else columns.find_column(name, header, None) for name in names)
    return [place for place in places if place is not None]


def _phones(
    header: Sequence[str], first: Batch, settings: Settings, parts: slice | None, *, several: bool
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the columns of numbers that are certain, and others that may hold some.

    settings: of the contact list, whose phone columns the other list may have, too.  parts: columns with the parts of
    its numbers, which are joined in the first of them.
    """
    chosen, others = columns.phone_columns(header, first) if several else ((), ())
    if parts:
        whole = [place for place in chosen if place not in range(parts.start, parts.stop)]
        return (parts.start, *whole), ()
    if named := _present(settings.phone_columns, header):
        chosen = tuple(dict.fromkeys((*named, *chosen)))
    return chosen, others


def _layouts(
    layout: Layout, chosen: Sequence[int], others: Sequence[int], *, several: bool
) -> tuple[tuple[Layout, ...], tuple[Layout, ...]]:
    """Return a layout for each phone column, and more for numbers that no row needs to have.

    chosen: the phone columns, none if the layout's own count together; others: those that may hold some.
    """
    layout = replace(layout, labels={})  # all its numbers count, even faxes
    as_given = replace(layout, stated=None) if layout.region is None and layout.stated else None
    if layout.region is None and layout.stated:
        layout = replace(layout, region=layout.stated.column)  # the list has its own column of countries
    layouts = tuple(map(layout.with_phone, chosen)) if chosen else (layout,)
    seldom = tuple(map(layout.with_phone, others))
    if several and as_given:
        # A suppression list is read both with its own countries and with the user's region.
        seldom += tuple(map(as_given.with_phone, (*chosen, *others)))
    return layouts, seldom


def _parts(header: Sequence[str], first: Batch, *, several: bool) -> slice | None:
    """Return the columns with the parts of the numbers; None if another column counts.  first: some rows."""
    parts = area_codes.parts_of_numbers(first)
    if parts is None or parts.start == 0 or several:
        return parts
    whole, _ = columns.phone_columns(header, first)
    return parts if set(whole) <= set(range(parts.start, parts.stop)) else None
