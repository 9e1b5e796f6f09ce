"""A second witness for text that is not Unicode: chardet, on the same digest.

It uses other evidence than our own detection, statistics of bytes; where both read the same text, they are rarely
wrong.  Texts are compared rather than names, since several encodings often read a list the same way.
"""

from __future__ import annotations

import codecs

# chardet takes about 0.1 s for this much, and its answer hardly changes with more.
TESTIMONY = 1 << 16


def second_reading(digest: bytes) -> str | None:
    """Return a digest's text as chardet reads it; None if it finds no encoding, or one that Python lacks."""
    from chardet import detect

    part = digest if len(digest) <= TESTIMONY else digest[: digest.rfind(b"\n", 0, TESTIMONY) + 1]
    name = detect(part, should_rename_legacy=False)["encoding"]
    if name is None:
        return None
    try:
        return digest.decode(codecs.lookup(name).name, errors="replace")
    except LookupError:
        return None
