"""What a single phone cell is before libphonenumber sees it: damaged, several numbers, letters, or one number.

libphonenumber was made to find a number in whatever people type, so it drops and converts; a list of people to
be called must not.  ``examine`` looks at the raw cell and either names the rule that rejects it or gives the
text that may be parsed, with the fixes that led there.  It is only called for cells that are not plainly made
of digits and common punctuation.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# libphonenumber refuses longer texts.  No expression below takes time that grows faster than a cell.
LONGEST = 250
# Each of two numbers in one cell has at least this many digits; less is an area code, an extension or a suffix.
LEAST_DIGITS = 7
# After an area code and a slash, fewer digits are a part of a number that is written in groups.
LEAST_SUBSCRIBER = 5


@dataclass(frozen=True, slots=True)
class Examined:
    """A cell after examination: either code (and hint) say why it is rejected, or text may be parsed.

    letters: text holds letters and few digits, so it is P010 if libphonenumber takes it for a number, P002 if not.
    With a code, text is how a date stands there, else empty.
    """

    text: str = ""
    code: str = ""
    hint: str = ""
    fixes: tuple[str, ...] = ()
    extension: str = ""
    letters: bool = False


# Two spaces may stand between two numbers; more say no more.
_GAP = re.compile(" {3,}")
_SCIENTIFIC = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]*)?[eE][-+]?[0-9]{1,3}")
_HASHES = re.compile(r"#{3,}")
_SPREADSHEET_ERROR = re.compile(r"#(?:NAME\?|VALUE!|REF!|NUM!|DIV/0!|NULL!)", re.IGNORECASE)
# Behind bare digits, or one zero behind a number that holds no other point.
_POINT_ZERO = re.compile(r"(\+?[0-9]{7,15})[.,]0{1,6}|([^.]*[0-9])\.0")

_EMAIL_OR_LINK = re.compile(r"[^@]*@[^@]*|[a-z]+://.*|www\..*", re.IGNORECASE | re.DOTALL)
_DATE = re.compile(
    r"(?:(?P<year>[12][0-9]{3})(?P<sep1>[-/. ])(?P<a1>[0-9]{1,2})(?P=sep1)(?P<b1>[0-9]{1,2})"
    r"|(?P<a2>[0-9]{1,2})(?P<sep2>[-/.])(?P<b2>[0-9]{1,2})(?P=sep2)(?:[12][0-9]{3}|[0-9]{2})"
    r"|(?P<a3>[0-9]{2}) (?P<b3>[0-9]{2}) [12][0-9]{3})\.?"
    r"(?:[T ,]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,6})?)?(?: ?[AaPp]\.?[Mm]\.?)?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_TIME = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,6})?)?(?: ?[AaPp]\.?[Mm]\.?)?")
_OCTET = r"(?:0|[1-9][0-9]{0,2})"
_IP_ADDRESS = re.compile(rf"({_OCTET})\.({_OCTET})\.({_OCTET})\.({_OCTET})(?:[:/][0-9]{{1,5}})?")
_AMOUNT = re.compile(
    r"-?[0-9]+[.,][0-9]{1,2}"  # 1234.50
    r"|-?[0-9]{7,}\.[0-9]+"  # 1234567.891
    r"|-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"  # 1,234,567.89
    r"|-?[0-9]{1,3}(?:[.' ][0-9]{3})+,[0-9]{1,2}"  # 1.234.567,89
    r"|-[0-9]+(?:[.,][0-9]+)?"  # a negative number
    r"|[0-9.,]+ ?%"
)
_CARD = re.compile(r"[2-6][0-9]{3}([- ]?)[0-9]{4}\1[0-9]{4}\1[0-9]{4}|3[47][0-9]{2}([- ]?)[0-9]{6}\2[0-9]{5}")

_EXTENSION = re.compile(
    r"(?:;ext=|(?<![ ,;.])[ ,;.]*+\(?(?:ext(?:ensi(?:o\u0301?|ó)n)?|extn|e?xtn?|x|int|anexo|доб|durchwahl|dw|poste|rn)"
    r"[ .:,#=]{0,3}|(?<![ ,;])[ ,;]*+#[ ]?|,{1,2}[ ]?(?=[0-9]{1,5}#?\Z))([0-9]{1,7})\)?#?",
    re.IGNORECASE,
)
_TEL_URI = re.compile(r"tel:(?=[+0-9(])", re.IGNORECASE)
_NUMBER_BREAK = re.compile(r"[^\W\d_]+|[;,/|&\\\r\n]+")
# More numbers that differ in their last digits only: 23125001/2, 23125001 or 02, 23125001~2, 23125001 (2).
_SHORT = r"(?: ?[/;,&~] ?|(?<! ) ++(?:or|and|oder|und|ou|et|o|y|e) ++)[0-9]{1,4}| ?\([0-9]{1,4}\)"
_LAST_SHORT, _ALL_SHORT = (re.compile(f"(?:{_SHORT}){many}\\Z", re.IGNORECASE) for many in ("", "++"))
# What a telephone dials before a number (*67, #31#), and what stands between digits in no number.
_SERVICE_CODE = re.compile(r"[*#]+[0-9]")
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[ ]*([#*~,;:])[ ]*(?=[0-9])")
_STRANGE = re.compile(r"[^-0-9+()\[\]/. #*~,;:]")

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u30fc"), "-")
_PLAIN = {
    **_DASHES,
    **{0xFF01 + offset: chr(0x21 + offset) for offset in range(94)},  # full-width forms of ASCII
    ord("\u2044"): "/",
    ord("\u00b7"): ".",
    ord("\u2022"): ".",
    ord("\u2024"): ".",
    ord("\ufe62"): "+",
}  # fmt: skip


def examine(cell: str) -> Examined:
    """Return what a cell is.

    >>> examine("4.15555E+09").code, examine("2025550143.0").fixes, examine("202-555-0143 ext. 12").extension
    ('P008', ('P102',), '12')
    """
    if len(cell) > LONGEST:
        return Examined(code="P002", hint=f": {len(cell)} characters long")
    return _examine(cell)


@lru_cache(maxsize=1 << 14)
def _examine(cell: str) -> Examined:
    text, fixes = _visible(cell)
    text = _GAP.sub("  ", text.strip())
    unwrapped = _unwrapped(text)
    if unwrapped != text:
        text = unwrapped.strip()
        fixes += ("P103",)
    if not text:
        return Examined(code="P001")
    damage = _damage(text)
    if damage:
        return Examined(code="P008", hint=damage)
    if (found := _POINT_ZERO.fullmatch(text)) and _digits(text) > LEAST_DIGITS:
        text, fixes = found[1] or found[2], (*fixes, "P102")
    if kind := _something_else(text):
        date = text if kind == "a date" else ""
        return Examined(date, code="P002", hint=f": it looks like {kind}", fixes=fixes)
    text = _TEL_URI.sub("", text, count=1) if text[:4].lower() == "tel:" else text
    if _several(text):
        return Examined(code="P009")
    if _SERVICE_CODE.match(text):
        return Examined(code="P002", hint=": it begins with a service code")
    text, extension = _split_extension(text)
    if re.search(r"[^\W\d_]", text):
        return Examined(code="P010") if _digits(text) >= LEAST_DIGITS else Examined(text, fixes=fixes, letters=True)
    if strange := _STRANGE.search(text) or _BETWEEN_DIGITS.search(text):
        return Examined(code="P002", hint=f": it holds the character {_name(strange[0].strip(' ') or ' ')}")
    return Examined(text, fixes=fixes, extension=extension)


def _visible(cell: str) -> tuple[str, tuple[str, ...]]:
    """Return the cell in ASCII punctuation and digits, and P104 if invisible or exotic characters were removed."""
    if cell.isascii():
        return cell, ()
    cell = cell.translate(_PLAIN)
    out, invisible = [], False
    for character in cell:
        category = unicodedata.category(character)
        if category == "Cf" or character in "\u034f\u115f\u1160\u3164\uffa0":
            invisible = True
        elif category in ("Zs", "Zl", "Zp") and character != " ":
            out.append(" ")
            invisible = True
        elif category == "Nd":
            out.append(str(unicodedata.digit(character)))
        else:
            out.append(character)
    return "".join(out), ("P104",) * invisible


def _unwrapped(text: str) -> str:
    """Return text without a spreadsheet's ="…", '…', "…" or leading apostrophe."""
    if text[:1] not in "='\"`\u2018\u2019\u201c":
        return text
    for opening, closing in (
        ('="', '"'),
        ("='", "'"),
        ('"', '"'),
        ("'", "'"),
        ("\u2018", "\u2019"),
        ("\u201c", "\u201d"),
    ):
        if len(text) > len(opening) and text.startswith(opening) and text.endswith(closing):
            return text[len(opening) : -len(closing)]
    if text[:1] in "'`\u2018\u2019" and len(text) > 1:
        return text[1:]
    if text.startswith("=+") or re.fullmatch(r"=[0-9]+", text):
        return text[1:]
    return text


