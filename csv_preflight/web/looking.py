"""A list that was just received -> a description for the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from csv_preflight.inspection import Inspection, inspect_file
from csv_preflight.model.finding import Stop
from csv_preflight.model.report import RuleFindings
from csv_preflight.model.rule import Outcome
from csv_preflight.model.settings import Settings
from csv_preflight.reading import first_batch, open_list
from csv_preflight.rules.wording import shown

# How many cells of each column are shown.
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the kind of its cells, and the first ones, masked unless show_values is set."""

    name: str
    looks_like: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A line of the list as one encoding reads it."""

    encoding: str
    text: str


@dataclass(frozen=True, slots=True)
class Look:
    """The description of a list.  columns: () if it could not be read as a table; stop: why.

    readings: of one line in different encodings, if only a person can decide which is right.
    """

    inspection: Inspection
    columns: tuple[Column, ...]
    stop: RuleFindings | None = None
    readings: tuple[Reading, ...] = ()

    @property
    def is_workbook(self) -> bool:
        """Whether the file is a workbook that can be converted."""
        return self.stop is not None and bool(self.stop.samples[0].parameters.get("converts"))


def look(path: Path, name: str, settings: Settings) -> Look:
    """Examine the beginning of a list.  name: of the list."""
    with path.open("rb") as file:
        inspection = inspect_file(file, name, settings)
        stop = next((entry for entry in inspection.findings if entry.outcome is Outcome.STOP), None)
        if not inspection.readable:
            return Look(inspection, (), stop, _readings(stop))
        file.seek(0)
        opened = open_list(file, settings)
        first = opened if isinstance(opened, Stop) else first_batch(opened, opened.reader.batches())
        if isinstance(first, Stop):
            return Look(inspection, (), stop)
        head = first.take(np.arange(min(len(first), 50)))
        cells = [_examples(column.tolist(), show_values=settings.show_values) for column in head.columns]
    columns = zip(inspection.columns, cells, strict=False)
    return Look(inspection, tuple(Column(one.name, one.looks_like, examples) for one, examples in columns), stop)


def _examples(cells: Sequence[str], *, show_values: bool) -> tuple[str, ...]:
    filled = list(dict.fromkeys(cell for cell in cells if cell.strip()))[:EXAMPLES]
    return tuple(shown(cell, show_values=show_values) for cell in filled)


def _readings(stop: RuleFindings | None) -> tuple[Reading, ...]:
    if stop is None:
        return ()
    parameters = stop.samples[0].parameters
    pairs = ((parameters.get(f"{which}_encoding"), parameters.get(which)) for which in ("first", "second"))
    return tuple(Reading(str(encoding), str(text)) for encoding, text in pairs if encoding)
