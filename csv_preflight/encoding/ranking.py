"""The readings of text that is not Unicode, the likeliest first.

The score is the log-likelihood that people have written that text in that encoding.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from csv_preflight.encoding.candidates import CANDIDATES, LATIN, RARE, WIDE, Candidate
from csv_preflight.encoding.likelihood import Judgement, gain, judgement

# The cost of an encoding that was made for none of the list's languages.
STRANGERS = 6.0
# In encodings that were not made for Greek, such as cp437, Greek letters are mathematical signs.
GREEK_SIGN = 6.0
_GREEK = frozenset("ΓΔΘΛΞΠΣΦΨΩαβγδεζηθικλμνξοπρσςτυφχψω")
# How much likelier each byte beyond ASCII must be than a sign that no language has.  Real lists gain 4 to 8 (0.5 to 1
# in ideographic encodings), random bytes up to 3 (0.3).  Random bytes are rarely read as Latin, where one odd name
# gains less, except in encodings of old programs, which have signs between their letters.
LEAST_GAIN, LEAST_GAIN_LATIN, LEAST_GAIN_WIDE = 3.0, 1.5, 0.4
# A list whose only accent is in Noël or Nørgaard gains even less; the second witness makes up for it.
LEAST_GAIN_CONFIRMED = 0.4
# The largest share of bytes that may be invalid: a few are damage, more mean another encoding.
MOST_DAMAGE = 0.002
# All readings are first scored by their beginning, then those not too far behind by the whole digest.
FIRST_LOOK, FIRST_BEHIND = 1 << 12, 60.0


@dataclass(frozen=True, slots=True)
class Reading:
    """The digest as one encoding reads it.  score: its log-likelihood."""

    encoding: str
    text: str
    score: float


def ranked(digest: bytes, plain: str = "") -> list[Reading]:
    """Return the readings of a digest, the likeliest first, without those far behind.

    plain: ASCII text of the same list, which helps to tell its languages.
    """
    candidates = CANDIDATES
    readings: list[Reading] = []
    for part, behind in ((digest[: digest.find(b"\n", FIRST_LOOK) + 1] or digest, FIRST_BEHIND), (digest, math.inf)):
        readings = sorted(_scored(part, candidates, plain), key=lambda reading: -reading.score)
        second = next((reading.score for reading in readings if reading.text != readings[0].text), 0.0)
        least = min(second, readings[0].score - behind) if readings else 0.0
        kept = {reading.encoding for reading in readings if reading.score >= least}
        candidates = tuple(candidate for candidate in candidates if candidate.name in kept)
        if part == digest:
            break
    return readings


def is_credible(reading: Reading, plain: str = "", *, confirmed: bool = False) -> bool:
    """Whether a reading makes sense: some language has its sequences of letters.

    plain: ASCII text of the same list.  confirmed: the second witness reads the same text.
    """
    if reading.encoding in WIDE:
        least = LEAST_GAIN_WIDE
    elif reading.encoding in LATIN - RARE:
        least = LEAST_GAIN_CONFIRMED if confirmed else LEAST_GAIN_LATIN
    else:
        least = LEAST_GAIN_LATIN if confirmed and reading.encoding in LATIN else LEAST_GAIN
    return gain(reading.text, reading.encoding, plain) >= least


def _scored(digest: bytes, candidates: tuple[Candidate, ...], plain: str = "") -> Iterator[Reading]:
    """Yield the digest as read in each encoding that can read it."""
    judgements: dict[str, Judgement] = {}
    for candidate in candidates:
        text = digest.decode(candidate.name, errors="replace")
        if text.count("\ufffd") > MOST_DAMAGE * len(digest) + 1:
            continue
        if text not in judgements:
            judgements[text] = judgement(text, plain)
        found = judgements[text]
        strangers = 1 - sum(found.shares[language] for language in {"en", *candidate.languages})
        signs = 0 if "el" in candidate.languages or candidate.name in WIDE else len(_GREEK & {*text})
        yield Reading(
            candidate.name, text, found.likelihood - candidate.rarity - STRANGERS * strangers - GREEK_SIGN * signs
        )
