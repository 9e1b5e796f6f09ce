"""The steps of phonenumbers.parse, for a whole column at a time.

``parse`` takes plain cells: ASCII digits, at most one "+" before them, common punctuation.  Its steps, and their
order, are those of ``phonenumbers.parse``.  Each step is applied to all rows at once; where it scans digits, to all
rows one position at a time.  Rows that are not plain come back as SLOW, and as UNPAID where too few numbers have come
for tables to pay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from phonenumbers import NumberParseException, PhoneNumberType, ValidationResult, phonenumberutil

from csv_preflight.e164.metadata import END, NO_PLAN, NO_PREFIX, Integers, Strip, Tables
from csv_preflight.e164.programs import MAX_DIGITS
from csv_preflight.e164.single import PARSE_ERROR, SLOW, UNPAID
from csv_preflight.model.text_column import IS_DIGIT, Bytes

# In ``own``, in place of a plan: the cell has no default region.  NO_PLAN: phonenumbers itself has to parse it.
NO_REGION = -2

_PUNCTUATION, _DIGIT, _PLUS, _OTHER, _HARD = range(5)
KINDS = np.full(256, _OTHER, np.uint8)
KINDS[128:] = KINDS[ord(";")] = _HARD
KINDS[list(b" -().[]/")] = _PUNCTUATION
KINDS[IS_DIGIT] = _DIGIT
KINDS[ord("+")] = _PLUS

# The national prefix stays if what is left without it would be shorter than the region's numbers.
_NOT_STRIPPED = np.zeros(16, bool)
_NOT_STRIPPED[
    [ValidationResult.TOO_SHORT, ValidationResult.IS_POSSIBLE_LOCAL_ONLY, ValidationResult.INVALID_LENGTH]
] = True


# ValidationResults for the compiled loop: 1 for those of _NOT_STRIPPED, 2 for TOO_LONG.
_VERDICTS = _NOT_STRIPPED.astype(np.uint8)
_VERDICTS[ValidationResult.TOO_LONG] = 2


def arrays(tables: Tables, least: int) -> tuple[NDArray[Any], ...]:
    """Return the tables for the compiled loop, in its order."""
    return (
        tables.next, tables.absorbing, tables.value, tables.idd_start, tables.strip_start, tables.viable_start,
        tables.strip_end, tables.strip_rewrites, tables.plan_code, tables.length_result, tables.main_plan,
        tables.number_start, tables.paying(least), tables.reason, tables.code_of, tables.code_size,
        tables.code_digits, _VERDICTS,
    )  # fmt: skip


@dataclass(slots=True, eq=False)
class Parsed:
    """Rows while they are parsed, and their results.

    status, int8: as PhoneColumn.outcome, or SLOW.  code: calling code.  start, length: where the national number's
    digits are in ``digits.flat``.  value: line type and region as in Tables.
    """

    status: NDArray[np.int8]
    code: Integers
    start: Integers
    length: Integers
    value: Integers
    digits: Digits


class Digits:
    """Strings of digits that share one flat array; their owners hold starts and lengths."""

    def __init__(self, tables: Tables, flat: Bytes) -> None:
        self.tables, self.flat = tables, flat

    def at(self, where: NDArray[np.signedinteger[Any]]) -> Bytes:
        """Return the digits at some positions; beyond the last digit, an arbitrary one."""
        return self.flat.take(where, mode="clip") if len(self.flat) else np.zeros(where.shape, np.uint8)

    def run(self, state: Integers, start: Integers, length: Integers) -> Integers:
        """Return the value of the state that each string leads to."""
        table = self.tables.next.ravel()
        for position in range(int(length.max(initial=0))):
            digit = np.where(length > position, self.at(start + np.int32(position)), np.uint8(END))
            state = table.take((state << 4) + digit)
        return self.tables.value[state]

    def run_prefix(self, state: Integers, start: Integers, length: Integers) -> Integers:
        """Do the same with tables that reach an absorbing state early: each row is scanned only that far."""
        state, position = state.copy(), 0
        active = np.flatnonzero(~self.tables.absorbing[state])
        while len(active := active[length[active] > position]):
            state[active] = self.tables.next[state[active], self.at(start[active] + np.int32(position))]
            active, position = active[~self.tables.absorbing[state[active]]], position + 1
        return self.tables.value[state]

    def rewritten(self, start: Integers, length: Integers, strip: Strip) -> tuple[Integers, Integers]:
        """Append the strings with their beginning rewritten by a rule; return their starts and lengths."""
        rest = int((length - strip.end).max())
        tail = _range(strip.end, strip.end + rest)
        columns = [
            np.tile(np.frombuffer(piece.encode(), np.uint8) - np.uint8(48), (len(start), 1))
            if isinstance(piece, str)
            else self.at(start[:, None] + _range(piece[0], piece[1]))
            for piece in strip.pieces
        ]
        new = np.hstack([*columns, self.at(start[:, None] + tail)])
        first = len(self.flat) + np.arange(len(start)) * new.shape[1]
        self.flat = np.concatenate([self.flat, new.ravel()])
        return first.astype(np.int32), (new.shape[1] - rest + length - strip.end).astype(np.int32)

    def viable(self, plan: Integers, start: Integers, length: Integers) -> NDArray[np.bool_]:
        """Return whether each string matches the general pattern of its plan."""
        viable: NDArray[np.bool_] = self.run(self.tables.viable_start[plan], start, length) != 0
        return viable

    def strip(self, plan: Integers, start: Integers, length: Integers) -> tuple[Integers, Integers]:
        """Strip national prefix and carrier code, as _maybe_strip_national_prefix_carrier_code does.

        The prefix stays if the number is viable with it and not without it.
        """
        start, length = start.copy(), length.copy()
        which = self.run_prefix(self.tables.strip_start[plan], start, length)
        end, rewrites = self.tables.strip_end[which], self.tables.strip_rewrites[which]
        rows = np.flatnonzero(rewrites | (end > 0))
        if not len(rows):
            return start, length
        plan, which, end = plan[rows], which[rows], end[rows]
        new_start, new_length = start[rows] + end, length[rows] - end
        for rule in np.flatnonzero(np.bincount(which[rewrites[rows]])).tolist():
            some = which == rule
            chosen = rows[some]
            new_start[some], new_length[some] = self.rewritten(start[chosen], length[chosen], self.tables.strips[rule])
        takes = ~self.viable(plan, start[rows], length[rows]) | self.viable(plan, new_start, new_length)
        start[rows[takes]], length[rows[takes]] = new_start[takes], new_length[takes]
        return start, length


def _range(begin: int, end: int) -> Integers:
    return np.arange(begin, end, dtype=np.int32)


def parse(tables: Tables, data: Bytes, offsets: Integers, own: Integers, least: int) -> Parsed:
    """Parse cells: cell i is ``data[offsets[i]:offsets[i + 1]]``, own[i] the plan of its default region.

    own: NO_REGION without a default region, NO_PLAN for rows that are left to phonenumbers.  least: see Tables.pays.
    """
    parsed, plus = _plain(tables, data, offsets)
    status = parsed.status
    _take_calling_code(tables, parsed, np.flatnonzero(plus & (status == 0)), SLOW)
    national = ~plus & (status == 0)
    status[national & (own == NO_REGION)] = PARSE_ERROR + NumberParseException.INVALID_COUNTRY_CODE
    status[national & (own == NO_PLAN)] = UNPAID
    rows = _international_prefix(tables, parsed, np.flatnonzero(~plus & (status == 0)), own)
    _own_code_without_plus(tables, parsed, rows, own)
    plan = _national_prefix(tables, parsed, own, least)
    _type_and_region(tables, parsed, plan)
    return parsed


def _plain(tables: Tables, data: Bytes, offsets: Integers) -> tuple[Parsed, NDArray[np.bool_]]:
    """Return the rows as strings of digits, SLOW where they are not plain, and which of them have a plus sign."""
    kind = KINDS.take(data)
    is_digit = kind == _DIGIT
    digits_before = np.zeros(len(data) + 1, np.int32)
    np.cumsum(is_digit, out=digits_before[1:])
    start = digits_before[offsets[:-1]]
    length = digits_before[offsets[1:]] - start
    size = np.diff(offsets)
    status = np.where((length >= 3) & (length <= MAX_DIGITS), 0, SLOW).astype(np.int8)

    # Not plain: a second plus sign, one after a digit, and any unusual character, unless it comes before the first
    # digit and the plus sign, where phonenumbers skips it.
    nowhere = len(data)
    plus_at = np.full(len(size), nowhere, np.int64)
    at = np.flatnonzero(kind == _PLUS)
    row = np.searchsorted(offsets, at, "right") - 1
    plus_at[row[::-1]] = at[::-1]
    status[row[(plus_at[row] != at) | (digits_before[at] > start[row])]] = SLOW
    at = np.flatnonzero(kind >= _OTHER)
    row = np.searchsorted(offsets, at, "right") - 1
    ahead = (digits_before[at] == start[row]) & (plus_at[row] > at)
    status[row[~ahead | (kind[at] == _HARD)]] = SLOW
    # Fewer than two digits are no number, whatever surrounds them, unless there are digits that are not ASCII.
    no_number = (length < 2) & (size <= phonenumberutil._MAX_INPUT_STRING_LENGTH)
    no_number[row[data[at] >= 128]] = False
    status[no_number] = PARSE_ERROR + NumberParseException.NOT_A_NUMBER
    status[size > phonenumberutil._MAX_INPUT_STRING_LENGTH] = SLOW
    digits = Digits(tables, data[is_digit] - np.uint8(48))
    none = np.zeros(len(size), np.int32)
    unknown = np.full(len(size), PhoneNumberType.UNKNOWN, np.int32)
    return Parsed(status, none, start, length, unknown, digits), plus_at != nowhere


def _take_calling_code(tables: Tables, parsed: Parsed, rows: NDArray[np.intp], otherwise: int) -> None:
    """Move the calling code from the digits to ``code``; rows without one get the status ``otherwise``."""
    start, at = parsed.start[rows], parsed.digits.at
    key = at(start) * np.int32(100) + at(start + 1) * np.int32(10) + at(start + 2)
    code = tables.code_of[key]
    parsed.code[rows] = code
    parsed.status[rows[code == 0]] = otherwise
    size = np.where(code > 0, tables.code_size[code], 0)
    parsed.start[rows] += size
    parsed.length[rows] -= size


def _international_prefix(tables: Tables, parsed: Parsed, rows: NDArray[np.intp], own: Integers) -> NDArray[np.intp]:
    """Strip the default region's international prefix and the calling code after it; return the rows without a prefix.

    It is no prefix if a zero follows, since no calling code begins with one.
    """
    start, length = parsed.start, parsed.length
    end = parsed.digits.run_prefix(tables.idd_start[own[rows]], start[rows], length[rows])
    found = (end != NO_PREFIX) & ((end == length[rows]) | (parsed.digits.at(start[rows] + end) != 0))
    dialled, end = rows[found], end[found]
    start[dialled] += end
    length[dialled] -= end
    parsed.status[dialled[length[dialled] <= 2]] = PARSE_ERROR + NumberParseException.TOO_SHORT_AFTER_IDD
    unknown = PARSE_ERROR + NumberParseException.INVALID_COUNTRY_CODE
    _take_calling_code(tables, parsed, dialled[length[dialled] > 2], unknown)
    others: NDArray[np.intp] = rows[~found]
    return others


def _own_code_without_plus(tables: Tables, parsed: Parsed, rows: NDArray[np.intp], own: Integers) -> None:
    """Strip the default region's calling code where the number has no plus sign.

    It is stripped if the number is viable only without it or too long with it, even if the result is no number.
    """
    digits, start, length = parsed.digits, parsed.start, parsed.length
    code = tables.plan_code[own[rows]]
    same = length[rows] >= tables.code_size[code]
    for position in range(3):
        digit = digits.at(start[rows] + np.int32(position))
        same &= (tables.code_size[code] <= position) | (digit == tables.code_digits[code, position])
    rows, code = rows[same], code[same]
    if not len(rows):
        return
    plan, size = own[rows], tables.code_size[code]
    rest_start, rest_length = digits.strip(plan, start[rows] + size, length[rows] - size)
    only_without = ~digits.viable(plan, start[rows], length[rows]) & digits.viable(plan, rest_start, rest_length)
    takes = only_without | (tables.length_result[plan, length[rows]] == ValidationResult.TOO_LONG)
    start[rows[takes]], length[rows[takes]] = rest_start[takes], rest_length[takes]
    parsed.code[rows[takes]] = code[takes]


def _national_prefix(tables: Tables, parsed: Parsed, own: Integers, least: int) -> Integers:
    """Strip the national prefix of the calling code's main region, else the default region's; return the plans."""
    status, start, length = parsed.status, parsed.start, parsed.length
    plan = own.copy()
    rows = np.flatnonzero(status == 0)
    code = parsed.code[rows]
    national = code == 0
    code[national] = tables.plan_code[own[rows[national]]]
    status[rows[~tables.pays(code, least)]] = UNPAID
    rows = np.flatnonzero((status == 0) & (parsed.code > 0))
    plan[rows] = tables.main_plans(parsed.code[rows])
    status[rows[plan[rows] == NO_PLAN]] = SLOW
    status[(status == 0) & (length < 2)] = PARSE_ERROR + NumberParseException.TOO_SHORT_NSN
    rows = np.flatnonzero(status == 0)
    new_start, new_length = parsed.digits.strip(plan[rows], start[rows], length[rows])
    fits = new_length <= MAX_DIGITS
    status[rows[~fits]] = SLOW
    takes = fits.copy()
    takes[fits] = ~_NOT_STRIPPED[tables.length_result[plan[rows[fits]], new_length[fits]]]
    start[rows[takes]], length[rows[takes]] = new_start[takes], new_length[takes]
    rows = rows[fits]
    status[rows[length[rows] < 2]] = PARSE_ERROR + NumberParseException.TOO_SHORT_NSN
    status[rows[length[rows] > phonenumberutil._MAX_LENGTH_FOR_NSN]] = PARSE_ERROR + NumberParseException.TOO_LONG
    return plan


def _type_and_region(tables: Tables, parsed: Parsed, plan: Integers) -> None:
    """Look up line type, region and ValidationResult of the parsed numbers."""
    status = parsed.status
    rows = np.flatnonzero(status == 0)
    parsed.code[rows] = tables.plan_code[plan[rows]]
    state = tables.number_starts(parsed.code[rows])
    has_table = state != NO_PLAN
    status[rows[~has_table]] = SLOW
    rows, state = rows[has_table], state[has_table]
    parsed.value[rows] = parsed.digits.run(state, parsed.start[rows], parsed.length[rows])
    status[rows] = tables.reason[parsed.code[rows], parsed.length[rows]]
