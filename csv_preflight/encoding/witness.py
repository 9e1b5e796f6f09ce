"""A second witness for text that is not Unicode: chardet, on the same digest.

It goes by other evidence than our own reading, statistics of bytes: where both read the same text, both are hardly
ever wrong.  Its answer counts as a text, not as a label: many labels read one list the same way.
"""

from __future__ import annotations

import codecs

# chardet takes about 0.1 s for so much, and its answer hardly changes with more.
TESTIMONY = 1 << 16


def second_reading(digest: bytes) -> str | None:
    """Return the text of a digest as chardet reads it; None where it knows no encoding, or one that Python has not."""
    from chardet import detect

    part = digest if len(digest) <= TESTIMONY else digest[: digest.rfind(b"\n", 0, TESTIMONY) + 1]
    name = detect(part, should_rename_legacy=False)["encoding"]
    if name is None:
        return None
    try:
        return digest.decode(codecs.lookup(name).name, errors="replace")
    except LookupError:
        return None
