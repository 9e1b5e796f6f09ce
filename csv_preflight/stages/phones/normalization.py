"""Phone cells -> E.164 or a finding: spreadsheet damage, several numbers, letters, policy.

Cells made of digits and common punctuation, nearly all of a list, go to the engine as a column; ``cell`` looks
at the others first, one distinct cell at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from csv_preflight import e164
from csv_preflight.model.batch import Batch, PhoneColumn
from csv_preflight.model.finding import Findings
from csv_preflight.model.layout import Layout
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import TextColumn
from csv_preflight.model.writing import Writing
from csv_preflight.rules import RULES
from csv_preflight.stages.phones import readings
from csv_preflight.stages.phones.cell import Examined, examine
from csv_preflight.stages.phones.placeholders import placeholders
from csv_preflight.stages.phones.policy import within_policy
from csv_preflight.stages.phones.reasons import Reasons
from csv_preflight.stages.phones.regions import disagreement, has_country_code, row_regions
from csv_preflight.stages.phones.several import rows_of_several
from csv_preflight.stages.phones.written import number_form, whole_numbers, with_number_columns, written_numbers

Rows = NDArray[np.intp]

# Counts of four kinds of bytes in one cumulative sum, 8 bits each: cells of more than LONG bytes are odd anyway.
_DIGIT, _PLUS, _HYPHEN, _OTHER = (1 << shift for shift in (0, 8, 16, 24))
_WEIGHTS = np.full(256, _OTHER, np.uint32)
_WEIGHTS[list(b" ()")] = 0
_WEIGHTS[list(b"0123456789")] = _DIGIT
_WEIGHTS[ord("+")] = _PLUS
_WEIGHTS[ord("-")] = _HYPHEN

# Cells with fewer digits may be dates, with more, cards or two numbers: both are looked at one by one.
FEW_DIGITS, MANY_DIGITS, LONG = 8, 14, 64
# ITU-T E.164 allows no more, country code included; libphonenumber has longer ones in Germany and Nigeria.
MOST_DIGITS = 15
DATE_LENGTH = len("2024 01 31")

# Rules that reject a cell; the first stands for none.
_RULES = ("", *(rule.code for rule in RULES if rule.code.startswith("P0")))
_RULE_BY_OUTCOME = np.full(128, _RULES.index("P007"), np.int8)
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
    _RULE_BY_OUTCOME[_outcome] = _RULES.index(_rule)


@dataclass(frozen=True, slots=True, eq=False)
class Normalized:
    """The rows whose number is certain, with ``phones`` and the clean phone column filled in, and what was found.

    lost_plus: how many of the rejected numbers have lost their plus sign; region: the one that, as the default, would
    give it back to all of them.  without_code: how many numbers have no country code; other_country: how many have one,
    and it is not that of the country that the row says.  unknown: cells of the region column that name no country for
    certain, in rows that are rejected for it.  writing: how the list writes its numbers, for the batches that follow
    its first.
    """

    batch: Batch
    findings: Findings
    lost_plus: int
    region: str | None
    without_code: int
    other_country: int
    unknown: Counter[str]
    writing: Writing


def normalize(batch: Batch, layout: Layout, settings: Settings) -> Normalized:
    """Read the numbers of a batch."""
    findings = Findings()
    raw = batch.columns[layout.phone].packed()
    odd = np.flatnonzero(is_odd(raw))
    examined = [examine(cell) for cell in raw.take(odd).tolist()]
    cells = raw.replaced(odd, TextColumn.of([found.text for found in examined]))
    cells = whole_numbers(cells, batch, layout, settings)
    regions = row_regions(batch, layout, settings)
    phones = e164.parse_column(cells, regions.default, regions.which)
    whole = np.ones(len(cells), bool)
    whole[odd] = [not found.code and not found.letters for found in examined]
    taken, plus = _accepted(phones, settings), number_form(settings) != "digits"
    settled = readings.settle(
        cells,
        phones,
        taken,
        np.flatnonzero(whole),
        regions.default,
        regions.which,
        plus=plus,
        writing=layout.writing,
    )
    phones, unclear = settled.phones, settled.unclear
    lettered = odd[np.array([found.letters for found in examined], bool)]

    code = _codes(phones, cells, settings)
    unclear = {row: region for row, region in unclear.items() if code[row] == 0}
    code[list(unclear)] = _RULES.index("P013")
    code[lettered[phones.outcome[lettered] != e164.NOT_A_NUMBER]] = _RULES.index("P010")
    by_row = dict(zip(odd.tolist(), examined, strict=True))
    for row, found in by_row.items():
        # New Caledonia writes numbers like dates.
        if found.code and not (phones.valid[row] and e164.national_form(phones.e164[row]) == cells[row]):
            code[row] = _RULES.index(found.code)
    parts = [(row, part) for row, found in by_row.items() for part in found.before_slash]
    code[rows_of_several(parts, regions.default, regions.which)] = _RULES.index("P009")
    accepted = np.flatnonzero(code == 0)
    with_code = has_country_code(cells, phones, accepted, regions)
    other = disagreement(cells, phones, accepted, with_code, regions)
    code[list(other.conflicts)] = _RULES.index("P014")
    without = int(np.count_nonzero(~with_code)) + int(np.count_nonzero(code == _RULES.index("P003")))
    reasons = Reasons(batch, layout, by_row, phones, cells, regions, unclear, other.conflicts)
    lost_plus, region = _reject(batch, layout, findings, code, reasons)
    unknown = reasons.unknown_countries(np.flatnonzero(code == _RULES.index("P003")))
    kept = np.flatnonzero(code == 0)
    kept = kept[within_policy(batch, layout, settings, findings, phones, kept)]

    clean = written_numbers(phones, settings)
    # What a fix of its own explains is not called reformatted as well.
    explained = odd[[bool(found.fixes) and not found.extension for found in examined]]
    same = clean.equals(raw)
    same[explained] = clean.take(explained).equals(cells.take(explained))
    _report_fixes(batch, layout, findings, by_row, kept, same, number_form(settings))
    findings.rows("P108", batch, placeholders(phones, kept), column=layout.phone)
    result = replace(batch, phones=phones, clean={**batch.clean, layout.phone: clean}).take(kept)
    dropped = {row: found.extension for row, found in by_row.items() if found.extension}
    result = _with_extensions(result, layout, [dropped.get(row, "") for row in kept.tolist()] if dropped else [])
    result = with_number_columns(result, layout, findings)
    return Normalized(result, findings, lost_plus, region, without, other.believed, unknown, settled.writing)


def is_odd(cells: TextColumn) -> NDArray[np.bool_]:
    """Whether each cell (packed) has to be examined by itself."""
    sums = np.zeros(len(cells.data) + 1, np.uint32)
    np.cumsum(_WEIGHTS.take(cells.data), out=sums[1:])
    counts = sums[cells.ends] - sums[cells.starts]
    digits, pluses = counts & 0xFF, (counts >> 8) & 0xFF
    hyphens, others = (counts >> 16) & 0xFF, counts >> 24
    padded = np.append(cells.data, np.uint8(0))
    first = padded[cells.starts]
    second = padded[np.minimum(cells.starts + 1, len(cells.data))]
    odd: NDArray[np.bool_] = (others != 0) | (cells.lengths > LONG) | (digits >= MANY_DIGITS) | (first == ord("-"))
    odd |= (digits <= FEW_DIGITS) & (hyphens == 2)
    odd |= (digits == FEW_DIGITS) & (cells.lengths == DATE_LENGTH)
    odd |= (pluses > 1) | ((pluses == 1) & (first != ord("+")) & (second != ord("+")))
    odd |= digits == 0
    odd |= padded[np.maximum(cells.ends - 1, 0)] == ord(")")
    return odd


def _codes(phones: PhoneColumn, cells: TextColumn, settings: Settings) -> NDArray[np.int8]:
    """Return the rule (index in _RULES) that rejects each cell by libphonenumber's answer, 0 where none does."""
    code = _RULE_BY_OUTCOME[phones.outcome]
    code[_accepted(phones, settings)] = 0
    code[(code == 0) & (phones.e164.lengths > MOST_DIGITS + 1)] = _RULES.index("P006")
    unknown = np.flatnonzero(phones.outcome == e164.NO_CALLING_CODE)
    code[unknown] = _RULES.index("P003")
    odd = unknown[_hold_plus(cells.take(unknown))]
    code[odd[[_has_plus(text) for text in cells.take(odd).tolist()]]] = _RULES.index("P004")
    return code


