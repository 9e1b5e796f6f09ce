"""Errors that end a run: in words, and in the formats for programs."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, TextIO

import click

from csv_preflight.errors import PreflightError
from csv_preflight.reports.printable import printable

if TYPE_CHECKING:
    from csv_preflight.model.failure import Failure

# Formats that are one document for all lists, and for an error that ended the run; each is a module of reports.
DOCUMENTS = ("sarif", "gitlab", "junit")
# Formats for programs in which each list, or error, is printed as it comes.
LINES = ("json", "github")
# The errors that end a run with a message.
EXPECTED = (OSError, PreflightError, click.ClickException)
STREAMS = ("the standard output", "the standard error")
# In click's context: the run has a printer, which prints an error in the format that was asked for.
PRINTS = "csv_preflight.prints"


def about(error: OSError | PreflightError | click.ClickException, paths: Sequence[str]) -> tuple[str, str]:
    """Return the file that an error is about, "" if it is not about a single one, and its message."""
    if isinstance(error, OSError):
        message, path = describe(error), error.filename
    else:
        message, path = error.format_message() if isinstance(error, click.ClickException) else str(error), None
    return str(path or (paths[0] if len(paths) == 1 else "")), message


def failures_in(form: str, failures: Sequence[Failure]) -> str:
    """Return errors in a format for programs, "" in any other."""
    if form not in (*LINES, *DOCUMENTS):
        return ""
    module = import_module(f"csv_preflight.reports.{form}")
    if form in DOCUMENTS:
        return str(module.render((), failures))
    return "".join(map(module.render_failure, failures))


def is_of_a_stream(error: BaseException) -> bool:
    """Whether an error is about what is printed, so that nothing more can be."""
    return isinstance(error, BrokenPipeError) or getattr(error, "filename", None) in STREAMS


def print_failure(
    context: click.Context,
    error: OSError | PreflightError | click.ClickException,
    form: str,
    paths: Sequence[str],
    to: TextIO,
) -> None:
    """Print an error in a format for programs, unless the run had a printer, which does so."""
    if not (is_of_a_stream(error) or context.meta.get(PRINTS)):
        from csv_preflight.model.failure import Failure

        with contextlib.suppress(OSError):  # nobody listens any more
            click.echo(failures_in(form, [Failure(*about(error, paths))]), file=to, nl=False)


def _hint(name: str) -> str:
    """Return why an option was taken for a file: it comes after --, which ends the options, as in a hook's entry."""
    found = re.fullmatch("--([a-z]+(?:-[a-z]+)*)(?:=.*)?", name)
    if not found:
        return ""
    return (
        f"; what follows -- is a file, not an option. In a pre-commit hook, leave out args: and write {found[1]} = … "
        "in csv-preflight.toml"
    )


def describe(error: OSError) -> str:
    """Return an operating system error in words, in one line."""
    if error.filename is not None and error.strerror:
        return printable(f"{error.filename}: {error.strerror}{_hint(str(error.filename))}")
    return printable(str(error))
