"""Ask on a terminal which column holds the phone numbers, and save the answer in the configuration file."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

import click

from csv_preflight.cli.running import for_stream
from csv_preflight.reports.printable import printable, printable_path

if TYPE_CHECKING:
    from csv_preflight.model.report import Report
    from csv_preflight.model.settings import Settings

# How many columns are shown with a number; any other is given by its name.
MOST_SHOWN = 5
_HOW = "write the number or the name of a column, or several with a comma between"
_OWN_TABLE = re.compile(r"^\[tool\.csv-preflight\][ \t]*(?:#.*)?$", re.MULTILINE)


class _UnclearError(Exception):
    """The run stops until the user has chosen a column: likely one of the candidates, of all columns."""

    def __init__(self, candidates: Sequence[str], columns: Sequence[str]) -> None:
        super().__init__()
        self.candidates, self.columns = tuple(candidates), tuple(columns)


def can_ask(given: Mapping[str, Any], path: str) -> bool:
    """Whether there is a user who reads the text and can answer."""
    by_people = (given.get("output_format") or "text") == "text" and not given.get("quiet")
    unattended = os.environ.get("CI") or os.environ.get("PRE_COMMIT")
    return bool(by_people and path != "-" and not unattended and sys.stdin.isatty() and sys.stdout.isatty())


class Run(Protocol):
    """A run on a list with some settings.  asks: it calls stop_to_ask if there are candidates."""

    def __call__(self, chosen: Settings, *, asks: bool) -> Report:
        """Return the report of the run."""


# By the columns of a list, the settings with the user's choice; None if there was none.
Answers = dict[tuple[str, ...], "Settings | None"]


def asking(
    file: BinaryIO, name: str, path: str, given: Mapping[str, Any], settings: Settings, run: Run, answers: Answers
) -> Report:
    """Run; if several columns may hold the phone numbers and the user can answer, ask and run again.

    answers: to the same question about other lists, which is not asked again.
    """
    if not can_ask(given, path):
        return run(settings, asks=False)
    try:
        return run(settings, asks=True)
    except _UnclearError as question:
        columns = tuple(question.columns)
        if columns not in answers:
            answers[columns] = _ask(file, name, question.candidates, columns, settings, given.get("config"))
    file.seek(0)
    return run(answers[columns] or settings, asks=False)


def stop_to_ask(report: Report) -> None:
    """End a run that has stopped because the user has to choose the phone column."""
    if candidates := _candidates(report):
        raise _UnclearError(candidates, report.input.columns)


def _candidates(report: Report) -> tuple[str, ...]:
    """Return the candidates for the phone column, () if the run has stopped for another reason."""
    from csv_preflight.rules import BY_CODE

    for found in report.findings:
        names_phones = BY_CODE[found.code].ways.get("candidates") == "phone-column"
        chosen = found.samples[0].parameters.get("candidates") if names_phones else None
        if isinstance(chosen, list | tuple):
            return tuple(map(str, chosen))
    return ()


def _ask(
    file: BinaryIO, name: str, candidates: Sequence[str], columns: Sequence[str], settings: Settings, config: str | None
) -> Settings | None:
    """Ask which column holds the phone numbers; return the settings with the answer, None without one.

    file: the list; three masked cells of the first candidates are shown.  config: the configuration file that was
    named.
    """
    from csv_preflight.inspection.preview import preview

    file.seek(0)
    shown, more = candidates[:MOST_SHOWN], len(candidates[MOST_SHOWN:])
    cells = preview(file, shown, settings)
    _echo(f"{printable_path(name)}: which column has the phone numbers?", name)
    width = max(len(printable(column)) for column in shown)
    for number, column in enumerate(shown, start=1):
        text = ", ".join(map(printable, cells.get(column, ())))
        _echo(f"  {number}  {printable(column):<{width}}  {text}".rstrip())
    if more:
        _echo(f"  and {more:,} more; type the name of a column to choose it.")
    _echo("If a person can have several numbers, give the columns in the order in which they count, such as 2,1.")
    named = ", or a name" if more else ""
    chosen: tuple[str, ...] = click.prompt(
        f"column, 1 to {len(shown)}{named} (0 to stop)",
        value_proc=_answer(shown, columns),
        default="0",
        show_default=False,
    )
    if not chosen:
        return None
    target = _config_file(config)
    question = f"save phone-column = {printable(_toml(chosen))} to {printable(str(target))}?"
    if click.confirm(for_stream(question, sys.stdout, [str(target)])):
        save_phone_column(target, chosen)
    return replace(settings, phone_column=chosen if chosen[1:] else chosen[0])


def _echo(text: str, *paths: str) -> None:
    click.echo(for_stream(text, sys.stdout, paths))


def _answer(shown: Sequence[str], columns: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """Return a function that parses an answer: different columns, or 0 for none.

    shown: columns that are given by their number from 1 on; columns: all, which are given by name, in any case.
    """
    by_name = {name.strip().casefold(): name.strip() for name in reversed(columns)}

    def column(text: str) -> str:
        word = text.strip()
        is_number = word.isascii() and word.isdecimal()
        if is_number and len(word) < 4 and 1 <= int(word) <= len(shown):
            return shown[int(word) - 1]
        if named := by_name.get(word.casefold()):
            return named
        if is_number:
            raise click.UsageError(f"the columns are numbered from 1 to {len(shown)}")
        raise click.UsageError(_HOW)

    def read(text: str) -> tuple[str, ...]:
        if text.strip() == "0":
            return ()
        is_spaced = all(word.isdecimal() for word in text.replace(",", " ").split())
        whole = text.strip().casefold() in by_name
        parts = [text] if whole else text.replace(",", " ").split() if is_spaced else text.split(",")
        chosen = tuple(map(column, parts))
        if len(set(chosen)) < len(chosen) or not chosen:
            raise click.UsageError(_HOW)
        return chosen

    return read


def _config_file(named: str | None) -> Path:
    from csv_preflight.config.files import FILE_NAME, find_config

    found = Path(named) if named else find_config(Path.cwd())
    return found or Path(FILE_NAME)


def save_phone_column(path: Path, columns: Sequence[str]) -> None:
    """Write the phone columns into a configuration file, before its first table; create the file if needed."""
    text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    line = f"phone-column = {_toml(columns)}\n"
    if path.name == "pyproject.toml":
        table = _OWN_TABLE.search(text)
        if table is None:
            text = f"{text.rstrip()}\n\n[tool.csv-preflight]\n{line}".lstrip()
        else:
            text = f"{text[: table.end()]}\n{line.rstrip()}{text[table.end() :]}"
    else:
        text = line + text
    path.write_text(text, encoding="utf-8")


def _toml(texts: Sequence[str]) -> str:
    r"""Return texts as a TOML array, a single one as a basic string.

    >>> print(_toml(['a "b"']), _toml(["a", "b"]))
    "a \"b\"" ["a", "b"]
    """
    import json

    value = list(texts) if len(texts) > 1 else texts[0]
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
