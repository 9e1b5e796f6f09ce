"""The cells of one phone column -> numbers, and the rule that rejects each of the others.

Cells of digits and common punctuation, nearly all in most lists, go to the engine as a column; ``cell`` examines the
others first, one at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from csv_preflight import e164
from csv_preflight.model.batch import Batch, PhoneColumn
from csv_preflight.model.distinct import among, ascending, distinct
from csv_preflight.model.layout import Layout
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import TextColumn
from csv_preflight.model.writing import Writing
from csv_preflight.rules import RULES
from csv_preflight.stages.phones import readings
from csv_preflight.stages.phones.odd import Trimmed, is_odd, without_blanks
from csv_preflight.stages.phones.policy import outside_policy
from csv_preflight.stages.phones.regions import RowRegions, disagreement, has_country_code, row_regions
from csv_preflight.stages.phones.written import number_form, whole_numbers

if TYPE_CHECKING:
    from csv_preflight.stages.phones.cell import Examined

Rows = NDArray[np.intp]
Mask = NDArray[np.bool_]

# The most that ITU-T E.164 allows, country code included; libphonenumber allows more in Germany and Nigeria.
MOST_DIGITS = 15

# Rules that reject a cell; the first stands for none.
RULES_OF_CELLS = ("", *(rule.code for rule in RULES if rule.code.startswith("P0")))
_RULE_BY_OUTCOME = np.full(128, RULES_OF_CELLS.index("P007"), np.int8)
for _outcome, _rule in {
    e164.TOO_SHORT_AFTER_IDD: "P005",
    e164.TOO_SHORT_NSN: "P005",
    e164.PARSED_TOO_LONG: "P006",
    e164.NOT_A_NUMBER: "P002",
    e164.UNKNOWN_CALLING_CODE: "P004",
    e164.TOO_SHORT: "P005",
    e164.TOO_LONG: "P006",
    e164.LOCAL_ONLY: "P005",
}.items():
    _RULE_BY_OUTCOME[_outcome] = RULES_OF_CELLS.index(_rule)


class ReadColumn(NamedTuple):
    """The cells of a phone column and what was decided about them.

    layout: with this as the only phone column.  raw: its cells; odd: the rows whose cells were examined one by one,
    examined: the results by row; trimmed: what was taken off other cells.  cells: the texts that were parsed.
    code: index in RULES_OF_CELLS of the rule that rejects each, 0 for none.  unclear: by row, the number's region with
    a plus sign.  conflicts: by row, the regions in its country column; believed: rows whose number gives another
    country code than their country column.  without_code: whether each is a number without a country code.  writing:
    how the list writes its numbers.
    """

    batch: Batch
    layout: Layout
    raw: TextColumn
    odd: Rows
    examined: Mapping[int, Examined]
    trimmed: Trimmed
    cells: TextColumn
    phones: PhoneColumn
    regions: RowRegions
    code: NDArray[np.int8]
    unclear: Mapping[int, str]
    conflicts: Mapping[int, tuple[str, ...]]
    believed: Mask
    without_code: Mask
    writing: Writing


def read_column(batch: Batch, layout: Layout, settings: Settings) -> ReadColumn:
    """Read the cells of the layout's first phone column."""
    raw = batch.columns[layout.phone].packed()
    trimmed, examined = _examined(raw, _rows_of_no_phone(batch, layout))
    odd = trimmed.odd
    cells = without_blanks(trimmed.cells).replaced(odd, TextColumn.of([found.text for found in examined]))
    writing = layout.writing.get(layout.phone)
    cells, is_whole = whole_numbers(cells, batch, layout, settings, writing.whole if writing else None)
    regions = row_regions(batch, layout, settings)
    phones = e164.parse_column(cells, regions.default, regions.which)
    whole = np.ones(len(cells), bool)
    whole[odd] = [not found.code and not found.letters for found in examined]
    taken, plus = _accepted(phones, settings), number_form(settings) != "digits"
    resolved = readings.resolve_missing_plus(
        cells,
        phones,
        taken,
        np.flatnonzero(whole),
        regions.default,
        regions.which,
        plus=plus,
        possible=settings.accept == "possible",
        writing=writing,
    )
    phones, unclear = resolved.phones, resolved.unclear
    by_row = dict(zip(odd.tolist(), examined, strict=True))
    code = _codes(phones, cells, settings)
    unclear = {row: region for row, region in unclear.items() if code[row] == 0}
    unclear |= readings.another_after_00(
        cells, phones, np.flatnonzero((code == 0) & whole), possible=settings.accept == "possible"
    )
    code[list(unclear)] = place_of("P013")
    _reject_examined(code, by_row, cells, phones, regions)
    accepted = np.flatnonzero(code == 0)
    with_code = has_country_code(cells, phones, accepted, regions)
    other = disagreement(cells, phones, accepted, with_code, regions)
    code[list(other.conflicts)] = place_of("P014")
    without_code = code == place_of("P003")
    without_code[accepted[~with_code]] = True
    without_code[list(other.conflicts)] = True
    believed = np.zeros(len(code), bool)
    believed[other.believed] = True
    for rule, rows in outside_policy(phones, np.flatnonzero(code == 0), settings).items():
        code[rows] = place_of(rule)
    if writing is None:
        writing = replace(
            resolved.writing, whole=is_whole, missing_plus=readings.miss_plus(cells, rows_of_no_number(code))
        )
    return ReadColumn(
        batch,
        layout,
        raw,
        odd,
        by_row,
        trimmed,
        cells,
        phones,
        regions,
        code,
        unclear,
        other.conflicts,
        believed,
        without_code,
        writing,
    )


