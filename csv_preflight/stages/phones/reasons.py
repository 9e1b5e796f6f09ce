"""Why a number is rejected: what fills the message of its rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csv_preflight import e164
from csv_preflight.model.batch import Batch, PhoneColumn
from csv_preflight.model.layout import Layout
from csv_preflight.model.rule import Parameters
from csv_preflight.model.text_column import TextColumn
from csv_preflight.stages.phones.cell import Examined
from csv_preflight.stages.phones.hints import depend_on_digits, hint
from csv_preflight.stages.phones.regions import RowRegions

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Reasons:
    """What is known of the rows of a batch.

    examined: by row, odd cells; cells: what was read.  unclear: by row, the region that a number is of with a plus.
    conflicts: by row, the regions that the row's country column means.
    """

    batch: Batch
    layout: Layout
    examined: Mapping[int, Examined]
    phones: PhoneColumn
    cells: TextColumn
    regions: RowRegions
    unclear: Mapping[int, str]
    conflicts: Mapping[int, tuple[str, ...]]

    def of_rows(self, rows: Rows, lost_plus: Mapping[int, str]) -> tuple[list[Parameters], Rows]:
        """Return the parameters of some rows' findings, each once or more, and the place of each row's among them.

        lost_plus: by row, the region that its number is of with a plus sign.
        """
        key = self._kinds(rows, lost_plus)
        _, first, which = np.unique(key, return_index=True, return_inverse=True)
        return [self.of(row, lost_plus.get(row, "")) for row in rows[first].tolist()], which

    def _kinds(self, rows: Rows, lost_plus: Mapping[int, str]) -> NDArray[np.int64]:
        """Return a number for each row, the same only for rows of which the same is said."""
        codes = e164.calling_codes(self.phones.e164.take(rows))
        own = depend_on_digits(self.cells.take(rows), codes)
        own |= np.isin(rows, [row for row, found in self.examined.items() if found.parameters])
        if self.layout.region is not None:
            own |= self.phones.outcome[rows] == e164.NO_CALLING_CODE
        key = self.phones.outcome[rows].astype(np.int64) * 1000 + codes
        if self.regions.which is not None:
            key = key * len(self.regions.default) + self.regions.which[rows]
        for said in (lost_plus, self.unclear, self.conflicts):
            if said:
                places: dict[object, int] = {}
                of_row = np.zeros(len(self.cells), np.int64)
                of_row[list(said)] = [places.setdefault(one, len(places) + 1) for one in said.values()]
                key = key * (len(places) + 1) + of_row[rows]
        return np.where(own, -1 - np.arange(len(rows)), key)

    def of(self, row: int, lost_plus: str) -> Parameters:
        """Return the parameters of a row's finding.  lost_plus: the region that the number is of with a plus sign."""
        at = self.examined.get(row)
        region = self.regions.of(row)
        found: dict[str, object] = {"hint": ""}
        if at and at.parameters:
            found |= at.parameters
        elif lost_plus:
            found |= {"hint": "lost-plus", "place": lost_plus}
        else:
            found |= hint(int(self.phones.outcome[row]), self.cells[row], self.phones.e164[row], region)
        found |= {"region": _place(self.phones, row, region), "other": self.unclear.get(row, "")}
        if stated := self.conflicts.get(row):
            found |= {"column": self._stated_name, "stated": " or ".join(stated)}
        elif self.phones.outcome[row] == e164.NO_CALLING_CODE:
            found |= self._why_no_country(row)
        return found

    def unknown_countries(self, rows: Rows) -> Counter[str]:
        """Count what is in the region column of rows in which it names no country for certain; empty cells are not."""
        if self.layout.region is None:
            return Counter()
        cells = map(str.strip, self.batch.columns[self.layout.region].take(rows).tolist())
        return Counter(cell for cell in cells if cell)

    @property
    def _stated_name(self) -> str:
        return self.layout.stated.name if self.layout.stated else ""

    def _why_no_country(self, row: int) -> dict[str, object]:
        """Return why a number without a country code is read in no region."""
        if self.layout.region is None:
            return {"why": "none"}
        cell = self.batch.columns[self.layout.region][row].strip()
        stated = self.regions.stated[int(self.regions.says[row])] if self.regions.says is not None else ()
        why = "empty" if not cell else "several" if stated else "unknown"
        return {"why": why, "column": self._stated_name, "country": cell, "stated": " or ".join(stated)}


def _place(phones: PhoneColumn, row: int, region: str | None) -> str:
    number = phones.e164[row]
    if region is not None and (not number or e164.calling_code_of_region(region) == e164.calling_code_of(number)):
        return region
    return e164.main_region(number) or region or "any country"
