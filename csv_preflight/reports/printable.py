"""Make text from a list, a file name or a header safe to print on terminals and in CI logs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csv_preflight.model.report import Sample

# How many files are named in a sentence.
MOST_NAMED = 5
RUNNER = re.compile(r"##([A-Za-z]*\[)")


def printable(text: str) -> str:
    r"""Return text with escapes for control and invisible characters.

    The beginning of a CI runner's command is escaped as well: ``::name::`` at the beginning of a line, even after
    blanks, and ``##[name]`` or ``##vso[name]`` anywhere.

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
    """Return a path that is safe at the beginning of a line, where a runner would obey ``::command::``.

    >>> printable_path("::error::.csv")
    './::error::.csv'
    """
    return printable(f"./{path}" if path.lstrip().startswith("::") else path)


def named(paths: Sequence[str]) -> str:
    """Return paths for a sentence, not too many of them.

    >>> named(["a.csv", "b.csv", "c.csv"])
    'a.csv, b.csv and c.csv'
    """
    # One more name takes no more room than saying so.
    most = MOST_NAMED if len(paths) > MOST_NAMED + 1 else len(paths)
    shown = [printable_path(path) for path in paths[:most]]
    if len(paths) > most:
        return f"{', '.join(shown)} and {len(paths) - MOST_NAMED:,} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def message(sample: Sample, value: str | None = None) -> str:
    """Return the text about a finding with its cell, if there is one.  value: the cell in the form to show."""
    return f"{sample.detail} ({value or sample.value})" if sample.value else sample.detail
