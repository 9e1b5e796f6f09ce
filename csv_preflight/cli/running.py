"""What the commands share while they run: opening files, printing reports, complaints, exit codes."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Self, TextIO

import click

from csv_preflight.model.failure import Failure
from csv_preflight.reports.printable import printable, printable_path

if TYPE_CHECKING:
    from csv_preflight.inputs import OpenFile
    from csv_preflight.model.report import Report
    from csv_preflight.reports.totals import Totals

READY, FINDINGS, ERROR = 0, 1, 2
# Formats that are one document for all lists; each is a module of reports.
DOCUMENTS = ("sarif", "gitlab", "junit")
# Those with a place for what ended a run: GitLab would take a document without findings for a list without faults.
WITH_FAILURES = ("sarif", "junit")
# The smallest screen; a terminal that tells less does not know its size.
LEAST_ROWS, LEAST_COLUMNS = 24, 40
# Files that a run has open besides the lists.
SPARE_FILES = 64


@contextlib.contextmanager
def opened(path: str, given: Mapping[str, Any]) -> Iterator[tuple[BinaryIO, str]]:
    """Open a list, "-" being the standard input; give the file and its name in messages."""
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
    """Let so many files be open at once, where the system lets a process have more than it does by default."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count + SPARE_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):  # opening them says what is wrong
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if most == resource.RLIM_INFINITY else most, most))


def stdin_name(given: Mapping[str, Any]) -> str:
    """Return what the standard input is called in messages."""
    return given.get("stdin_name") or "stdin.csv"


@contextlib.contextmanager
def failing_alone(*, several: bool) -> Iterator[list[str]]:
    """With several files, let one that cannot be read fail without ending the run; give what was said of it, if so."""
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
    """Make a directory, with its parents, for what is written inside; take it away again if that is nothing."""
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
        with contextlib.suppress(OSError):  # the first that is not empty stays, and so do its parents
            for directory in made:
                directory.rmdir()


class Printer:
    """Prints reports in the format that the options name.  Those that are one document for all of them come at the end.

    paths: the lists.  totals: what several come to, printed after the last of them where people read it.
    """

    def __init__(
        self, given: Mapping[str, Any], to: TextIO, paths: Sequence[str], *, totals: Totals | None = None
    ) -> None:
        self._given, self._to, self._paths, self._totals = given, to, paths, totals
        self._format = given.get("output_format") or "text"
        self._reports: list[Report] = []
        self._failures: list[Failure] = []
        self._has_shown = False

    def __enter__(self) -> Self:
        return self

    def show(self, report: Report, *, checked: bool) -> None:
        """Print a report, or keep it for the end.  checked: nothing was to be written."""
        self.count(report)
        self._has_shown = True
        if self._format in DOCUMENTS:
            self._reports.append(report)
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
            )
        self._write(text)

    def _rows(self) -> int | None:
        """Return how many lines a report may take: a screen, where it is one and nobody said how many to show."""
        if self._given.get("max_findings") is not None or not self._to.isatty():
            return None
        from shutil import get_terminal_size

        return max(LEAST_ROWS, get_terminal_size().lines)

    def count(self, report: Report) -> None:
        """Count a report in the total, where it is not shown."""
        if self._totals:
            self._totals.add(report)

    def failed(self, path: str, message: str) -> None:
        """Count a list that could not be read or written, and keep why for the end."""
        self._failures.append(Failure(path, message))
        if self._totals:
            self._totals.fail(path)

    def _write(self, text: str) -> None:
        try:
            self._to.write(text)
            self._to.flush()
        except OSError as error:
            error.filename = "the standard output" if self._to is sys.stdout else "the standard error"
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if self._format in WITH_FAILURES and isinstance(error, OSError):
            self.failed(str(error.filename or " + ".join(self._paths)), describe(error))
        elif kind is not None:
            return
        if self._format in DOCUMENTS:
            document = import_module(f"csv_preflight.reports.{self._format}")
            self._write(document.render(self._reports, self._failures))
        elif self._totals and self._has_shown and self._format != "json" and not self._given.get("quiet"):
            apart = "\n" if self._format == "text" else ""
            self._write(f"{apart}{for_stream(self._totals.text(), self._to, self._paths)}\n")


def is_colored(given: Mapping[str, Any], to: TextIO) -> bool:
    """Whether a stream gets colours: as the options say, else a terminal without NO_COLOR."""
    wanted = given.get("color") or "auto"
    if wanted != "auto":
        return bool(wanted == "always")
    return to.isatty() and not os.environ.get("NO_COLOR")


def columns_of(to: TextIO) -> int | None:
    """Return how many cells a line of a stream may take; None where it is no terminal, and lines stay as they are."""
    if not to.isatty():
        return None
    from shutil import get_terminal_size

    return max(LEAST_COLUMNS, get_terminal_size().columns)


def for_stream(text: str, to: TextIO, whole: Iterable[str] = ()) -> str:
    """Return text as a stream takes it: on a terminal in lines broken at blanks.  whole: paths that are not broken."""
    columns = columns_of(to)
    if columns is None:
        return text
    from csv_preflight.reports.screen import wrapped

    return "\n".join(line for part in text.split("\n") for line in wrapped(part, columns, indent=2, whole=whole))


def exit_code(code: int, given: Mapping[str, Any]) -> int:
    """Return the exit code, with --exit-zero in mind."""
    return READY if code == FINDINGS and given.get("exit_zero") else code


def complain(message: str, *paths: str) -> None:
    """Print a message of the program itself; names in it must not steer a terminal or a CI runner.

    paths: those in the message, which are not broken at the end of a line.
    """
    message = "\n".join(map(printable, message.split("\n")))
    with contextlib.suppress(OSError):  # nobody listens any more
        click.echo(for_stream(f"csv-preflight: {message}", sys.stderr, map(printable_path, paths)), err=True)


def _hint(name: str) -> str:
    """Say why an option was taken for a file: behind --, which ends the options, as in the entry of a hook."""
    found = re.fullmatch("--([a-z]+(?:-[a-z]+)*)(?:=.*)?", name)
    if not found:
        return ""
    return (
        f"; what follows -- is a file, not an option. In a pre-commit hook, leave out args: and write {found[1]} = … "
        "in csv-preflight.toml"
    )


def describe(error: OSError) -> str:
    """Say in words what the operating system could not do, in one line."""
    if error.filename is not None and error.strerror:
        return printable(f"{error.filename}: {error.strerror}{_hint(str(error.filename))}")
    return printable(str(error))
