"""check and clean: a list is ready or it is not; the files that make it so."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from csv_preflight.cli.arguments import lists_named, note_clean_name
from csv_preflight.cli.engines import check_engine, engine_of
from csv_preflight.cli.options import (
    PATH,
    Command,
    read_options,
    refuse_second_stdin,
    refuse_shared_corrections,
    with_options,
)
from csv_preflight.cli.running import (
    ERROR,
    FINDINGS,
    READY,
    Printer,
    ProgressLine,
    all_opened,
    exit_code,
    failing_alone,
    opened,
)
from csv_preflight.cli.targets import check_apart, check_one_each, check_outputs, targets_as_one, targets_of
from csv_preflight.cli.writing import nothing, tell_leftovers, write, write_as_one

if TYPE_CHECKING:
    from csv_preflight.model.report import Report

# Where nobody looks at the rejects, a list that mostly fails must not pass: --max-rejects of hooks and uploads.
MOST_FAULTY = "50%"


@click.command(cls=Command, example="csv-preflight check contacts.csv --region US")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=PATH)
@with_options("check")
def check(files: tuple[str, ...], as_one: bool | None, **options: Any) -> int:
    """Say whether FILE is ready as it is. Writes nothing."""
    from csv_preflight.api import check_as_one, check_file, open_lists
    from csv_preflight.reports.totals import Totals

    files = lists_named(files)
    given, settings = read_options(options)
    refuse_second_stdin(files, settings)
    refuse_shared_corrections(files, settings)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        given.setdefault("output_format", "github")
    with ProgressLine(given) as progress:
        lists = open_lists(settings, watched=progress.watched)
    code = READY
    totals = Totals(checked=True) if len(files) > 1 and not as_one else None
    with Printer(given, sys.stdout, totals=totals) as printer:
        if as_one:
            with all_opened(files, given) as sources, ProgressLine(given) as progress:
                report = check_as_one(progress.watching(sources), settings, lists, progress.rows)
            printer.show(report, checked=True)
            return exit_code(READY if report.ready else FINDINGS, given)
        for path in files:
            with failing_alone(path, several=len(files) > 1) as failed, opened(path, given) as (file, name):
                with ProgressLine(given) as progress:
                    report = check_file(progress.watched(file), name, settings, lists, progress.rows)
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
    files: tuple[str, ...],
    as_one: bool | None,
    in_place: bool | None,
    output: str | None,
    rejects: str | None,
    **options: Any,
) -> int:
    """Write a clean CSV of FILE, its rejected rows, and a report."""
    from dataclasses import replace

    from csv_preflight.api import open_lists
    from csv_preflight.reports.totals import Totals

    if in_place and (output or rejects or options["out_dir"] or "-" in files):
        raise click.UsageError("--in-place goes with none of -o, --rejects, --out-dir and the standard input")
    if in_place and as_one:
        raise click.UsageError("--as-one writes one new file; it does not go with --in-place")
    if rejects == "-":
        raise click.UsageError("--rejects names a file: only the clean CSV can go to the standard output, with -o -")
    if options["split"] and (in_place or output == "-"):
        raise click.UsageError("--split writes several files; it goes with neither --in-place nor -o -")
    files = lists_named(files)
    given, settings = read_options(options)
    if settings.split and (in_place or output == "-"):
        settings = replace(settings, split=False)  # as the configuration file says, where it can be done
    refuse_second_stdin(files, settings)
    refuse_shared_corrections(files, settings)
    if in_place and not options["report"]:
        given.pop("report", None)  # likewise: a hook writes no other file
    check_outputs(given, output, rejects)
    check_engine(files, given, as_one=bool(as_one))
    if as_one:
        plans = {"": targets_as_one(files, given, output, rejects)}
    else:
        if len(files) > 1:
            check_one_each(files, given, output, rejects)
        plans = {path: targets_of(path, given, output, rejects, in_place=bool(in_place)) for path in files}
        check_apart(files, plans)
    tell_leftovers(plans.values())
    with ProgressLine(given) as progress:
        lists = open_lists(settings, watched=progress.watched)
    code = READY
    to_stdout = output == "-"
    totals = Totals(checked=False) if len(files) > 1 and not as_one else None
    with Printer(given, sys.stderr if to_stdout else sys.stdout, totals=totals) as printer:

        def tell(report: Report) -> None:
            nonlocal code
            code = max(code, show_cleaned(report, printer, in_place=bool(in_place)))

        # What goes to the standard output is not told of before it is there.
        before, after = (nothing, tell) if to_stdout else (tell, nothing)
        if as_one:
            with all_opened(files, given) as sources, engine_of(given) as spread:
                after(write_as_one(sources, settings, plans[""], lists, given, before, spread))
            return exit_code(code, given)
        for path in files:
            with failing_alone(path, several=len(files) > 1) as failed, opened(path, given) as (file, name):
                if len(files) == 1 and not (in_place or output):
                    note_clean_name(path, plans[path].clean)
                faulty = MOST_FAULTY if in_place else None
                after(write(file, name, settings, plans[path], lists, given, before, faulty))
            if failed:
                code = ERROR
                printer.failed(path)
    return exit_code(code, given)


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
