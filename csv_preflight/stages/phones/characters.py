"""The characters of a phone cell: other digits and punctuation become ASCII, invisible ones are removed."""

from __future__ import annotations

import re
import unicodedata

from csv_preflight.misread import MISREAD_AS, as_utf8

# Characters that a punctuation mark becomes in the wrong encoding, and those that only such marks become.
_ENCODINGS = (*MISREAD_AS, "cp1253", "cp1254", "cp866", "gbk")
# How often in a row a text may have been decoded in the wrong encoding.
_TIMES = 3

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u30fc"), "-")
_PLAIN = {
    **_DASHES,
    **{0xFF01 + offset: chr(0x21 + offset) for offset in range(94)},  # full-width forms of ASCII
    ord("\u2044"): "/",
    ord("\u00b7"): ".",
    ord("\u2022"): ".",
    ord("\u2024"): ".",
    ord("\ufe62"): "+",
    ord("\u066b"): ".",  # Arabic decimal and thousands separators, and comma
    ord("\u066c"): ",",
    ord("\u060c"): ",",
    ord("\u3001"): ",",
}  # fmt: skip
_BLANK_FILLERS = "\u034f\u115f\u1160\u3164\uffa0"

_RUN = re.compile("[^\x00-\x7f]+")
_MARKS = frozenset(("Zs", "Zl", "Zp", "Cf", "Pd", "Po", "Pi", "Pf", "Ps", "Pe"))
# What is left of a no-break space, dash or direction mark where the rest of its bytes was lost.
_LEFTOVER = re.compile(
    "(?<![^\\W\\d_])(?:(?:\u00c3\u201a)?\u00c2|\u00e2(?:\u20ac[\"'\ufffd]?)?)(?![^\\W\\d_\u00c2\u00e2])"
)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,6}|#[xX][0-9A-Fa-f]{1,5}|[A-Za-z]{2,10});")


def visible(cell: str) -> tuple[str, bool]:
    r"""Return a cell with ASCII punctuation and digits, and whether invisible or misread characters were removed.

    >>> visible("\u202a+1\u00a0202\u2011555-0143"), visible("+1Â\u00a0202Â 5550143"), visible("＋1202")
    (('+1 202-555-0143', True), ('+1 202  5550143', True), ('+1202', False))
    """
    text = _with_references_read(cell) if "&" in cell else cell
    if text.isascii():
        return text, text != cell
    text = _with_marks_reread(text)
    removed = text != cell
    out = []
    for character in text.translate(_PLAIN):
        category = unicodedata.category(character)
        if category == "Cf" or character in _BLANK_FILLERS:
            removed = True
        elif category in ("Zs", "Zl", "Zp") and character != " ":
            out.append(" ")
            removed = True
        elif category == "Nd":
            out.append(str(unicodedata.digit(character)))
        else:
            out.append(character)
    return "".join(out), removed


def _with_references_read(cell: str) -> str:
    """Return a cell with HTML character references for punctuation replaced."""
    from html import unescape

    def read(match: re.Match[str]) -> str:
        character = unescape(match[0])
        return character if character == "+" or _are_marks(character) else match[0]

    return _REFERENCE.sub(read, cell)


def _with_marks_reread(cell: str) -> str:
    """Return a cell with misdecoded runs decoded again, if they become nothing but punctuation."""
    text = _RUN.sub(lambda found: _reread(found[0]), cell)
    return _LEFTOVER.sub(" ", text)


def _reread(run: str) -> str:
    result = [run]
    for _ in range(_TIMES):
        result = [decoded for text in result for _, decoded in as_utf8(text, _ENCODINGS)]
        if marks := next(filter(_are_marks, result), None):
            return marks
    return run


def _are_marks(text: str) -> bool:
    """Whether a text is only punctuation, blanks and invisible characters."""
    return all(
        unicodedata.category(character) in _MARKS or not _PLAIN.get(ord(character), "0").isalnum() for character in text
    )
