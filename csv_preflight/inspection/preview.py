"""A few masked cells of each column, for a user who has to choose one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from csv_preflight.model.finding import Stop
from csv_preflight.model.settings import Settings
from csv_preflight.reading import first_batch, open_list
from csv_preflight.rules.wording import shown
from csv_preflight.stages.columns import clean_name

CELLS = 3


def preview(file: BinaryIO, names: Sequence[str], settings: Settings) -> Mapping[str, tuple[str, ...]]:
    """Return up to three cells of each column by its name, masked unless the settings say otherwise.

    file: seekable, at its start; its position is kept.
    """
    opened = open_list(file, settings)
    if isinstance(opened, Stop):
        return {}
    first = first_batch(opened, opened.reader.batches())
    file.seek(0)
    if isinstance(first, Stop):
        return {}
    places = {clean_name(name): index for index, name in enumerate(opened.reader.header)}
    result = {}
    for name in names:
        cells = (cell for cell in first.columns[places[name]].tolist() if cell.strip()) if name in places else ()
        result[name] = tuple(
            shown(cell, show_values=settings.show_values) for cell, _ in zip(cells, range(CELLS), strict=False)
        )
    return result
