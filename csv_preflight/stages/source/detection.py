"""The encoding of text that is not Unicode: many are tried, likelihood decides, a close call is asked.

What is tried is read from a digest: the distinct lines that hold bytes beyond ASCII, wherever they stand in the file.
Each reading is scored by how likely people would have written it; how sure the result is, is how far it is ahead of
the best reading that differs, and how much better than none at all.
"""

from __future__ import annotations

import codecs
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from csv_preflight.findings import Collector
from csv_preflight.model import Encoding
from csv_preflight.stages.source.likelihood import gain, likelihood

DIGEST = 1 << 18
# Below this distance to the best differing reading, as a logarithm of how much likelier it is, the user is asked.
# On the half of the corpus that it was chosen on, all beyond 3 were right.
MARGIN = 4.0
# How much likelier each byte beyond ASCII has to be than a sign that no language has.  Real lists gain 4 to 8, in
# ideographic encodings 0.5 to 1; bytes that were shuffled at random up to 3, and 0.3.
LEAST_GAIN, LEAST_GAIN_WIDE = 3.0, 0.4
# All readings are scored by their beginning, and those that are not too far behind by all.
FIRST_LOOK, FIRST_BEHIND = 1 << 12, 60.0
# What chardet looks at.
PROPOSED_FROM = 1 << 14

# Encodings that lists really come in, the commonest first: the order decides between equal readings.
COMMON = (
    "cp1252", "cp1250", "cp1251", "cp932", "gb18030", "cp949", "big5", "cp1253", "cp1254", "cp1255", "cp1256", "cp874",
    "cp1257", "cp1258", "iso8859-1", "iso8859-15", "iso8859-2", "koi8-r", "koi8-u", "iso8859-5", "iso8859-7",
    "iso8859-9", "iso8859-8", "iso8859-6", "iso8859-13", "iso8859-16", "iso8859-3", "iso8859-4", "iso8859-10",
    "iso8859-11", "euc_jp", "shift_jis", "euc_kr", "gbk", "cp950", "mac-roman", "mac-latin2", "mac-cyrillic",
    "mac-greek", "mac-turkish", "cp850", "cp437", "cp852", "cp866", "cp855", "cp857", "cp737", "cp862", "cp858",
)  # fmt: skip
WIDE = frozenset(("cp932", "gb18030", "cp949", "big5", "euc_jp", "shift_jis", "euc_kr", "gbk", "cp950"))
# How much rarer encodings are than the Windows ones of large regions, as differences of logarithms; the longest name
# that one begins with counts.  Old Macintosh and DOS programs are hardly used any more.
RARITY = {
    "cp125": 0.0, "cp1254": 1.0, "cp1257": 1.0, "cp1258": 3.0, "cp874": 0.0, "iso8859": 1.0, "iso8859-3": 5.0,
    "iso8859-4": 5.0, "iso8859-10": 5.0, "iso8859-16": 5.0, "koi8": 1.5, "mac": 4.0, "mac-latin2": 6.0,
    "mac-turkish": 6.0, "cp4": 4.0, "cp7": 4.0, "cp8": 4.0,
    **dict.fromkeys(WIDE, 0.0),
}  # fmt: skip
# Of those that chardet alone proposes.
UNCOMMON = 5.0


@dataclass(frozen=True, slots=True)
class Reading:
    """The digest as one encoding reads it."""

    encoding: str
    text: str
    score: float = 0.0


def detect_legacy(file: BinaryIO, findings: Collector) -> Encoding | None:
    """Return the encoding of a file that is not Unicode; None after F002."""
    digest, first_line = digest_of(file)
    readings = (reading for reading in ranked(digest) if _decodes(file, reading.encoding))
    best = next(readings, None)
    other = next((reading for reading in readings if best and reading.text != best.text), None)
    if best and _is_credible(best) and (other is None or best.score - other.score >= MARGIN):
        return Encoding(best.encoding, "detected")
    asked = [reading for reading in (best, other) if reading]
    shown = []
    for reading in asked:
        line, end = _differing_line(reading.text, asked[0].text, asked[-1].text)
        shown.append((reading.encoding, findings.shown_to(line, end)))
    findings.whole_file("F002", line=first_line, **_question(first_line, digest, shown))
    return None


