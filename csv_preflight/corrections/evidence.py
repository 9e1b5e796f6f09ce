"""Whether a corrected row and a row of the list belong to one person, so that no wrong row is replaced."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence

# Words for nothing: replacing one does not change the person.
_NOTHING = frozenset({"", "na", "nan", "none", "null", "unknown", "test", "nil", "empty", "xxx"})
# The least similarity of two texts of which one is the other with a typing error corrected.
ALIKE = 0.7
# How many last digits two numbers must share if one is a correction of the other.
COMMON_DIGITS = 6
# A cell shared by more than this part of some hundred rows says little about a person.
COMMON_SHARE, SEVERAL = 0.2, 3


class Familiar:
    """Counts of cells in each column of a list, for its first rows."""

    def __init__(self, width: int, most: int = 10_000) -> None:
        """Begin.  most: how many rows are counted."""
        self._counts: list[Counter[str]] = [Counter() for _ in range(width)]
        self._most, self.rows = most, 0

    @property
    def is_full(self) -> bool:
        """Whether enough rows were counted."""
        return self.rows >= self._most

    def add(self, columns: Sequence[Sequence[str]]) -> None:
        """Count the cells of some rows, given by column."""
        self.rows += len(columns[0]) if columns else 0
        for counts, cells in zip(self._counts, columns, strict=True):
            counts.update(cells)

    def weight(self, column: int, cell: str) -> int:
        """Return the evidence of sharing a cell: 2 if nobody else has it, 0 if many do."""
        count = self._counts[column][cell]
        if count >= SEVERAL and count > COMMON_SHARE * self.rows:
            return 0
        return 1 if count > 1 else 2


def is_other_person(before: Sequence[str], after: Sequence[str], phones: Collection[int], familiar: Familiar) -> bool:
    """Whether a corrected row contradicts the list's row more than it agrees with it.

    before, after: the cells in the list and the corrected ones; phones: indices of the phone columns, whose cells may
    change.
    """
    agree = differ = 0
    cells = set(map(_folded, after))
    for index, (old, new) in enumerate(zip(before, after, strict=True)):
        if index in phones:
            agree += 2 * (old != "" and is_one_number(old, new))
        elif _folded(old) not in _NOTHING and _folded(new) not in _NOTHING:
            weight = familiar.weight(index, old)
            if is_alike(old, new) or _folded(old) in cells:
                agree += weight
            else:
                differ += weight
    return differ > agree


def is_piece_of(cells: Sequence[str], text: str) -> bool:
    """Whether any cell occurs in a text, that of a row that could not be split, or is similar to a word of it."""
    whole = _folded(text)
    words = [word for word in re.findall(r"\w+", text) if len(word) > 1]
    filled = [cell for cell in cells if _folded(cell)]
    return not whole or any(_folded(cell) in whole or any(is_alike(word, cell) for word in words) for cell in filled)


def is_same_text(text: str, before: str) -> bool:
    """Whether a text equals that of the list where spreadsheets keep it: in ASCII, and at its beginning."""
    new, old = ("".join(filter(str.isalnum, _ascii(one))) for one in (text, before))
    return new == old or (len(new) > 1000 and old.startswith(new))


def is_alike(old: str, new: str) -> bool:
    """Whether one text is the other with a typing error corrected, or a part removed or added.

    >>> is_alike("Jon Smith", "John Smith"), is_alike("Smith", "Smith, Ann"), is_alike("Bob", "Eve")
    (True, True, False)
    >>> is_alike("Person 1", "Person 2"), is_alike("ann@example.org", "bob@example.org")
    (False, False)
    """
    from difflib import SequenceMatcher

    if "@" in old and "@" in new:
        old, new = old.partition("@")[0], new.partition("@")[0]
    one, other = _folded(old), _folded(new)
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if shorter and shorter in longer and shorter.isalpha():
        return True
    if "".join(filter(str.isdigit, one)) != "".join(filter(str.isdigit, other)):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def is_one_number(old: str, new: str) -> bool:
    """Whether two cells are the same, or end in the same digits, as two forms of one number do."""
    if old == new:
        return True
    one, other = ("".join(filter(str.isdigit, cell)) for cell in (old, new))
    return len(one) >= COMMON_DIGITS and len(other) >= COMMON_DIGITS and one[-COMMON_DIGITS:] == other[-COMMON_DIGITS:]


def _folded(cell: str) -> str:
    decomposed = unicodedata.normalize("NFKD", cell).casefold()
    return "".join(filter(str.isalnum, decomposed))


def _ascii(text: str) -> str:
    return "".join(filter(str.isascii, text))
