"""Shared by the commands: opening files, printing reports and errors, exit codes."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Self, TextIO

import click

from csv_preflight.cli.failing import (
    DOCUMENTS,
    EXPECTED,
    LINES,
    PRINTS,
    STREAMS,
    about,
    describe,
    failures_in,
    is_of_a_stream,
)
from csv_preflight.reports.printable import printable, printable_path

if TYPE_CHECKING:
    from csv_preflight.inputs import OpenFile
    from csv_preflight.model.failure import Failure
    from csv_preflight.model.report import Report
    from csv_preflight.reports.totals import Totals

READY, FINDINGS, ERROR = 0, 1, 2
# The smallest screen; a terminal that reports less does not know its size.
LEAST_ROWS, LEAST_COLUMNS = 24, 40
# Rows of the screen that are left for the totals of several lists.
TOTALS_ROWS = 5
# Up to this many lists, those that are ready are named as well; of more, they are only counted.
MOST_READY = 8
# How many files a run has open besides the lists.
SPARE_FILES = 64


@contextlib.contextmanager
def opened(path: str, given: Mapping[str, Any]) -> Iterator[tuple[BinaryIO, str]]:
    """Open a list, "-" being the standard input; yield the file and its name in messages."""
    from csv_preflight.inputs import open_source

    if path == "-":
        with open_source(sys.stdin.buffer) as (file, _):
            yield file, stdin_name(given)
    else:
        with open_source(path) as (file, name):
            yield file, name


@contextlib.contextmanager
def all_opened(paths: Sequence[str], given: Mapping[str, Any]) -> Iterator[list[OpenFile]]:
    """Open the files of one list."""
    from csv_preflight.inputs import OpenFile, check_names, is_url

    _allow_files(len(paths))
    files = []
    with contextlib.ExitStack() as stack:
        for path in paths:
            if is_url(path) and given.get("engine") == "dask":
                from csv_preflight.engines.paths import path_file

                file = stack.enter_context(contextlib.closing(path_file(path)))
                files.append(OpenFile(file, path))
            else:
                files.append(OpenFile(*stack.enter_context(opened(path, given))))
        check_names([file.name for file in files])
        yield files


def _allow_files(count: int) -> None:
    """Raise the limit of open files to this count, if the system allows it."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count + SPARE_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):  # opening the files reports the problem
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if most == resource.RLIM_INFINITY else most, most))


def stdin_name(given: Mapping[str, Any]) -> str:
    """Return the name of the standard input in messages."""
    return given.get("stdin_name") or "stdin.csv"


@contextlib.contextmanager
def failing_alone(*, several: bool) -> Iterator[list[str]]:
    """With several files, let an unreadable one fail without ending the run; yield a list for its message."""
    failed: list[str] = []
    try:
        yield failed
    except OSError as error:
        if not several or isinstance(error, BrokenPipeError):
            raise
        failed.append(describe(error))
        complain(failed[0], str(error.filename or ""))


@contextlib.contextmanager
def made_directory(path: str | None) -> Iterator[None]:
    """Create a directory with its parents; remove it again if it stays empty."""
    made = []
    for directory in [Path(path), *Path(path).parents] if path else []:
        if directory.exists():
            break
        made.append(directory)
    if path:
        Path(path).mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):  # stops at the first directory that is not empty
            for directory in made:
                directory.rmdir()


