"""Bytes -> text: whether it is text at all, and in which encoding.

The order matters.  A byte order mark decides alone.  Binary files are refused before any detector sees them, since
detectors take some of them for text.  UTF-16 without a mark is recognized by its zero bytes, ISO-2022 by its
escapes, both before UTF-8, which they would pass for.  Then UTF-8, strictly and over the whole file; only what is
not UTF-8 goes to the detector, and what the detector can not tell apart is asked.  Whatever was chosen, the whole file
is decoded with it, strictly, before any of it is taken for a list.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from csv_preflight.errors import SettingsError
from csv_preflight.misread import length_of_marks
from csv_preflight.model.finding import Findings
from csv_preflight.model.source import Encoding, Source
from csv_preflight.stages.source.binary import Kind, binary_kind, document_kind
from csv_preflight.stages.source.unicode import bom_encoding, escape_encoding, wide_encoding
from csv_preflight.suggest import did_you_mean

__all__ = ["examine", "utf8_blocks"]

BLOCK = 1 << 20
HEAD = 1 << 16
# Bytes in which marks that were read as text are looked for.
_LONGEST_MARKS = 64


def examine(file: BinaryIO, findings: Findings, encoding: str | None = None) -> Source | None:
    """Read a whole file once and say what it is; None after a stop finding.

    file: seekable, at its start.  encoding: what the user said; an unknown name raises SettingsError.
    """
    named = _codec_name(encoding) if encoding else None
    head = file.read(HEAD)
    bom = bom_encoding(head)
    kind = None
    if bom is None or bom.name == "utf-8":
        kind = binary_kind(head[bom.bom :] if bom else head, file)
    if kind and not (named and named.startswith(("utf-16", "utf-32"))):
        findings.whole_file("F001", kind=kind.name, remedy=kind.remedy, converts=kind.converts)
        return None
    document = _document(head, bom, named)
    if document:
        findings.whole_file("F005", kind=document.name, remedy=document.remedy)
        return None
    chosen = _choose(file, head, bom, named, findings)
    if chosen is None:
        return None
    marks = _marks_as_text(head, chosen)
    chosen = replace(chosen, bom=chosen.bom + marks)
    if named and not bom and head and chosen.name.startswith(("utf-16", "utf-32")) and b"\0" not in head:
        # Half of the bytes of every comma, digit and line feed are zero there.
        _undecodable(findings, chosen, 1, head[0], 0)
        return None
    read = _read_all(file, chosen, findings)
    if read is None:
        return None
    if not read.has_text:
        findings.whole_file("F004", what="content")
        return None
    if chosen.name not in ("utf-8", "ascii"):
        findings.whole_file("F101", encoding=chosen.name)
    if marks or (chosen.bom and chosen.name == "utf-8"):
        findings.whole_file("F102")
    return Source(chosen, read.size, read.sha256, read.crlf, read.lf, read.cr)


def _marks_as_text(head: bytes, chosen: Encoding) -> int:
    """Return the bytes of byte order marks that an earlier program has read as text, and written with it."""
    begin = head[chosen.bom : chosen.bom + _LONGEST_MARKS].decode(chosen.name, errors="ignore")
    return len(begin[: length_of_marks(begin)].encode(chosen.name))


def _document(head: bytes, bom: Encoding | None, named: str | None) -> Kind | None:
    """Return what a document is that is no table; its beginning is plain ASCII in most encodings."""
    encoding = bom.name if bom else named or wide_encoding(head) or "latin-1"
    return document_kind(head[bom.bom if bom else 0 :].decode(encoding, errors="ignore"))


def _choose(
    file: BinaryIO, head: bytes, bom: Encoding | None, named: str | None, findings: Findings
) -> Encoding | None:
    """Return the encoding of a file; None after F002."""
    if named:
        mark = bom.bom if bom and _family(bom.name) == _family(named) else 0
        name = bom.name if bom and mark else named
        if found := _utf8_all_the_same(file, bom, named):
            return found
        if name in ("utf-16", "utf-32") and (wide := wide_encoding(head)) and _family(wide) == name:
            name = wide
        return Encoding({"utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(name, name), "option", mark)
    if bom:
        return bom
    wide = wide_encoding(head)
    if wide:
        return Encoding(wide, "utf-16-pattern")
    escaped = escape_encoding(file)
    if escaped:
        return Encoding(escaped, "detected")
    if _is_utf8(file):
        return Encoding("utf-8", "utf-8")
    from csv_preflight.stages.source.detection import detect_legacy

    return detect_legacy(file, findings)


def _utf8_all_the_same(file: BinaryIO, bom: Encoding | None, named: str) -> Encoding | None:
    """Return UTF-8 where a list is plainly that, though another encoding was named: such as the clean file of one."""
    if named.startswith("utf-"):
        return None
    if bom and bom.name == "utf-8":
        return bom
    from csv_preflight.stages.source.detection import plainly_utf8

    return Encoding("utf-8", "utf-8") if _is_utf8(file) and plainly_utf8(file, named) else None


def _codec_name(name: str) -> str:
    """Return Python's name of a text encoding, without variants that write a byte order mark."""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):  # the latter for what no name can hold
        info = None
    if info is None or not info._is_text_encoding or info.name in ("idna", "punycode", "undefined", "mbcs", "oem"):
        from encodings.aliases import aliases

        known = sorted({alias.replace("_", "-") for alias in (*aliases, *aliases.values())})
        raise SettingsError(f"encoding: {name!r} is not a text encoding{did_you_mean(name, known)}")
    if info.name in ("raw-unicode-escape", "unicode-escape", "utf-7"):
        raise SettingsError(f"encoding: {name!r} is not an encoding of lists")
    return {"utf-8-sig": "utf-8", "ascii": "ascii"}.get(info.name, info.name)


