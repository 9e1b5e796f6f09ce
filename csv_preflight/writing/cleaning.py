"""A list -> its clean file, rejects and reports: all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import BinaryIO, TypeAlias

from csv_preflight import pipeline
from csv_preflight.errors import SettingsError
from csv_preflight.file_rows import Spread
from csv_preflight.inputs import OpenFile, Unchanged
from csv_preflight.list_files import files_in
from csv_preflight.model.other_lists import Lists
from csv_preflight.model.report import Output, Reason, Report
from csv_preflight.model.settings import Settings
from csv_preflight.reports import forms as reports
from csv_preflight.summary import settings_in_report
from csv_preflight.writing.files import FileSet, Written
from csv_preflight.writing.sinks import Files
from csv_preflight.writing.suffixes import wrong_suffixes
from csv_preflight.writing.targets import check_parts, parts_from

Progress: TypeAlias = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Targets:
    """Where the files of a run go.  clean: "-" for the standard output; rejects: None to write none.

    With parts, their names are those of ``part_name(clean, ...)``.  earlier_report: the default report of an earlier
    run, which is removed since it would be wrong about the new files.  options: command-line options that are no
    settings, for the commands that the report shows.  saved: the options that a configuration file sets, by their
    names, and the path of that file.
    """

    clean: str
    rejects: str | None
    reports: tuple[str, ...] = ()
    in_place: bool = False
    reports_asked_for: bool = False
    earlier_report: str | None = None
    options: Mapping[str, object] = field(default_factory=dict)
    saved: Mapping[str, str] = field(default_factory=dict)


def write_files(
    file: BinaryIO,
    name: str,
    settings: Settings,
    targets: Targets,
    lists: Lists | None = None,
    progress: Progress | None = None,
    on_report: Callable[[Report], None] | None = None,
    *,
    trusted: bool = False,
    most_faulty: str | None = None,
) -> Report:
    """Clean a file into its targets, all of them or none; return the report with the outputs.

    on_report: called with the report when everything is written but nothing is in its place yet; if it raises, for
    example because of a closed pipe, nothing is kept.  trusted, most_faulty: see ``pipeline.run``.
    """

    def run(chosen: Settings, sink: Files) -> Report:
        return pipeline.run(
            file, name, chosen, sink, lists, trusted=trusted, most_faulty=most_faulty, progress=progress
        )

    return _write([OpenFile(file, name)], settings, targets, run, on_report)


def write_as_one(
    files: Sequence[OpenFile],
    settings: Settings,
    targets: Targets,
    lists: Lists | None = None,
    progress: Progress | None = None,
    on_report: Callable[[Report], None] | None = None,
    *,
    name: str | None = None,
    spread: Spread | None = None,
) -> Report:
    """Clean files as one list into its targets, all of them or none; see ``write_files`` and ``run_as_one``."""

    def run(chosen: Settings, sink: Files) -> Report:
        with ExitStack() as stack:
            read = spread.files(files) if spread else files
            for one in read if spread else ():
                stack.callback(one.file.close)
            return pipeline.run_as_one(read, chosen, sink, lists, name=name, progress=progress, spread=spread)

    return _write(files, settings, targets, run, on_report)


def _write(
    sources: Sequence[OpenFile],
    settings: Settings,
    targets: Targets,
    run: Callable[[Settings, Files], Report],
    on_report: Callable[[Report], None] | None,
) -> Report:
    file = sources[0].file
    inputs = _other_inputs(sources[1:], settings)
    with FileSet(None if targets.in_place else file, inputs) as files, ExitStack() as stack:
        unchanged = [stack.enter_context(Unchanged(one.file, one.name)) for one in sources]
        _check_targets(files, targets, settings)

        def commit(report: Report, reports: Sequence[str]) -> Report:
            from csv_preflight.writing.earlier import rejects_in

            replaced = [*reports, *filter(None, [targets.earlier_report])]
            report = replace(report, earlier_rejects=rejects_in(replaced, targets.rejects if report.outputs else None))
            report = _with_reports(files, report, reports, settings)
            files.sync()
            for one in unchanged:
                one.check()
            if on_report:
                on_report(report)
            if targets.in_place:
                file.close()  # Windows cannot replace an open file
            files.commit(rewrites=targets.in_place)
            return report

        clean = files.open(targets.clean)
        sink = Files(files, clean, targets.rejects, split=settings.split)
        report = run(reports.keeping_enough(settings, targets.reports), sink)
        sink.finish()
        report = replace(report, settings={**settings_in_report(settings), **targets.options})
        if targets.saved:
            from csv_preflight.reports.origins import with_origins

            report = with_origins(report, targets.saved)
        untouched = report.untouched
        if targets.in_place and report.rows.rejected:
            # A file with rejects is not rewritten, since their rows would be lost.
            reason = Reason("rejects-in-place", report.rows.rejected)
            report = replace(report, reasons=(*report.reasons, reason))
        if not report.ready or (targets.in_place and untouched):
            files.drop(clean)
            if sink.rejects:
                files.drop(sink.rejects)
            asked = targets.reports if targets.reports_asked_for else ()
            return commit(report, asked)
        if untouched and len(sink.parts()) < 2 and clean.sha256 != report.input.sha256:
            # Ready, except for spelling that no rule is about, such as unneeded quotes.
            clean.restart()
            _copy(file, clean)
        if targets.in_place:
            files.copy_mode(clean, file)
        outputs = _clean_outputs(files, clean, report, settings, sink)
        outputs += _rejects_output(files, report, targets, sink)
        if targets.earlier_report and targets.earlier_report not in targets.reports:
            files.remove(targets.earlier_report, "report")
        return commit(replace(report, outputs=tuple(outputs)), targets.reports)


def _other_inputs(sources: Sequence[OpenFile], settings: Settings) -> list[str]:
    """Return the paths of all that a run reads beside its first file: no output may replace them."""
    read = (*settings.existing, *settings.suppress, *settings.only)
    inputs = [path for entry in read if isinstance(entry, str) for path in files_in(entry)]
    inputs += [path for path in settings.corrections if isinstance(path, str)]
    return inputs + [path for one in sources if isinstance(path := getattr(one.file, "name", None), str)]


def _check_targets(files: FileSet, targets: Targets, settings: Settings) -> None:
    """Refuse targets that cannot be written, or whose suffix promises another form."""
    others = [target for target in (targets.rejects, *targets.reports) if target]
    files.check([targets.clean, *others])
    if settings.split:
        check_parts(targets.clean, others)
    if not targets.in_place:
        for _, wrong in wrong_suffixes(targets.clean, targets.rejects, targets.reports):
            raise SettingsError(wrong)


def _rejects_output(files: FileSet, report: Report, targets: Targets, sink: Files) -> list[Output]:
    """Return the rejects file; without one, remove that of an earlier run."""
    if written := sink.rejects:
        return [Output("rejects", written.target, written.size, report.rows.rejected, written.sha256)]
    if targets.rejects is not None:
        files.remove(targets.rejects)
    return []


def _clean_outputs(files: FileSet, clean: Written, report: Report, settings: Settings, sink: Files) -> list[Output]:
    """Return the clean file, or the parts that replace it and those of an earlier run."""
    if not settings.split:
        return [Output("clean", clean.target, clean.size, report.rows.clean, clean.sha256)]
    parts = sink.write_parts()
    for old in (clean.target, *parts_from(clean.target, len(parts) + 1)):
        files.remove(old)
    return [Output("clean", part.target, part.size, rows, part.sha256) for part, rows in parts]


def _with_reports(files: FileSet, report: Report, targets: Sequence[str], settings: Settings) -> Report:
    """Write the reports; return the report with as many samples as the settings say."""
    for target, text in reports.rendered(report, targets, settings):
        files.open(target, "report").write(text)
    return reports.with_samples(report, settings.samples)


def _copy(file: BinaryIO, target: Written) -> None:
    file.seek(0)
    while block := file.read(1 << 20):
        target.write(block)
