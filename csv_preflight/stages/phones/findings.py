"""Findings about the cells of a phone column: why each reject is rejected, and the fixes of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Findings
from csv_preflight.model.rule import Parameters
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import TextColumn
from csv_preflight.stages.phones import policy, readings
from csv_preflight.stages.phones.column import RULES_OF_CELLS, Mask, ReadColumn, Rows, place_of, rows_of_no_number
from csv_preflight.stages.phones.placeholders import placeholders
from csv_preflight.stages.phones.written import number_form, with_number_columns, written_numbers

# Rules of fixes to what is around a number.
FIXES = ("P102", "P103", "P104", "P107")


class Rejected(NamedTuple):
    """What is reported about rejected numbers as a whole.

    lost_plus: how many seem to have lost their plus sign; region: the default region that would restore it in all of
    them.  unknown: cells of the region column that name no certain country, in rows rejected for that.
    """

    lost_plus: int
    region: str | None
    unknown: Counter[str]


def reject(column: ReadColumn, rejected: Mask, settings: Settings, findings: Findings) -> Rejected:
    """Report the rows that a column rejects."""
    if not rejected.any():
        return Rejected(0, None, Counter())
    from csv_preflight.stages.phones.reasons import reasons, unknown_countries

    code = np.where(rejected, column.code, 0)
    missing = column.writing.missing_plus
    without_plus = readings.without_plus(column.cells, rows_of_no_number(code)) if missing else {}
    one_region = column.regions.which is None and column.regions.default[0] is None
    common = readings.common_region(column.cells, without_plus) if one_region else None
    for place in np.flatnonzero(np.bincount(code, minlength=len(RULES_OF_CELLS))).tolist():
        if place == 0:
            continue
        rule, rows = RULES_OF_CELLS[place], np.flatnonzero(code == place)
        if rule in ("P011", "P012"):
            _, first, which = np.unique(policy.kinds(column.phones, rows), return_index=True, return_inverse=True)
            alike = rows[first].tolist()
            parameters: list[Parameters] = [policy.details(rule, column.phones, row, settings) for row in alike]
        else:
            parameters, which = reasons(column, rows, without_plus)
        findings.rows(rule, column.batch, rows, column=column.layout.phone, parameters=parameters, which=which)
    # If nothing else in the list has lost its plus sign, an ambiguous number may as well have lost its trunk prefix.
    unclear = sum(bool(rejected[row]) for row in column.unclear) if column.writing.lost else 0
    unknown = unknown_countries(column, np.flatnonzero(code == place_of("P003")))
    return Rejected(len(without_plus) + unclear, common, unknown)


def keep(column: ReadColumn, kept: Rows, settings: Settings, findings: Findings) -> Batch:
    """Return the rows to keep, with ``phones`` and the columns that are written from the numbers."""
    batch, layout = column.batch, column.layout
    clean, form = written_numbers(column.phones, settings), number_form(settings)
    fixed, extensions = _fixed(column), _extensions(column)
    # A number changed by another fix is not reported as reformatted as well.
    explained = np.zeros(len(batch), bool)
    for rows in fixed.values():
        explained[rows] = True
    explained[list(extensions)] = False
    same = clean.equals(column.raw)
    same[explained] = clean.take(explained).equals(column.cells.take(explained))
    findings.rows("P101", batch, kept[~same[kept]], column=layout.phone, parameters={"form": form})
    _report_fixes(column, kept, fixed, extensions, findings)
    findings.rows("P108", batch, placeholders(column.phones, kept), column=layout.phone)
    result = replace(batch, phones=column.phones, clean={**batch.clean, layout.phone: clean}).take(kept)
    return with_number_columns(_with_extensions(column, kept, extensions, result), layout, findings)


def _fixed(column: ReadColumn) -> dict[str, Rows]:
    """Return the rows that each fix was made in, in order."""
    examined: dict[str, list[int]] = {code: [] for code in FIXES}
    for row, found in column.examined.items():
        for code in found.fixes:
            examined[code].append(row)
    trimmed, none = column.trimmed.fixes, column.odd[:0]
    return {code: np.sort(np.append(trimmed.get(code, none), rows)).astype(np.intp) for code, rows in examined.items()}


def _extensions(column: ReadColumn) -> dict[int, str]:
    """Return the extension of each row that has one, in order."""
    examined = {row: cell.extension for row, cell in column.examined.items() if cell.extension}
    return dict(sorted((examined | {**column.trimmed.extensions}).items()))


def _report_fixes(
    column: ReadColumn, kept: Rows, fixed: Mapping[str, Rows], extensions: Mapping[int, str], findings: Findings
) -> None:
    batch, layout = column.batch, column.layout
    stays = np.zeros(len(batch), bool)
    stays[kept] = True
    for code, rows in fixed.items():
        findings.rows(code, batch, rows[stays[rows]], column=layout.phone)
    dropped = np.array([*extensions], np.intp)
    dropped = dropped[stays[dropped]]

    def details(index: int) -> dict[str, object]:
        row = int(dropped[index])
        present = batch.columns[layout.extension][row].strip() if isinstance(layout.extension, int) else ""
        return {"kept": "kept" if present in ("", extensions[row]) else "other"}

    parameters = {"kept": ""} if layout.extension is None else details
    findings.rows("P105", batch, dropped, column=layout.phone, parameters=parameters)


def _with_extensions(column: ReadColumn, kept: Rows, extensions: Mapping[int, str], batch: Batch) -> Batch:
    """Write the extensions of the kept rows into their column where it is empty."""
    extension = column.layout.extension
    if extension is None or not (extensions or extension in column.layout.added):
        return batch
    texts = [extensions.get(row, "") for row in kept.tolist()] if extensions else [""] * len(batch)
    if isinstance(extension, int):
        present = batch.columns[extension].tolist()
        texts = [new if new and not cell.strip() else cell for cell, new in zip(present, texts, strict=True)]
    return replace(batch, clean={**batch.clean, extension: TextColumn.of(texts)})