def _family(name: str) -> str:
    return name.removesuffix("-le").removesuffix("-be")


def _is_utf8(file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while block := file.read(BLOCK):
            if not block.isascii() or decoder.getstate()[0]:
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


class _Read:
    """What one reading of the whole file tells."""

    def __init__(self) -> None:
        self.size = self.crlf = self.lf = self.cr = 0
        self.has_text = False
        self.sha256 = ""


def _read_all(file: BinaryIO, encoding: Encoding, findings: Findings) -> _Read | None:
    """Decode a whole file strictly, and count and hash it; None after F003."""
    read, digest = _Read(), hashlib.sha256()
    decoder = codecs.getincrementaldecoder(encoding.name)()
    plain = encoding.name in ("utf-8", "ascii")
    last = ""
    file.seek(0)
    while True:
        block = file.read(BLOCK)
        digest.update(block)
        content = block[encoding.bom :] if read.size == 0 else block
        pending = decoder.getstate()[0]
        try:
            if plain and not pending and content.isascii():
                text = ""
                counted: bytes | str = content
            else:
                text = decoder.decode(content, final=not block)
                counted = text
        except UnicodeDecodeError as error:
            at = read.size + (encoding.bom if read.size == 0 else 0) - len(pending) + error.start
            line = 1 + read.crlf + read.lf + read.cr
            line += _line_ends(error.object[: error.start].decode(encoding.name, errors="ignore"))
            value = error.object[error.start]
            _undecodable(findings, encoding, line, value, at, cut_off=not block)
            return None
        read.size += len(block)
        read.has_text = read.has_text or bool(counted.strip())
        _count(read, counted, last)
        if counted:
            last = counted[-1:] if isinstance(counted, str) else counted[-1:].decode()
        if not block:
            break
    read.sha256 = digest.hexdigest()
    return read


def _undecodable(findings: Findings, encoding: Encoding, line: int, value: int, at: int, cut_off: bool = False) -> None:
    """Say which byte an encoding does not have.  cut_off: the file ends within a character."""
    remedy = "what stands before it is: lists of two encodings may have been joined; export each again as CSV UTF-8"
    if cut_off:
        remedy = "the file ends within a character, so it seems to be cut off; export it again"
    elif encoding.source == "option":
        remedy = "leave --encoding away to have it detected"
    findings.whole_file("F003", line=line, byte=f"0x{value:02X}", offset=at, encoding=encoding.name, remedy=remedy)


def _count(read: _Read, text: bytes | str, last: str) -> None:
    """Add the line endings of a block; last: the character before it."""
    # Counting single characters is fast, pairs are not: most lists have no CR at all.
    if isinstance(text, bytes):
        lf, cr = text.count(b"\n"), text.count(b"\r")
        crlf, first = text.count(b"\r\n") if cr else 0, text[:1] == b"\n"
    else:
        lf, cr = text.count("\n"), text.count("\r")
        crlf, first = text.count("\r\n") if cr else 0, text[:1] == "\n"
    read.crlf, read.lf, read.cr = read.crlf + crlf, read.lf + lf - crlf, read.cr + cr - crlf
    if last == "\r" and first:
        read.crlf, read.lf, read.cr = read.crlf + 1, read.lf - 1, read.cr - 1


def _line_ends(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def utf8_blocks(file: BinaryIO, source: Source, size: int = BLOCK) -> Iterator[bytes]:
    """Yield the text of a file as UTF-8 in blocks of about size bytes, without a byte order mark.

    file: at its start.  No block ends within a character or a CRLF.
    """
    encoding = source.encoding
    file.read(encoding.bom)
    if encoding.name in ("utf-8", "ascii"):
        yield from _whole_characters(file, size)
        return
    decoder = codecs.getincrementaldecoder(encoding.name)()
    held = ""
    while block := file.read(size):
        text = held + decoder.decode(block)
        held = text[-1:] if text[-1:] == "\r" else ""
        text = text[: len(text) - len(held)]
        if text:
            yield text.encode()
    rest = held + decoder.decode(b"", final=True)
    if rest:
        yield rest.encode()


def _whole_characters(file: BinaryIO, size: int) -> Iterator[bytes]:
    held = b""
    while block := file.read(size):
        block = held + block if held else block
        cut = len(block)
        if block[-1] >= 0x80:
            # Back to the last byte that begins a character; it stays if the character is not whole.
            start = cut - 1
            while block[start] & 0xC0 == 0x80:
                start -= 1
            needed = 2 if block[start] < 0xE0 else 3 if block[start] < 0xF0 else 4
            cut = start if cut - start < needed else cut
        elif block[-1] == 0x0D:
            cut -= 1
        held = block[cut:]
        if cut:
            yield block[:cut]
    if held:
        yield held
