"""Rejects files that people have corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from csv_preflight.model.text_column import Positions, TextColumn


@dataclass(frozen=True, slots=True, eq=False)
class Corrections:
    """A corrected rejects file: the names of its columns, and their cells.

    path: its name in messages.  problem: why it cannot be read, "" if it can.
    """

    path: str
    names: tuple[str, ...] = ()
    columns: tuple[TextColumn, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """Rows that replace those on the same lines of a list.

    path: the file of corrections.  lines: int64, ascending.  columns: by index in the list; missing ones stay
    unchanged, and are empty in rows that could not be split.  file: the file of the list that they belong to, if it has
    several.
    """

    path: str
    lines: Positions
    columns: Mapping[int, TextColumn]
    file: str = ""


def corrected_rows(changes: Iterable[Changes]) -> dict[tuple[str, int], str]:
    """Return the file of corrections of each corrected row, by its file and line in the list."""
    return {(one.file, line): one.path for one in changes for line in one.lines.tolist()}
