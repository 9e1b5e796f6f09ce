"""check and clean: a list is ready or it is not; the files that make it so."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from csv_preflight.cli.arguments import lists_named, note_clean_name
from csv_preflight.cli.asking import asking, stop_to_ask
from csv_preflight.cli.options import PATH, Command, printed_again, read_options, refuse_second_stdin, with_options
from csv_preflight.cli.progress import ProgressLine
from csv_preflight.cli.running import (
    ERROR,
    FINDINGS,
    READY,
    Printer,
    complain,
    exit_code,
    failing_alone,
    made_directory,
    opened,
)
from csv_preflight.cli.targets import check_apart, check_one_each, check_outputs, earlier_files, targets_of
from csv_preflight.reports.printable import named, printable

if TYPE_CHECKING:
    from csv_preflight.lists import Lists
    from csv_preflight.model.report import Report
    from csv_preflight.model.settings import Settings
    from csv_preflight.writing.cleaning import Targets

# Where nobody looks at the rejects, a list that mostly fails must not pass: --max-rejects of hooks and uploads.
MOST_FAULTY = "50%"


@click.command(cls=Command, example="csv-preflight check contacts.csv --region US")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=PATH)
@with_options("check")
def check(files: tuple[str, ...], **options: Any) -> int:
    """Say whether FILE is ready as it is. Writes no list."""
    from functools import partial

    from csv_preflight.api import open_lists
    from csv_preflight.reports.totals import Totals

    files = lists_named(files)
    reports = options.pop("report")
    given, settings = read_options(options)
    refuse_second_stdin(files, settings)
    given["report"] = reports  # a check writes nothing because a configuration file says so
    check_outputs(given, None, None)
    if len(files) > 1:
        check_one_each(files, given, None, None)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        given.setdefault("output_format", "github")
    with ProgressLine(given) as progress:
        lists = open_lists(settings, watched=progress.watched)
    code = READY
    with Printer(given, sys.stdout, totals=Totals(checked=True) if len(files) > 1 else None) as printer:
        for path in files:
            with failing_alone(path, several=len(files) > 1) as failed, opened(path, given) as (file, name):
                look = partial(_look, file=file, name=name, given=given, reports=reports, lists=lists)
                report = asking(file, name, path, given, settings, look)
                printer.show(report, checked=True)
                code = max(code, READY if report.ready else FINDINGS)
            if failed:
                code = ERROR
                printer.failed(path)
    return exit_code(code, given)


@click.command(cls=Command, example="csv-preflight clean contacts.csv --region US --identifier-column Name")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=PATH)
@with_options("clean")
def clean(
    files: tuple[str, ...], in_place: bool | None, output: str | None, rejects: str | None, **options: Any
) -> int:
    """Write a clean CSV of FILE, its rejected rows, and a report."""
    from dataclasses import replace
    from functools import partial

    from csv_preflight.api import open_lists
    from csv_preflight.reports.totals import Totals

    if in_place and (output or rejects or options["out_dir"] or "-" in files):
        raise click.UsageError("--in-place goes with none of -o, --rejects, --out-dir and the standard input")
    if rejects == "-":
        raise click.UsageError("--rejects names a file: only the clean CSV can go to the standard output, with -o -")
    if options["split"] and (in_place or output == "-"):
        raise click.UsageError("--split writes several files; it goes with neither --in-place nor -o -")
    files = lists_named(files)
    given, settings = read_options(options)
    if settings.split and (in_place or output == "-"):
        settings = replace(settings, split=False)  # as the configuration file says, where it can be done
    refuse_second_stdin(files, settings)
    if in_place and not options["report"]:
        given.pop("report", None)  # likewise: a hook writes no other file
    check_outputs(given, output, rejects)
    if len(files) > 1:
        check_one_each(files, given, output, rejects)
    plans = {path: targets_of(path, given, output, rejects, in_place=bool(in_place)) for path in files}
    check_apart(files, plans)
    tell_leftovers(plans.values())
    with ProgressLine(given) as progress:
        lists = open_lists(settings, watched=progress.watched)
    code = READY
    faulty = MOST_FAULTY if in_place else None
    to_stdout = output == "-"
    totals = Totals(checked=False) if len(files) > 1 else None
    with Printer(given, sys.stderr if to_stdout else sys.stdout, totals=totals) as printer:
        for path in files:
            with failing_alone(path, several=len(files) > 1) as failed, opened(path, given) as (file, name):
                targets = plans[path]
                if len(files) == 1 and not (in_place or output):
                    note_clean_name(path, targets.clean)

                def tell(report: Report) -> None:
                    nonlocal code
                    code = max(code, show_cleaned(report, printer, in_place=bool(in_place)))

                run = partial(
                    _run,
                    file=file,
                    name=name,
                    path=path,
                    targets=targets,
                    lists=lists,
                    given=given,
                    tell=_quietly if to_stdout else tell,
                    faulty=faulty,
                )
                report = asking(file, name, path, given, settings, run)
                if to_stdout:
                    tell(report)
            if failed:
                code = ERROR
                printer.failed(path)
    return exit_code(code, given)


def _look(
    chosen: Settings,
    *,
    asks: bool,
    file: BinaryIO,
    name: str,
    given: Mapping[str, Any],
    reports: Sequence[str],
    lists: Lists,
) -> Report:
    """Check a list, and write the reports that were asked for.  asks: see ``asking``."""
    from dataclasses import replace

    from csv_preflight.api import check_file
    from csv_preflight.reports.forms import keeping_enough
    from csv_preflight.summary import settings_in_report
    from csv_preflight.writing.reporting import write_reports

    with ProgressLine(given) as progress:
        report = check_file(progress.watched(file), name, keeping_enough(chosen, reports), lists, progress.rows)
    if asks:
        stop_to_ask(report)
    again = {**settings_in_report(chosen), **printed_again({**given, "report": ()})}
    return write_reports(file, replace(report, settings=again), reports, chosen)


def _run(
    chosen: Settings,
    *,
    asks: bool,
    file: BinaryIO,
    name: str,
    path: str,
    targets: Targets,
    lists: Lists,
    given: Mapping[str, Any],
    tell: Callable[[Report], None],
    faulty: str | None,
) -> Report:
    """Clean a list.  asks: see ``asking``."""

    def told(report: Report) -> None:
        if asks:
            stop_to_ask(report)
        tell(report)

    return write(file, name, path, chosen, targets, lists, given, told, faulty)


def _quietly(_: Report) -> None:
    """Say nothing yet: the list itself goes to the standard output first."""


def tell_leftovers(targets: Iterable[Targets]) -> None:
    """Say what runs that were killed have left beside the files of this one."""
    from csv_preflight.writing.targets import leftovers

    paths = (path for one in targets for path in (one.clean, one.rejects, *one.reports) if path)
    for leftover in leftovers(paths):
        complain(f"{printable(str(leftover))} was left by a run that was killed; it holds rows of a list, delete it")


def write(
    file: BinaryIO,
    name: str,
    path: str,
    settings: Settings,
    targets: Targets,
    lists: Lists,
    given: Mapping[str, Any],
    tell: Callable[[Report], None] = lambda _: None,
    most_faulty: str | None = None,
) -> Report:
    """Clean a file into its targets; say what earlier runs have left in their places.

    tell is called with the report before the files are put into their places.  most_faulty: see ``pipeline.run``.
    """
    from csv_preflight.writing.cleaning import write_files
    from csv_preflight.writing.targets import parts_from

    if not settings.split and targets.clean != "-" and (parts := parts_from(targets.clean, 1)):
        complain(f"{printable(parts[0])} was written by an earlier --split; do not upload both")
    with ProgressLine(given) as progress, made_directory(given.get("out_dir")):

        def told(report: Report) -> None:
            progress.clear()
            tell(report)

        source = progress.watched(file)
        earlier = earlier_files(targets)
        report = write_files(source, name, settings, targets, lists, progress.rows, told, most_faulty=most_faulty)
        if earlier and not report.outputs:
            are = "is" if len(earlier) == 1 else "are"
            complain(f"{named(earlier)} {are} from an earlier run: this one wrote no list, so do not use what is there")
        return report


def show_cleaned(report: Report, printer: Printer, *, in_place: bool) -> int:
    """Print what was done; return the exit code."""
    if in_place:
        if not (report.findings or report.outputs):
            printer.count(report)
            return READY
        printer.show(report, checked=not report.outputs)
        return FINDINGS if report.outputs or not report.ready else READY
    printer.show(report, checked=False)
    return READY if report.ready else FINDINGS
