"""The encoding of text that is not Unicode: chardet proposes, plausibility decides, a close call is asked.

chardet looks at a digest: the distinct lines that hold bytes beyond ASCII, wherever they stand in the file.  Each
proposal is read, and scored by how much the reading looks like names and places; how sure the result is, is how
far it is ahead of the best reading that differs.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Any, BinaryIO

from csv_preflight.findings import Collector
from csv_preflight.model import Encoding
from csv_preflight.stages.source.plausibility import plausibility

DIGEST = 1 << 18
# Scoring a few hundred names tells as much as scoring all.
SCORED = 1 << 14
# Below this distance to the best differing reading, the user is asked: a wrong name is worse than a question.
MARGIN = 0.07

# Encodings that lists really come in, the commonest first: the order decides between equal readings.
COMMON = (
    "cp1252", "cp1250", "cp1251", "cp932", "gb18030", "cp949", "big5", "cp1253", "cp1254", "cp1255", "cp1256", "cp874",
    "cp1257", "cp1258", "iso8859-1", "iso8859-15", "iso8859-2", "koi8-r", "koi8-u", "iso8859-5", "iso8859-7",
    "iso8859-9", "iso8859-8", "iso8859-6", "iso8859-13", "iso8859-16", "iso8859-3", "iso8859-4", "iso8859-10",
    "iso8859-11", "euc-jp", "shift_jis", "euc-kr", "gbk", "cp950", "mac-roman", "mac-latin2", "mac-cyrillic",
    "mac-greek", "mac-turkish", "cp850", "cp437", "cp852", "cp866", "cp855", "cp857", "cp737", "cp862", "cp858",
)  # fmt: skip
# What a reading in a rarer encoding has to make up for: old Macintosh and DOS programs are hardly used any more.
PRIOR = {"mac": 0.08, "cp4": 0.08, "cp7": 0.08, "cp8": 0.08, "iso8859": 0.01}
PRIOR_EXEMPT = ("cp874", "cp866")


@dataclass(frozen=True, slots=True)
class Reading:
    """The digest as one encoding reads it."""

    encoding: str
    text: str
    score: float


def detect_legacy(file: BinaryIO, findings: Collector) -> Encoding | None:
    """Return the encoding of a file that is not Unicode; None after F002."""
    digest, first_line = digest_of(file)
    readings = ranked(digest)
    while readings and not _decodes(file, readings[0].encoding):
        readings.pop(0)
    if not readings:
        findings.whole_file("F002", line=first_line, **_question(first_line, digest, []))
        return None
    best = readings[0]
    other = next((reading for reading in readings[1:] if reading.text != best.text), None)
    if other is not None and best.score - other.score < MARGIN:
        asked = [(reading, _differing_line(reading.text, best.text, other.text)) for reading in (best, other)]
        shown = [(reading.encoding, findings.shown_to(line, end)) for reading, (line, end) in asked]
        findings.whole_file("F002", line=first_line, **_question(first_line, digest, shown))
        return None
    return Encoding(best.encoding, "detected")


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
    """Return the readings of a digest, the most plausible first."""
    import chardet

    proposed = chardet.detect_all(digest, ignore_threshold=True)
    confidence: dict[str, float] = {}
    for proposal in proposed:
        name = _known(str(proposal["encoding"] or ""))
        if name:
            confidence.setdefault(name, float(proposal["confidence"]))
    readings = []
    scores: dict[str, float] = {}
    for name in COMMON:
        try:
            text = digest.decode(name)
        except UnicodeDecodeError:
            continue
        if text not in scores:
            scores[text] = plausibility(text[:SCORED])
        prior = next((cost for start, cost in PRIOR.items() if name.startswith(start)), 0.0)
        cost = 0.0 if name in PRIOR_EXEMPT else prior
        readings.append(Reading(name, text, scores[text] + 0.05 * min(1.0, confidence.get(name, 0.0)) - cost))
    return sorted(readings, key=lambda reading: -reading.score)


def _known(name: str) -> str | None:
    try:
        canonical = codecs.lookup(name).name
    except LookupError:
        return None
    return next((known for known in COMMON if codecs.lookup(known).name == canonical), None)


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
