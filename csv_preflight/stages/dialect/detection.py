"""Delimiter, spaces before quotes, a leading sep= line.

Each delimiter is tried on the beginning of the text; the right one splits the records into the same number of fields.
Quotes count only where RFC 4180 allows them, so that notes full of commas and quoted addresses do not mislead.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import replace
from itertools import dropwhile, islice
from typing import NamedTuple

from csv_preflight.errors import SettingsError
from csv_preflight.model.finding import Findings
from csv_preflight.model.source import Dialect, Quoting
from csv_preflight.stages.dialect.quoting import rfc4180
from csv_preflight.stages.dialect.spare import MOST_RECORDS, WHOLE, spare_fields

# In order of preference among equals.
NAMES = {",": "commas (,)", ";": "semicolons (;)", "\t": "tabs", "|": "vertical bars (|)"}
SPELLINGS = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|", "bar": "|", "space": " "}

# Another way of quoting must leave this many times fewer faults.
MUCH_BETTER = 10
# Weights of readings with weaker evidence, as shares of records with the same width.
ONE_COLUMN, TITLE, CUT_HEADER = 0.5, 0.51, 0.52

# Marks of each way of quoting, in the order in which they are tried.
_MARKS = {
    Quoting.FORMULA: '="',
    Quoting.BACKSLASH: "\\",
    Quoting.SINGLE: "'",
    Quoting.SINGLE_BACKSLASH: "\\'",
    Quoting.CURLY: "“",
}

# MySQL's NULL, by default between tabs and without quotes.
_NO_VALUE = re.compile(r"(?<![^\t\r\n])\\N(?![^\t\r\n])")
_CODE = re.compile(r"\\x(?P<code>[0-9a-f]{2})", re.IGNORECASE)
_BLANK_LINES = re.compile(r"(?: *+[\r\n])*+")
_SEP_LINE = re.compile(r"\"?sep=(?P<delimiter>[^\r\n\"])\"?(?=\r|\n|\Z)", re.IGNORECASE)


class _Reading(NamedTuple):
    """How a sample splits into fields: the width of the header, the share of records of that width."""

    delimiter: str
    width: int
    share: float
    broken: float
    skip_space: bool


class Detected(NamedTuple):
    """The dialect of a text, and the findings on the way."""

    dialect: Dialect
    findings: Findings


def detect(sample: bytes, delimiter: str | None = None, *, padded: bool = True) -> Detected:
    """Return the dialect of a text.

    sample: its first part as UTF-8, cut anywhere.  delimiter: the user's, a character or its name; anything else raises
    SettingsError.  padded: whether columns may be empty, including their name.
    """
    findings = Findings()
    text = sample.decode(errors="ignore")
    sep = _SEP_LINE.match(text)
    if sep:
        findings.whole_file("F105", found=sep[0])
        text = re.sub(r"\A(?:\r\n|\n|\r)", "", text[sep.end() :], count=1)
    chosen = _given(delimiter) or (sep["delimiter"] if sep and _is_delimiter(sep["delimiter"]) else None)
    best = max((_read(text, candidate) for candidate in ([chosen] if chosen else NAMES)), key=_likelihood)
    if best.width == 1 and not chosen:
        best = _read(text, ",")
    if best.delimiter != "," or best.skip_space:
        name = NAMES.get(best.delimiter, repr(best.delimiter))
        spaced = f"{name} with spaces before quotes" if best.skip_space else name
        findings.whole_file("F103", line=2 if sep else 1, delimiter=spaced)
    dialect = Dialect(best.delimiter, bool(sep), best.skip_space)
    if best.width == 1 and not chosen and not _has_bare_formulas(text, best.delimiter):
        return Detected(dialect, findings)
    quoting = _other_quoting(text, best)
    if quoting:
        findings.whole_file("F106", line=2 if sep else 1, quoting=str(quoting))
        dialect = replace(dialect, quoting=quoting, skip_space=False)
    elif spare := spare_fields(text, best.delimiter, best.width, padded=padded and not best.skip_space):
        findings.whole_file("F107", line=2 if sep else 1, what=spare.what, spare=spare.fields)
        dialect = replace(dialect, trailing=spare.named, padded=spare.padded)
    return Detected(dialect, findings)


def _other_quoting(text: str, best: _Reading) -> Quoting | None:
    """Return the way of quoting that reads a text without a fault, if RFC 4180 does not."""
    if best.delimiter == "\t" and '"' not in text and _NO_VALUE.search(text):
        return Quoting.BACKSLASH
    faults = _misfits(text, best.delimiter, best.skip_space)
    if not faults or _is_rfc4180(text, best):
        if not _is_wrapped(text, best.delimiter):
            return None
        # within a cell; at its end it is a path: 'C:\'
        escaped = re.search(rf"\\'(?!{re.escape(best.delimiter)}|[\r\n]|\Z)", text)
        return Quoting.SINGLE_BACKSLASH if escaped else Quoting.SINGLE
    for quoting, mark in _MARKS.items():
        if mark not in text:
            continue
        whole = text[: max(text.rfind("\n"), text.rfind("\r")) + 1] if len(text) >= WHOLE else text
        read = b"".join(rfc4180([whole.encode()], Dialect(best.delimiter, quoting=quoting))).decode()
        left = _misfits(read, best.delimiter, skip_space=False)
        if read != whole and (not left or left * MUCH_BETTER <= faults):
            return quoting
    return None


def _has_bare_formulas(text: str, delimiter: str) -> bool:
    border = re.escape(delimiter) + r"\r\n"
    return re.search(rf'(?<![^{border}])="[^"\r\n]*"(?![^{border}])', text) is not None


def _is_rfc4180(text: str, best: _Reading) -> bool:
    """Whether a text strictly follows RFC 4180, and all its records have as many fields as the first."""
    # Python's reader accepts a quote within a bare field.
    if _has_bare_formulas(text, best.delimiter):
        return False
    rows = csv.reader(
        io.StringIO(text, newline=""), delimiter=best.delimiter, skipinitialspace=best.skip_space, strict=True
    )
    widths: list[int] = []
    try:
        widths += [len(row) for row in rows if len(row) > 1 or any(row)]
    except csv.Error as error:
        # A cell too large for Python, or the end of a text that was cut, is no fault of the list.
        return "limit" in str(error) or (len(text) >= WHOLE and "end of data" in str(error))
    return len(set(widths[:-1] if len(text) >= WHOLE else widths)) < 2


def _misfits(text: str, delimiter: str, skip_space: bool) -> int:
    """Return how many records have a misplaced quote, or another number of fields than the first."""
    widths, broken = _widths(text, delimiter, skip_space)
    return broken + sum(width != widths[0] for width in widths)


def _is_wrapped(text: str, delimiter: str) -> bool:
    """Whether every field of every line is in single quotes, including the column names."""
    lines = [line for line in text.splitlines()[:MOST_RECORDS] if line.strip()]
    fields = [field for line in (lines if len(text) < WHOLE else lines[:-1]) for field in line.split(delimiter)]
    return len(lines) > 1 and all(len(field) > 1 and field[0] == field[-1] == "'" for field in fields if field)


def _given(delimiter: str | None) -> str | None:
    if delimiter is None:
        return None
    character = SPELLINGS.get(delimiter.lower(), delimiter)
    code = _CODE.fullmatch(character)
    character = chr(int(code["code"], 16)) if code else character
    if not _is_delimiter(character):
        raise SettingsError(f"delimiter: {delimiter!r} is not a single character such as ; or the word tab")
    return character


def _is_delimiter(character: str) -> bool:
    """Whether a text can be a delimiter: one ASCII character without another meaning."""
    return len(character) == 1 and character.isascii() and not character.isalnum() and character not in '"\r\n\0'


def _likelihood(reading: _Reading) -> tuple[float, ...]:
    """Rank readings: by a width that most records share, then fewer quoting faults, then more columns."""
    if reading.width == 1:
        # One column fits every text; it is right only if no delimiter splits the text evenly.
        return (ONE_COLUMN, 1 - reading.broken, 1)
    return (reading.share, 1 - reading.broken, reading.width)


def _read(text: str, delimiter: str) -> _Reading:
    """Read a sample with a delimiter."""
    spaced = delimiter != " " and (f'{delimiter} "' in text or re.search(r'^ +"', text, re.MULTILINE) is not None)
    skip_space = spaced and _faults(text, delimiter, skip_space=True) < _faults(text, delimiter, skip_space=False)
    widths, broken = _widths(text, delimiter, skip_space)
    if not widths:
        return _Reading(delimiter, 1, 0.0, 0.0, skip_space=False)
    header, *rows = widths
    width, share = header, widths.count(header) / len(widths)
    if rows and rows.count(1) == len(rows):
        width, share = 1, 1.0  # the delimiter is only in the header
    elif rows:
        common, count = Counter(rows).most_common(1)[0]
        # The header itself may differ: a delimiter is missing, or it is a title above the real header.
        if header > 1 and share < 0.5 and count > 0.5 * len(rows):
            width, share = common, 0.9 * count / len(rows)
        elif header == 1 and (below := _below_titles(widths)) > 1:
            width, share = below, TITLE
        # Column names rarely hold a delimiter: one that splits them and most rows, even unevenly, is better than none.
        if header > 1 and rows.count(1) < 0.5 * len(rows):
            share = max(share, CUT_HEADER)
    return _Reading(delimiter, width, share, broken / len(widths), skip_space)


def _below_titles(widths: list[int]) -> int:
    """Return the width of the records below titles of one field each, 1 if there are none."""
    below = list(dropwhile(lambda width: width == 1, widths))
    if len(below) < 2 or (len(below) <= len(widths) - len(below) and len(widths) - len(below) > 1):
        return 1
    common, count = Counter(below).most_common(1)[0]
    return common if count > 0.9 * len(below) else 1


def _faults(text: str, delimiter: str, *, skip_space: bool) -> int:
    return _widths(text, delimiter, skip_space)[1]


def _widths(text: str, delimiter: str, skip_space: bool) -> tuple[list[int], int]:
    """Return the number of fields of each record, and how many records have a misplaced quote."""
    return _quoted_widths(text, delimiter, skip_space) if '"' in text else (_plain_widths(text, delimiter), 0)


def _plain_widths(text: str, delimiter: str) -> list[int]:
    """Return the number of fields of each record of a text without a quote."""
    *lines, last = text.replace("\r", "\n").split("\n")
    filled = (line for line in lines if line.strip() or delimiter in line.strip(" "))
    widths = [line.count(delimiter) + 1 for line in islice(filled, MOST_RECORDS)]
    # The last line of a text may be cut.
    return widths or ([last.count(delimiter) + 1] if last.strip() or delimiter in last else [])


def _quoted_widths(text: str, delimiter: str, skip_space: bool) -> tuple[list[int], int]:
    escaped = re.escape(delimiter)
    space = " *" if skip_space else ""
    token = re.compile(rf'(?P<quoted>{space}"(?:[^"]|"")*+"(?=[{escaped}\r\n]|\Z))|(?P<bare>[^{escaped}\r\n]*+)')
    widths: list[int] = []
    broken = at = width = 0
    while at <= len(text) and len(widths) < MOST_RECORDS:
        if not width and (blank := _BLANK_LINES.match(text, at)):
            at = blank.end()
        match = token.match(text, at)
        if match is None:
            break
        width += 1
        if match["bare"] is not None and '"' in match["bare"]:
            broken += 1
        at = match.end()
        if text[at : at + 1] == delimiter:
            at += 1
            continue
        if (at < len(text) or not widths) and not (width == 1 and not match[0].strip()):
            widths.append(width)
        at, width = at + 1, 0
    return widths, broken
