"""What a column's name asks and its cells answer about calling a person."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache, lru_cache

from csv_preflight.consent.folding import fold
from csv_preflight.consent.vocabulary import pattern, says, words
from csv_preflight.model.opt_out import Asks

LONGEST = 200  # anything longer is a text, not an answer
_MARKS = frozenset("✓✔☑✅☒×✕✖")
# Empty tick boxes.
_BOXES = frozenset("☐□▢◻◽⬜")
# Signs for "nothing", and invisible characters.
_DASHES = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff\-\u2010-\u2015_.,;:/\\\"']*")
_NOTHING = re.compile(r"0[0 :.,/TZ+-]*|0001-01-01(?!\d).*")  # including the dates that programs write for "no date"
_ONE = re.compile(r"0*1(?:[.,]0+)?")


class Answer(IntEnum):
    """The answer in a cell."""

    SILENT = 0
    """Nothing, or that the person may be called."""
    OPTED_OUT = 1
    UNCLEAR = 2
    """Neither yes nor no."""


def asks(name: str) -> Asks:
    """Return what a column asks, by its name.

    >>> asks("HasOptedOut"), asks("voice_consent"), asks("Lead Status"), asks("City")
    (<Asks.OPT_OUT: 'opt-out'>, <Asks.CONSENT: 'consent'>, <Asks.STATUS: 'status'>, <Asks.OTHER: 'other'>)
    """
    folded = fold(name)
    if says("opt-out", folded):
        return Asks.OPT_OUT
    if says("consent", folded) and not says("consent-details", folded):
        return Asks.CONSENT
    return Asks.STATUS if says("status", folded) else Asks.OTHER


def is_about_messages(name: str) -> bool:
    """Whether a column name is about messages and not about calls.

    >>> is_about_messages("HasOptedOutOfEmail"), is_about_messages("Do Not Call or Email")
    (True, False)
    """
    folded = fold(name)
    return says("other-channels", folded) and not says("calls", folded)


@lru_cache(maxsize=4096)
def answer(cell: str, asked: Asks) -> Answer:
    """Return a cell's answer in a column that the user named.

    >>> [answer(cell, Asks.OPT_OUT).name for cell in ("Yes", "no", "", "2024-05-01", "perhaps")]
    ['OPTED_OUT', 'SILENT', 'SILENT', 'OPTED_OUT', 'UNCLEAR']
    >>> [answer(cell, Asks.CONSENT).name for cell in ("Yes", "no", "", "withdrawn")]
    ['SILENT', 'OPTED_OUT', 'SILENT', 'OPTED_OUT']
    """
    folded, stripped = fold(cell[:LONGEST]), cell.strip().removesuffix("\ufe0f")
    compact = folded.replace(" ", "")
    is_marked = stripped in _MARKS
    is_empty = not compact and _DASHES.fullmatch(stripped) is not None
    if compact in words("nothing") or is_empty:
        return Answer.SILENT
    out = _says_out(folded)
    if out is not None:
        return Answer.OPTED_OUT if out else Answer.SILENT
    if compact in words("out-alone"):
        return Answer.OPTED_OUT
    if compact in words("no") or _NOTHING.fullmatch(stripped) or stripped in _BOXES:
        return Answer.OPTED_OUT if asked is Asks.CONSENT else Answer.SILENT
    if compact in words("yes") or is_marked or _ONE.fullmatch(stripped) or _date().fullmatch(stripped):
        return Answer.SILENT if asked is Asks.CONSENT else Answer.OPTED_OUT
    is_known = asked in (Asks.STATUS, Asks.OTHER) or compact in words("in")
    return Answer.SILENT if is_known else Answer.UNCLEAR


@lru_cache(maxsize=4096)
def opts_out(cell: str, asked: Asks) -> bool:
    """Whether a cell clearly says that a person must not be called, in a column that was not named.

    >>> opts_out("yes", Asks.OPT_OUT), opts_out("yes", Asks.STATUS), opts_out("Do not call!", Asks.STATUS)
    (True, False, True)
    """
    if asked is not Asks.STATUS:
        return answer(cell, asked) is Answer.OPTED_OUT
    return bool(_says_out(fold(cell[:LONGEST]))) and not is_about_messages(cell[:LONGEST])


@cache
def _date() -> re.Pattern[str]:
    """Return an expression for a date, with a time or not."""
    month = (
        r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
        r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
    )
    return re.compile(
        r"\d{4}([-/.])\d{1,2}\1\d{1,2}(?!\d).*|\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d{2})(?!\d).*|(?:19|20)\d{6}(?:T.*)?"
        rf"|(?:[a-z]{{3,9}}\.?,? )?(?:{month}[ -]\d{{1,2}}|\d{{1,2}}[ -]{month}),?[ -]\d{{2,4}}(?!\d).*"
        # Seconds or milliseconds since 1970; days since 1900, as a spreadsheet counts them (1982 to 2064).
        r"|1\d{9}|1\d{12}|[345]\d{4}(?:[.,]\d+)?",
        re.ASCII | re.IGNORECASE,
    )


def _says_out(folded: str) -> bool | None:
    """Whether a text says somewhere that somebody opted out, or did not; None if it says neither."""
    match = pattern("out").search(folded)
    if match is None:
        return None
    before = folded[: match.start()].split()
    return not (before and before[-1] in words("not"))
