"""The stages in order, and nothing else."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from itertools import chain
from typing import BinaryIO, Protocol

from csv_preflight import e164
from csv_preflight._version import __version__
from csv_preflight.findings import Collector, Rejected
from csv_preflight.lists import Lists
from csv_preflight.model.batch import Batch
from csv_preflight.model.layout import Layout
from csv_preflight.model.number_table import NumberTable
from csv_preflight.model.report import Input, Limit, Report, Rows, Tool
from csv_preflight.model.rule import Outcome
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import Positions
from csv_preflight.reading import Opened, blocks, endings, expected_rows, first_batch, open_list
from csv_preflight.stages import columns, duplicates, identifiers, limits, phones, records
from csv_preflight.tally import Tally

# Stands in the note on numbers whose plus sign is gone; the advice knows the note by it.
LOST_PLUS = "the + before it is missing"
# Likewise, before the region that gives all of them back their plus sign.
GIVE_REGION = "give --region "


class Sink(Protocol):
    """Where the rows go: files, memory, or nowhere."""

    @property
    def size(self) -> int:
        """Bytes of the clean file so far."""

    @property
    def row_sizes(self) -> Positions:
        """Bytes of each row of the clean file so far."""

    def begin(self, layout: Layout, header: Sequence[str], newline: str) -> None:
        """Take what is known before the first row; header: the source's column names."""

    def clean(self, batch: Batch) -> None:
        """Take rows that are ready."""

    def reject(self, rows: Sequence[Rejected]) -> None:
        """Take rows for the rejects file."""

    def cut(self, cuts: Sequence[int]) -> None:
        """Take where the clean rows are cut into parts, from 0 to their number."""