def _examined(raw: TextColumn, labelled: Rows) -> tuple[Trimmed, list[Examined]]:
    """Return the cells without what is around their numbers, and the results of examining those that are still odd.

    labelled: rows in which a column of labels says that the number is a fax or pager.
    """
    looked = is_odd(raw)
    looked[labelled] = False
    odd = np.flatnonzero(looked)
    if not len(odd) and not len(labelled):
        return Trimmed(raw, odd), []
    from csv_preflight.stages.phones.affixes import without_affixes
    from csv_preflight.stages.phones.cell import LABELLED, examine

    trimmed = without_affixes(raw, odd)
    odd = ascending(np.append(trimmed.odd, labelled))
    examined = [examine(cell) for cell in raw.take(odd).tolist()]
    for place in np.searchsorted(odd, labelled).tolist():
        if examined[place].code != "P001":
            examined[place] = LABELLED
    return trimmed._replace(odd=odd), examined


def _reject_examined(
    code: NDArray[np.int8],
    examined: Mapping[int, Examined],
    cells: TextColumn,
    phones: PhoneColumn,
    regions: RowRegions,
) -> None:
    """Set the rules that reject cells for what was seen when they were examined, by row."""
    for row, found in examined.items():
        if found.letters and phones.outcome[row] != e164.NOT_A_NUMBER:
            code[row] = place_of("P010")
        # Numbers in New Caledonia look like dates.
        if found.code and not (phones.valid[row] and e164.national_form(phones.e164[row]) == cells[row]):
            code[row] = place_of(found.code)
    if parts := [(row, part) for row, found in examined.items() for part in found.before_slash]:
        from csv_preflight.stages.phones.several import rows_of_several

        code[rows_of_several(parts, regions.default, regions.which)] = place_of("P009")


def _rows_of_no_phone(batch: Batch, layout: Layout) -> Rows:
    """Return the rows in which a column of labels says that the number is a fax or pager."""
    if layout.phone not in layout.labels:
        return np.zeros(0, np.intp)
    from csv_preflight.stages.phones.labels import is_no_phone

    labels = batch.columns[layout.labels[layout.phone]]
    rows, which = distinct(labels)
    says_so = np.array([is_no_phone(label) for label in labels.take(rows).tolist()], bool)
    return np.flatnonzero(says_so[which]) if len(which) else which


def rows_of_no_number(code: NDArray[np.int8]) -> Rows:
    """Return the rows whose cells look like numbers, and are none of the country that they are read in."""
    return np.flatnonzero(among(code, map(place_of, ("P003", "P006", "P007"))))


def place_of(rule: str) -> int:
    """Return the index of a rule in RULES_OF_CELLS."""
    return RULES_OF_CELLS.index(rule)


def _codes(phones: PhoneColumn, cells: TextColumn, settings: Settings) -> NDArray[np.int8]:
    """Return the rule (index in RULES_OF_CELLS) that rejects each cell by its outcome, 0 for none."""
    code = _RULE_BY_OUTCOME[phones.outcome]
    code[_accepted(phones, settings)] = 0
    code[(code == 0) & (phones.e164.lengths > MOST_DIGITS + 1)] = place_of("P006")
    unknown = np.flatnonzero(phones.outcome == e164.NO_CALLING_CODE)
    code[unknown] = place_of("P003")
    texts = cells.take(unknown).packed()
    odd = unknown[texts.holding(texts.data == ord("+"))]
    code[odd[[_has_plus(text) for text in cells.take(odd).tolist()]]] = place_of("P004")
    return code


def _accepted(phones: PhoneColumn, settings: Settings) -> NDArray[np.bool_]:
    accepted = phones.valid if settings.accept == "valid" else phones.outcome == e164.POSSIBLE
    result: NDArray[np.bool_] = accepted & (phones.number > 0)
    return result


def _has_plus(text: str) -> bool:
    return text.lstrip(" ([")[:1] == "+"
