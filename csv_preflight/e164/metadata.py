"""The metadata of the installed phonenumbers -> transition tables, made when a region or calling code first appears.

Nothing is stored, so a newer phonenumbers brings its own tables.  A *plan* is how numbers of one region are parsed:
international prefix, national prefix, lengths, and which numbers are viable.  One more table for each calling code
gives line type and region of a number by its digits.

What cannot be followed exactly, such as a pattern with an unknown construct, is left to phonenumbers itself:
``NO_PLAN`` marks such a region or code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import phonenumbers
from numpy.typing import NDArray
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata, PhoneNumber, PhoneNumberType, phonenumberutil

from csv_preflight.e164.patterns import Match, full_match_table, prefix_match_table
from csv_preflight.e164.programs import MAX_DIGITS, UnsupportedError
from csv_preflight.e164.single import Regions, type_and_region

Integers = NDArray[np.int32]

# In place of a plan or a first state: there is none, or none yet.
NO_PLAN = -1
# In place of the length of an international prefix.
NO_PREFIX = -1
# The symbol after the last digit; every state leads to itself on it.
END = 10
WIDTH = 16
CODES = 1000
# Making a calling code's table takes one unit of work for this many characters of its patterns.  In that time
# phonenumbers parses some three hundred numbers.
PATTERN_LENGTH = 1000

_NON_GEOGRAPHIC = "001"
_KINDS = (
    "general_desc", "premium_rate", "toll_free", "shared_cost", "voip", "personal_number", "pager", "uan", "voicemail",
    "fixed_line", "mobile",
)  # fmt: skip
# Private names of phonenumbers that the tables need; without them, everything is left to phonenumbers.
_PRIVATE = ("_MAX_LENGTH_FOR_NSN", "_MAX_INPUT_STRING_LENGTH", "_VALID_PUNCTUATION", "_test_number_length")


def can_be_followed() -> bool:
    """Return whether the installed phonenumbers has all that the tables are made from."""
    return all(hasattr(phonenumberutil, name) for name in _PRIVATE)


@dataclass(frozen=True, slots=True)
class Strip:
    """What a match of the national prefix does to a number: ``pieces`` replace its first ``end`` digits.

    A piece is a string of digits, or (begin, end) of digits to keep.  Without pieces, the digits are stripped.
    """

    end: int
    pieces: tuple[str | tuple[int, int], ...] = ()


class Tables:
    """The tables of all regions and calling codes met so far, in one array: ``next[state, digit]``.

    value[state] depends on the table: for an international prefix its length or NO_PREFIX; for a national prefix the
    index of a Strip; for viability 0 or 1; for a calling code ``type + 256 * region``.  absorbing[state]: all digits
    lead to the state itself.
    """

    def __init__(self) -> None:
        self.next = np.zeros((0, WIDTH), np.int32)
        self.absorbing = np.zeros(0, bool)
        self.value = np.zeros(0, np.int32)
        self.strips: list[Strip] = []
        self.strip_end = np.zeros(0, np.int32)
        self.strip_rewrites = np.zeros(0, bool)
        self.regions = Regions()
        # By plan: calling code, first states, and the ValidationResult of each length.
        self.plan_code = np.zeros(0, np.int32)
        self.idd_start = np.zeros(0, np.int32)
        self.strip_start = np.zeros(0, np.int32)
        self.viable_start = np.zeros(0, np.int32)
        self.length_result = np.zeros((0, MAX_DIGITS + 1), np.int8)
        # By calling code: the plan of its main region, the first state for type and region, how many numbers were
        # seen, and the ValidationResult of each length.
        self.main_plan = np.full(CODES, NO_PLAN, np.int32)
        self.number_start = np.full(CODES, NO_PLAN, np.int32)
        self.rows_seen = np.zeros(CODES, np.int64)
        self.reason = np.zeros((CODES, phonenumberutil._MAX_LENGTH_FOR_NSN + 1), np.int8)
        # The calling code at the start of any three digits, 0 for none, and the length and digits of each code.
        self.code_of = np.array([_leading_code(f"{digits:03}") for digits in range(CODES)], np.int32)
        self.code_size = np.array([len(str(code)) for code in range(CODES)], np.int32)
        self.code_digits = np.array([[int(d) for d in f"{code:<03}"] for code in range(CODES)], np.uint8)
        self._plans: dict[str | int, int] = {}
        self._numbered: set[int] = set()
        self._region_rows: dict[str, int] = {}
        self._weight = np.zeros(CODES, np.int64)

    def plan(self, region: str, calling_code: int | None = None) -> int:
        """Return the index of the plan of a region or non-geographic calling code, NO_PLAN if it cannot be made."""
        key = calling_code if region == _NON_GEOGRAPHIC and calling_code is not None else region
        if key not in self._plans:
            try:
                self._plans[key] = self._make_plan(_metadata(region, calling_code or 0))
            except UnsupportedError:
                self._plans[key] = NO_PLAN
        return self._plans[key]

    def main_plans(self, codes: Integers) -> Integers:
        """Return the plan of each calling code's main region."""
        for code in np.flatnonzero(np.bincount(codes)).tolist():
            if self.main_plan[code] == NO_PLAN:
                self.main_plan[code] = self.plan(phonenumbers.region_code_for_country_code(code), code)
        return self.main_plan[codes]

    def pays(self, codes: Integers, least: int) -> NDArray[np.bool_]:
        """Count numbers of calling codes; return for each code whether its table pays.

        least: numbers seen, in all calls, that pay for one unit of work on a table.
        """
        self.rows_seen += np.bincount(codes, minlength=CODES)
        for code in np.flatnonzero((self.rows_seen >= least) & (self.rows_seen > 0) & (self._weight == 0)).tolist():
            self._weight[code] = 1 + sum(map(len, self._patterns(code)[0])) // PATTERN_LENGTH
        paying: NDArray[np.bool_] = self.paying(least)[codes]
        return paying

    def paying(self, least: int) -> NDArray[np.bool_]:
        """Return for each calling code whether its table pays by now."""
        enough: NDArray[np.bool_] = (self.rows_seen >= least * self._weight) & (self._weight > 0)
        return enough

    def region_pays(self, region: str, rows: int, least: int) -> bool:
        """Count rows of a default region; return whether its plan pays by now.  least: see ``pays``."""
        self._region_rows[region] = self._region_rows.get(region, 0) + rows
        return self._region_rows[region] >= least

    def number_starts(self, codes: Integers) -> Integers:
        """Return the first state for type and region of each calling code, NO_PLAN where it cannot be made."""
        for code in np.flatnonzero(np.bincount(codes)).tolist():
            if code not in self._numbered:
                self._numbered.add(code)
                with suppress(UnsupportedError):
                    self.number_start[code] = self._make_numbers(code)
        return self.number_start[codes]

    def _add(self, rows: Sequence[Sequence[int]], values: Sequence[int]) -> np.int32:
        """Append a table; return its first state."""
        base = len(self.next)
        block = np.repeat(np.arange(base, base + len(rows), dtype=np.int32)[:, None], WIDTH, axis=1)
        targets = np.array(rows, np.int32) + np.int32(base)
        absorbing = (targets == block[:, :10]).all(axis=1)
        block[:, :10] = targets
        self.next = np.concatenate([self.next, block])
        self.absorbing = np.concatenate([self.absorbing, absorbing])
        self.value = np.concatenate([self.value, np.array(values, np.int32)])
        return np.int32(base)

    def _make_plan(self, metadata: PhoneMetadata) -> int:
        idd, idd_ends = _prefix_table(metadata.international_prefix)
        national, matches = _prefix_table(metadata.national_prefix_for_parsing)
        strips = [_strip(metadata, match) for match in matches]
        general = metadata.general_desc.national_number_pattern if metadata.general_desc else None
        matcher = re.compile(general or "(?!)")
        viable = full_match_table(
            [general] if general else [],
            lambda digits: int(matcher.fullmatch(digits) is not None),
            dead=0,
            longest=MAX_DIGITS,
        )
        lengths = [phonenumberutil._test_number_length("0" * size, metadata) for size in range(MAX_DIGITS + 1)]
        first = len(self.strips)
        self.strips += strips
        self.strip_end = np.append(self.strip_end, np.array([strip.end for strip in strips], np.int32))
        self.strip_rewrites = np.append(self.strip_rewrites, [bool(strip.pieces) for strip in strips])
        self.idd_start = np.append(
            self.idd_start, self._add(idd, [match[0] if match else NO_PREFIX for match in idd_ends])
        )
        self.strip_start = np.append(self.strip_start, self._add(national, range(first, len(self.strips))))
        self.viable_start = np.append(self.viable_start, self._add(*viable))
        self.length_result = np.vstack([self.length_result, np.array(lengths, np.int8)])
        self.plan_code = np.append(self.plan_code, np.int32(metadata.country_code or 0))
        return len(self.plan_code) - 1

    @staticmethod
    def _patterns(code: int) -> tuple[list[str], list[str]]:
        """Return a calling code's patterns: of all kinds of numbers, and of leading digits."""
        patterns: dict[str, None] = {}
        leading: dict[str, None] = {}
        for region in COUNTRY_CODE_TO_REGION_CODE[code]:
            metadata = _metadata(region, code)
            for kind in _KINDS:
                description = getattr(metadata, kind)
                if description is not None and description.national_number_pattern:
                    patterns[description.national_number_pattern] = None
            if metadata.leading_digits is not None:
                leading[metadata.leading_digits] = None
        return list(patterns), list(leading)

    def _make_numbers(self, code: int) -> np.int32:
        """Make the table of a calling code's numbers; return its first state."""
        regions = COUNTRY_CODE_TO_REGION_CODE[code]
        patterns, leading = self._patterns(code)

        def label(digits: str) -> int:
            line_type, region = type_and_region(_number(code, digits))
            return line_type + 256 * self.regions.number(region)

        only = regions[0] if len(regions) == 1 else None
        dead = int(PhoneNumberType.UNKNOWN) + 256 * self.regions.number(only)
        longest = phonenumberutil._MAX_LENGTH_FOR_NSN
        open_ended = range(len(patterns), len(patterns) + len(leading))
        rows, values = full_match_table([*patterns, *leading], label, dead, longest, open_ended)
        self.reason[code, 2:] = [
            phonenumbers.is_possible_number_with_reason(_number(code, "1" * size)) for size in range(2, longest + 1)
        ]
        return self._add(rows, values)


