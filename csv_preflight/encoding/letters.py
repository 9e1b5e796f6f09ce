"""The encoding of text that is not Unicode, by its sequences of letters and a second witness.

The likeliest reading is taken if it is far enough ahead of the best one that differs.  How far depends on what the
second witness reads.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import BinaryIO

from csv_preflight.encoding.candidates import RARE, SINGLE_BYTE, WIDE
from csv_preflight.encoding.decoding import Decoding
from csv_preflight.encoding.digest import Digest, digest_of
from csv_preflight.encoding.evidence import Evidence
from csv_preflight.encoding.likelihood import judgement
from csv_preflight.encoding.ranking import Reading, is_credible, ranked
from csv_preflight.encoding.result import Detected, LineReading, Unclear
from csv_preflight.encoding.witness import second_reading
from csv_preflight.model.source import Encoding, Rival

# How far the best reading must be ahead of the best one that differs, as a difference of log-likelihoods.
# Chosen on 7,300 lists of 1 to 50 rows of the tuning half of the corpus (tools/corpus.py).  Where the second witness
# reads the same text, lists of 2 rows and more were right beyond 1,
MARGIN_AGREED = 1.0
# but between two rare encodings, of which it knows less, wrong readings were up to 1.7 ahead.
MARGIN_AGREED_RARE = 2.0
# Where the second witness reads another text, nearly all were right beyond 3.5,
MARGIN = 3.5
# except for lists in a rare encoding read in a common one, of which the farthest was 6.6 ahead.
MARGIN_RARE = 7.0
# Nearly any two bytes are some ideograph, so agreement says little about a short list; the farthest was 2.6.
MARGIN_WIDE = 4.0
# The second witness does not know half-width katakana and agrees with any other reading: Cyrillic, Greek, Chinese.
# In 360 lists of 1 to 3 such names, the farthest wrong reading was 18.5 ahead.  A lone ½ or ° looks like one, too.
MARGIN_KATAKANA = 20.0
# For a list that is valid both as UTF-8 and in the encoding that the user named; rarely by chance, except for short
# lists of ideographs.
MARGIN_NAMED, MARGIN_NAMED_WIDE = 0.0, 10.0
# All text beyond ASCII is half-width katakana, in words of their own.
_KATAKANA_WORDS = re.compile(r"(?:[\x00-\x7f]|(?<![A-Za-z])[\uff61-\uff9f]++(?![A-Za-z]))*+")
_SIGN_AT_WORD = re.compile(r"[A-Za-z][^\w\x00-\x7f]|[^\w\x00-\x7f][A-Za-z]")
# How many bytes beyond ASCII are shown of a line that no encoding fits.
MOST_SHOWN = 8
BLOCK = 1 << 20


def plainly_utf8(file: BinaryIO, named: str) -> bool:
    """Whether a file that is valid UTF-8 really is UTF-8, not text in the encoding that was named."""
    digest = digest_of(file).text
    text = digest.decode(named, errors="replace")
    if _KATAKANA_WORDS.fullmatch(text):
        return False  # any two bytes may be a character of UTF-8
    as_utf8, as_named = (judgement(reading).likelihood for reading in (digest.decode(errors="replace"), text))
    return as_utf8 - as_named >= (MARGIN_NAMED_WIDE if named in WIDE else MARGIN_NAMED)


def by_letters(file: BinaryIO, digest: Digest, evidence: Evidence) -> Detected | Unclear:
    """Return the likeliest encoding, if it is far enough ahead."""
    readings = ranked(digest.text, digest.plain)
    best = readings[0] if readings else None
    others = (reading for reading in readings if best and reading.text != best.text)
    other = next((reading for reading in others if _decodes(file, reading.encoding, evidence)), None)
    if best and _is_sure(best, other, digest):
        alike = (reading.encoding for reading in readings if reading.text == best.text)
        name = next((name for name in alike if _decodes(file, name, evidence)), best.encoding)
        rival = Rival(other.encoding, best.score - other.score) if other else None
        return Detected(Encoding(name, "detected"), rival)
    return _unclear(digest, tuple(reading for reading in (best, other) if reading))


def _is_sure(best: Reading, other: Reading | None, digest: Digest) -> bool:
    """Whether the best reading makes sense, and is far enough ahead of the best one that differs."""
    ahead = best.score - other.score if other else math.inf
    is_kana = _KATAKANA_WORDS.fullmatch(digest.text.decode("cp932", errors="replace"))
    if is_kana or best.encoding in WIDE or ahead >= MARGIN_RARE:
        least = MARGIN_KATAKANA if is_kana else MARGIN_WIDE
        if is_credible(best, digest.plain):
            return ahead >= least
    # A letter at the end of a word may be a sign in cp1252, which chardet likes best then.
    has_letters = any(character.isalpha() for character in best.text if not character.isascii())
    is_heard = has_letters or not _SIGN_AT_WORD.search(best.text)
    agreed = is_heard and second_reading(digest.text) == best.text
    other_is_rare = other is not None and other.encoding in RARE
    if agreed and is_credible(best, digest.plain):
        return ahead >= (MARGIN_AGREED_RARE if other_is_rare and best.encoding in RARE else MARGIN_AGREED)
    is_hidden = other_is_rare and best.encoding not in RARE and not agreed
    least = MARGIN_RARE if is_hidden else MARGIN
    return ahead >= least and is_credible(best, digest.plain, confirmed=agreed)


def _decodes(file: BinaryIO, encoding: str, evidence: Evidence) -> bool:
    """Whether all of a file is valid in an encoding."""
    if encoding in SINGLE_BYTE:
        return evidence.proves(encoding)
    decoding = Decoding(Encoding(encoding, "detected"))
    file.seek(0)
    while block := file.read(BLOCK):
        decoding.text(block)
        if decoding.failure:
            return False
    decoding.text(b"")
    return decoding.failure is None


def _unclear(digest: Digest, readings: Sequence[Reading]) -> Unclear:
    """Return the first line that two readings read differently, or else the first line."""
    texts = [reading.text.split("\n") for reading in readings]
    lines = enumerate(zip(*texts, strict=False))
    place = next((place for place, (one, *others) in lines if any(other != one for other in others)), 0)
    shown = [text[place] for text in texts]
    same = zip(shown[0], shown[-1], strict=False) if shown else ()
    end = next((at for at, (mine, theirs) in enumerate(same) if mine != theirs), 0) + 1
    beyond = bytes(byte for byte in digest.text.split(b"\n")[place] if byte > 0x7F)[:MOST_SHOWN]
    lines_read = (LineReading(reading.encoding, text, end) for reading, text in zip(readings, shown, strict=True))
    return Unclear(digest.numbers[place], tuple(lines_read), beyond)
