"""Why a number is rejected: what fills the message of its rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from csv_preflight import e164
from csv_preflight.model.batch import Batch, PhoneColumn
from csv_preflight.model.layout import Layout
from csv_preflight.model.text_column import TextColumn
from csv_preflight.stages.phones.cell import Examined
from csv_preflight.stages.phones.hints import hint as hint_for
from csv_preflight.stages.phones.regions import RowRegions


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

    def of(self, row: int, lost_plus: str) -> dict[str, object]:
        """Return the parameters of a row's finding.  lost_plus: the region that the number is of with a plus sign."""
        at = self.examined.get(row)
        region = self.regions.of(row)
        if at and at.hint:
            hint = at.hint
        elif lost_plus:
            hint = f"; with + before it, it would be a number of {lost_plus}"
        else:
            hint = hint_for(int(self.phones.outcome[row]), self.cells[row], self.phones.e164[row], region)
        found: dict[str, object] = {
            "hint": hint,
            "form": at.hint if at else "",
            "region": _place(self.phones, row, region),
            "other": self.unclear.get(row, ""),
        }
        if stated := self.conflicts.get(row):
            found |= {"column": self._stated_name, "stated": " or ".join(stated)}
        elif self.phones.outcome[row] == e164.NO_CALLING_CODE:
            found |= self._why_no_country(row)
        return found

    def unknown_country(self, row: int) -> str:
        """Return the cell of the region column where it names no country for certain, "" where it is empty."""
        return "" if self.layout.region is None else self.batch.columns[self.layout.region][row].strip()

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
