"""phonenumbers itself, one distinct cell and region at a time: for short columns and for the engine's leftovers.

Also the arrays that both fill in, and the numbering of regions.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Sequence

import numpy as np
import phonenumbers
from numpy.typing import NDArray
from phonenumbers import NumberParseException, PhoneNumberType, phonenumberutil

from csv_preflight.model.batch import PhoneColumn
from csv_preflight.model.text_column import TextColumn

# Outcomes from here on are errors that phonenumbers.parse raises.
PARSE_ERROR = 10
# Left to phonenumbers: plain cells whose table would not pay, and cells that are not plain.
UNPAID, SLOW = 98, 99
# "+", calling code, national number, and a little room.
E164_WIDTH = 24
LONGEST_INT64 = 18

# Some calls of ``parse`` leave an exception in a reference cycle: collect garbage after this many cells.
KEPT = 512
_PLUS_AND_PREFIX = re.compile(r"[ (\[]*\+[ (\[]*0")

# Optional: number_type does the same, but looks up the region again.
_number_type_helper = getattr(phonenumberutil, "_number_type_helper", None)


class Regions:
    """Regions, numbered in the order in which they appear; no region, None, is number 0."""

    def __init__(self) -> None:
        self._numbers: dict[str | None, int] = {None: 0}

    def number(self, region: str | None) -> int:
        """Return the number of a region."""
        return self._numbers.setdefault(region, len(self._numbers))

    @property
    def names(self) -> tuple[str | None, ...]:
        """The regions by number."""
        return tuple(self._numbers)


class Answers:
    """The arrays of a PhoneColumn while they are filled in.  value: line type + 256 * region number."""

    def __init__(self, rows: int) -> None:
        self.status = np.full(rows, SLOW, np.int8)
        self.value = np.full(rows, PhoneNumberType.UNKNOWN, np.int32)
        self.number = np.zeros(rows, np.int64)
        self.text = np.zeros((rows, E164_WIDTH), np.uint8)
        self.length = np.zeros(rows, np.int64)

    def part(self, begin: int, end: int) -> Answers:
        """Return a slice of the rows, as a view."""
        part = Answers(0)
        part.status, part.value, part.number = self.status[begin:end], self.value[begin:end], self.number[begin:end]
        part.text, part.length = self.text[begin:end], self.length[begin:end]
        return part

    def put(self, rows: NDArray[np.intp], others: Answers, chosen: NDArray[np.bool_]) -> None:
        """Copy the chosen ones of other answers into some rows."""
        self.status[rows], self.value[rows] = others.status[chosen], others.value[chosen]
        self.number[rows], self.length[rows] = others.number[chosen], others.length[chosen]
        self.text[rows] = others.text[chosen]

    def column(self, regions: Regions) -> PhoneColumn:
        """Return them as a PhoneColumn."""
        starts = np.arange(len(self.status), dtype=np.int64) * E164_WIDTH
        line_type = (self.value & 255).astype(np.int8)
        return PhoneColumn(
            outcome=self.status,
            valid=line_type != PhoneNumberType.UNKNOWN,
            number=self.number,
            e164=TextColumn(self.text.ravel(), starts, starts + self.length),
            line_type=line_type,
            region=(self.value >> 8).astype(np.int16),
            regions=regions.names,
        )


def parse_column(cells: TextColumn, regions: Sequence[str | None], which: NDArray[np.intp]) -> PhoneColumn:
    """Parse every cell.  which[i]: index of row i's default region."""
    answers, met = Answers(len(cells)), Regions()
    fill(answers, cells, regions, which, met.number)
    return answers.column(met)


def fill(
    answers: Answers,
    cells: TextColumn,
    regions: Sequence[str | None],
    index: NDArray[np.intp],
    region_number: Callable[[str | None], int],
) -> None:
    """Parse the remaining rows with phonenumbers, each distinct pair of cell and region once."""
    rows = np.flatnonzero(answers.status >= UNPAID)
    if not len(rows):
        return
    # phonenumbers' own cache of 64 patterns thrashes on a column of many countries.
    getattr(phonenumbers, "enable_pattern_cache", lambda: None)()
    known: dict[tuple[str, int], int] = {}
    asked = zip(cells.take(rows).tolist(), index[rows].tolist(), strict=True)
    which = np.array([known.setdefault(pair, len(known)) for pair in asked], np.intp)
    result = []
    for number, (text, place) in enumerate(known):
        result.append(answer(text, regions[place]))
        if number % KEPT == 0 and _PLUS_AND_PREFIX.match(text):
            gc.collect(0)
    outcome = np.array([entry[0] for entry in result], np.int8)
    values = [entry[3] + 256 * region_number(entry[4]) for entry in result]
    texts = [entry[2] for entry in result]
    answers.status[rows] = outcome[which]
    answers.value[rows] = np.array(values, np.int32)[which]
    encoded = np.array(texts, f"S{E164_WIDTH}").view(np.uint8).reshape(-1, E164_WIDTH)
    answers.text[rows] = encoded[which]
    answers.length[rows] = np.array([len(text) for text in texts])[which]
    numbers = [int(text[1:]) if 1 < len(text) <= LONGEST_INT64 + 1 else 0 for text in texts]
    answers.number[rows] = np.array(numbers, np.int64)[which]


def answer(text: str, region: str | None) -> tuple[int, bool, str, int, str | None]:
    """Return outcome, validity, E.164, line type and region of one text, by phonenumbers."""
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException as error:
        _forget_frames(error)
        return PARSE_ERROR + error.error_type, False, "", PhoneNumberType.UNKNOWN, None
    line_type, found_in = type_and_region(number)
    return (
        phonenumbers.is_possible_number_with_reason(number),
        line_type != PhoneNumberType.UNKNOWN,
        f"+{number.country_code}{phonenumbers.national_significant_number(number)}",
        line_type,
        found_in,
    )


def _forget_frames(error: BaseException | None) -> None:
    """Clear the frames of an exception that ``parse`` keeps in a local: they refer to all callers, and to cells."""
    from traceback import clear_frames

    while error is not None:
        clear_frames(error.__traceback__)
        error = error.__context__


def type_and_region(number: phonenumbers.PhoneNumber) -> tuple[int, str | None]:
    """Return what number_type and region_code_for_number return, with one look-up of the region.

    A number is valid if its type is not UNKNOWN.
    """
    region = phonenumbers.region_code_for_number(number)
    if region is None:
        return PhoneNumberType.UNKNOWN, None
    if _number_type_helper is None:
        return phonenumbers.number_type(number), region
    metadata = phonenumbers.PhoneMetadata.metadata_for_region_or_calling_code(number.country_code or 0, region)
    if metadata is None:
        return PhoneNumberType.UNKNOWN, region
    return _number_type_helper(phonenumbers.national_significant_number(number), metadata), region
