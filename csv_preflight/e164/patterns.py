r"""Regular expressions over digits -> transition tables.

A phone number's rules are regular expressions such as ``[2-9]\d{6}``.  Matching one number at a time is slow; a
table answers the same question for a whole column, a digit position at a time: ``state = table[state, digit]``
for all rows at once, and the last state says whether the pattern matches.

The tables are made by subset construction.  A pattern becomes a small program (``programs``); the set of its steps that
can be reached after the same digits is one state of the table.  Tables cover at most ``MAX_DIGITS`` digits, so each
state belongs to one count of digits read, but for the ends of open-ended patterns.

>>> rows, values = full_match_table([r"1\d|2"], lambda digits: digits in ("10", "11", "2"), dead=False, longest=3)
>>> state = 0
>>> for digit in (1, 0):
...     state = rows[state][digit]
>>> values[state]
True
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias, TypeVar

from csv_preflight.e164.programs import ALL, DIGITS, MAX_DIGITS, Kind, Program, Thread, UnsupportedError

Value = TypeVar("Value")
Match: TypeAlias = "tuple[int, dict[int, int]] | None"


def prefix_match_table(pattern: str) -> tuple[list[list[int]], list[Match]]:
    """Return the result of ``re.match(pattern, digits)`` as a table.

    rows[state]: the next state by digit.  results[state], for digits that end in that state: None, or the end of the
    match and the position of each group slot.  State 0 is the start.
    """
    program = Program([pattern])

    def result(threads: Sequence[Thread], depth: int) -> Match:
        for thread in threads:
            found = [thread]
            if program.steps[thread[0]].kind is Kind.AT_END:
                found = []
                program.preferred(thread[0], thread[1], depth, set(), found, at_end=True)
            if found and program.steps[found[-1][0]].kind is Kind.MATCH and found[-1][2] is not None:
                return found[-1][2], dict(found[-1][1])
        return None

    start: list[Thread] = []
    program.preferred(0, (), 0, set(), start)
    rows: list[list[int]] = [[]]
    results = [result(start, 0)]
    layer, absorbing = {tuple(start): 0}, dict[tuple[Thread, ...], int]()
    for depth in range(1, MAX_DIGITS + 1):
        following: dict[tuple[Thread, ...], int] = {}
        for threads, state in layer.items():
            rows[state] = []
            for digit in DIGITS:
                reached = _advance(program, threads, digit, depth)
                is_absorbing = not reached or program.steps[reached[0][0]].kind is Kind.MATCH
                known = absorbing if is_absorbing else following
                if reached not in known:
                    known[reached] = len(rows)
                    rows.append([len(rows)] * 10 if is_absorbing else [])
                    results.append(result(reached, depth))
                rows[state].append(known[reached])
        layer = following
    if layer:
        raise UnsupportedError(pattern)
    return rows, results


def _advance(program: Program, threads: Sequence[Thread], digit: int, depth: int) -> tuple[Thread, ...]:
    """Return the threads after a digit, the preferred first; a match drops all after it."""
    out: list[Thread] = []
    seen: set[int] = set()
    for thread in threads:
        kind, digits, *_ = program.steps[thread[0]]
        if kind is Kind.MATCH:
            out.append(thread)
            break
        reads = kind is Kind.READ and digits >> digit & 1
        if reads and program.preferred(thread[0] + 1, thread[1], depth, seen, out):
            break
    return tuple(out)


def _split(sets: Iterable[int]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the digits that are in the same sets of digits, and these sets, for all that are in any."""
    parts: list[tuple[int, list[int]]] = [(ALL, [])]
    for digits in sets:
        inside = [(part & digits, [*within, digits]) for part, within in parts if part & digits]
        parts = [*inside, *((part & ~digits, within) for part, within in parts if part & ~digits)]
    for part, within in parts:
        if within:
            yield [digit for digit in DIGITS if part >> digit & 1], within


def full_match_table(
    patterns: Sequence[str], label: Callable[[str], Value], dead: Value, longest: int, open_ended: Iterable[int] = ()
) -> tuple[list[list[int]], list[Value]]:
    """Return as a table which of the patterns match a whole string of up to ``longest`` digits.

    label(digits): the value of a state by an example of the strings that lead to it, all of the same length and
    matching the same patterns; if these are open-ended, the length does not matter.  open_ended: indices of patterns
    that need only match a beginning.  dead: the value where none matches.  State 0 is the start; in state 1, no pattern
    can match any more.
    """
    endless = frozenset(open_ended)
    program = Program(patterns, endless)
    known: dict[int, frozenset[int]] = {}

    def reachable(step: int) -> frozenset[int]:
        if step not in known:
            known[step] = frozenset(program.reachable(step, set()))
        return known[step]

    start: frozenset[int] = frozenset().union(*map(reachable, program.starts))
    ends = [index for index, step in enumerate(program.steps) if step.kind is Kind.MATCH]
    matching, tails = frozenset(ends), frozenset(step for index in endless for step in (ends[index] - 2, ends[index]))
    rows: list[list[int]] = [[], [1] * 10]
    values: list[Value] = [dead, dead]
    labels: dict[tuple[frozenset[int], int], Value] = {}
    # States of nothing but tails of open-ended patterns lead to themselves.
    absorbing: dict[frozenset[int], tuple[int, str]] = {}
    layer = {start: (0, "")}
    for depth in range(longest + 1):
        following: dict[frozenset[int], tuple[int, str]] = {}
        for steps, (state, example) in layer.items():
            if matches := steps & matching:
                kind = matches, 0 if matches <= tails else depth
                if kind not in labels:
                    labels[kind] = label(example)
                values[state] = labels[kind]
            # Many steps read the same few sets of digits, and many digits are in the same sets.
            after: dict[int, set[int]] = {}
            for step in steps - matching if depth < longest else ():
                after.setdefault(program.steps[step].digits, set()).update(reachable(step + 1))
            row = [1] * 10
            for digits, read in _split(after):
                target = frozenset[int]().union(*(after[some] for some in read))
                states = absorbing if target <= tails else following
                if target not in states:
                    states[target] = (len(rows), f"{example}{digits[0]}")
                    rows.append([len(rows)] * 10)
                    values.append(label(states[target][1]) if states is absorbing else dead)
                for digit in digits:
                    row[digit] = states[target][0]
            rows[state] = row
        layer = following
    return rows, values
