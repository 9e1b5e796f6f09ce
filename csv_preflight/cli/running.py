"""What the commands share while they run: opening files, printing reports, progress, complaints, exit codes."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Self, TextIO, cast

import click

from csv_preflight.reports.printable import printable

if TYPE_CHECKING:
    from csv_preflight.inputs import OpenFile
    from csv_preflight.model.report import Report
    from csv_preflight.reports.totals import Totals

READY, FINDINGS, ERROR = 0, 1, 2
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
    from csv_preflight.inputs import OpenFile, check_names

    _allow_files(len(paths))
    with contextlib.ExitStack() as stack:
        files = [OpenFile(*stack.enter_context(opened(path, given))) for path in paths]
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
def failing_alone(path: str, *, several: bool) -> Iterator[list[str]]:
    """With several files, let one that cannot be read fail without ending the run."""
    failed: list[str] = []
    try:
        yield failed
    except OSError as error:
        if not several or isinstance(error, BrokenPipeError):
            raise
        failed.append(path)
        complain(describe(error))


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
    """Prints reports in the format that the options name.  SARIF is one document for all of them: at the end.

    totals: what several lists come to, printed behind the last of them where people read it.
    """

    def __init__(self, given: Mapping[str, Any], to: TextIO, *, totals: Totals | None = None) -> None:
        self._given, self._to, self._totals = given, to, totals
        self._format = given.get("output_format") or "text"
        self._reports: list[Report] = []
        self._has_shown = False

    def __enter__(self) -> Self:
        return self

    def show(self, report: Report, *, checked: bool) -> None:
        """Print a report, or keep it for the end.  checked: nothing was to be written."""
        self.count(report)
        self._has_shown = True
        if self._format == "sarif":
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

            color, quiet = is_colored(self._given, self._to), bool(self._given.get("quiet"))
            text = render(report, checked=checked, color=color, quiet=quiet)
        self._write(text)

    def count(self, report: Report) -> None:
        """Count a report in the total, where it is not shown."""
        if self._totals:
            self._totals.add(report)

    def failed(self, path: str) -> None:
        """Count a list that could not be read or written."""
        if self._totals:
            self._totals.fail(path)

    def _write(self, text: str) -> None:
        try:
            self._to.write(text)
            self._to.flush()
        except OSError as error:
            error.filename = "the standard output" if self._to is sys.stdout else "the standard error"
            raise

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            return
        if self._format == "sarif":
            from csv_preflight.reports import sarif

            self._write(sarif.render(self._reports))
        elif self._totals and self._has_shown and self._format != "json" and not self._given.get("quiet"):
            apart = "\n" if self._format == "text" else ""
            self._write(f"{apart}{self._totals.text()}\n")


def is_colored(given: Mapping[str, Any], to: TextIO) -> bool:
    """Whether a stream gets colours: as the options say, else a terminal without NO_COLOR."""
    wanted = given.get("color") or "auto"
    if wanted != "auto":
        return bool(wanted == "always")
    return to.isatty() and not os.environ.get("NO_COLOR")


def exit_code(code: int, given: Mapping[str, Any]) -> int:
    """Return the exit code, with --exit-zero in mind."""
    return READY if code == FINDINGS and given.get("exit_zero") else code


class ProgressLine:
    """How far the reading is, on a terminal only, for files that take longer than a second.

    ``rows`` takes the rows read so far; until there are any, ``watched`` files tell how much of them is read.
    """

    def __init__(self, given: Mapping[str, Any]) -> None:
        quiet = given.get("quiet") or os.environ.get("CI") or os.environ.get("PRE_COMMIT")
        self._shown = sys.stderr.isatty() and not quiet
        self._printed = self._has_rows = False

    def __enter__(self) -> Self:
        from time import monotonic

        self._next = monotonic() + 1
        return self

    def watched(self, file: BinaryIO) -> BinaryIO:
        """Return the file, so that its reading is shown."""
        return cast("BinaryIO", _Watched(file, self)) if self._shown else file

    def watching(self, files: Sequence[OpenFile]) -> list[OpenFile]:
        """Return the files of a list, so that their reading is shown."""
        from dataclasses import replace

        return [replace(one, file=self.watched(one.file)) for one in files]

    def rows(self, rows: int) -> None:
        """Show how many rows were read."""
        self._has_rows = True
        if self._is_due():
            self._show(f"{rows:,} rows read")

    def bytes(self, at: int, size: int) -> None:
        """Show how much of a file was looked at before the reading of its rows."""
        if not self._has_rows and self._is_due():
            self._show(f"{at // 1_000_000:,} of {size // 1_000_000:,} MB looked at")

    def _is_due(self) -> bool:
        from time import monotonic

        if not self._shown or monotonic() < self._next:
            return False
        self._next = monotonic() + 0.2
        return True

    def _show(self, text: str) -> None:
        self._printed = True
        sys.stderr.write(f"\r{text}\x1b[K")
        sys.stderr.flush()

    def __exit__(self, *_: object) -> None:
        self.clear()

    def clear(self) -> None:
        """Take the line away."""
        if self._printed:
            self._printed = False
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


class _Watched:
    """A file whose reading is shown."""

    def __init__(self, file: BinaryIO, line: ProgressLine) -> None:
        self._file, self._line = file, line
        self._size = os.fstat(file.fileno()).st_size

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._line.bytes(self._file.tell(), self._size)
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def complain(message: str) -> None:
    """Print a message of the program itself; names in it must not steer a terminal or a CI runner."""
    message = "\n".join(map(printable, message.split("\n")))
    with contextlib.suppress(OSError):  # nobody listens any more
        click.echo(f"csv-preflight: {message}", err=True)


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