def _metadata(region: str, calling_code: int) -> PhoneMetadata:
    metadata = PhoneMetadata.metadata_for_region_or_calling_code(calling_code, region)
    if metadata is None:
        raise UnsupportedError(f"no metadata of {region}")
    return metadata


def _leading_code(digits: str) -> int:
    codes = (int(digits[:size]) for size in (1, 2, 3))
    return 0 if digits[0] == "0" else next((code for code in codes if code in COUNTRY_CODE_TO_REGION_CODE), 0)


def _number(code: int, digits: str) -> PhoneNumber:
    """Return the number with this calling code and national significant number."""
    zeros = min(len(digits) - len(digits.lstrip("0")), len(digits) - 1)
    return PhoneNumber(
        country_code=code,
        national_number=int(digits),
        italian_leading_zero=zeros > 0 or None,
        number_of_leading_zeros=zeros or None,
    )


def _prefix_table(pattern: str | None) -> tuple[list[list[int]], list[Match]]:
    return prefix_match_table(pattern) if pattern else ([[0] * 10], [None])


def _strip(metadata: PhoneMetadata, match: Match) -> Strip:
    """Return what phonenumbers does on a match of the national prefix."""
    if match is None:
        return Strip(0)
    end, saved = match
    rule = metadata.national_prefix_transform_rule
    groups = re.compile(metadata.national_prefix_for_parsing or "").groups
    # The rule applies only if the last group took part in the match.
    if not rule or 2 * groups not in saved:
        return Strip(end)
    if not re.fullmatch(r"(?:[0-9]|\\[1-9](?![0-9]))+", rule):
        raise UnsupportedError(rule)
    pieces = tuple(
        literal or (saved.get(2 * int(group), 0), saved.get(2 * int(group) + 1, 0))
        for literal, group in re.findall(r"(?<!\\)([0-9]+)|\\([1-9])", rule)
    )
    if len(pieces) == 1 and not isinstance(pieces[0], str) and pieces[0][1] == end:
        return Strip(pieces[0][0])
    return Strip(end, pieces)
