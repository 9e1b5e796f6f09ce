"""UTF-16 and UTF-32 by their marks: byte order marks and zero bytes."""

from __future__ import annotations

import codecs

from csv_preflight.model.source import Encoding

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Characters that are common in lists of every script: line feed, punctuation, digits, space, quote.
_COMMON = frozenset(b'\n\r,;\t| +-"0123456789')

# They are a quarter of the code units of a list, but one in three thousand of random pairs of bytes.
COMMON_SHARE = 0.02
LEAST_COMMON = 2


def bom_encoding(head: bytes) -> Encoding | None:
    """Return the encoding of a byte order mark, if there is one."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            # FF FE 00 00 could also be UTF-16 that begins with a NUL, but no list does.
            return Encoding(name, "bom", len(mark))
    return None


def wide_encoding(head: bytes) -> str | None:
    r"""Return the UTF-16 or UTF-32 encoding of text without a mark, by the positions of its zero bytes.

    Common characters have a zero byte before or after them, depending on the byte order.

    >>> wide_encoding("Name,phone\n".encode("utf-16-be"))
    'utf-16-be'
    """
    if b"\0" not in head:
        return None
    # NULs at the end are not text, except as part of the last character.
    head = head[: -(-len(head.rstrip(b"\0")) // 4) * 4]
    for width, suffix in ((4, "32"), (2, "16")):
        units = len(head) // width
        if not units:
            continue
        body = head[: units * width]
        lanes = [body[lane::width] for lane in range(width)]
        little = _common(lanes[0], lanes[1:])
        big = _common(lanes[-1], lanes[:-1])
        most = max(little, big)
        name = f"utf-{suffix}-{'le' if little > big else 'be'}"
        if most >= max(LEAST_COMMON, COMMON_SHARE * units) and most > 4 * min(little, big) and _is_possible(body, name):
            return name
    return None


def _is_possible(body: bytes, name: str) -> bool:
    """Whether bytes can be UTF-32, which most cannot; nearly all can be UTF-16."""
    try:
        body.decode(name, errors="strict" if name.startswith("utf-32") else "ignore")
    except UnicodeDecodeError:
        return False
    return True


def _common(lane: bytes, others: list[bytes]) -> int:
    """Count the code units whose one lane is a common character and whose others are zero."""
    return sum(byte in _COMMON and not any(rest) for byte, *rest in zip(lane, *others, strict=True))
