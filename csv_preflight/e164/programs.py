"""A regular expression over digits as a small program.

Its steps read one digit of a set, split in two, save a position, or match.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from importlib import import_module
from typing import Any, NamedTuple, TypeAlias

# The longest string of digits that a table covers.
MAX_DIGITS = 20
DIGITS = range(10)
ALL = (1 << 10) - 1

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