def _damage(text: str) -> str:
    if _SCIENTIFIC.fullmatch(text):
        return "scientific notation"
    if _HASHES.fullmatch(text):
        return "number signs, since the column was too narrow"
    if _SPREADSHEET_ERROR.fullmatch(text):
        return "an error value"
    return ""


def _something_else(text: str) -> str:
    """Return what a text is that libphonenumber might still take for a number; "" if it may be one."""
    if _EMAIL_OR_LINK.fullmatch(text):
        return "an e-mail address" if "@" in text else "a link"
    if (date := _DATE.fullmatch(text)) and _is_date(date):
        return "a date"
    if _TIME.fullmatch(text):
        return "a time"
    if (address := _IP_ADDRESS.fullmatch(text)) and all(int(octet) <= 255 for octet in address.groups()):
        return "an IP address"
    if _AMOUNT.fullmatch(text) or _has_currency(text):
        return "an amount"
    if _CARD.fullmatch(text) and _luhn(text):
        return "a card number"
    return ""


def _has_currency(text: str) -> bool:
    return "$" in text if text.isascii() else any(unicodedata.category(character) == "Sc" for character in text)


def _is_date(found: re.Match[str]) -> bool:
    which = next(which for which in "123" if found[f"a{which}"])
    one, other = int(found[f"a{which}"]), int(found[f"b{which}"])
    return 1 <= min(one, other) <= 12 and 1 <= max(one, other) <= 31


