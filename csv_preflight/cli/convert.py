"""convert: a sheet of a workbook as CSV."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from csv_preflight.cli.options import PATH, Command, with_options
from csv_preflight.cli.progress import ProgressLine
from csv_preflight.cli.running import READY, complain, for_stream, opened
from csv_preflight.reports.printable import printable, printable_path

if TYPE_CHECKING:
    from csv_preflight.workbooks import Conversion
    from csv_preflight.workbooks.sheets import SeveralSheetsError
    from csv_preflight.writing.files import Written

_SUFFIXES = (".csv", ".txt")
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


@click.command(cls=Command, example="csv-preflight convert contacts.xlsx --sheet Contacts")
@click.argument("workbook", type=PATH)
@with_options("convert")
def convert(workbook: str, sheet: str | None, output: str | None, **options: Any) -> int:
    """Write a sheet of an Excel or OpenDocument workbook as CSV."""
    from csv_preflight.errors import WorkbookError
    from csv_preflight.inputs import Unchanged
    from csv_preflight.workbooks.conversion import convert_file
    from csv_preflight.workbooks.sheets import SeveralSheetsError
    from csv_preflight.writing.files import FileSet
    from csv_preflight.writing.targets import leftovers

    target = _target(workbook, output)
    if target != "-":
        for leftover in leftovers([target]):
            complain(f"{printable(str(leftover))} was left by a run that was killed; delete it", str(leftover))
    with opened(workbook, options) as (file, name), FileSet(file) as files, Unchanged(file, name) as unchanged:
        written = files.open(target)
        with ProgressLine(options) as progress:
            try:
                done = convert_file(progress.watched(file), name, written.write, sheet)
            except SeveralSheetsError as error:
                raise WorkbookError(_ways(error, workbook, output)) from error
        if output is None and _is_another_file(written):
            raise WorkbookError(_way_around(target, workbook, sheet))
        files.sync()
        unchanged.check()
        lines = _summary(done, name, target, show_values=bool(options["show_values"]))
        text = for_stream("\n".join(lines), sys.stderr if target == "-" else sys.stdout, (name, target))
        click.echo(text, err=target == "-")
        files.commit()
    return READY


def _ways(error: SeveralSheetsError, workbook: str, output: str | None) -> str:
    """Return the message with a command for each sheet."""
    from csv_preflight.model.settings import DEFAULT_PROFILE
    from csv_preflight.reports.commands import MOST_WAYS, command_line

    named = {"output": output} if output else {}
    given = ({"sheet": name, **named} for name in error.names[:MOST_WAYS])
    commands = (command_line("convert", workbook, DEFAULT_PROFILE, one) for one in given)
    return "\n".join([f"{error}", "next, one of:", *(f"      {command}" for command in commands)])


def _target(workbook: str, output: str | None) -> str:
    """Return the path of the CSV."""
    if output is None:
        path = Path("stdin" if workbook == "-" else workbook)
        suffix = path.suffix.lower()
        stem = path.stem if suffix in (*WORKBOOKS, ".csv") else path.name
        return str(path.with_name(f"{stem}.converted.csv" if suffix == ".csv" else f"{stem}.csv"))
    if output != "-" and Path(output).suffix.lower() not in _SUFFIXES:
        raise click.UsageError(f"-o {printable(output)}: CSV is written; the name must end in {', '.join(_SUFFIXES)}")
    return output


def _is_another_file(written: Written) -> bool:
    """Whether the CSV's default path has a file with other contents."""
    path = Path(written.target)
    if not path.exists():
        return False
    with path.open("rb") as file:
        import hashlib

        return hashlib.file_digest(file, "sha256").hexdigest() != written.sha256


def _way_around(target: str, workbook: str, sheet: str | None) -> str:
    """Return the message about a file that is in the way, with the command that writes another one."""
    from csv_preflight.model.settings import DEFAULT_PROFILE
    from csv_preflight.reports.commands import command_line

    options = {**({"sheet": sheet} if sheet else {}), "output": str(Path(target).with_suffix(".converted.csv"))}
    command = command_line("convert", workbook, DEFAULT_PROFILE, options)
    there = f"{target} is there already; to replace it, name it with -o"
    return f"{there}\nor to write another file:\n      {command}"


def _summary(done: Conversion, name: str, target: str, *, show_values: bool) -> list[str]:
    from csv_preflight.model.settings import DEFAULT_PROFILE
    from csv_preflight.reports.advice import counted
    from csv_preflight.reports.commands import command_line
    from csv_preflight.workbooks.wording import sentences

    path, sheet = printable_path(name), printable(done.sheet)
    lines = []
    for remark in done.remarks:
        for place, text in sentences(remark, show_values=show_values):
            lines.append(f"{path}:{sheet}!{place}: {printable(text)}" if place else f"{path}: {printable(text)}")
    size = f"{counted(done.rows, 'row')} and {counted(done.columns, 'column')} of sheet {sheet}"
    if target == "-":
        return [*lines, f"{path}: {size}"]
    lines.append(f"{printable_path(target)}: {size}")
    options = {"skip-lines": done.title_lines} if done.title_lines else {}
    return [*lines, f"next: {printable(command_line('inspect', target, DEFAULT_PROFILE, options))}"]
