"""Text from a list, a file name or a header made harmless: what steers a terminal, hides, or commands a CI runner."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csv_preflight.model.report import Sample


def printable(text: str) -> str:
    r"""Return text with every character that could steer a terminal, or hide, as an escape sequence in letters.

    So is the beginning of the commands that a GitHub runner obeys wherever they stand in a line.

    >>> printable("\x1b[31mred\u202e")
    '\\x1b[31mred\\u202e'
    >>> printable("##[add-mask]a")
    '#\\x23[add-mask]a'
    """
    if not text.isprintable():
        text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
    return text.replace("##[", "#\\x23[") if "##[" in text else text


def printable_path(path: str) -> str:
    """Return a path for the beginning of a line, where a runner obeys ``::command::``.

    >>> printable_path("::error::.csv")
    './::error::.csv'
    """
    shown = printable(path)
    return f"./{shown}" if shown.lstrip().startswith("::") else shown


def message(sample: Sample) -> str:
    """Return what is said of a place, with its cell where there is one."""
    return f"{sample.detail} ({sample.value})" if sample.value else sample.detail
