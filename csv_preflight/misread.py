"""UTF-8 text that was decoded in another encoding: recover it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

# The encodings in which UTF-8 text is most often decoded by mistake.
MISREAD_AS = ("latin-1", "cp1250", "cp1251", "mac_roman", "cp437", "cp850")
# cp1252 is Latin-1 with other characters for most control codes; the bytes that it lacks are usually passed through.
LENIENT = {"latin-1": {ord(bytes([code]).decode("cp1252", "ignore") or "\0"): code for code in range(0x80, 0xA0)}}


# The byte order marks of UTF-8, decoded wrongly once and twice, and of UTF-16, as text.
_MARKS = (
    "\ufeff", "Ã¯Â»Â¿", "ï»¿", "п»ї", "Ôªø", "∩╗┐", "´╗┐", "þÿ", "ÿþ",
    "ď»ż", "ο»Ώ", "ן»¿", "ï»؟", "ļ»æ", "๏ปฟ", "ďťż", "я╗┐", "О╩©",
)  # fmt: skip


def length_of_marks(text: str) -> int:
    """Return how many characters at the beginning of a text are byte order marks that were decoded as text.

    >>> length_of_marks("ï»¿Name"), length_of_marks("\ufeff\ufeffName"), length_of_marks("Name")
    (3, 2, 0)
    """
    length = 0
    while mark := next((mark for mark in _MARKS if text.startswith(mark, length)), ""):
        length += len(mark)
    return length


def as_utf8(text: str, encodings: Sequence[str] = MISREAD_AS) -> Iterator[tuple[str, str]]:
    """Yield the encodings in which a text may have been wrongly decoded, and the text that it was in UTF-8.

    >>> next(as_utf8("JosÃ©")), list(as_utf8("José"))
    (('latin-1', 'José'), [])
    """
    for encoding in encodings:
        if not _like_utf8(encoding).fullmatch(text):
            continue
        try:
            yield encoding, text.translate(LENIENT.get(encoding, {})).encode(encoding).decode()
        except UnicodeError:
            continue


@cache
def _like_utf8(encoding: str) -> re.Pattern[str]:
    """Return an expression for texts whose bytes in an encoding look like UTF-8: fast to say no to nearly all names."""
    if len(bytes(range(0xA1, 0xA3)).decode(encoding, "replace")) < 2:
        return re.compile(".*", re.DOTALL)  # several bytes a character
    lenient = LENIENT.get(encoding, {})

    def letters(first: int, last: int) -> str:
        known = bytes(range(first, last + 1)).decode(encoding, "ignore")
        also = "".join(map(chr, (place for place, code in lenient.items() if first <= code <= last)))
        return re.escape(known + also)

    behind = f"[{letters(0x80, 0xBF)}]"
    return re.compile(
        f"(?:[\\x00-\\x7f]|[{letters(0xC2, 0xDF)}]{behind}|[{letters(0xE0, 0xEF)}]{behind}{{2}}"
        f"|[{letters(0xF0, 0xF4)}]{behind}{{3}})*"
    )
