"""File names from a page: shown and used for downloads, but never as a path."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from csv_preflight.inputs import stem

LONGEST = 100
# Characters that Windows does not allow in a name, and separators of folders on any system.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def file_name(given: str | None, otherwise: str) -> str:
    r"""Return the last part of a name without characters that are unsafe for file systems, shells or people.

    >>> file_name("C:\\lists\\June 2026.csv", "list.csv"), file_name("../../etc/passwd", "list.csv")
    ('June 2026.csv', 'passwd')
    """
    last = re.split(r"[/\\]", given or "")[-1]
    # Category C: control characters, bidi marks, lone surrogates.
    seen = "".join(c for c in last if not unicodedata.category(c).startswith("C") and c not in "\u2028\u2029")
    name = _FORBIDDEN.sub("_", seen).strip().lstrip(".-").rstrip(". ")
    if not name or _RESERVED.fullmatch(name):
        return otherwise
    path = PurePosixPath(name)
    return name if len(name) <= LONGEST else path.stem[: LONGEST - len(path.suffix[:10])] + path.suffix[:10]


def converted(name: str) -> str:
    """Return the name of the CSV converted from a workbook."""
    path = PurePosixPath(name)
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return f"{path.stem}.converted.csv"
    return f"{path.stem if suffix in _WORKBOOKS else path.name}.csv"


def rejects_name(name: str, number: int) -> str:
    """Return the name of a list's rejects, by their number from 1.

    >>> rejects_name("june.csv", 1), rejects_name("june.csv", 2)
    ('june.rejects.csv', 'june.rejects.2.csv')
    """
    return f"{stem(name)}.rejects{f'.{number}' if number > 1 else ''}.csv"