def _is_credible(reading: Reading) -> bool:
    """Whether a reading is better than none: its letters do follow one another in some language."""
    return gain(reading.text, reading.encoding) >= (LEAST_GAIN_WIDE if reading.encoding in WIDE else LEAST_GAIN)


def digest_of(file: BinaryIO) -> tuple[bytes, int]:
    """Return the distinct lines that hold a byte beyond ASCII, up to 256 KiB, and the number of the first."""
    seen: dict[bytes, None] = {}
    size = first = 0
    number, rest = 1, b""
    file.seek(0)
    while (block := file.read(1 << 20)) or rest:
        lines = (rest + block).splitlines()
        rest = lines.pop() if block and not (rest + block).endswith((b"\n", b"\r")) and len(lines[-1]) < DIGEST else b""
        if (size < DIGEST and not block.isascii()) or not block:
            for offset, line in enumerate(lines):
                if not line.isascii() and line not in seen and size < DIGEST:
                    first = first or number + offset
                    seen[line[:4096]] = None
                    size += min(len(line), 4096) + 1
        number += len(lines)
        if not block:
            break
    return b"\n".join(seen) + b"\n", first or 1


def ranked(digest: bytes) -> list[Reading]:
    """Return the readings of a digest, the likeliest first."""
    readings = list(_readings(digest))
    for size, behind in ((FIRST_LOOK, FIRST_BEHIND), (len(digest), math.inf)):
        scores = {text: likelihood(text[:size]) for text in {reading.text for reading in readings}}
        readings = [replace(reading, score=scores[reading.text] - _rarity(reading.encoding)) for reading in readings]
        readings.sort(key=lambda reading: -reading.score)
        second = next((reading.score for reading in readings if reading.text != readings[0].text), 0.0)
        readings = [reading for reading in readings if reading.score >= min(second, readings[0].score - behind)]
        if size >= len(digest):
            break
    return readings


def _readings(digest: bytes) -> Iterator[Reading]:
    """Yield the digest as every encoding reads it that can."""
    for name in dict.fromkeys((*COMMON, *_proposals(digest))):
        try:
            yield Reading(name, digest.decode(name))
        except UnicodeDecodeError:
            continue


def _proposals(digest: bytes) -> Iterator[str]:
    """Yield the encodings beyond the common ones that chardet thinks of."""
    import chardet

    known = {codecs.lookup(name).name for name in COMMON}
    for proposal in chardet.detect_all(digest[:PROPOSED_FROM], ignore_threshold=True):
        try:
            info = codecs.lookup(str(proposal["encoding"] or ""))
        except LookupError:
            continue
        if info._is_text_encoding and info.name not in known and not info.name.startswith(("utf", "ascii")):
            yield info.name


def _rarity(encoding: str) -> float:
    named = [start for start in RARITY if encoding.startswith(start)]
    return RARITY[max(named, key=len)] if encoding in COMMON else UNCOMMON


def _decodes(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while block := file.read(1 << 20):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _differing_line(text: str, one: str, other: str) -> tuple[str, int]:
    """Return the first line that two readings read differently, as text has it, and where the difference ends."""
    for mine, first, second in zip(text.split("\n"), one.split("\n"), other.split("\n"), strict=False):
        if first != second:
            same = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), 0)
            return mine, same + 1
    return text.split("\n")[0], 1


def _question(line: int, digest: bytes, readings: list[tuple[str, str]]) -> dict[str, Any]:
    beyond = bytes(byte for byte in digest.split(b"\n")[0] if byte > 0x7F)[:8].hex(" ")
    shown = readings + [("no encoding that is known", beyond)] * (2 - len(readings))
    return {
        "sample_line": line,
        "first": shown[0][1],
        "first_encoding": shown[0][0],
        "second": shown[1][1],
        "second_encoding": shown[1][0],
    }