def _accepted(phones: PhoneColumn, settings: Settings) -> NDArray[np.bool_]:
    accepted = phones.valid if settings.accept == "valid" else phones.outcome == e164.POSSIBLE
    result: NDArray[np.bool_] = accepted & (phones.number > 0)
    return result


def _hold_plus(cells: TextColumn) -> NDArray[np.bool_]:
    """Return whether there is a plus sign in each cell."""
    packed = cells.packed()
    found = np.zeros(len(packed), bool)
    found[np.searchsorted(packed.ends, np.flatnonzero(packed.data == ord("+")), "right")] = True
    return found


def _has_plus(text: str) -> bool:
    return text.lstrip(" ([")[:1] == "+"


def _reject(
    batch: Batch, layout: Layout, findings: Findings, code: NDArray[np.int8], reasons: Reasons
) -> tuple[int, str | None]:
    """Find the rows that are rejected; return how many have lost their plus sign, and the region that gives it back."""
    rejected = np.flatnonzero(np.isin(code, [_RULES.index(rule) for rule in ("P003", "P006", "P007")]))
    without_plus = readings.without_plus(reasons.cells, rejected)
    one_region = reasons.regions.which is None and reasons.regions.default[0] is None
    common = readings.common_region(reasons.cells, without_plus) if one_region else None
    for rule in np.flatnonzero(np.bincount(code, minlength=len(_RULES))).tolist():
        if rule == 0:
            continue
        rows = np.flatnonzero(code == rule)
        parameters, which = reasons.of_rows(rows, without_plus)
        findings.rows(_RULES[rule], batch, rows, column=layout.phone, parameters=parameters, which=which)
    return len(without_plus) + len(reasons.unclear), common


