"""check and clean: a list is ready or it is not; the files that make it so."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from csv_preflight.cli.options import PATH, Command, printed_again, read_options, refuse_second_stdin, with_options
from csv_preflight.cli.running import (
    ERROR,
    FINDINGS,
    READY,
    Printer,
    ProgressLine,
    complain,
    exit_code,
    failing_alone,
    made_directory,
    opened,
)
from csv_preflight.reports.printable import printable

if TYPE_CHECKING:
    from csv_preflight.lists import Lists
    from csv_preflight.model.report import Report
    from csv_preflight.model.settings import Settings
    from csv_preflight.writing.cleaning import Targets

# Where nobody looks at the rejects, a list that mostly fails must not pass: --max-rejects of hooks and uploads.
MOST_FAULTY = "50%"


# Suffixes of formats that a spreadsheet or another program would expect behind them.
_FORMATS = frozenset(
    [
        ".csv",
        ".txt",
        ".tsv",
        ".tab",
        ".xlsx",
        ".xlsm",
        ".xlsb",
        ".xls",
        ".ods",
        ".json",
        ".jsonl",
        ".html",
        ".htm",
        ".xml",
        ".pdf",
        ".md",
        ".parquet",
        ".zip",
        ".gz",
    ]
)


@click.command(cls=Command, example="csv-preflight check contacts.csv --region US")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=PATH)
@with_options("check")
def check(files: tuple[str, ...], **options: Any) -> int:
    """Say whether FILE is ready as it is. Writes nothing."""
    from dataclasses import replace

    from csv_preflight.api import check_file, open_lists

    given, settings = read_options(options)
    refuse_second_stdin(files, settings)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        given.setdefault("output_format", "github")
    with ProgressLine(given) as progress:
        lists = open_lists(settings, watched=progress.watched)
    code = READY
    with Printer(given, sys.stdout) as printer:
        for path in files:
            with failing_alone(path, several=len(files) > 1) as failed, opened(path, given) as (file, name):
                with ProgressLine(given) as progress:
                    report = check_file(progress.watched(file), name, settings, lists, progress.rows)
                report = replace(report, settings={**report.settings, **printed_again(given)})
                printer.show(report, checked=True)
                code = max(code, READY if report.ready else FINDINGS)
            code = max(code, ERROR if failed else READY)
    return exit_code(code, given)


@click.command(cls=Command, example="csv-preflight clean contacts.csv --region US --identifier-column Name")
@click.argument("files", nargs=-1, required=True, metavar="FILE", type=PATH)
@with_options("clean")
def clean(
    files: tuple[str, ...], in_place: bool | None, output: str | None, rejects: str | None, **options: Any
) -> int:
    """Write a clean CSV of FILE, its rejected rows, and a report."""
    from dataclasses import replace

    from csv_preflight.api import open_lists

    if len(files) > 1 and not in_place:
        raise click.UsageError("clean takes one FILE; several only with --in-place")
    if in_place and (output or rejects or options["out_dir"] or "-" in files):
        raise click.UsageError("--in-place goes with none of -o, --rejects, --out-dir and the standard input")
    if len(files) > 1 and options["report"]:
        raise click.UsageError("--report goes with one FILE: each list would overwrite the report of the one before")
    if rejects == "-":
        raise click.UsageError("--rejects names a file: only the clean CSV can go to the standard output, with -o -")
    if options["split"] and (in_place or output == "-"):
        raise click.UsageError("--split writes several files; it goes with neither --in-place nor -o -")
    given, settings = read_options(options)
    if settings.split and (in_place or output == "-"):
        settings = replace(settings, split=False)  # as the configuration file says, where it can be done
    refuse_second_stdin(files, settings)
    if in_place and not options["report"]:
        given.pop("report", None)  # likewise: a hook writes no other file
    check_outputs(given, output, rejects)
    with ProgressLine(given) as progress:
        lists = open_lists(settings, watched=progress.watched)
    code = READY
    to_stdout = output == "-"
    with Printer(given, sys.stderr if to_stdout else sys.stdout) as printer:
        for path in files:
            with failing_alone(path, several=len(files) > 1) as failed, opened(path, given) as (file, name):
                targets = targets_of(path, name, given, output, rejects, in_place=bool(in_place))

                def tell(report: Report) -> None:
                    nonlocal code
                    code = max(code, show_cleaned(report, printer, in_place=bool(in_place)))

                faulty = MOST_FAULTY if in_place else None
                if to_stdout:
                    tell(write(file, name, path, settings, targets, lists, given, most_faulty=faulty))
                else:
                    write(file, name, path, settings, targets, lists, given, tell, faulty)
            code = max(code, ERROR if failed else READY)
    return exit_code(code, given)


def check_outputs(given: Mapping[str, Any], output: str | None, rejects: str | None) -> None:
    """Refuse files whose names promise a format in which they are not written, before anything is read."""
    from csv_preflight.reports.forms import SUFFIXES

    for path in given.get("report") or ():
        if Path(path).suffix.lower() not in SUFFIXES:
            raise click.UsageError(f"--report {printable(path)}: the name must end in {', '.join(SUFFIXES)}")
    for option, named, known in (("-o", output, (".csv", ".txt")), ("--rejects", rejects, (".csv", ".txt", ".xlsx"))):
        suffix = Path(named or "").suffix.lower()
        if suffix in _FORMATS and suffix not in known:
            raise click.UsageError(f"{option} {printable(named or '')}: the name must end in {' or '.join(known)}")


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
    """Clean a file into its targets; say what earlier runs have left beside them.

    tell is called with the report before the files are put into their places.  most_faulty: see ``pipeline.run``.
    """
    from csv_preflight.writing.cleaning import write_files
    from csv_preflight.writing.targets import leftovers, parts_from

    for leftover in leftovers(target for target in (targets.clean, targets.rejects, *targets.reports) if target):
        complain(f"{printable(str(leftover))} was left by a run that was killed; it holds rows of a list, delete it")
    if not settings.split and targets.clean != "-" and (parts := parts_from(targets.clean, 1)):
        complain(f"{printable(parts[0])} was written by an earlier --split; do not upload both")
    with ProgressLine(given) as progress, made_directory(given.get("out_dir")):

        def told(report: Report) -> None:
            progress.clear()
            tell(report)

        source = progress.watched(file)
        return write_files(source, name, settings, targets, lists, progress.rows, told, most_faulty=most_faulty)


def show_cleaned(report: Report, printer: Printer, *, in_place: bool) -> int:
    """Print what was done; return the exit code."""
    if in_place:
        if not (report.findings or report.outputs):
            return READY
        printer.show(report, checked=not report.outputs)
        return FINDINGS if report.outputs or not report.ready else READY
    printer.show(report, checked=False)
    return READY if report.ready else FINDINGS


def targets_of(
    path: str, name: str, given: Mapping[str, Any], output: str | None, rejects: str | None, *, in_place: bool
) -> Targets:
    """Return the files that a run on a list writes.

    path: as given, "-" for the standard input; name: what it is called in messages.
    """
    from csv_preflight.writing.cleaning import Targets

    reports = tuple(given.get("report") or ())
    if in_place:
        return Targets(
            path, None, reports, in_place=True, reports_asked_for=True, options=printed_again(given, in_place=True)
        )
    place = Path(given.get("out_dir") or ("." if path == "-" else Path(path).parent))
    stem = Path(name).name
    stem = stem[: -len(Path(stem).suffix)] if Path(stem).suffix.lower() in (".csv", ".txt", ".tsv") else stem
    report = str(place / f"{stem}.report.json")
    return Targets(
        clean=output or str(place / f"{stem}.clean.csv"),
        rejects=rejects or str(place / f"{stem}.rejects.csv"),
        reports=reports or (report,),
        reports_asked_for=bool(reports),
        earlier_report=report,
        options=printed_again(given, output=output, rejects=rejects),
    )
