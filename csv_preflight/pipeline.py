"""The stages in order, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO

from csv_preflight.collector import Collector
from csv_preflight.file_of_list import FileOfList
from csv_preflight.file_rows import Spread, gather, last_lines, open_files, opted_out_rows, taken_rows
from csv_preflight.inputs import OpenFile
from csv_preflight.model.finding import Finding, Findings
from csv_preflight.model.layout import Layout
from csv_preflight.model.line_places import places_of
from csv_preflight.model.note import Note, OptOutsUnused
from csv_preflight.model.number_table import NumberTable
from csv_preflight.model.occurrences import Occurrences
from csv_preflight.model.other_lists import Lists
from csv_preflight.model.report import Limit, Report, Rows
from csv_preflight.model.rule import Group, Outcome
from csv_preflight.model.settings import Settings
from csv_preflight.model.sink import Sink, WritingSink
from csv_preflight.opening import Opening
from csv_preflight.report_of_run import report_of_run
from csv_preflight.row_stages import outcomes
from csv_preflight.rules import BY_CODE
from csv_preflight.stages import columns, duplicates, limits, opt_outs
from csv_preflight.summary import Tally, facts_of_all, file_facts, joined, notes, why_rejected

if TYPE_CHECKING:
    from csv_preflight.model.corrections import Changes


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
    """Take a list through all stages: rows go to the sink, the rest into the report.

    file: seekable, at its start; path: its name in the report.  check_only: ready means that the file needs no change
    at all, not that the clean rows are ready.  trusted: the file is UTF-8 with commas, whatever its cells hold.
    most_faulty: like max_rejects, and used if that is not set, but counts only rows with a fault, not those that
    another list or a row above has already.  progress: called with the count of rows read so far.  on_found: called
    with all findings.
    """
    one = [OpenFile(file, path, trusted)]
    return _run(one, None, settings, sink, lists, progress, on_found, check_only=check_only, most_faulty=most_faulty)


def run_as_one(
    files: Sequence[OpenFile],
    settings: Settings,
    sink: WritingSink,
    lists: Lists | None = None,
    *,
    name: str | None = None,
    check_only: bool = False,
    progress: Callable[[int], None] | None = None,
    on_found: Callable[[Occurrences], None] | None = None,
    spread: Spread | None = None,
) -> Report:
    """Take files through all stages as one list, in their order: a number in two of them counts once.

    The first file decides the roles of columns; the others have the same columns in any order.  How a file writes its
    numbers and countries is decided for each file separately.  name: of the list in the report, by default those of its
    files.  spread: opens them and takes their rows through the stages elsewhere, without on_found.
    """
    called, elsewhere = name or joined([file.name for file in files]), (spread, sink) if spread else None
    return _run(files, called, settings, sink, lists, progress, on_found, elsewhere, check_only=check_only)


def _run(
    files: Sequence[OpenFile],
    name: str | None,
    settings: Settings,
    sink: Sink,
    given: Lists | None,
    progress: Callable[[int], None] | None,
    on_found: Callable[[Occurrences], None] | None,
    elsewhere: tuple[Spread, WritingSink] | None = None,
    *,
    check_only: bool,
    most_faulty: str | None = None,
) -> Report:
    """Take a list through all stages; check each file of corrections with those before it applied."""
    lists = given or Lists()
    changes: tuple[Changes, ...] = ()
    of_corrections = Findings()
    if lists.corrections:
        from csv_preflight.corrections import checked

        alone = replace(settings, max_findings=1, split=False)
        changes, of_corrections = checked(
            lists.corrections, lambda to, before: _Run(files, name, alone, to, lists, changes=before).report()
        )
    run = _Run(files, name, settings, sink, lists, progress, on_found, changes, of_corrections, elsewhere)
    return run.report(check_only=check_only, most_faulty=most_faulty)


class _Run:
    """One list on its way through the stages.  name: of a list that may have several files, else None."""

    def __init__(
        self,
        files: Sequence[OpenFile],
        name: str | None,
        settings: Settings,
        sink: Sink,
        lists: Lists,
        progress: Callable[[int], None] | None = None,
        on_found: Callable[[Occurrences], None] | None = None,
        changes: Sequence[Changes] = (),
        of_corrections: Sequence[Finding] = (),
        elsewhere: tuple[Spread, WritingSink] | None = None,
    ) -> None:
        self._changes, self._of_corrections, self._elsewhere = changes, of_corrections, elsewhere
        self._given, self._name, self._is_several = files, name, name is not None
        self._settings, self._sink, self._lists, self._progress = settings, sink, lists, progress
        corrected: dict[tuple[str, int], str] = {}
        if changes:
            from csv_preflight.model.corrections import corrected_rows

            corrected = corrected_rows(changes)
        self._found = Collector(
            settings.samples,
            show_values=settings.show_values,
            outcomes=outcomes(settings, unreadable=lists.unreadable),
            on_found=on_found,
            corrected=corrected,
        )
        self._started = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._tally, self._rows, self._opted_out = Tally(), Rows(), NumberTable()
        self._opened: list[Opening] = []
        self._files: list[FileOfList] = []

    def report(self, *, check_only: bool = False, most_faulty: str | None = None) -> Report:
        """Take the list through all stages."""
        if not self._open():
            return self._reported(found_notes=self._unused(), check_only=check_only)
        lead, settings = self._files[0], self._settings
        layout = lead.layout
        newline = "\r\n" if lead.endings == {"CRLF"} else "\n"
        self._sink.begin(layout, lead.header, newline, lead.dialect.delimiter)
        if layout.opt_outs:
            self._note_opted_out()
        if self._elsewhere:
            spread, sink = self._elsewhere
            done = spread.take(self._files, settings, self._lists, self._opted_out, self._progress)
            self._rows = gather(done, self._files, self._found, self._tally, sink)
        else:
            is_last = settings.keep == "last"
            last = last_lines(self._files, settings, self._lists, self._opted_out) if is_last else None
            seen = NumberTable(sum(file.expected for file in self._files))
            for file in self._files:
                self._begin(file)
                self._take_rows(file, seen, last)
            if self._lists.kept:
                self._lists.kept.latest = seen.numbers
        self._take_what_all_rows_say()
        encodings = [file.source.encoding for file in self._files]
        found_notes = (*notes(self._tally, self._found, layout, settings, encodings), *self._unused())
        used = self._check_limits(why_rejected(self._found), check_only=check_only)
        if settings.max_rejects is None and most_faulty is not None and self._rows.clean:
            faulty = sum(count for rule, count in self._found.rejected() if rule.group is not Group.LISTED)
            self._found.take(limits.check_rejects(faulty, self._rows.read, most_faulty, "faulty"))
        return self._reported(used, found_notes, layout, check_only=check_only)

    def _open(self) -> bool:
        """Open all files, and decide the roles of their columns; return whether nothing stops the list."""
        spread = self._elsewhere[0] if self._elsewhere else None
        self._opened = open_files(self._given, self._settings, self._changes, several=self._is_several, spread=spread)
        for given, opening in zip(self._given, self._opened, strict=True):
            self._found.begin_file(given.name if self._is_several else "")
            self._found.take(opening.findings)
        self._files = [opening.file for opening in self._opened if opening.file]
        self._found.begin_file("")
        if any(opening.facts.encoding for opening in self._opened):
            self._found.take([*self._lists.findings, *self._of_corrections])
        if self._lists.unreadable or any(BY_CODE[found.code].outcome is Outcome.STOP for found in self._of_corrections):
            return False
        if not self._is_several:
            return bool(self._files)
        places = places_of([(file.given.name, file.lines) for file in self._files])
        for file, its_places in zip(self._files, places, strict=True):
            file.places = its_places
        return all(opening.file or opening.is_left_out for opening in self._opened)

    def _begin(self, file: FileOfList) -> None:
        """Set the file of the following findings."""
        self._found.name_columns(map(columns.clean_name, file.header))
        self._found.begin_file(file.given.name if self._is_several else "", file.order)

    def _take_what_all_rows_say(self) -> None:
        """Take the findings about the files as a whole, once all of their rows are read."""
        for file in self._files:
            self._begin(file)
            if not self._elsewhere:
                self._found.take(file.findings_once_read(self._settings))
            if self._rows.read and not file.rows.read:
                self._found.take(limits.nobody_in_file(file.header_line))
        self._begin(self._files[0])
        self._found.take(opt_outs.likely(self._tally.likely_opt_outs, self._files[0].header_line))

    def _take_rows(self, file: FileOfList, seen: NumberTable, last: NumberTable | None) -> None:
        """Take all rows of a file through the stages to the sink.

        seen: the numbers of the rows above, of all files; last: where each number is last.
        """
        reading, before, without_code = file.read(), self._rows, self._tally.without_code
        clean = rejected = repeated = 0
        for taken in taken_rows(reading, self._settings, self._lists, self._opted_out):
            self._found.take(taken.findings)
            self._tally.add_normalized(taken.normalized)
            repeated += taken.repeated
            kept, found, others = duplicates.drop_duplicates(taken.batch, file.layout, seen, last, file.places)
            self._found.take(found)
            self._tally.other_identifier += others
            rejects = self._found.flush()
            self._sink.reject(rejects)
            self._sink.clean(kept)
            self._tally.add(kept)
            self._tally.likely_opt_outs += opt_outs.count_likely(kept, file.layout)
            clean, rejected = clean + len(kept), rejected + len(rejects)
            if self._progress:
                self._progress(before.read + reading.reader.read)
        file.rows = Rows(reading.reader.read - repeated, clean, rejected, reading.reader.blank)
        file.without_code = self._tally.without_code - without_code
        if clean + rejected != file.rows.read:
            raise RuntimeError(f"rows are lost: {file.rows}")
        self._rows = before + file.rows

    def _note_opted_out(self) -> None:
        """Read the whole list once to find the numbers that have opted out in any row."""
        if self._elsewhere:
            found = self._elsewhere[0].opted_out(self._files, self._settings)
        else:
            found = (rows for file in self._files for rows in opted_out_rows(file, self._settings))
        for numbers, lines in found:
            opt_outs.note(numbers, lines, self._opted_out)

    def _unused(self) -> tuple[Note, ...]:
        """Return a note about columns of opt-outs that the next command should use, unless C011 says so."""
        said = {column.name for column in self._tally.likely_opt_outs}
        names = tuple(name for name in self._opened[0].opt_outs if name not in said)
        return (OptOutsUnused(names),) if names else ()

    def _check_limits(self, why: Mapping[str, object], *, check_only: bool) -> tuple[Limit, ...]:
        """Check the clean rows against the limits, and cut them into parts if that is wanted."""
        settings, sink, rows, present = self._settings, self._sink, self._rows, len(self._lists.existing)
        cuts = None
        if settings.split:
            sizes = sink.row_sizes
            cuts = limits.cut(sizes, sink.size - int(sizes.sum()), present, settings)
        if cuts:
            sink.cut(cuts)
        used = limits.usage(rows.clean, sink.size, present, settings)
        if not (self._is_several or self._found.outcomes - {Outcome.WARN}):
            # A ready file stays as it is, even with quotes that clean would drop, unless it is too large.
            as_read = limits.usage(rows.clean, self._opened[0].facts.bytes, present, settings)
            used = as_read if check_only or not any(limit.exceeded for limit in as_read) else used
        self._found.take(limits.check(rows, used, sink.size, why, settings, fits=cuts is not None))
        return used

    def _reported(
        self,
        used: tuple[Limit, ...] = (),
        found_notes: tuple[Note, ...] = (),
        layout: Layout | None = None,
        *,
        check_only: bool,
    ) -> Report:
        inputs = [file_facts(one.facts, one.file.rows if one.file else Rows()) for one in self._opened]
        first = self._opened[0].facts
        of_list = [one.facts for one in self._opened if not one.is_left_out]
        untouched = not self._is_several and self._found.outcomes <= {Outcome.WARN} and bool(used)
        return report_of_run(
            self._started,
            first if self._name is None else facts_of_all(of_list, self._name, sum(one.bytes for one in inputs)),
            inputs,
            self._rows,
            self._found.summary(),
            self._tally,
            layout,
            self._settings,
            check_only=check_only,
            limits=used,
            notes=found_notes,
            untouched=untouched and used[-1].used == first.bytes,
        )
