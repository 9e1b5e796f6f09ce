"""Cells that the destination would refuse, in any column that is sent: too long, empty or quoted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from csv_preflight.destinations import longest_cell, required_columns
from csv_preflight.model.batch import Batch
from csv_preflight.model.blank import blank
from csv_preflight.model.finding import Findings
from csv_preflight.model.layout import Column, Layout, source_index
from csv_preflight.model.profile import Profile
from csv_preflight.model.rule import Parameters
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import TextColumn, byte_set

_NEED_QUOTES = {",": "comma", '"': "quote", "\n": "line-break", "\r": "line-break"}
_SPECIAL = byte_set(b',"\r\n')


def check(batch: Batch, layout: Layout, settings: Settings) -> tuple[Batch, Findings]:
    """Return the rows whose cells the destination takes; V004, V005 and V006 for the others."""
    findings = Findings()
    profile = settings.profile
    columns = layout.columns
    required = [layout.indices[place] for place in required_columns(layout.names, profile)]
    for index in required:
        named = {"name": columns[index], "profile": profile.name}
        batch = _without(batch, blank(batch.written(index)), "V005", index, named, findings)
    for index, name in columns.items():
        most = longest_cell(name, profile)
        if most is not None and not (index == layout.identifier and profile.identifier_max_length):
            batch = _short_enough(batch, index, name, most, profile, findings)
    if not profile.quotes and not batch.plain:
        for index, name in columns.items():
            batch = _without_quotes(batch, index, name, profile, findings)
        batch = replace(batch, plain=True)
    return batch, findings


def _without(
    batch: Batch, gone: NDArray[np.bool_], code: str, index: Column, given: Parameters, findings: Findings
) -> Batch:
    """Return the batch without some rows; report them under a rule."""
    if not gone.any():
        return batch
    findings.rows(code, batch, np.flatnonzero(gone), column=source_index(index), parameters=given)
    return batch.take(~gone)


def _short_enough(batch: Batch, index: Column, name: str, most: int, profile: Profile, findings: Findings) -> Batch:
    column = batch.written(index)
    rows = np.flatnonzero(column.lengths > most)
    sizes = np.array([len(cell) for cell in column.take(rows).tolist()], np.int64)
    rows, sizes = rows[sizes > most], sizes[sizes > most]
    if not len(rows):
        return batch
    findings.rows(
        "V004",
        batch,
        rows,
        column=source_index(index),
        parameters=lambda i: {"name": name, "length": int(sizes[i]), "most": most, "profile": profile.name},
    )
    stays = np.ones(len(batch), bool)
    stays[rows] = False
    return batch.take(stays)


def _without_quotes(batch: Batch, index: Column, name: str, profile: Profile, findings: Findings) -> Batch:
    column = batch.written(index)
    rows = np.flatnonzero(_has_special(column))
    if not len(rows):
        return batch
    reasons = [
        {"name": name, "what": next(_NEED_QUOTES[c] for c in cell if c in _NEED_QUOTES), "profile": profile.name}
        for cell in column.take(rows).tolist()
    ]
    findings.rows("V006", batch, rows, column=source_index(index), parameters=reasons)
    stays = np.ones(len(batch), bool)
    stays[rows] = False
    return batch.take(stays)


def _has_special(column: TextColumn) -> NDArray[np.bool_]:
    """Whether each cell holds a comma, a quote or a line ending."""
    packed = column.packed()
    return packed.holding(_SPECIAL.take(packed.data))
