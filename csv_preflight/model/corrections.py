"""Rejects files that people have corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from csv_preflight.model.text_column import Positions, TextColumn


@dataclass(frozen=True, slots=True, eq=False)
class Corrections:
    """A corrected rejects file as it was read: the names of its columns, and their cells.

    path: its name in messages.  problem: why it cannot be read, "" where it can.
    """

    path: str
    names: tuple[str, ...] = ()
    columns: tuple[TextColumn, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """Rows that replace those on the same lines of a list.

    path: the file that they are from.  lines: int64, rising.  columns: by index in the list; those that are missing
    here stay, and are empty in rows that could not be split.  file: the one whose rows they are, where the list has
    several.
    """

    path: str
    lines: Positions
    columns: Mapping[int, TextColumn]
    file: str = ""
