"""The stages in order, and nothing else."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from types import MappingProxyType
from typing import BinaryIO, Protocol

from csv_preflight import e164
from csv_preflight._version import __version__
from csv_preflight.collector import Collector
from csv_preflight.lists import Lists
from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import FileFinding, Findings, Stop
from csv_preflight.model.layout import Layout
from csv_preflight.model.note import Note
from csv_preflight.model.number_table import NumberTable
from csv_preflight.model.rejects import Rejects
from csv_preflight.model.report import Input, Limit, Report, Rows, Tool
from csv_preflight.model.rule import Outcome
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import Positions
from csv_preflight.reading import Opened, blocks, endings, expected_rows, first_batch, open_list
from csv_preflight.stages import columns, duplicates, identifiers, limits, opt_outs, phones, records
from csv_preflight.summary import Tally, encoding_note, notes, reasons, settings_in_report, why_rejected


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

    def reject(self, rows: Rejects) -> None:
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
    check_only: bool = False,
    trusted: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Take a list through all stages: rows go to the sink, everything else into the report.

    file: seekable, at its start; path: its name in the report.  check_only: ready means that nothing at all has
    to be done to the file, not that the clean rows are ready.  trusted: it is UTF-8 with commas, whatever its cells
    hold.  progress is called with the rows read so far.
    """
    run = _Run(file, path, settings, sink, lists or Lists(), progress)
    return run.report(check_only=check_only, trusted=trusted)


