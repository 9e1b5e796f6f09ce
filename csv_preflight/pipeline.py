"""The stages in order, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from typing import BinaryIO

from csv_preflight import e164
from csv_preflight._version import __version__
from csv_preflight.collector import Collector
from csv_preflight.lists import Lists
from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import FileFinding, Stop
from csv_preflight.model.layout import Layout
from csv_preflight.model.note import Note
from csv_preflight.model.number_table import NumberTable
from csv_preflight.model.occurrences import Occurrences
from csv_preflight.model.report import Input, Limit, NamesToSend, Report, Rows, Tool
from csv_preflight.model.rule import Group, Outcome
from csv_preflight.model.settings import Settings
from csv_preflight.model.sink import Sink
from csv_preflight.reading import (
    Opened,
    blocks,
    endings,
    expected_rows,
    first_batch,
    input_facts,
    open_list,
    read_records,
)
from csv_preflight.row_stages import how_written, outcomes, resolve_layout, rows_opted_out, take_rows
from csv_preflight.stages import columns, duplicates, limits, opt_outs
from csv_preflight.summary import (
    Tally,
    encoding_note,
    left_out,
    notes,
    reasons,
    settings_in_report,
    variable_columns,
    variables_note,
    why_rejected,
)


def run(
    file: BinaryIO,
    path: str,
    settings: Settings,
    sink: Sink,
    lists: Lists | None = None,
    *,
    check_only: bool = False,
    trusted: bool = False,
    most_faulty: str | None = None,
    progress: Callable[[int], None] | None = None,
    on_found: Callable[[Occurrences], None] | None = None,
) -> Report:
    """Take a list through all stages: rows go to the sink, everything else into the report.

    file: seekable, at its start; path: its name in the report.  check_only: ready means that nothing at all has
    to be done to the file, not that the clean rows are ready.  trusted: it is UTF-8 with commas, whatever its cells
    hold.  most_faulty: in place of max_rejects where that is not given, of rows that have a fault; not of those that
    another list or a row above has already.  progress is called with the rows read so far, on_found with all that
    the samples of the report are the first of.
    """
    run = _Run(file, path, settings, sink, lists or Lists(), progress, on_found)
    return run.report(check_only=check_only, trusted=trusted, most_faulty=most_faulty)


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
        on_found: Callable[[Occurrences], None] | None,
    ) -> None:
        self._file, self._settings, self._sink, self._lists, self._progress = file, settings, sink, lists, progress
        others = outcomes(settings)
        if lists.unreadable:
            others["D004"] = Outcome.STOP
        self._found = Collector(settings.samples, show_values=settings.show_values, outcomes=others, on_found=on_found)
        self._started = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._tally, self._rows, self._opted_out = Tally(), Rows(), NumberTable()
        self._path = path

    def report(self, *, check_only: bool, trusted: bool, most_faulty: str | None) -> Report:
        """Take the list through all stages."""
        settings = replace(self._settings, encoding="utf-8", delimiter=",") if trusted else self._settings
        opened = open_list(self._file, settings)
        self._found.take(opened.findings)
        facts = input_facts(self._file, self._path, opened)
        if isinstance(opened, Stop):
            return self._reported(facts, check_only=check_only)
        self._found.take(self._lists.findings)
        if self._lists.unreadable:
            return self._reported(facts, check_only=check_only)
        batches = opened.reader.batches()
        first = first_batch(opened, batches)
        if isinstance(first, Stop):
            self._found.take(first.findings)
            hidden = facts if first.findings.has("F004") else replace(facts, columns=())  # whose name may be there
            return self._reported(hidden, check_only=check_only)
        header = opened.reader.header
        resolved = resolve_layout(opened, first, settings)
        self._found.take(resolved.findings)
        if isinstance(resolved, Stop):
            hidden = replace(facts, columns=()) if resolved.findings.has("C004") else facts
            return self._reported(hidden, check_only=check_only)
        layout = resolved.layout
        self._found.name_columns(map(columns.clean_name, header))
        line_endings = endings(self._file, opened)
        newline = "\r\n" if line_endings == {"CRLF"} else "\n"
        self._sink.begin(layout, header, newline, opened.dialect.delimiter)
        if layout.opt_outs:
            layout = replace(layout, writing=how_written(first, layout, settings))
            self._note_opted_out(opened, layout)
        last = self._last_lines(opened, layout) if settings.keep == "last" else None
        self._take_rows(opened, layout, first, batches, last)
        if layout.stated and layout.region is None and self._tally.without_code:
            name = layout.stated.name
            self._found.take([FileFinding("C007", opened.reader.header_line, name, parameters={"name": name})])
        self._found.take(opt_outs.likely(self._tally.likely_opt_outs, opened.reader.header_line))
        identifier = None if layout.identifier is None else header[layout.identifier]
        facts = replace(
            facts,
            phone_column=header[layout.phone],
            phone_columns=tuple(header[index] for index in layout.phones),
            identifier_column=identifier,
            line_ending=" and ".join(sorted(line_endings)) or None,
        )
        if len(line_endings) > 1 or "CR" in line_endings:
            found = "bare CR" if line_endings == {"CR"} else f"mixed ({facts.line_ending})"
            self._found.take([FileFinding("F104", opened.reader.header_line, parameters={"found": found})])
        if not settings.profile.quotes and any(b'"' in block for block in blocks(self._file, opened.source)):
            self._found.take([FileFinding("F109", parameters={"profile": settings.profile.name})])
        told = (*encoding_note(opened.source.encoding, settings), *variables_note(settings))
        found_notes = (*told, *notes(self._tally, self._found, layout, settings))
        why = why_rejected(self._found)
        used = self._check_limits(opened, why, check_only=check_only)
        if settings.max_rejects is None and most_faulty is not None and self._rows.clean:
            faulty = sum(count for rule, count in self._found.rejected() if rule.group is not Group.LISTED)
            self._found.take(limits.check_rejects(faulty, self._rows.read, most_faulty))
        return self._reported(facts, used, found_notes, layout, size=opened.source.size, check_only=check_only)

    def _take_rows(
        self, opened: Opened, layout: Layout, first: Batch, batches: Iterator[Batch], last: NumberTable | None
    ) -> None:
        """Take all rows through the stages to the sink."""
        seen = NumberTable(expected_rows(opened, first))
        clean = rejected = 0
        known = columns.Known.of(opened.reader.header)
        repeated = 0
        for batch in chain([first], batches):
            read = opened.reader.drain()
            self._found.take([*read, *columns.other_tables(read, known, opened.dialect.delimiter)])
            batch, headers, count = columns.without_headers(batch, layout, known)
            repeated += count
            self._found.take(headers)
            kept, layout = self._take_batch(batch, layout)
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
        self._rows = Rows(opened.reader.read - repeated, clean, rejected, opened.reader.blank)
        if clean + rejected != self._rows.read:
            raise RuntimeError(f"rows are lost: {self._rows}")

    def _take_batch(self, batch: Batch, layout: Layout) -> tuple[Batch, Layout]:
        """Take the rows of a batch through the stages that look at each by itself; return the layout for the next."""
        taken = take_rows(batch, layout, self._settings, self._lists, self._opted_out)
        self._found.take(taken.findings)
        self._tally.add_normalized(taken.normalized)
        return taken.batch, replace(layout, writing=taken.normalized.writing)

    def _last_lines(self, opened: Opened, layout: Layout) -> NumberTable:
        """Read the whole list once to learn on which line each number is last."""
        last = NumberTable()
        reader = read_records(self._file, opened.source, opened.dialect)
        for batch in reader.batches():
            reader.drain()
            taken = take_rows(batch, layout, self._settings, self._lists, self._opted_out)
            layout = replace(layout, writing=taken.normalized.writing)
            duplicates.note_last(taken.batch, layout, last)
        return last

    def _note_opted_out(self, opened: Opened, layout: Layout) -> None:
        """Read the whole list once to learn which numbers have opted out: no other row may have them called."""
        reader = read_records(self._file, opened.source, opened.dialect)
        for batch in reader.batches():
            reader.drain()
            opt_outs.note(rows_opted_out(batch, layout, self._settings), self._opted_out)

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
        layout: Layout | None = None,
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
            header_renames=dict(layout.renames) if layout else {},
            names_to_send=NamesToSend(layout.written_as(layout.phone), layout.written_as(layout.identifier))
            if layout
            else NamesToSend(),
            left_out=left_out(layout, facts.columns) if layout else (),
            variables=variable_columns(layout, facts.columns) if layout else (),
            limits=used,
            notes=found_notes,
            untouched=self._found.outcomes <= {Outcome.WARN} and bool(used) and used[-1].used == size,
        )
