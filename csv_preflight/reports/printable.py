"""Text from a list, a file name or a header made harmless: what steers a terminal, hides, or commands a CI runner."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csv_preflight.model.report import Sample

# So many files are named in a sentence.
MOST_NAMED = 5
RUNNER = re.compile(r"##([A-Za-z]*\[)")


def printable(text: str) -> str:
    r"""Return text with every character that could steer a terminal, or hide, as an escape sequence in letters.

    So is the beginning of what a CI runner would take for a command: ``::name::`` at the beginning of a line, which
    GitHub obeys behind blanks, too, and ``##[name]`` or ``##vso[name]`` anywhere in it.

    >>> printable("\x1b[31mred\u202e")
    '\\x1b[31mred\\u202e'
    >>> printable("##[add-mask]a"), printable("##vso[task]a"), printable("::error::a")
    ('#\\x23[add-mask]a', '#\\x23vso[task]a', '\\x3a:error::a')
    """
    if not text.isprintable():
        text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
    if text.lstrip().startswith("::"):
        text = text.replace("::", "\\x3a:", 1)
    return RUNNER.sub(r"#\\x23\1", text) if "##" in text else text


def printable_path(path: str) -> str:
    """Return a path for the beginning of a line, where a runner obeys ``::command::``.

    >>> printable_path("::error::.csv")
    './::error::.csv'
    """
    return printable(f"./{path}" if path.lstrip().startswith("::") else path)


def named(paths: Sequence[str]) -> str:
    """Return paths as they are named in a sentence, not too many of them.

    >>> named(["a.csv", "b.csv", "c.csv"])
    'a.csv, b.csv and c.csv'
    """
    shown = [printable_path(path) for path in paths[:MOST_NAMED]]
    if len(paths) > MOST_NAMED:
        return f"{', '.join(shown)} and {len(paths) - MOST_NAMED:,} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def message(sample: Sample, value: str | None = None) -> str:
    """Return what is said of a place, with its cell where there is one; value: how that is shown."""
    return f"{sample.detail} ({value or sample.value})" if sample.value else sample.detail