class _Run:
    """One list on its way through the stages."""

    def __init__(
        self,
        file: BinaryIO,
        path: str,
        settings: Settings,
        sink: Sink,
        lists: Lists,
        progress: Callable[[int], None] | None,
    ) -> None:
        self._file, self._settings, self._sink, self._lists, self._progress = file, settings, sink, lists, progress
        rejecting = ["I001"] if settings.require_identifier else []
        self._found = Collector(settings.max_findings, show_values=settings.show_values, rejecting=rejecting)
        self._started = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._tally, self._rows, self._opted_out = Tally(), Rows(), NumberTable()
        self._path = path

    def report(self, *, check_only: bool, trusted: bool) -> Report:
        """Take the list through all stages."""
        settings = replace(self._settings, encoding="utf-8", delimiter=",") if trusted else self._settings
        opened = open_list(self._file, settings)
        self._found.take(opened.findings)
        facts = input_facts(self._file, self._path, opened)
        if isinstance(opened, Stop):
            return self._reported(facts, check_only=check_only)
        self._found.take(self._lists.findings)
        batches = opened.reader.batches()
        first = first_batch(opened, batches)
        if isinstance(first, Stop):
            self._found.take(first.findings)
            hidden = facts if first.findings.has("F004") else replace(facts, columns=())  # whose name may be there
            return self._reported(hidden, check_only=check_only)
        header = opened.reader.header
        resolved = columns.resolve(header, opened.reader.header_line, first, settings)
        self._found.take(resolved.findings)
        if isinstance(resolved, Stop):
            hidden = replace(facts, columns=()) if resolved.findings.has("C004") else facts
            return self._reported(hidden, check_only=check_only)
        layout = resolved.layout
        self._found.name_columns(columns.clean_name(name) for name in header)
        line_endings = endings(self._file, opened)
        self._sink.begin(layout, header, "\r\n" if line_endings == {"CRLF"} else "\n")
        self._note_opted_out(opened, layout)
        last = self._last_lines(opened, layout) if settings.keep == "last" else None
        self._take_rows(opened, layout, first, batches, last)
        self._found.take(opt_outs.likely(self._tally.likely_opt_outs, opened.reader.header_line))
        identifier = None if layout.identifier is None else header[layout.identifier]
        facts = replace(
            facts,
            phone_column=header[layout.phone],
            identifier_column=identifier,
            line_ending=" and ".join(sorted(line_endings)) or None,
        )
        if len(line_endings) > 1 or "CR" in line_endings:
            found = "bare CR" if line_endings == {"CR"} else f"mixed ({facts.line_ending})"
            self._found.take([FileFinding("F104", opened.reader.header_line, parameters={"found": found})])
        found_notes = (*encoding_note(opened.source.encoding, settings), *notes(self._tally, self._found, layout.phone))
        why = why_rejected(self._found, facts, found_notes, settings)
        used = self._check_limits(opened, why, check_only=check_only)
        return self._reported(facts, used, found_notes, layout.renames, size=opened.source.size, check_only=check_only)

    def _take_rows(
        self, opened: Opened, layout: Layout, first: Batch, batches: Iterator[Batch], last: NumberTable | None
    ) -> None:
        """Take all rows through the stages to the sink."""
        seen = NumberTable(expected_rows(opened, first))
        clean = rejected = 0
        for batch in chain([first], batches):
            self._found.take(opened.reader.drain())
            kept = self._take_batch(batch, layout)
            kept, found, others = duplicates.drop_duplicates(kept, layout, seen, last)
            self._found.take(found)
            self._tally.other_identifier += others
            rejects = self._found.settle()
            self._sink.reject(rejects)
            self._sink.clean(kept)
            self._tally.add(kept)
            self._tally.likely_opt_outs += opt_outs.count_likely(kept, layout)
            clean, rejected = clean + len(kept), rejected + len(rejects)
            if self._progress:
                self._progress(opened.reader.read)
        self._rows = Rows(opened.reader.read, clean, rejected, opened.reader.blank)
        if clean + rejected != opened.reader.read:
            raise RuntimeError(f"rows are lost: {self._rows}")

    def _take_batch(self, batch: Batch, layout: Layout) -> Batch:
        """Take the rows of a batch through the stages that look at each by itself."""
        batch, findings, normalized = _stages(batch, layout, self._settings, self._lists, self._opted_out)
        self._found.take(findings)
        if normalized.lost_plus:
            self._tally.lost_plus[normalized.region] += normalized.lost_plus
        return batch

    def _last_lines(self, opened: Opened, layout: Layout) -> NumberTable:
        """Read the whole list once to learn on which line each number is last."""
        last = NumberTable()
        reader = records.read(blocks(self._file, opened.source), opened.dialect)
        for batch in reader.batches():
            reader.drain()
            duplicates.note_last(_stages(batch, layout, self._settings, self._lists, self._opted_out)[0], layout, last)
        return last

    def _note_opted_out(self, opened: Opened, layout: Layout) -> None:
        """Read the whole list once to learn which numbers have opted out: no other row may have them called."""
        if not layout.opt_outs:
            return
        lenient = replace(self._settings, accept="possible", line_types=(), countries=())
        reader = records.read(blocks(self._file, opened.source), opened.dialect)
        for batch in reader.batches():
            reader.drain()
            out = opt_outs.opted_out(columns.restore(batch, layout)[0], layout)
            opt_outs.note(phones.normalize(out, layout, lenient).batch, self._opted_out)

    def _check_limits(self, opened: Opened, why: Mapping[str, object], *, check_only: bool) -> tuple[Limit, ...]:
        """Hold the clean rows against the limits, and cut them into parts where that is asked for."""
        settings, sink, rows, present = self._settings, self._sink, self._rows, len(self._lists.existing)
        cuts = None
        if settings.split:
            sizes = sink.row_sizes
            cuts = limits.cut(sizes, sink.size - int(sizes.sum()), present, settings)
        if cuts:
            sink.cut(cuts)
        used = limits.usage(rows.clean, sink.size, present, settings)
        if not self._found.outcomes - {Outcome.WARN}:
            # It stays as it is, with quotes, for example, that clean would leave out; unless that is too much.
            as_read = limits.usage(rows.clean, opened.source.size, present, settings)
            used = as_read if check_only or not any(limit.exceeded for limit in as_read) else used
        self._found.take(limits.check(rows, used, sink.size, why, settings, fits=cuts is not None))
        return used

    def _reported(
        self,
        facts: Input,
        used: tuple[Limit, ...] = (),
        found_notes: tuple[Note, ...] = (),
        renames: Mapping[str, str] = MappingProxyType({}),
        size: int = -1,
        *,
        check_only: bool,
    ) -> Report:
        found = self._found.summary()
        return Report(
            tool=Tool("csv-preflight", __version__, e164.version()),
            created_at=self._started,
            reasons=reasons(found, check_only=check_only, strict=self._settings.strict),
            input=facts,
            profile=self._settings.profile.name,
            settings=settings_in_report(self._settings),
            rows=self._rows,
            findings=found,
            countries=self._tally.countries(),
            line_types=self._tally.line_types(),
            header_renames=dict(renames),
            limits=used,
            notes=found_notes,
            untouched=self._found.outcomes <= {Outcome.WARN} and bool(used) and used[-1].used == size,
        )


def _stages(
    batch: Batch, layout: Layout, settings: Settings, lists: Lists, opted_out: NumberTable
) -> tuple[Batch, Findings, phones.Normalized]:
    """Take the rows of a batch through the stages that look at each by itself, in their order."""
    batch, restored = columns.restore(batch, layout)
    batch, opted = opt_outs.drop_opted_out(batch, layout)
    normalized = phones.normalize(batch, layout, settings)
    batch, again = opt_outs.drop_their_numbers(normalized.batch, layout, opted_out)
    batch, named = identifiers.check(batch, layout, settings)
    batch, suppressed = duplicates.drop_listed(batch, layout, "D003", lists.suppressed)
    batch, present = duplicates.drop_listed(batch, layout, "D002", lists.existing)
    return batch, Findings([*restored, *opted, *normalized.findings, *again, *named, *suppressed, *present]), normalized


def input_facts(file: BinaryIO, path: str, opened: Opened | Stop) -> Input:
    """Return what the report says of the input, as far as it could be opened."""
    if isinstance(opened, Stop):
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
