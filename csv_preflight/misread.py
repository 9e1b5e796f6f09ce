"""UTF-8 text that was decoded in another encoding: recover it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

# The encodings in which UTF-8 text is most often decoded by mistake.
MISREAD_AS = ("latin-1", "cp1250", "cp1251", "mac_roman", "cp437", "cp850")
# cp1252 is Latin-1 with other characters for most control codes; the bytes that it lacks are usually passed through.
LENIENT = {"latin-1": {ord(bytes([code]).decode("cp1252", "ignore") or "\0"): code for code in range(0x80, 0xA0)}}


# The byte order marks of UTF-8, decoded wrongly once and twice, and of UTF-16, as text.
_MARKS = ("\ufeff", "Ã¯Â»Â¿", "ï»¿", "п»ї", "Ôªø", "∩╗┐", "´╗┐", "þÿ", "ÿþ")


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
        try:
            yield encoding, text.translate(LENIENT.get(encoding, {})).encode(encoding).decode()
        except UnicodeError:
            continue