class Printer:
    """Prints reports in the format of the options; formats with one document for all lists come at the end.

    paths: the lists.  totals: of several lists, printed after the last one in text formats.
    """

    def __init__(
        self, given: Mapping[str, Any], to: TextIO, paths: Sequence[str], *, totals: Totals | None = None
    ) -> None:
        self._given, self._to, self._paths, self._totals = given, to, paths, totals
        self._format = given.get("output_format") or "text"
        self._reports: list[Report] = []
        self._failures: list[Failure] = []
        self._has_shown = self._has_written = self._was_long = False

    def __enter__(self) -> Self:
        if context := click.get_current_context(silent=True):
            context.meta[PRINTS] = True
        return self

    def show(self, report: Report, *, checked: bool, sends: Sequence[str] = ()) -> None:
        """Print a report, or keep it for the end.

        checked: the run was only a check.  sends: options of an upload that follows.
        """
        self.count(report)
        if self._is_only_counted(report, checked=checked):
            self._has_shown = True
            return
        if self._format in DOCUMENTS:
            self._reports.append(report)
            self._has_shown = True
            return
        if self._format == "json":
            from csv_preflight.reports.json import render_line

            text = render_line(report)
        elif self._format == "github":
            from csv_preflight.reports import github

            text = github.render(report, checked=checked)
        else:
            from csv_preflight.reports.terminal import render

            text = render(
                report,
                checked=checked,
                color=is_colored(self._given, self._to),
                quiet=bool(self._given.get("quiet")),
                verbose=bool(self._given.get("verbose")),
                columns=columns_of(self._to),
                rows=self._rows(),
                after=TOTALS_ROWS if self._totals else 0,
                sends=sends,
            )
            text = self._apart(text)
        self._has_shown = True
        self._write(text)

    def _is_only_counted(self, report: Report, *, checked: bool) -> bool:
        is_plain = checked and report.ready and not report.findings and not self._given.get("verbose")
        return bool(is_plain and self._totals and len(self._paths) > MOST_READY and self._format in ("text", "github"))

    def _apart(self, text: str) -> str:
        """Return a report with an empty line before it, where one of several lists has more than a line."""
        is_long = text.count("\n") > 1
        is_apart = self._totals and self._has_written and (is_long or self._was_long) and not self._given.get("quiet")
        self._was_long = is_long
        return f"\n{text}" if is_apart else text

    def _rows(self) -> int | None:
        """Return how many lines a report may take: its share of the screen, unless the options say how much to show."""
        rows = rows_of(self._to)
        if rows is None or self._given.get("max_findings") is not None:
            return None
        return rows // (len(self._paths) if self._totals else 1)

    def count(self, report: Report) -> None:
        """Count a report that is not shown in the total."""
        if self._totals:
            self._totals.add(report)

    def failed(self, path: str, message: str) -> None:
        """Count a list that could not be read or written, and keep the error for the end."""
        from csv_preflight.model.failure import Failure

        self._failures.append(Failure(path, message))
        if self._totals:
            self._totals.fail(path)
        if self._format in LINES:
            self._write(failures_in(self._format, self._failures[-1:]))

    def _write(self, text: str) -> None:
        self._has_written = True
        try:
            self._to.write(text)
            self._to.flush()
        except OSError as error:
            error.filename = STREAMS[0] if self._to is sys.stdout else STREAMS[1]
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if isinstance(error, EXPECTED) and self._format in (*LINES, *DOCUMENTS):
            if is_of_a_stream(error):
                return
            self.failed(*about(error, self._paths))
        elif kind is not None:
            return
        if self._format in DOCUMENTS:
            document = import_module(f"csv_preflight.reports.{self._format}")
            self._write(document.render(self._reports, self._failures))
        elif self._totals and self._has_shown and self._format != "json" and not self._given.get("quiet"):
            apart = "\n" if self._format == "text" and self._has_written else ""
            self._write(f"{apart}{for_stream(self._totals.text(), self._to, self._paths)}\n")


def is_colored(given: Mapping[str, Any], to: TextIO) -> bool:
    """Whether a stream gets colours: by the options, else on a terminal without NO_COLOR."""
    wanted = given.get("color") or "auto"
    if wanted != "auto":
        return bool(wanted == "always")
    return to.isatty() and not os.environ.get("NO_COLOR")


def columns_of(to: TextIO) -> int | None:
    """Return the width of a stream's lines in columns, None if it is no terminal and lines are not wrapped."""
    if not to.isatty():
        return None
    from shutil import get_terminal_size

    return max(LEAST_COLUMNS, get_terminal_size().columns)


def rows_of(to: TextIO) -> int | None:
    """Return the number of lines that a stream's screen has, None if it is no terminal."""
    if not to.isatty():
        return None
    from shutil import get_terminal_size

    return max(LEAST_ROWS, get_terminal_size().lines)


def for_stream(text: str, to: TextIO, whole: Iterable[str] = ()) -> str:
    """Return text for a stream: on a terminal, wrapped at blanks.  whole: paths that are not split."""
    columns = columns_of(to)
    if columns is None:
        return text
    from csv_preflight.reports.screen import wrapped

    return "\n".join(line for part in text.split("\n") for line in wrapped(part, columns, indent=2, whole=whole))


def exit_code(code: int, given: Mapping[str, Any]) -> int:
    """Return the exit code, taking --exit-zero into account."""
    return READY if code == FINDINGS and given.get("exit_zero") else code


def complain(message: str, *paths: str) -> None:
    """Print a message of the program to stderr, with names escaped for terminals and CI runners.

    paths: those in the message, which are not split when it is wrapped.
    """
    message = "\n".join(map(printable, message.split("\n")))
    with contextlib.suppress(OSError):  # nobody listens any more
        click.echo(for_stream(f"csv-preflight: {message}", sys.stderr, map(printable_path, paths)), err=True)
