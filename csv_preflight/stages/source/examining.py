"""The order in which a file is examined.

A byte order mark decides alone.  Binary files are refused before detection, which would take some of them for text.
Then the whole file is read once (``survey``), which is enough for UTF-8 and UTF-16; files in another encoding are read
again to detect it (``encoding``).  A file is read as a list only once all of it is known to decode strictly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, NamedTuple

from csv_preflight.encoding import (
    Detected,
    Joins,
    Unclear,
    bom_encoding,
    detect,
    wide_encoding,
)
from csv_preflight.misread import length_of_marks
from csv_preflight.model.finding import Excerpt, Findings, Stop
from csv_preflight.model.source import Encoding, Source
from csv_preflight.stages.source import damage
from csv_preflight.stages.source.binary import UNKNOWN, Kind, binary_kind
from csv_preflight.stages.source.documents import document_kind
from csv_preflight.stages.source.names import codec_name
from csv_preflight.stages.source.survey import BLOCK, Survey, survey

HEAD = 1 << 16
# The bytes in which byte order marks that became text are looked for.
_LONGEST_MARKS = 64


class Examined(NamedTuple):
    """A file that is text, and the findings on the way."""

    source: Source
    findings: Findings


def examine(file: BinaryIO, encoding: str | None = None) -> Examined | Stop:
    """Read a whole file; return its encoding, or why it is no list.

    file: seekable.  encoding: the user's; an unknown name raises SettingsError.
    """
    named = codec_name(encoding) if encoding else None
    file.seek(0)
    first = file.read(BLOCK)
    head = first[:HEAD]
    bom = bom_encoding(head)
    initial = _initial(head, bom, named)
    stop = _no_list(head, bom, named, file) or _no_wide_text(head, initial)
    if stop:
        return Stop(stop)
    surveyed = survey(_blocks(file, first), initial)
    stop = _damaged(file, surveyed, initial)
    if stop:
        return Stop(stop)
    found = _detected(file, surveyed, initial)
    if isinstance(found, Unclear):
        return Stop(_question(found))
    chosen = found.encoding
    if initial and chosen != initial:
        surveyed = survey(_blocks(file, b""), chosen)
    stop = None if surveyed.proves(chosen) else damage.undecodable(file, chosen)
    return Stop(stop) if stop else _examined(surveyed, found, head)


def _examined(surveyed: Survey, detected: Detected, head: bytes) -> Examined | Stop:
    findings = Findings()
    if not surveyed.has_text:
        findings.whole_file("F004", problem="content")
        return Stop(findings)
    chosen, counts = detected.encoding, surveyed.endings
    marks = _marks_as_text(head, chosen)
    if chosen.name not in ("utf-8", "ascii"):
        findings.whole_file("F101", encoding=chosen.name)
    if marks or (chosen.bom and chosen.name == "utf-8"):
        findings.whole_file("F102")
    chosen = replace(chosen, bom=chosen.bom + marks)
    return Examined(
        Source(chosen, surveyed.size, surveyed.sha256, counts.crlf, counts.lf, counts.cr, detected.rival), findings
    )


def _marks_as_text(head: bytes, chosen: Encoding) -> int:
    """Return the size in bytes of byte order marks that an earlier program has read and written as text."""
    begin = head[chosen.bom : chosen.bom + _LONGEST_MARKS].decode(chosen.name, errors="ignore")
    return len(begin[: length_of_marks(begin)].encode(chosen.name))


def _blocks(file: BinaryIO, first: bytes) -> Iterator[bytes]:
    """Yield all blocks of a file; first: the block that has been read."""
    file.seek(len(first))
    if first:
        yield first
    while block := file.read(BLOCK):
        yield block


def _initial(head: bytes, bom: Encoding | None, named: str | None) -> Encoding | None:
    """Return the encoding if it is known before the whole file is read."""
    if not named:
        wide = None if bom else wide_encoding(head)
        return Encoding(wide, "utf-16-pattern") if wide else bom
    if bom and bom.name == "utf-8" and not named.startswith("utf-"):
        return bom
    if bom and _family(bom.name) == _family(named):
        return Encoding(bom.name, "option", bom.bom)
    if named in ("utf-16", "utf-32"):
        wide = wide_encoding(head)
        return Encoding(wide if wide and _family(wide) == named else f"{named}-le", "option")
    return Encoding(named, "option")


def _family(name: str) -> str:
    return name.removesuffix("-le").removesuffix("-be")


def _is_wide(name: str) -> bool:
    return name.startswith(("utf-16", "utf-32"))


def _no_list(head: bytes, bom: Encoding | None, named: str | None, file: BinaryIO) -> Findings | None:
    """Return F001 or F005 for a file that is no list in any encoding."""
    findings = Findings()
    if (bom is None or bom.name == "utf-8") and not (named and _is_wide(named)):
        kind = binary_kind(head[bom.bom :] if bom else head, file)
        if kind and not (kind == UNKNOWN and _begins_as_text(head, file)):
            findings.whole_file("F001", kind=kind.name, remedy=kind.remedy, converts=kind.converts)
            return findings
    document = _document(head, bom, named)
    if document:
        findings.whole_file("F005", kind=document.name, remedy=document.remedy)
        return findings
    return None


def _begins_as_text(head: bytes, file: BinaryIO) -> bool:
    """Whether a seemingly binary file is text to which text in UTF-16 was appended."""
    joins = Joins(None)
    joins.add(head)
    joins.add(b"")
    return joins.found is not None and binary_kind(head[: joins.found.at], file) is None


def _document(head: bytes, bom: Encoding | None, named: str | None) -> Kind | None:
    """Return the kind of a document that is no table; its beginning is plain ASCII in most encodings."""
    encoding = bom.name if bom else named or wide_encoding(head) or "latin-1"
    return document_kind(head[bom.bom if bom else 0 :].decode(encoding, errors="ignore"))


def _no_wide_text(head: bytes, initial: Encoding | None) -> Findings | None:
    """Return F003 if UTF-16 or UTF-32 was named, but there are no zero bytes, which each comma and digit would have."""
    if initial and initial.source == "option" and not initial.bom and _is_wide(initial.name) and head and 0 not in head:
        return damage.byte_at(0, head[0], initial, "option")
    return None


def _damaged(file: BinaryIO, surveyed: Survey, initial: Encoding | None) -> Findings | None:
    """Return F003 if a part of the file is in another encoding or was not written."""
    if surveyed.joined:
        return damage.joined(file, surveyed.joined.at, initial if surveyed.joined.is_wide else None)
    return damage.zeros(file, surveyed.size, surveyed.zeros, initial) if surveyed.zeros else None


def _detected(file: BinaryIO, surveyed: Survey, initial: Encoding | None) -> Detected | Unclear:
    """Return the encoding.  The named one is not used for a file that is plainly UTF-8, such as a clean file."""
    if initial is None:
        return detect(file, surveyed.evidence)
    if initial.source == "option" and not initial.name.startswith("utf-") and surveyed.evidence.is_utf8:
        from csv_preflight.encoding.letters import plainly_utf8

        if not surveyed.evidence.is_ascii and plainly_utf8(file, initial.name):
            return Detected(Encoding("utf-8", "utf-8"))
    return Detected(initial)


def _question(unclear: Unclear) -> Findings:
    """Return F002, with one line as two encodings read it."""
    readings: dict[str, object] = {}
    for which, reading in zip(("first", "second"), unclear.readings, strict=False):
        readings[which] = Excerpt(reading.text, reading.end)
        readings[f"{which}_encoding"] = reading.encoding
    if not readings:
        readings["bytes"] = unclear.beyond.hex(" ")
    count = ("none", "one", "two")[len(unclear.readings)]
    findings = Findings()
    findings.whole_file("F002", line=unclear.line, given=readings, readings=count, sample_line=unclear.line)
    return findings
