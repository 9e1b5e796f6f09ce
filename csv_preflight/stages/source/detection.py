"""The encoding of text that is not Unicode: many are tried, likelihood decides, a close call is asked.

What is tried is read from a digest: the distinct lines that hold bytes beyond ASCII, wherever they stand in the file.
Each reading is scored by how likely people would have written it, and in that encoding; how sure the result is, is how
far it is ahead of the best reading that differs, and how much better than none at all.
"""

from __future__ import annotations

import codecs
import contextlib
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from csv_preflight.model.finding import Excerpt, Findings
from csv_preflight.model.source import Encoding
from csv_preflight.stages.source.candidates import CANDIDATES, WIDE, Candidate
from csv_preflight.stages.source.likelihood import Judgement, gain, judgement

DIGEST = 1 << 18
LONGEST_LINE = 4096
# Below this distance to the best differing reading, as a logarithm of how much likelier it is, the user is asked.
# On the half of the corpus that it was chosen on, all beyond 3 were right.
MARGIN = 4.0
# Likewise, for a list that is UTF-8 and in the encoding that the user has named: hardly any is both by chance, but for
# short ones of ideographs.
MARGIN_NAMED, MARGIN_WIDE = 0.0, 10.0
# All that is not ASCII is half-width katakana, in words of nothing else.
_KATAKANA_WORDS = re.compile(r"(?:[\x00-\x7f]|(?<![A-Za-z])[\uff61-\uff9f]++(?![A-Za-z]))*+")
# How unlikely a list is in an encoding that was made for none of its languages.
STRANGERS = 4.0
# How much likelier each byte beyond ASCII has to be than a sign that no language has.  Real lists gain 4 to 8, in
# ideographic encodings 0.5 to 1; bytes that were shuffled at random up to 3, and 0.3.
LEAST_GAIN, LEAST_GAIN_WIDE = 3.0, 0.4
# From this share of lines on, a list is UTF-8 that is damaged.
UTF8_LINES = 0.25
# Bytes that an encoding does not have, as a share of all: a few are damage, more are another encoding.
MOST_DAMAGE = 0.002
# All readings are scored by their beginning, and those that are not too far behind by all.
FIRST_LOOK, FIRST_BEHIND = 1 << 12, 60.0


@dataclass(frozen=True, slots=True)
class Reading:
    """The digest as one encoding reads it."""

    encoding: str
    text: str
    score: float


def detect_legacy(file: BinaryIO, findings: Findings) -> Encoding | None:
    """Return the encoding of a file that is not quite UTF-8; None after F002.

    It may be one that some bytes of the file do not belong to: damage, which decoding the whole file will find.
    """
    digest, numbers = digest_of(file)
    if _is_damaged_utf8(digest):
        return Encoding("utf-8", "utf-8")
    readings = ranked(digest)
    best = readings[0] if readings else None
    others = (reading for reading in readings if best and reading.text != best.text)
    other = next((reading for reading in others if _decodes(file, reading.encoding)), None)
    if best and _is_credible(best) and (other is None or best.score - other.score >= MARGIN):
        alike = (reading.encoding for reading in readings if reading.text == best.text)
        return Encoding(next((name for name in alike if _decodes(file, name)), best.encoding), "detected")
    asked = [reading for reading in (best, other) if reading]
    place = _differing_line(asked) if len(asked) == 2 else 0
    shown = [(reading.encoding, Excerpt(*_line(asked, reading, place))) for reading in asked]
    findings.whole_file("F002", line=numbers[place], **_question(numbers[place], digest, shown))
    return None


def plainly_utf8(file: BinaryIO, named: str) -> bool:
    """Whether a file that is UTF-8 is not the text in another encoding that it would be, too."""
    digest = digest_of(file)[0]
    text = digest.decode(named, errors="replace")
    if _KATAKANA_WORDS.fullmatch(text):
        return False  # any two are a character of UTF-8
    as_utf8, as_named = (judgement(reading).likelihood for reading in (digest.decode(errors="replace"), text))
    return as_utf8 - as_named >= (MARGIN_WIDE if named in WIDE else MARGIN_NAMED)


def _is_damaged_utf8(digest: bytes) -> bool:
    """Whether many lines with bytes beyond ASCII are UTF-8: of Chinese ones, 3 in 1,000 are by chance, of others 1."""
    lines = digest.split(b"\n")[:-1]
    good = 0
    for line in lines:
        with contextlib.suppress(UnicodeDecodeError):
            line.decode()
            good += 1
    return good > 0 and good >= UTF8_LINES * len(lines)


