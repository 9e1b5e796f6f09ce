"""Delimiter, spaces before quotes, a leading sep= line.

Each delimiter is tried on the beginning of the text: the right one cuts the records into fields of one number.
Quotes count only where RFC 4180 has them, so that notes full of commas and quoted addresses do not mislead.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from csv_preflight.errors import SettingsError
from csv_preflight.findings import Collector
from csv_preflight.model import Dialect

# In the order in which equals are preferred.
NAMES = {",": "commas (,)", ";": "semicolons (;)", "\t": "tabs", "|": "vertical bars (|)"}
SPELLINGS = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|", "bar": "|"}

# Records that are looked at: enough to tell a constant width from a chance one.
MOST_RECORDS = 2000

_SEP_LINE = re.compile(r"\"?sep=(?P<delimiter>[^\r\n\"])\"?(?=\r|\n|\Z)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a sample falls into fields: the width of the header, the share of records that have it."""

    delimiter: str
    width: int
    share: float
    broken: float
    skip_space: bool


def detect(sample: bytes, findings: Collector, delimiter: str | None = None) -> Dialect:
    """Return the dialect of a text; F103 and F105 are reported.

    sample: its first part as UTF-8, cut anywhere.  delimiter: what the user said, a character or its name; what
    can not be one raises SettingsError.
    """
    text = sample.decode(errors="ignore")
    sep = _SEP_LINE.match(text)
    if sep:
        findings.whole_file("F105", found=sep[0])
        text = re.sub(r"\A(?:\r\n|\n|\r)", "", text[sep.end() :], count=1)
    chosen = _given(delimiter) or (sep["delimiter"] if sep and sep["delimiter"] in NAMES else None)
    readings = [_read(text, candidate) for candidate in ([chosen] if chosen else NAMES)]
    best = max(readings, key=_likelihood)
    if best.delimiter != "," or best.skip_space:
        name = NAMES.get(best.delimiter, repr(best.delimiter))
        spaced = f"{name} with spaces before quotes" if best.skip_space else name
        findings.whole_file("F103", line=2 if sep else 1, delimiter=spaced)
    return Dialect(best.delimiter, sep_line=bool(sep), skip_space=best.skip_space)


def _given(delimiter: str | None) -> str | None:
    if delimiter is None:
        return None
    character = SPELLINGS.get(delimiter.lower(), delimiter)
    if len(character) != 1 or not character.isascii() or character in '"\r\n' or character.isalnum():
        raise SettingsError(f"delimiter: {delimiter!r} is not a single character such as ; or the word tab")
    return character


def _likelihood(reading: _Reading) -> tuple[float, ...]:
    """Order readings: a width that most records share, then fewer quoting faults, then more columns."""
    if reading.width == 1:
        # One column fits every text; it is right only where no delimiter cuts the text evenly.
        return (0.5, 1 - reading.broken, 1)
    return (reading.share, 1 - reading.broken, reading.width)


def _read(text: str, delimiter: str) -> _Reading:
    """Read a sample with a delimiter."""
    spaced = f'{delimiter} "' in text
    skip_space = spaced and _faults(text, delimiter, skip_space=True) < _faults(text, delimiter, skip_space=False)
    widths, broken = _widths(text, delimiter, skip_space)
    if not widths:
        return _Reading(delimiter, 1, 0.0, 0.0, skip_space=False)
    width = widths[0]
    counts = Counter(widths)
    share = counts[width] / len(widths)
    if len(widths) > 1 and share < 0.5 and counts.most_common(1)[0][1] / len(widths) > 0.5:
        # The header itself may be the odd one: a title, or a delimiter too few.
        width, share = counts.most_common(1)[0][0], counts.most_common(1)[0][1] / len(widths) * 0.9
    return _Reading(delimiter, width, share, broken / len(widths), skip_space)


def _faults(text: str, delimiter: str, *, skip_space: bool) -> int:
    return _widths(text, delimiter, skip_space)[1]


def _widths(text: str, delimiter: str, skip_space: bool) -> tuple[list[int], int]:
    """Return the number of fields of each record, and how many records have a quote out of place."""
    escaped = re.escape(delimiter)
    space = " *" if skip_space else ""
    token = re.compile(rf'(?P<quoted>{space}"(?:[^"]|"")*+"(?=[{escaped}\r\n]|\Z))|(?P<bare>[^{escaped}\r\n]*+)')
    widths: list[int] = []
    broken = at = width = 0
    while at <= len(text) and len(widths) < MOST_RECORDS:
        found = token.match(text, at)
        if found is None:
            break
        width += 1
        if found["bare"] is not None and '"' in found["bare"]:
            broken += 1
        at = found.end()
        if text[at : at + 1] == delimiter:
            at += 1
            continue
        ending = 2 if text[at : at + 2] == "\r\n" else 1
        if (at < len(text) or not widths) and not (width == 1 and not found[0].strip()):
            widths.append(width)
        at, width = at + ending, 0
    return widths, broken