def _report_fixes(
    batch: Batch,
    layout: Layout,
    findings: Findings,
    examined: Mapping[int, Examined],
    kept: Rows,
    same: NDArray[np.bool_],
    form: str,
) -> None:
    stays = np.zeros(len(batch), bool)
    stays[kept] = True
    findings.rows("P101", batch, kept[~same[kept]], column=layout.phone, parameters={"form": form})
    for code in ("P102", "P103", "P104", "P107"):
        rows = [row for row, found in examined.items() if code in found.fixes and stays[row]]
        findings.rows(code, batch, np.array(rows, np.intp), column=layout.phone)
    dropped = [row for row, found in examined.items() if found.extension and stays[row]]

    def details(place: int) -> dict[str, object]:
        if layout.extension is None:
            return {"kept": ""}
        row = dropped[place]
        present = batch.columns[layout.extension][row].strip() if layout.extension >= 0 else ""
        if present in ("", examined[row].extension):
            return {"kept": "kept"}
        return {"kept": "other"}

    findings.rows("P105", batch, np.array(dropped, np.intp), column=layout.phone, parameters=details)


def _with_extensions(batch: Batch, layout: Layout, extensions: Sequence[str]) -> Batch:
    """Put the extensions into their column, where it holds nothing yet."""
    if layout.extension is None or not (extensions or layout.extension < 0):
        return batch
    extensions = extensions or [""] * len(batch)
    if layout.extension >= 0:
        present = batch.columns[layout.extension].tolist()
        extensions = [new if new and not cell.strip() else cell for cell, new in zip(present, extensions, strict=True)]
    return replace(batch, clean={**batch.clean, layout.extension: TextColumn.of(extensions)})
