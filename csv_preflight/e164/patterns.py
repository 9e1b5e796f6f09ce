r"""Regular expressions over digits -> transition tables.

A phone number's rules are regular expressions such as ``[2-9]\d{6}``.  Matching one number at a time is slow; a
table answers the same question for a whole column, a digit position at a time: ``state = table[state, digit]``
for all rows at once, and the last state says whether the pattern matches.

The tables are made by subset construction.  A pattern becomes a small program (``Program``) whose steps read one digit
of a set, split in two, save a position, or match.  The set of steps that can be reached after the same digits is one
state of the table.  Tables cover at most ``MAX_DIGITS`` digits, so each state belongs to one count of digits read.

>>> rows, values = full_match_table([r"1\d|2"], lambda digits: digits in ("10", "11", "2"), dead=False, longest=3)
>>> state = 0
>>> for digit in (1, 0):
...     state = rows[state][digit]
>>> values[state]
True
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from importlib import import_module
from typing import Any, NamedTuple, TypeAlias, TypeVar

# The longest string of digits that a table covers.
MAX_DIGITS = 20
DIGITS = range(10)
ALL = (1 << 10) - 1

Value = TypeVar("Value")
# Positions saved by slot of a group.
Saved: TypeAlias = tuple[tuple[int, int], ...]
Thread: TypeAlias = tuple[int, Saved, int | None]


class UnsupportedError(Exception):
    """A pattern or rule that this package cannot follow exactly."""


Kind = Enum("Kind", "READ GO SAVE AT_END MATCH")


class Step(NamedTuple):
    """A step of a program.

    digits: those that READ takes, as bits.  targets: of GO, the preferred first.  slot: of SAVE.
    """

    kind: Kind
    digits: int = 0
    targets: tuple[int, ...] = ()
    slot: int = 0


_UNKNOWN = Step(Kind.GO)  # until its targets are
_ANY = Step(Kind.READ, ALL)


class Program:
    """Patterns as one program of steps, in the order in which a backtracking matcher tries them."""

    def __init__(self, patterns: Sequence[str], open_ended: Iterable[int] = ()) -> None:
        """Compile patterns; those whose index is in open_ended need only match a beginning."""
        try:
            parser = import_module("re._parser")
        except ImportError as error:
            raise UnsupportedError("this Python has no parser of regular expressions") from error
        self.steps: list[Step] = []
        self.starts: list[int] = []
        for index, pattern in enumerate(patterns):
            self.starts.append(len(self.steps))
            self._sequence(parser.parse(pattern))
            if index in open_ended:
                tail = len(self.steps)
                self.steps += [Step(Kind.GO, targets=(tail + 1, tail + 3)), _ANY, Step(Kind.GO, targets=(tail,))]
            self.steps.append(Step(Kind.MATCH))

    def _sequence(self, nodes: Iterable[tuple[Any, Any]]) -> None:
        for kind, argument in nodes:
            self._node(str(kind), argument)

    def _node(self, kind: str, argument: Any) -> None:
        if kind in ("LITERAL", "IN"):
            self.steps.append(Step(Kind.READ, _digit_set(kind, argument)))
        elif kind == "MAX_REPEAT":
            low, high, inner = argument
            if int(high) > MAX_DIGITS:
                raise UnsupportedError("a repeat without an end")
            self._repeat(int(low), int(high), lambda: self._sequence(inner))
        elif kind == "BRANCH":
            self._branch(argument[1])
        elif kind == "SUBPATTERN":
            group, set_flags, cleared_flags, inner = argument
            if set_flags or cleared_flags:
                raise UnsupportedError("flags within a pattern")
            if group is not None:
                self.steps.append(Step(Kind.SAVE, slot=2 * group))
            self._sequence(inner)
            if group is not None:
                self.steps.append(Step(Kind.SAVE, slot=2 * group + 1))
        elif kind == "AT" and str(argument) == "AT_END":
            self.steps.append(Step(Kind.AT_END))
        else:
            raise UnsupportedError(kind)

    def _branch(self, alternatives: Sequence[Any]) -> None:
        jumps = []
        for alternative in alternatives[:-1]:
            split = len(self.steps)
            self.steps.append(_UNKNOWN)
            self._sequence(alternative)
            jumps.append(len(self.steps))
            self.steps.append(_UNKNOWN)
            self.steps[split] = Step(Kind.GO, targets=(split + 1, len(self.steps)))
        self._sequence(alternatives[-1])
        for jump in jumps:
            self.steps[jump] = Step(Kind.GO, targets=(len(self.steps),))

    def _repeat(self, low: int, high: int, emit: Callable[[], None]) -> None:
        for _ in range(low):
            emit()
        splits = []
        for _ in range(high - low):
            splits.append(len(self.steps))
            self.steps.append(_UNKNOWN)
            emit()
        for split in splits:
            self.steps[split] = Step(Kind.GO, targets=(split + 1, len(self.steps)))

    def preferred(
        self, step: int, saved: Saved, depth: int, seen: set[int], out: list[Thread], *, at_end: bool = False
    ) -> bool:
        """Append to out the threads that can be reached without a digit, the preferred first.

        Return whether a match was reached: a backtracking matcher would try nothing after it.
        """
        if step in seen:
            return False
        seen.add(step)
        kind, _, targets, slot = self.steps[step]
        if kind is Kind.GO:
            return any(self.preferred(to, saved, depth, seen, out, at_end=at_end) for to in targets)
        if kind is Kind.SAVE:
            return self.preferred(step + 1, (*saved, (slot, depth)), depth, seen, out, at_end=at_end)
        if kind is Kind.AT_END and at_end:
            return self.preferred(step + 1, saved, depth, seen, out, at_end=at_end)
        out.append((step, saved, depth if kind is Kind.MATCH else None))
        return kind is Kind.MATCH

    def reachable(self, step: int, seen: set[int]) -> Iterable[int]:
        """Yield the READ and MATCH steps that can be reached without a digit, whatever the preference."""
        if step in seen:
            return
        seen.add(step)
        kind, _, targets, _ = self.steps[step]
        if kind is Kind.GO:
            for to in targets:
                yield from self.reachable(to, seen)
        elif kind is Kind.SAVE:
            yield from self.reachable(step + 1, seen)
        elif kind is Kind.AT_END:
            raise UnsupportedError("$ in the pattern of a number")
        else:
            yield step


def _digit_set(kind: str, argument: Any) -> int:
    """Return the digits that a single-character pattern matches, as bits."""
    if kind == "LITERAL":
        return _bit(argument)
    digits = 0
    for inner, value in argument:
        name = str(inner)
        if name == "LITERAL":
            digits |= _bit(value)
        elif name == "RANGE":
            for character in range(value[0], value[1] + 1):
                digits |= _bit(character)
        elif name == "CATEGORY" and str(value) == "CATEGORY_DIGIT":
            digits |= ALL
        else:
            raise UnsupportedError(name)
    return digits


def _bit(character: int) -> int:
    if not 0x30 <= character <= 0x39:
        raise UnsupportedError(f"the character {chr(character)!r}")
    return 1 << (character - 0x30)


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
