"""A phone cell before libphonenumber parses it: damaged, several numbers, letters, or one number.

libphonenumber finds a number in whatever people type by dropping and converting characters, which is too lenient for a
list of people to call.  ``examine`` returns the rule that rejects a cell, or the text to parse with the fixes made.  It
is only called for cells with more than digits and common punctuation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from csv_preflight.model.rule import Parameters
from csv_preflight.stages.phones.characters import visible
from csv_preflight.stages.phones.damage import damage, without_number_format
from csv_preflight.stages.phones.labels import (
    SHORT_BEFORE_LABEL,
    Labelled,
    is_nothing,
    with_pictures_named,
    without_labels,
)
from csv_preflight.stages.phones.other_things import something_else
from csv_preflight.stages.phones.several import LEAST_DIGITS, NUMBER_BREAK, before_slash, digits_in, is_several

# libphonenumber refuses longer texts.  All expressions below take linear time.
LONGEST = 250


@dataclass(frozen=True, slots=True)
class Examined:
    """The result of examining a cell: a rule's code and parameters if it is rejected, else the text to parse.

    letters: text has letters and few digits: P010 if libphonenumber parses it, else P002.  before_slash: if one of
    these is a possible number, text abbreviates several.  With a code, text is a date as written there, else empty.
    """

    text: str = ""
    code: str = ""
    parameters: Parameters = field(default_factory=dict)
    fixes: tuple[str, ...] = ()
    extension: str = ""
    letters: bool = False
    before_slash: tuple[str, ...] = ()


# A label says that nobody answers there.
MARKED = Examined(code="P010", parameters={"hint": "fax"})
# A column of labels says so.
LABELLED = Examined(code="P002", parameters={"hint": "fax"})

# Results by form, if digits do not matter: rejected cells of a list are often alike.
_MOST_KNOWN = 1 << 14
_BY_FORM: dict[str, Examined] = {}
_AS_ZERO = str.maketrans("123456789", "000000000")
# A date has at most this many digits, and letters such as T and am.
_MOST_OF_DATE, _NO_DATE = 8, re.compile("[B-LNOQRSU-Yb-lnoq-z]")
_DIGITS_MATTER = re.compile(r"[&%]|0 {0,2}:|[.,]0+\s*\Z|\A\s*['\"`=]")

# Two spaces may separate two numbers, and more mean the same.
_GAP = re.compile(" {3,}")
_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile("[0-9]")
_EXTENSION = re.compile(
    r"(?:;ext=|(?<![ ,;.])[ ,;.]*+\(?(?:ext(?:ensi(?:o\u0301?|ó)n)?|extn|e?xtn?|x|int|anexo|доб|durchwahl|dw|poste|rn)"
    r"[ .:,#=]{0,3}|(?<![ ,;])[ ,;]*+#[ ]?|,{1,2}[ ]?(?=[0-9]{1,5}#?\Z))([0-9]{1,7})\)?#?",
    re.IGNORECASE,
)
# Prefixes for features (*67, #31#), and characters that never occur between the digits of a number.
_SERVICE_CODE = re.compile(r"[*#]+[0-9]")
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[ ]*([#*~,;:])[ ]*(?=[0-9])")
_STRANGE = re.compile(r"[^-0-9+()\[\]/. #*~,;:]")


def examine(cell: str) -> Examined:
    """Return what a cell is.

    >>> examine("4.15555E+09").code, examine("2025550143.0").fixes, examine("202-555-0143 ext. 12").extension
    ('P008', ('P102',), '12')
    >>> examine("Tel. 202-555-0143").fixes, examine("n/a").code
    (('P107',), 'P001')
    """
    if len(cell) > LONGEST:
        return Examined(code="P002", parameters={"hint": "long", "size": len(cell)})
    form = cell.translate(_AS_ZERO)
    known = _BY_FORM.get(form)
    if known is None:
        known = _examine(cell)
        if _whatever_digits(known, form):
            if len(_BY_FORM) >= _MOST_KNOWN:
                _BY_FORM.clear()
            _BY_FORM[form] = known
    return known


def _whatever_digits(found: Examined, form: str) -> bool:
    """Whether a result is that of all cells with other digits in the same places.

    Two numbers, links and words are: digits matter in dates, cards and addresses, at the end as decimals, before a
    colon, in references to characters, and where 00 makes a number too short for the label behind it.  form: a cell of
    this result with zeros for digits.
    """
    if found.code == "P009":
        alike = sum(digits_in(part) > _MOST_OF_DATE for part in NUMBER_BREAK.split(form)) > 1
    elif found.code == "P010":
        alike = not found.before_slash and bool(_NO_DATE.search(form))
    else:
        alike = found.code == "P002" and found.parameters.get("hint") in ("link", "email")
    alike = alike and not found.fixes and digits_in(form) not in SHORT_BEFORE_LABEL
    return alike and form.isascii() and not _DIGITS_MATTER.search(form)


@lru_cache(maxsize=_MOST_KNOWN)
def _examine(cell: str) -> Examined:
    text, removed = visible(cell)
    fixes: tuple[str, ...] = ("P104",) if removed else ()
    text = _GAP.sub("  ", with_pictures_named(text).strip())
    unwrapped = _unwrapped(text)
    if unwrapped is not None:
        text, fixes = unwrapped.strip(), (*fixes, "P103")
    if not text or (not _DIGIT.search(text) and is_nothing(text)):
        return Examined(code="P001")
    labelled = without_labels(text) if _LETTER.search(text) and digits_in(text) >= LEAST_DIGITS else Labelled(text)
    if labelled.has_label:
        text, fixes = labelled.text, (*fixes, "P107")
    if form := damage(text):
        return Examined(code="P008", parameters={"form": form})
    text, had_decimals = without_number_format(text)
    if had_decimals:
        fixes += ("P102",)
    if kind := something_else(text):
        date = text if kind == "date" else ""
        return Examined(date, code="P002", parameters={"hint": kind}, fixes=fixes)
    if is_several(text):
        return Examined(code="P009")
    if _SERVICE_CODE.match(text):
        return Examined(code="P002", parameters={"hint": "service-code"})
    if labelled.not_to_be_called:
        return MARKED
    several = before_slash(text)
    text, extension = _split_extension(text)
    if _LETTER.search(text):
        if digits_in(text) < LEAST_DIGITS:
            return Examined(text, fixes=fixes, letters=True)
        return Examined(code="P010", before_slash=several)
    if strange := _STRANGE.search(text) or _BETWEEN_DIGITS.search(text):
        character = _name(strange[0].strip(" ") or " ")
        return Examined(code="P002", parameters={"hint": "character", "character": character})
    return Examined(text, fixes=fixes, extension=extension, before_slash=several)


def _unwrapped(text: str) -> str | None:
    """Return the text inside ="…", '…' or "…" or after a leading apostrophe, None without these."""
    if text[:1] not in "='\"`\u2018\u2019\u201c":
        return None
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
    return None


def _split_extension(text: str) -> tuple[str, str]:
    for match in _EXTENSION.finditer(text):
        base = text[: match.start()]
        if match.end() == len(text) and digits_in(base) >= 3 and not _LETTER.search(base):
            return base.rstrip(" ,;("), match[1]
    return text, ""


def _name(character: str) -> str:
    if character.isprintable() and not character.isspace():
        return character
    return f"U+{ord(character):04X}"