def _is_credible(reading: Reading) -> bool:
    """Whether a reading is better than none: its letters do follow one another in some language."""
    return gain(reading.text, reading.encoding) >= (LEAST_GAIN_WIDE if reading.encoding in WIDE else LEAST_GAIN)


def digest_of(file: BinaryIO) -> tuple[bytes, list[int]]:
    """Return the distinct lines that hold a byte beyond ASCII, up to 256 KiB, and their line numbers."""
    seen: dict[bytes, int] = {}
    size, number, rest = 0, 1, b""
    file.seek(0)
    while ((block := file.read(1 << 20)) or rest) and size < DIGEST:
        lines = (rest + block).splitlines()
        rest = lines.pop() if block and not (rest + block).endswith((b"\n", b"\r")) and len(lines[-1]) < DIGEST else b""
        if not block.isascii() or not block:
            for offset, line in enumerate(lines):
                if not line.isascii() and (line := _shortened(line)) not in seen and size < DIGEST:
                    seen[line] = number + offset
                    size += len(line) + 1
        number += len(lines)
        if not block:
            break
    return b"\n".join(seen) + b"\n", list(seen.values()) or [1]


def _shortened(line: bytes) -> bytes:
    """Cut a long line where no character of several bytes can be in two."""
    if len(line) <= LONGEST_LINE:
        return line
    end = max(line.rfind(mark, 0, LONGEST_LINE) for mark in (b" ", b",", b";", b"\t", b"|"))
    return line[: end + 1 or LONGEST_LINE]


def ranked(digest: bytes) -> list[Reading]:
    """Return the readings of a digest, the likeliest first; those that are far behind are left out."""
    candidates = CANDIDATES
    readings: list[Reading] = []
    for part, behind in ((digest[: digest.find(b"\n", FIRST_LOOK) + 1] or digest, FIRST_BEHIND), (digest, math.inf)):
        readings = sorted(_scored(part, candidates), key=lambda reading: -reading.score)
        second = next((reading.score for reading in readings if reading.text != readings[0].text), 0.0)
        least = min(second, readings[0].score - behind) if readings else 0.0
        kept = {reading.encoding for reading in readings if reading.score >= least}
        candidates = tuple(candidate for candidate in candidates if candidate.name in kept)
        if part == digest:
            break
    return readings


def _scored(digest: bytes, candidates: tuple[Candidate, ...]) -> Iterator[Reading]:
    """Yield the digest as each encoding reads it, but for those that hardly can."""
    judgements: dict[str, Judgement] = {}
    for candidate in candidates:
        text = digest.decode(candidate.name, errors="replace")
        if text.count("\ufffd") > MOST_DAMAGE * len(digest) + 1:
            continue
        if text not in judgements:
            judgements[text] = judgement(text)
        found = judgements[text]
        strangers = 1 - sum(found.shares[language] for language in candidate.languages)
        yield Reading(candidate.name, text, found.likelihood - candidate.rarity - STRANGERS * strangers)


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


def _differing_line(readings: Sequence[Reading]) -> int:
    """Return the place of the first line that two readings read differently."""
    lines = zip(*(reading.text.split("\n") for reading in readings), strict=False)
    return next((place for place, (one, other) in enumerate(lines) if one != other), 0)


def _line(readings: Sequence[Reading], shown: Reading, place: int) -> tuple[str, int]:
    """Return a line as one of the readings has it, and where the first difference in it ends."""
    one, other = readings[0].text.split("\n")[place], readings[-1].text.split("\n")[place]
    same = next((at for at, (mine, theirs) in enumerate(zip(one, other, strict=False)) if mine != theirs), 0)
    return shown.text.split("\n")[place], same + 1


def _question(line: int, digest: bytes, readings: Sequence[tuple[str, Excerpt]]) -> dict[str, Any]:
    beyond = bytes(byte for byte in digest.split(b"\n")[0] if byte > 0x7F)[:8].hex(" ")
    shown = [*readings, *[("no known encoding", Excerpt(beyond, len(beyond)))] * (2 - len(readings))]
    return {
        "sample_line": line,
        "first": shown[0][1],
        "first_encoding": shown[0][0],
        "second": shown[1][1],
        "second_encoding": shown[1][0],
    }
