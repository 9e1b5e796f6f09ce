"""The commands check and clean."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from csv_preflight.cli.arguments import lists_named, note_clean_name
from csv_preflight.cli.asking import Answers, asking, stop_to_ask
from csv_preflight.cli.engines import engine_of, files_of_engine
from csv_preflight.cli.options import (
    PATH,
    Command,
    printed_again,
    read_options,
    refuse_second_stdin,
    refuse_shared_corrections,
    with_options,
)
from csv_preflight.cli.progress import ProgressLine
from csv_preflight.cli.running import (
    ERROR,
    FINDINGS,
    READY,
    Printer,
    all_opened,
    exit_code,
    failing_alone,
    opened,
    stdin_name,
)
from csv_preflight.cli.targets import check_apart, check_one_each, check_outputs, targets_as_one, targets_of
from csv_preflight.cli.writing import nothing, report_leftovers, write_as_one, write_or_ask

if TYPE_CHECKING:
    from csv_preflight.inputs import OpenFile
    from csv_preflight.model.other_lists import Lists
    from csv_preflight.model.report import Report
    from csv_preflight.model.settings import Settings
    from csv_preflight.reports.totals import Totals

# The default of --max-rejects for hooks and uploads, where nobody looks at the rejects of a list that mostly fails.
MOST_FAULTY = "50%"


@click.command(cls=Command, example="csv-preflight check contacts.csv --region US")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=PATH)
@with_options("check")
def check(files: tuple[str, ...], as_one: bool | None, **options: Any) -> int:
    """Say whether FILE is ready as it is. Writes no list."""
    from functools import partial

    from csv_preflight.api import open_lists
    from csv_preflight.inputs import OpenFile

    files = lists_named(files)
    reports = options.pop("report")
    given, settings = read_options(options)
    refuse_second_stdin(files, settings)
    given["report"] = reports  # a check writes no report that only the configuration file asks for
    check_outputs(given, None, None)
    if len(files) > 1 and not as_one:
        check_one_each(files, given, None, None)
    refuse_shared_corrections(files, settings, as_one=bool(as_one))
    if os.environ.get("GITHUB_ACTIONS") == "true":
        given.setdefault("output_format", "github")
    with ProgressLine(given) as progress:
        lists = open_lists(settings, watched=progress.watched)
    code, answers = READY, Answers()
    totals = _totals(checked=True) if len(files) > 1 and not as_one else None
    lists = lists._replace(kept=totals.kept if totals else None)
    with Printer(given, sys.stdout, files, totals=totals) as printer:
        if as_one:
            with all_opened(files, given) as sources:
                report = _look(settings, sources=sources, given=given, lists=lists, as_one=True)
            printer.show(report, checked=True)
            return exit_code(READY if report.ready else FINDINGS, given)
        for path in files:
            with failing_alone(several=len(files) > 1) as failed, opened(path, given) as (file, name):
                source = OpenFile(file, name)
                look = partial(_look, sources=[source], given=given, lists=lists, from_stdin=path == "-")
                report = asking(file, name, path, given, settings, look, answers)
                printer.show(report, checked=True)
                code = max(code, READY if report.ready else FINDINGS)
            if failed:
                code = ERROR
                printer.failed(path, failed[0])
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
    from functools import partial

    from csv_preflight.api import open_lists

    if in_place:
        _refuse_in_place(files, output, rejects, options["out_dir"], as_one=bool(as_one))
    if rejects == "-":
        raise click.UsageError("--rejects names a file: only the clean CSV can go to the standard output, with -o -")
    if options["split"] and (in_place or output == "-"):
        raise click.UsageError("--split writes several files; it cannot be used with --in-place or -o -")
    files = lists_named(files)
    given, settings = read_options(options)
    if settings.split and (in_place or output == "-"):
        settings = replace(settings, split=False)  # set in the configuration file, but not possible here
    refuse_second_stdin(files, settings)
    refuse_shared_corrections(files, settings, as_one=bool(as_one))
    if in_place and not options["report"]:
        given.pop("report", None)  # likewise: a hook writes no other file
    check_outputs(given, output, rejects)
    files = files_of_engine(files, {**given, "output": output}, as_one=bool(as_one))
    if as_one:
        plans = {"": targets_as_one(files, given, output, rejects)}
    else:
        if len(files) > 1:
            check_one_each(files, given, output, rejects)
        plans = {path: targets_of(path, given, output, rejects, in_place=bool(in_place)) for path in files}
        check_apart(files, plans)
    report_leftovers(plans.values())
    with ProgressLine(given) as progress:
        lists = open_lists(settings, watched=progress.watched)
    code, answers = READY, Answers()
    to_stdout = output == "-"
    totals = _totals(checked=False) if len(files) > 1 and not as_one else None
    lists = lists._replace(kept=totals.kept if totals else None)
    with Printer(given, sys.stderr if to_stdout else sys.stdout, files, totals=totals) as printer:

        def show(report: Report) -> None:
            nonlocal code
            code = max(code, show_cleaned(report, printer, in_place=bool(in_place)))

        # The summary comes after a clean file on the standard output.
        before, after = (nothing, show) if to_stdout else (show, nothing)
        if as_one:
            with all_opened(files, given) as sources, engine_of(given) as spread:
                after(write_as_one(sources, settings, plans[""], lists, given, before, spread))
            return exit_code(code, given)
        for path in files:
            with failing_alone(several=len(files) > 1) as failed, opened(path, given) as (file, name):
                if len(files) == 1 and not (in_place or output):
                    note_clean_name(path, plans[path].clean)
                faulty = MOST_FAULTY if in_place else None
                run = partial(
                    write_or_ask,
                    file=file,
                    name=name,
                    targets=plans[path],
                    lists=lists,
                    given=given,
                    on_report=before,
                    most_faulty=faulty,
                )
                after(asking(file, name, path, given, settings, run, answers))
            if failed:
                code = ERROR
                printer.failed(path, failed[0])
    return exit_code(code, given)


def _refuse_in_place(
    files: Sequence[str], output: str | None, rejects: str | None, out_dir: str | None, *, as_one: bool
) -> None:
    """Refuse options that cannot be used with --in-place."""
    if output or rejects or out_dir or "-" in files:
        raise click.UsageError("--in-place cannot be used with -o, --rejects, --out-dir or the standard input")
    if as_one:
        raise click.UsageError("--as-one writes one new file; it cannot be used with --in-place")


def _totals(*, checked: bool) -> Totals:
    """Return totals of several lists, all zero."""
    from csv_preflight.reports.totals import Totals

    return Totals(checked=checked)


def _look(
    settings: Settings,
    *,
    asks: bool = False,
    sources: Sequence[OpenFile],
    given: Mapping[str, Any],
    lists: Lists,
    as_one: bool = False,
    from_stdin: bool = False,
) -> Report:
    """Check a list, and write the reports that the options ask for.  asks: see ``asking``."""
    from dataclasses import replace

    from csv_preflight.api import check_as_one, check_file
    from csv_preflight.reports.forms import keeping_enough
    from csv_preflight.summary import settings_in_report
    from csv_preflight.writing.reporting import write_reports

    kept = keeping_enough(settings, given["report"])
    with ProgressLine(given) as progress:
        watched = progress.watching(sources)
        if as_one:
            report = check_as_one(watched, kept, lists, progress.rows)
        else:
            report = check_file(watched[0].file, watched[0].name, kept, lists, progress.rows)
    if asks:
        stop_to_ask(report)
    called = stdin_name(given) if from_stdin else None
    # A hook has to pass in the end, so the list itself is rewritten.
    in_place = bool(os.environ.get("PRE_COMMIT")) and not (as_one or from_stdin)
    again = printed_again({**given, "report": (), "stdin_name": called}, in_place=in_place)
    report = replace(report, settings={**settings_in_report(settings), **again})
    if given["saved"]:
        from csv_preflight.reports.origins import with_origins

        report = with_origins(report, given["saved"])
    return write_reports([one.file for one in sources], report, given["report"], settings)


def show_cleaned(report: Report, printer: Printer, *, in_place: bool) -> int:
    """Print the result; return the exit code."""
    if in_place:
        if not (report.findings or report.outputs):
            printer.count(report)
            return READY
        printer.show(report, checked=not report.outputs)
        return FINDINGS if report.outputs or not report.ready else READY
    printer.show(report, checked=False)
    return READY if report.ready else FINDINGS
