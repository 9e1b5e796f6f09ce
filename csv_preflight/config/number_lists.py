"""Lists of numbers, as paths or Python values -> checked entries; SettingsError for anything else."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from numbers import Integral

from csv_preflight.config.values import parse_path
from csv_preflight.errors import SettingsError
from csv_preflight.inputs import has_line_break, is_frame, is_url
from csv_preflight.model.numbers import Numbers

# The path that means the standard input.
STDIN = "-"
_SEVEN_DIGITS = re.compile(r"(?:[0-9][^0-9]*){7}")
# Names of files, even of missing ones: by a suffix of lists, or from a root on.
_OF_A_FILE = re.compile(
    r"\.(?:csv|txt|tsv|tab|dat|lst|list|json|parquet|xls[xmb]?|ods|zip|gz)\Z|\A(?:~?/|\.{1,2}[/\\]|[A-Z]:[/\\])[\w.]",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[+(]?[0-9][-0-9 ().]{4,30}", re.ASCII)


def parse_lists(value: object, option: str) -> tuple[str | Numbers, ...]:
    """Return the paths of lists, and one entry for all numbers given directly.

    value: a path, or an iterable of paths and of numbers, as ints or texts.  A text in an iterable that is no file's
    name is a number or an unreadable cell, which no error quotes.
    """
    is_alone = isinstance(value, str)
    if isinstance(value, str | os.PathLike | Numbers):
        if isinstance(value, str):
            _refuse_text(value, option)
        value = (value,)
    is_other = isinstance(value, bytes | bytearray | memoryview | Mapping) or is_frame(value)
    if is_other or not isinstance(value, Iterable):
        column = ": give its column of numbers, such as frame['phone']" if is_frame(value) else ""
        raise SettingsError(f"{option}: {_a(value)} is neither a file nor numbers{column}")
    entries: dict[str | Numbers, None] = {}  # a list given twice is read once
    cells: list[str] = []
    for entry in value:
        if isinstance(entry, Numbers):
            entries[entry] = None
        elif isinstance(entry, str) and _is_cell(entry, option, alone=is_alone):
            cells.append(entry.strip())
        elif isinstance(entry, str | os.PathLike):
            entries[parse_path(os.fspath(entry), option)] = None
        elif not _is_missing(entry):
            cells.append(_digits(entry, option))
    result = (*entries, *([Numbers(tuple(cells))] if cells else []))
    if option == "only" and not result and not isinstance(value, tuple):
        raise SettingsError("only: there is no number in it, so nobody could be called")
    return result


def _is_cell(text: str, option: str, *, alone: bool) -> bool:
    """Whether a text, such as a line of a file with its line break, is a cell of a list instead of a file's name.

    alone: it is given by itself, so it is a file's name unless it holds a number.
    """
    text = text.removesuffix("\n").removesuffix("\r")
    _refuse_text(text, option)
    if text in ("", STDIN) or os.path.exists(text):  # noqa: PTH110 - Path cannot hold all texts
        return False
    if _NUMBER.fullmatch(text):
        return True
    if _OF_A_FILE.search(text):
        return False
    return bool(_SEVEN_DIGITS.search(text)) or not (alone or is_url(text))


def _refuse_text(text: str, option: str) -> None:
    if has_line_break(text):
        raise TypeError(f"{option}: takes a path, or numbers one by one, not the text of a list")


def _is_missing(value: object) -> bool:
    """Whether a value is None, or NaN as in pandas."""
    return value is None or value != value


def _digits(value: object, option: str) -> str:
    """Return a whole number as text, even from a float, which pandas makes of ints in a column with gaps."""
    if isinstance(value, Integral) and not isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    raise SettingsError(f"{option}: {_a(value)} is neither a file nor a number")


def _a(value: object) -> str:
    """Return the name of a value's type with its article."""
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
