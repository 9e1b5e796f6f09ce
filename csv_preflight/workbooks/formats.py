"""Number formats: the text in a cell beyond its number.

A format of only digits and signs, such as 00000, "+"0 or (###) ###-####, is a mask: its text is used if it has other
digits than the number, or a +.  A date format makes a number a date.  All others change nothing.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

# ECMA-376, part 1, 18.8.30: formats with a number instead of a code, including those of East Asian dates.
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    **dict.fromkeys([*range(27, 32), 36, *range(50, 55), 57, 58], "yyyy-mm-dd"),
    **dict.fromkeys([32, 33, 34, 35, 55, 56], "h:mm:ss"),
}  # fmt: skip

_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, "=": operator.eq, ">": operator.gt, ">=": operator.ge, "<>": operator.ne,
}  # fmt: skip
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)\]")
# [$+49-407] is the text +49, and a language.
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]\-]*)[^\]]*\]|\[[^\]]*\]|(?P<plain>.)', re.DOTALL
)
# Signs that need no quotes; a format with a dot, comma, slash or letter is no mask.
_SIGNS = frozenset(" -+()!^&'~{}<>=:$")
# Digits that stand for themselves.
_OTHER_DIGITS = frozenset("123456789")
LONGEST_CODE = 255


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a format, for some numbers.

    condition: of its numbers, or None.  mask: its parts, "0" or "#" with True for a digit, any other text with False;
    None for a section that is no mask.
    """

    condition: tuple[str, float] | None
    mask: tuple[tuple[str, bool], ...] | None

    def holds(self, value: float) -> bool:
        """Whether a number meets the section's condition."""
        return self.condition is None or _COMPARISONS[self.condition[0]](value, self.condition[1])


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format.  has_date, has_time: it shows these; is_elapsed: it shows unlimited hours, minutes or seconds."""

    sections: tuple[Section, ...]
    has_date: bool = False
    has_time: bool = False
    is_elapsed: bool = False
    is_general: bool = False
    is_scientific: bool = False

    def shown(self, number: str) -> str | None:
        """Return the text of a whole number by its mask, None if there is no mask or it adds nothing.

        number: digits, with a - before them if it is negative.

        >>> number_format("00000").shown("1234"), number_format('"+"0').shown("12025550143")
        ('01234', '+12025550143')
        >>> number_format("(###) ###-####").shown("2025550143")
        """
        if "." in number:
            return None
        section, signed = self._section(int(number))
        if section.mask is None:
            return None
        shown = ("-" if signed and number.startswith("-") else "") + _filled(section.mask, number.lstrip("-"))
        return shown if _significant(shown) != _significant(number) else None

    def _section(self, value: int) -> tuple[Section, bool]:
        """Return the section for a number, and whether a - is written before it."""
        sections = self.sections[:3]
        if any(section.condition for section in sections):
            found = next((section for section in sections if section.holds(value)), sections[-1])
            return found, True
        if value < 0 and len(sections) > 1:
            return sections[1], False
        return sections[2 if value == 0 and len(sections) > 2 else 0], True


def _significant(text: str) -> str:
    return re.sub(r"[^0-9+]", "", text)


def _filled(mask: tuple[tuple[str, bool], ...], digits: str) -> str:
    """Return a mask filled with digits from the right; surplus digits go to the first place."""
    left = digits if digits != "0" else ""
    first = next((index for index, (_, is_digit) in enumerate(mask) if is_digit), None)
    zero = next((index for index, token in enumerate(mask) if token == ("0", True)), len(mask))
    pieces = []
    for index in range(len(mask) - 1, -1, -1):
        text, is_digit = mask[index]
        if is_digit:
            taken = left if index == first else left[-1:]
            left = left[: len(left) - len(taken)]
            text = taken or ("0" if index >= zero else "")
        pieces.append(text)
    return "".join(reversed(pieces))


@lru_cache(maxsize=4096)
def number_format(code: str) -> NumberFormat:
    """Parse the code of a format."""
    code = code[:LONGEST_CODE]
    sections = tuple(_section_of(tokens) for tokens in _sections(code))
    bare = "".join(match["plain"] or "" for match in _TOKEN.finditer(code)).casefold()
    is_elapsed = bool(re.search(r"\[(?:h+|m+|s+)\]", code, re.IGNORECASE))
    is_general = "general" in bare or "standard" in bare
    bare = bare.replace("general", "").replace("standard", "").replace("am/pm", "").replace("a/p", "")
    has_time = bool(re.search("[hs]", bare)) or is_elapsed
    has_date = bool(re.search("[dy]", bare)) or ("m" in bare and not has_time)
    is_scientific = bool(re.search(r"[0#?]e[+-]", bare))
    return NumberFormat(sections, has_date, has_time, is_elapsed, is_general, is_scientific)


def _sections(code: str) -> list[list[re.Match[str]]]:
    """Return the tokens of each section."""
    sections: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(code):
        if token["plain"] == ";":
            sections.append([])
        else:
            sections[-1].append(token)
    return sections


def _section_of(tokens: list[re.Match[str]]) -> Section:
    conditions = [match for token in tokens if (match := _CONDITION.fullmatch(token[0]))]
    condition = (conditions[0][1], float(conditions[0][2])) if conditions and _is_float(conditions[0][2]) else None
    mask: list[tuple[str, bool]] = []
    before: str | None = None
    for token in tokens:
        if token["plain"] is None:
            mask.append((token["quoted"] or token["escaped"] or token["currency"] or "", False))
        elif token["plain"] in "0#?":
            if before in _OTHER_DIGITS:
                return Section(condition, None)  # programs disagree whether 10 is a text
            mask.append((token["plain"], True))
        elif token["plain"] in _SIGNS | _OTHER_DIGITS:
            mask.append((token["plain"], False))
        else:
            return Section(condition, None)
        before = token["plain"]
    has_digits = any(is_digit for _, is_digit in mask)
    return Section(condition, tuple(mask) if has_digits else None)


def _is_float(text: str) -> bool:
    return bool(re.fullmatch(r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)", text))
