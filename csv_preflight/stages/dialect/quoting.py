r"""Other ways of quoting -> RFC 4180, line by line.

    'Lee, Ann','O''Hara'       ' is the quote, doubled inside
    "Ann \"Ace\" Lee",\N       MySQL: \ escapes the next character, \N is no value
    'O\'Hara',NULL             both, like values in SQL
    “Lee, Ann”,“+1…”           a word processor's quotes
    Ann,="+1…"                 a formula that keeps a spreadsheet from changing the text
    Ann,+12025550101,          a delimiter after the last field of each row
    Ann,+12025550101,,,,,,     columns without a name and a cell after the others

No line is added or removed, so that line numbers stay correct.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import NamedTuple

from csv_preflight.model.source import Dialect, Quoting

# A longer record is passed on unchanged: its quote is never closed.
LONGEST = 1 << 24
# MySQL's escapes of invisible characters; spaces keep the row on its line.
_ESCAPED = {b"0": b"", b"b": b" ", b"n": b" ", b"r": b" ", b"t": b" ", b"Z": b" "}
_WITH_BACKSLASHES = (Quoting.BACKSLASH, Quoting.SINGLE_BACKSLASH)
_LINE_ENDS = re.compile(rb"[\r\n]+")
_BACKSLASH = re.compile(rb"\\(.)", re.DOTALL)


class _Grammar(NamedTuple):
    """The syntax of a field.  field: matches one with its end; opening: the beginning of a quoted one."""

    field: re.Pattern[bytes]
    opening: bytes


@cache
def _grammar(quoting: Quoting, delimiter: bytes) -> _Grammar:
    quoted, opening, bare = {
        Quoting.SINGLE: (rb"'((?:[^']|'')*+)'", b"'", rb"[^%b\r\n]*+"),
        Quoting.BACKSLASH: (rb'"((?:[^"\\]|\\.|"")*+)"', b'"', rb"(?:[^%b\r\n\\]|\\.)*+"),
        Quoting.SINGLE_BACKSLASH: (rb"'((?:[^'\\]|\\.|'')*+)'", b"'", rb"(?:[^%b\r\n\\]|\\.)*+"),
        Quoting.CURLY: ("“([^“”]*+)”".encode(), "“".encode(), rb"[^%b\r\n]*+"),
        Quoting.FORMULA: (rb'(="[^"\r\n]*+"|"(?:[^"]|"")*+")', b'"', rb"[^%b\r\n]*+"),
        Quoting.DOUBLE: (rb'"((?:[^"]|"")*+)"', b'"', rb"[^%b\r\n]*+"),
    }[quoting]
    escaped = re.escape(delimiter)
    ending = rb"(%b|\r\n|\n|\r|\Z)" % escaped
    pattern = rb"(?:%b(?=%b|\r|\n|\Z)|(%b))%b" % (quoted, escaped, bare % escaped, ending)
    return _Grammar(re.compile(pattern, re.DOTALL), opening)


def rfc4180(blocks: Iterable[bytes], dialect: Dialect) -> Iterator[bytes]:
    """Yield the text with every field quoted as in RFC 4180.  blocks: UTF-8."""
    if dialect.quoting is Quoting.DOUBLE and not dialect.trailing:
        yield from blocks
        return
    held = b""
    for block in blocks:
        text, held = _translated(held + block, dialect, final=False)
        if text:
            yield text
    text, held = _translated(held, dialect, final=True)
    if text + held:
        yield text + held


def is_padded(blocks: Iterable[bytes], dialect: Dialect) -> bool:
    """Whether the columns after those with a name are empty in the whole text."""
    delimiter = dialect.delimiter
    for text in rfc4180(blocks, dialect):
        if b'"' not in text:
            if any(line.count(delimiter.encode()) >= dialect.padded - 1 for line in _LINE_ENDS.split(text)):
                return False
            continue
        try:
            rows = csv.reader(io.StringIO(text.decode(), newline=""), delimiter=delimiter)
            if any(len(row) >= dialect.padded for row in rows):
                return False
        except csv.Error:
            return False
    return True


@cache
def _padding(delimiter: bytes, count: int) -> re.Pattern[bytes]:
    """Return an expression for the empty fields at the end of a line."""
    return re.compile(rb"(?:%b){%d}(?=[\r\n]|\Z)" % (re.escape(delimiter), count))


def _translated(buffer: bytes, dialect: Dialect, *, final: bool) -> tuple[bytes, bytes]:
    """Return the whole records of a buffer in RFC 4180, and the rest of the buffer."""
    delimiter = dialect.delimiter.encode()
    if dialect.padded and dialect.quoting is Quoting.DOUBLE and b'"' not in buffer:
        # A line with fewer fields stays too short either way.
        end = len(buffer) if final else max(buffer.rfind(b"\n"), buffer.rfind(b"\r", 0, -1)) + 1
        return _padding(delimiter, dialect.padded - dialect.trailing).sub(b"", buffer[:end]), buffer[end:]
    grammar = _grammar(dialect.quoting, delimiter)
    value = partial(_value, dialect.quoting)
    wide = dialect.padded or dialect.trailing + 1
    at = done = 0
    out: list[bytes] = []
    record: list[bytes] = []
    while at < len(buffer):
        match = grammar.field.match(buffer, at)
        if match is None:
            break
        quoted, bare, ending = match.groups()
        unclosed = quoted is None and bare.startswith(grammar.opening)
        if not final and (match.end() == len(buffer) or unclosed) and len(buffer) - done < LONGEST:
            break
        record.append(_written(value(quoted, bare), delimiter, bare))
        at = match.end()
        if ending != delimiter:
            if (
                dialect.trailing
                and len(record) == wide
                and not any(cell.strip(b" ") for cell in record[dialect.trailing :])
            ):
                del record[dialect.trailing :]
            out += [delimiter.join(record), ending]
            record, done = [], at
    return b"".join(out), buffer[done:]


def _value(quoting: Quoting, quoted: bytes | None, bare: bytes | None) -> bytes:
    """Return the value of a field."""
    if quoted is None:
        text = bare or b""
        if quoting in _WITH_BACKSLASHES and b"\\" in text:
            return b"" if text == b"\\N" else _BACKSLASH.sub(_unescaped, text)
        return text
    if quoting is Quoting.SINGLE:
        return quoted.replace(b"''", b"'")
    if quoting in _WITH_BACKSLASHES:
        mark = b'"' if quoting is Quoting.BACKSLASH else b"'"
        text = quoted.replace(mark * 2, mark)
        return _BACKSLASH.sub(_unescaped, text) if b"\\" in text else text
    if quoting is Quoting.FORMULA:
        return quoted if quoted.startswith(b"=") else quoted[1:-1].replace(b'""', b'"')
    return quoted.replace(b'""', b'"') if quoting is Quoting.DOUBLE else quoted


def _unescaped(match: re.Match[bytes]) -> bytes:
    return _ESCAPED.get(match[1], match[1])


def _written(value: bytes, delimiter: bytes, bare: bytes | None) -> bytes:
    """Return a field in RFC 4180.  A field with a misplaced double quote stays unchanged."""
    if bare is not None and bare.startswith(b'"'):
        return bare
    if delimiter in value or b'"' in value or b"\n" in value or b"\r" in value:
        return b'"' + value.replace(b'"', b'""') + b'"'
    return value
