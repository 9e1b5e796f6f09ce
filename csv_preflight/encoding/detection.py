"""The encoding of a file: Unicode is recognized by its form, anything else by its letters.

A byte order mark decides, then zero bytes, which UTF-16 and UTF-32 have (``unicode``); then the escapes of ISO-2022,
then UTF-8 (``evidence``).  Anything else is read in many encodings (``letters``); the answer may be that it is unclear.
"""

from __future__ import annotations

import contextlib
from typing import BinaryIO

from csv_preflight.encoding.digest import digest_of
from csv_preflight.encoding.evidence import Evidence
from csv_preflight.encoding.result import Detected, Unclear
from csv_preflight.model.source import Encoding

# From this share of valid UTF-8 lines on, a list is damaged UTF-8.
UTF8_LINES = 0.25


def detect(file: BinaryIO, evidence: Evidence) -> Detected | Unclear:
    """Return the encoding of a file without a byte order mark or zero bytes.

    evidence: from reading all of it.  Some bytes may be invalid in the encoding, which decoding the whole file will
    find.
    """
    if evidence.escape:
        return Detected(Encoding(evidence.escape, "detected"))
    if evidence.is_utf8:
        return Detected(Encoding("utf-8", "utf-8"))
    digest = digest_of(file)
    if _is_damaged_utf8(digest.text):
        return Detected(Encoding("utf-8", "utf-8"))
    # The language tables take a while to load, and a Unicode list does not need them.
    from csv_preflight.encoding.letters import by_letters

    return by_letters(file, digest, evidence)


def _is_damaged_utf8(digest: bytes) -> bool:
    """Whether many lines with bytes beyond ASCII are valid UTF-8; by chance, 3 in 1,000 Chinese ones are."""
    lines = digest.split(b"\n")[:-1]
    good = 0
    for line in lines:
        with contextlib.suppress(UnicodeDecodeError):
            line.decode()
            good += 1
    return good > 0 and good >= UTF8_LINES * len(lines)
