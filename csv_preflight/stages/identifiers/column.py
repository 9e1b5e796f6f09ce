"""The identifier column: its clean cells and findings.

Nearly all names are plain, which a test of their bytes shows; the others are examined one distinct cell at a time.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Findings
from csv_preflight.model.layout import Layout
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import TextColumn, byte_set

if TYPE_CHECKING:
    from csv_preflight.stages.identifiers.names import Name

# ? and & may be what is left of lost letters and of HTML.
_PLAIN = byte_set(byte for byte in range(0x20, 0x7F) if byte not in b"?&")
_SUSPICIOUS_FIRST = byte_set(b" =+-@")


def check(batch: Batch, layout: Layout, settings: Settings) -> tuple[Batch, Findings]:
    """Return the batch with clean identifiers; rows without one are rejected if the settings say so."""
    findings = Findings()
    if layout.identifier is None or not len(batch):
        return batch, findings
    column = batch.clean.get(layout.identifier, batch.columns[layout.identifier]).packed()
    odd = np.flatnonzero(_is_odd(column))
    examined = _examined(column.take(odd))
    changed = [place for place, name in enumerate(examined) if name.fixed]
    clean = column
    if changed:
        clean = column.replaced(odd[changed], TextColumn.of([examined[place].text for place in changed]))
    at = layout.identifier

    def rows(*places: int) -> NDArray[np.intp]:
        return odd[list(places)] if places else np.zeros(0, np.intp)

    missing = np.flatnonzero(clean.lengths == 0)
    findings.rows("I001", batch, missing, column=at)
    findings.rows("I101", batch, rows(*changed), column=at)
    findings.rows("I002", batch, rows(*(p for p, name in enumerate(examined) if name.formula)), column=at)
    mixed = [place for place, name in enumerate(examined) if name.mixed]
    findings.rows("I003", batch, rows(*mixed), column=at, parameters=lambda i: {"script": examined[mixed[i]].mixed})
    garbled = [place for place, name in enumerate(examined) if name.garbled]
    findings.rows("I004", batch, rows(*garbled), column=at, parameters=lambda i: {"how": examined[garbled[i]].garbled})
    kept = clean.lengths > 0 if settings.require_identifier else np.ones(len(batch), bool)
    if (most := settings.profile.identifier_max_length) is not None:
        kept &= _check_lengths(batch, clean, at, most, settings.profile.name, findings)
    if changed:
        batch = replace(batch, clean={**batch.clean, at: clean})
    return batch if kept.all() else batch.take(kept), findings


def _examined(cells: TextColumn) -> list[Name]:
    if not len(cells):
        return []
    from csv_preflight.stages.identifiers.names import examine

    return [examine(cell) for cell in cells.tolist()]


def _is_odd(cells: TextColumn) -> NDArray[np.bool_]:
    """Whether each cell (packed) has ? or &, outer spaces, a formula's beginning, or other than printable ASCII."""
    odd = cells.holding(~_PLAIN.take(cells.data))
    filled = np.flatnonzero(cells.lengths > 0)
    odd[filled] |= _SUSPICIOUS_FIRST[cells.data[cells.starts[filled]]]
    odd[filled] |= cells.data[cells.ends[filled] - 1] == ord(" ")
    return odd


def _check_lengths(
    batch: Batch, clean: TextColumn, at: int, most: int, profile: str, findings: Findings
) -> NDArray[np.bool_]:
    """Return whether each identifier is short enough; report the others."""
    fits = np.ones(len(clean), bool)
    longer = np.flatnonzero(clean.lengths > most)
    sizes = np.array([len(cell) for cell in clean.take(longer).tolist()], np.int64)
    longer, sizes = longer[sizes > most], sizes[sizes > most]
    fits[longer] = False
    findings.rows(
        "I005",
        batch,
        longer,
        column=at,
        parameters=lambda i: {"length": int(sizes[i]), "most": most, "profile": profile},
    )
    return fits
