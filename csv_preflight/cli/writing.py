"""Write a list, and report files that earlier runs have left at its targets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from csv_preflight.cli.asking import stop_to_ask
from csv_preflight.cli.progress import ProgressLine
from csv_preflight.cli.running import complain, made_directory
from csv_preflight.cli.targets import earlier_files, outdated_files
from csv_preflight.reports.printable import named, printable
from csv_preflight.shell import quoted

if TYPE_CHECKING:
    from csv_preflight.file_rows import Spread
    from csv_preflight.inputs import OpenFile
    from csv_preflight.model.other_lists import Lists
    from csv_preflight.model.report import Report
    from csv_preflight.model.settings import Settings
    from csv_preflight.writing.cleaning import Targets


def nothing(_: Report) -> None:
    """Do nothing with a report."""


def write(
    file: BinaryIO,
    name: str,
    settings: Settings,
    targets: Targets,
    lists: Lists,
    given: Mapping[str, Any],
    on_report: Callable[[Report], None] = nothing,
    most_faulty: str | None = None,
) -> Report:
    """Clean a file into its targets; report files that earlier runs have left there.

    on_report: called with the report before the files are moved into place.  most_faulty: see ``pipeline.run``.
    """
    from csv_preflight.writing.cleaning import write_files

    def run(progress: ProgressLine, on_report: Callable[[Report], None]) -> Report:
        source = progress.watched(file)
        return write_files(source, name, settings, targets, lists, progress.rows, on_report, most_faulty=most_faulty)

    return _written([name], settings, targets, given, on_report, run)


def write_or_ask(settings: Settings, *, asks: bool, on_report: Callable[[Report], None], **others: Any) -> Report:
    """Clean a list.  asks: see ``asking``; others: arguments of ``write``."""

    def ask_or_report(report: Report) -> None:
        if asks:
            stop_to_ask(report)
        on_report(report)

    return write(settings=settings, on_report=ask_or_report, **others)


def write_as_one(
    files: Sequence[OpenFile],
    settings: Settings,
    targets: Targets,
    lists: Lists,
    given: Mapping[str, Any],
    on_report: Callable[[Report], None] = nothing,
    spread: Spread | None = None,
) -> Report:
    """Clean files as one list; see ``write``.  spread: takes their rows through the stages elsewhere."""
    from csv_preflight.writing import cleaning

    def run(progress: ProgressLine, on_report: Callable[[Report], None]) -> Report:
        sources = progress.watching(files) if spread is None else files
        return cleaning.write_as_one(sources, settings, targets, lists, progress.rows, on_report, spread=spread)

    return _written([one.name for one in files], settings, targets, given, on_report, run)


def _written(
    files: Sequence[str],
    settings: Settings,
    targets: Targets,
    given: Mapping[str, Any],
    on_report: Callable[[Report], None],
    run: Callable[[ProgressLine, Callable[[Report], None]], Report],
) -> Report:
    _refuse_edited(targets)
    reads = [*files, *(path for path in settings.corrections if isinstance(path, str))]
    with ProgressLine(given) as progress, made_directory(given.get("out_dir")):

        def clear_and_report(report: Report) -> None:
            progress.clear()
            _report_earlier(targets, report, reads)
            on_report(report)

        return run(progress, clear_and_report)


def _report_earlier(targets: Targets, report: Report, reads: Sequence[str]) -> None:
    """Print which files of earlier runs are beside those of this one, and not true any more."""
    earlier = outdated_files(targets, report, reads) if report.outputs else earlier_files(targets, reads)
    if earlier:
        are, them = ("is", "it") if len(earlier) == 1 else ("are", "them")
        why = "this run wrote other files" if report.outputs else "this run wrote no list"
        complain(f"{named(earlier)} {are} from an earlier run: {why}, so do not use {them}", *earlier)


def _refuse_edited(targets: Targets) -> None:
    """Refuse to overwrite rejects that somebody has edited since an earlier run wrote them."""
    from csv_preflight.writing.earlier import is_edited

    reports = {*targets.reports, *filter(None, [targets.earlier_report])}
    if targets.rejects and is_edited(targets.rejects, reports, targets.clean):
        path = targets.rejects
        raise click.UsageError(
            f"{printable(path)} was edited since it was written, and would be lost: give it with --corrections "
            f"{printable(quoted(path))}, or name another file with --rejects, or delete it"
        )


def report_leftovers(targets: Iterable[Targets]) -> None:
    """Report files that killed runs have left beside the files of this one."""
    from csv_preflight.writing.targets import leftovers

    paths = (path for one in targets for path in (one.clean, one.rejects, *one.reports) if path)
    for leftover in leftovers(paths):
        complain(
            f"{printable(str(leftover))} was left by a run that was killed; it contains rows of a list, so delete it",
            str(leftover),
        )
