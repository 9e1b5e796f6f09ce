"""Lists of numbers, as paths or Python values -> checked entries; SettingsError for anything else."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from numbers import Integral

from csv_preflight.config.values import parse_path
from csv_preflight.errors import SettingsError
from csv_preflight.inputs import has_line_break, is_frame
from csv_preflight.model.numbers import Numbers

_SEVEN_DIGITS = re.compile(r"(?:[0-9][^0-9]*){7}")
_LIKE_A_PATH = re.compile(r"[/\\]|\.[A-Za-z]\w{0,6}\Z")
_NUMBER = re.compile(r"[+(]?[0-9][-0-9 ().]{4,30}", re.ASCII)


def parse_lists(value: object, option: str) -> tuple[str | Numbers, ...]:
    """Return the paths of lists, and one entry for all numbers given directly.

    value: a path, or an iterable of paths and of numbers, as ints or texts.  A text of digits that is no file's name is
    a number.  No error quotes a number.
    """
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
        elif isinstance(entry, str) and _is_number(entry, option):
            cells.append(entry.strip())
        elif isinstance(entry, str | os.PathLike):
            entries[parse_path(os.fspath(entry), option)] = None
        elif not _is_missing(entry):
            cells.append(_digits(entry, option))
    if cells:  # among numbers, a text that is no file's name is an unreadable cell, which must not be quoted
        cells += [entry for entry in entries if isinstance(entry, str) and not os.path.exists(entry)]  # noqa: PTH110
        entries = {entry: None for entry in entries if entry not in cells}
    result = (*entries, *([Numbers(tuple(cells))] if cells else []))
    if option == "only" and not result and not isinstance(value, tuple):
        raise SettingsError("only: there is no number in it, so nobody could be called")
    return result


def _is_number(text: str, option: str) -> bool:
    """Whether a text, such as a line of a file with its line break, is a phone number instead of a file's name."""
    text = text.removesuffix("\n").removesuffix("\r")
    _refuse_text(text, option)
    if os.path.exists(text):  # noqa: PTH110 - Path cannot hold all texts
        return False
    # A number next to a word is no path either, and must not be quoted as a missing file.
    return bool(_NUMBER.fullmatch(text) or (_SEVEN_DIGITS.search(text) and not _LIKE_A_PATH.search(text)))


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