def _luhn(text: str) -> bool:
    digits = [int(character) for character in reversed(text) if character.isdigit()]
    return sum(digits[::2] + [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]) % 10 == 0


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _several(text: str) -> bool:
    if _digits(text) < LEAST_DIGITS:
        return False
    parts = [part for part in _NUMBER_BREAK.split(text) if _digits(part) >= LEAST_DIGITS]
    if len(parts) > 1 or _digits(text.rpartition("+")[0]) >= LEAST_DIGITS:
        return True
    last = None if re.search(r",[ ]?[0-9]++#?\Z", text) else _LAST_SHORT.search(text)
    # All of them are looked for only where there is a last one: that takes long in a text made of them.
    if any(
        found and _is_short_for_several(text[: found.start()]) for found in (last, last and _ALL_SHORT.search(text))
    ):
        return True
    # Too many digits for one number, and a gap between two that could be.
    halves = re.split(r" {2,}|\t", text)
    return sum(_digits(half) >= LEAST_DIGITS for half in halves) > 1 or _twins(text)


def _is_short_for_several(first: str) -> bool:
    """Whether a text is a number whose last digits may be replaced by those that follow it."""
    ahead, _, number = first.rpartition("/")
    if not _digits(number) or _digits(first) < LEAST_DIGITS or ahead.count("/") > 1 or re.search("[;,&~]", first):
        return False
    # 030/23125001/2 is short for two, 06/12/34/56/78 is one in pairs.
    return not ahead or _digits(number) >= LEAST_SUBSCRIBER


def _twins(text: str) -> bool:
    """Whether a text of more digits than any number has falls at a space into two that could be numbers."""
    digits, before = _digits(text), 0
    for group in text.split(" ") if digits >= 18 else ():
        before += _digits(group)
        if min(before, digits - before) >= 9:
            return True
    return False


def _split_extension(text: str) -> tuple[str, str]:
    for found in _EXTENSION.finditer(text):
        base = text[: found.start()]
        if found.end() == len(text) and _digits(base) >= 3 and not re.search(r"[^\W\d_]", base):
            return base.rstrip(" ,;("), found[1]
    return text, ""


def _name(character: str) -> str:
    if character.isprintable() and not character.isspace():
        return character
    return f"U+{ord(character):04X}"