def run(
    file: BinaryIO,
    path: str,
    settings: Settings,
    sink: Sink,
    lists: Lists | None = None,
    *,
    as_it_is: bool = False,
    known: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Take a list through all stages: rows go to the sink, everything else into the report.

    file: seekable, at its start; path: its name in the report.  as_it_is: ready means that nothing at all has
    to be done to the file, not that the clean rows are ready.  known: it is UTF-8 with commas, whatever stands in the
    cells.  progress is called with the rows read so far.
    """
    lists = lists or Lists()
    rejecting = ["I001"] if settings.require_identifier else []
    findings = Collector(settings.max_findings, show_values=settings.show_values, rejecting=rejecting)
    started = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    rows, tally, renames = Rows(), Tally(), dict[str, str]()
    used: tuple[Limit, ...] = ()
    notes: tuple[str, ...] = ()
    opened = open_list(file, replace(settings, encoding="utf-8", delimiter=",") if known else settings, findings)
    facts = input_facts(file, path, opened)
    if opened is not None:
        for problem in lists.unreadable:
            findings.whole_file("D004", **problem)  # type: ignore[arg-type]
        batches = opened.reader.batches()
        first = first_batch(opened, batches, findings)
        layout = None
        if first is None and findings.count("F004") == 0:
            facts = replace(facts, columns=())  # whose name and number may stand there, in one
        if first is not None:
            layout = columns.resolve(opened.reader.header, opened.reader.header_line, first, settings, findings)
            if findings.count("C004"):
                facts = replace(facts, columns=())  # likewise
        if first is not None and layout is not None:
            header, renames = opened.reader.header, dict(layout.renames)
            facts = replace(
                facts,
                phone_column=header[layout.phone],
                identifier_column=None if layout.identifier is None else header[layout.identifier],
            )
            found_endings = endings(file, opened)
            sink.begin(layout, header, "\r\n" if found_endings == {"CRLF"} else "\n")
            last = _last_lines(file, opened, layout, settings, lists) if settings.keep == "last" else None
            seen = NumberTable(expected_rows(opened, first))
            for batch in chain([first], batches):
                kept = _rows(batch, layout, settings, lists, findings)
                kept = duplicates.drop_duplicates(kept, layout, seen, findings, last)
                rejected = findings.settle()
                sink.reject(rejected)
                sink.clean(kept)
                tally.add(kept)
                rows = replace(rows, clean=rows.clean + len(kept), rejected=rows.rejected + len(rejected))
                if progress:
                    progress(opened.reader.read)
            rows = replace(rows, read=opened.reader.read, blank=opened.reader.blank)
            if rows.read != rows.clean + rows.rejected:
                raise RuntimeError(f"rows are lost: {rows}")
            facts = replace(facts, line_ending=" and ".join(sorted(found_endings)) or None)
            if len(found_endings) > 1 or "CR" in found_endings:
                found = "bare CR" if found_endings == {"CR"} else f"mixed ({facts.line_ending})"
                findings.whole_file("F104", line=opened.reader.header_line, found=found)
            cuts = _cuts(sink, len(lists.existing), settings)
            if cuts:
                sink.cut(cuts)
            used = limits.usage(rows.clean, sink.size, len(lists.existing), settings)
            if not findings.outcomes - {Outcome.WARN}:
                # It stays as it is, with quotes, for example, that clean would leave out; unless that is too much.
                as_read = limits.usage(rows.clean, opened.source.size, len(lists.existing), settings)
                used = as_read if as_it_is or not any(limit.exceeded for limit in as_read) else used
            notes = (*_other_encoding(opened, settings), *_notes(findings, tally, layout.phone))
            lost = next((note for note in notes if LOST_PLUS in note), "")
            most_lost = findings.added(phones.WITHOUT_PLUS) * 2 > rows.rejected
            why = findings.commonest_reject(lost if most_lost else "")
            limits.check(rows, used, sink.size, why, settings, findings, fits=cuts is not None)
    return Report(
        tool=Tool("csv-preflight", __version__, e164.version()),
        created_at=started,
        ready=_is_ready(findings, as_it_is=as_it_is, strict=settings.strict),
        input=facts,
        profile=settings.profile.name,
        settings=settings_in_report(settings),
        rows=rows,
        findings=findings.summary(),
        countries=tally.countries(),
        line_types=tally.line_types(),
        header_renames=renames,
        limits=used,
        notes=notes,
    )


def input_facts(file: BinaryIO, path: str, opened: Opened | None) -> Input:
    """Return what the report says of the input, as far as it could be opened."""
    if opened is None:
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
        return Input(path, file.seek(0, os.SEEK_END), digest)
    encoding = opened.source.encoding
    return Input(
        path=path,
        bytes=opened.source.size,
        sha256=opened.source.sha256,
        encoding=encoding.name,
        encoding_source=encoding.source,
        delimiter=opened.dialect.delimiter,
        # What is no header is somebody's name and number.
        columns=() if columns.data_in_header(opened.reader.header) else opened.reader.header,
    )


def _rows(batch: Batch, layout: Layout, settings: Settings, lists: Lists, findings: Collector) -> Batch:
    """Take the rows of a batch through the stages that look at each by itself."""
    batch = columns.restore(batch, layout, findings)
    batch = phones.normalize(batch, layout, settings, findings)
    batch = identifiers.check(batch, layout, settings, findings)
    batch = duplicates.drop_listed(batch, layout, "D003", lists.suppressed, findings)
    return duplicates.drop_listed(batch, layout, "D002", lists.existing, findings)


def _cuts(sink: Sink, present: int, settings: Settings) -> tuple[int, ...] | None:
    if not settings.split:
        return None
    sizes = sink.row_sizes
    return limits.cut(sizes, sink.size - int(sizes.sum()), present, settings)


def _last_lines(file: BinaryIO, opened: Opened, layout: Layout, settings: Settings, lists: Lists) -> NumberTable:
    """Read the whole list once to learn on which line each number stands last."""
    last = NumberTable()
    aside = Collector(1, rejecting=["I001"] if settings.require_identifier else [])
    reader = records.read(blocks(file, opened.source), opened.dialect, aside)
    aside.name_columns(reader.header)
    for batch in reader.batches():
        duplicates.note_last(_rows(batch, layout, settings, lists, aside), layout, last)
        aside.settle()
    return last


def _is_ready(findings: Collector, *, as_it_is: bool, strict: bool) -> bool:
    hindering = {Outcome.STOP}
    if as_it_is:
        hindering |= {Outcome.REJECT, Outcome.FIX}
    if strict:
        hindering |= {Outcome.WARN}
    return not hindering & findings.outcomes


def _other_encoding(opened: Opened, settings: Settings) -> tuple[str, ...]:
    """Say that a list is not read in the encoding that was named, if so."""
    encoding = opened.source.encoding
    if settings.encoding is None or encoding.source == "option":
        return ()
    return (f"the text is read as {encoding.name}, which it plainly is, not as {settings.encoding}",)


def _notes(findings: Collector, tally: Tally, phone: int) -> tuple[str, ...]:
    """Say what no rule does.  phone: index of the phone column."""
    notes = []
    if others := findings.added(duplicates.OTHER_IDENTIFIER):
        have = "has" if others == 1 else "have"
        total = findings.count("D001")
        notes.append(f"{others:,} of {total:,} duplicates {have} another identifier than the row that is kept")
    if lost := findings.added(phones.WITHOUT_PLUS):
        begin = "begins" if lost == 1 else "begin"
        formula = f'="+"&{_letters(phone)}2'
        notes.append(
            f"{lost:,} of the rejected numbers {begin} with a country code, but {LOST_PLUS}: "
            f"{_one_region(findings, lost)}fill an empty column of the spreadsheet with {formula}, "
            "and paste its values over the numbers"
        )
    for kind in tally.line_types():
        if kind.type in e164.COSTLY_LINE_TYPES:
            are, them = ("is", "it") if kind.count == 1 else ("are", "them")
            notes.append(f"{kind.count:,} of the clean numbers {are} {kind.type}: calling {them} costs more")
    return tuple(notes)


def _one_region(findings: Collector, lost: int) -> str:
    """Return the advice to give the region of all numbers that lack a country code, where they have one in common."""
    for region, count in findings.added_under(phones.WITHOUT_PLUS).items():
        if count == lost == findings.count("P003"):
            return f"{GIVE_REGION}{region}, since all of them are of {region}, or "
    return ""


def _letters(column: int) -> str:
    """Return what a spreadsheet calls a column.

    >>> _letters(0), _letters(25), _letters(26)
    ('A', 'Z', 'AA')
    """
    before, last = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def settings_in_report(settings: Settings) -> dict[str, object]:
    """Return the settings that differ from their defaults, by the names of the options."""
    changed: dict[str, object] = {}
    for entry in fields(settings):
        value = getattr(settings, entry.name)
        if entry.name != "profile" and value != entry.default:
            changed[entry.name.replace("_", "-")] = list(value) if isinstance(value, tuple) else value
    return changed
