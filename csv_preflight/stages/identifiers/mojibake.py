"""Text that was garbled before: decoded in the wrong encoding, letters turned into ?, HTML character references."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from csv_preflight.misread import as_utf8

# Longer cells are not cached, so that memory is bounded.
LONGEST_KEPT = 250
# UTF-8 takes at least two bytes for a character beyond ASCII.
_ALONE = re.compile(r"(?<![^\x00-\x7f])[^\x00-\x7f](?![^\x00-\x7f])")
_HIGHEST = "\u25ff"
# Phonetic letters, and scripts without names of people, which come out by chance (Plášťovce, WĘŻYK).
_NO_NAMES = re.compile("[\u0250-\u02af\u1400-\u177f]")
# Russian words of one capital letter with a closing mark, such as Я» and В…, look like UTF-8 by chance.
_LETTER_AND_MARK = 2

# Text in another alphabet that was decoded as a Western one is all letters with marks: Èâàí for Иван.
_ALL_MARKED = re.compile(r"(?<![^\W\d_])[À-ÖØ-öø-ÿ]{4,}(?![^\W\d_])")

# Words in which ? and & have a meaning: addresses, queries, assignments.
_ADDRESS = re.compile(r"[/=@&\\]|www\.", re.IGNORECASE)
_QUERY = re.compile(r"://|www\.|[?&][\w.%-]+=", re.IGNORECASE)
_INSIDE = re.compile(r"([^\W\d_])\?+([^\W\d_])")
_FIRST = re.compile(r"(?:^|[-'\u2019(])\?+([^\W\d_])")
# This many question marks are no question, unless there are words: ???? ??????
_MANY = 4
_REFERENCE = re.compile(r"&(#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")


def how_garbled(text: str, *, name: bool = False) -> str | None:
    """Return how a text was garbled, for I004: misread, lost (letters became ?), codes (of HTML), or None if it is not.

    name: the text is a name, in which a question mark is no question.

    >>> [how_garbled(text) for text in ("JosÃ©", "????? ?????", "Nu?ez", "O&#39;Hara", "Who?", "https://x.y/?a=b&c=d")]
    ['misread', 'lost', 'lost', 'codes', None, None]
    >>> how_garbled("Jos? Garcia"), how_garbled("Jos? Garcia", name=True)
    (None, 'lost')
    """
    return _kept(text, name) if len(text) <= LONGEST_KEPT else _how_garbled(text, name)


def _how_garbled(text: str, name: bool) -> str | None:
    if "?" in text and _has_lost_letters(text.split(), name):
        return "lost"
    if "&" in text and _has_references(text):
        return "codes"
    return "misread" if is_mojibake(text) else None


_kept = lru_cache(maxsize=1 << 14)(_how_garbled)


def is_mojibake(text: str) -> bool:
    """Return whether a word of a text was decoded in a wrong encoding, or has replacement characters.

    UTF-8 that was decoded in another encoding is valid UTF-8 once it is encoded in that again.  A real name may be so
    by chance, but then rarely with letters of one script.

    >>> is_mojibake("JosÃ©"), is_mojibake("РћР»СЊРіР°"), is_mojibake("José Ольга"), is_mojibake("Aðólfsson")
    (True, True, False, False)
    >>> is_mojibake("Èâàí"), is_mojibake("Ååå")
    (True, False)
    """
    if text.isascii():
        return False
    return "\ufffd" in text or bool(_ALL_MARKED.search(text)) or any(map(_is_misread, text.split(" ")))


def _is_misread(word: str) -> bool:
    if word.isascii() or max(word) > _HIGHEST or _ALONE.search(word):
        return False
    for encoding, decoded in as_utf8(word):
        if encoding == "cp1251" and len(word) == _LETTER_AND_MARK:
            continue
        if not _has_latin_and_other(decoded) and not _NO_NAMES.search(decoded):
            return True
    return False


def _has_latin_and_other(word: str) -> bool:
    scripts = {
        unicodedata.name(letter, "").partition(" ")[0] for letter in word if unicodedata.category(letter)[0] in "LM"
    }
    return len(scripts) > 1 and "LATIN" in scripts


def _has_lost_letters(words: list[str], name: bool) -> bool:
    """Whether question marks replace letters that an encoding does not have."""
    blank = [place for place, word in enumerate(words) if not word.strip("?")]
    for place, word in enumerate(words):
        if "?" not in word or place in blank or _ADDRESS.search(word):
            continue
        if any(name or not _begins_anew(*found) for found in _INSIDE.findall(word)):
            return True
        if any(letter.islower() for letter in _FIRST.findall(word)):
            return True
        if name and word.endswith("?") and place + 1 < len(words):
            return True
    if len(blank) == len(words):
        marks = sum(map(len, words))
        return (marks >= _MANY and marks > len(words)) or (name and marks > 1)
    # In a remark, question marks after words are questions.
    return any(len(words[place]) > 1 and (name or place == 0) for place in blank)


def _begins_anew(before: str, behind: str) -> bool:
    """Whether a new sentence begins after a question mark: "Interested?Yes"."""
    return before.islower() and behind.isupper()


def _has_references(text: str) -> bool:
    if not _REFERENCE.search(text):
        return False
    from html.entities import html5

    return any(
        name[0] == "#" or name in html5
        for word in text.split()
        if not _QUERY.search(word)
        for name in _REFERENCE.findall(word)
    )
