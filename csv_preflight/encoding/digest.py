"""The part of a non-Unicode file that detection looks at: its distinct lines with bytes beyond ASCII."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

# 256 KiB are thousands of names; more would not help.
DIGEST = 1 << 18
# Bytes of ASCII lines: enough to tell the languages of a list in which only a few names have accents.
PLAIN = 1 << 13
LONGEST_LINE = 4096
BLOCK = 1 << 20


class Digest(NamedTuple):
    """Distinct lines, each followed by a line feed, and the physical line number of each.

    plain: the first ASCII lines.
    """

    text: bytes
    numbers: tuple[int, ...]
    plain: str = ""


def digest_of(file: BinaryIO) -> Digest:
    """Return the distinct lines that hold a byte beyond ASCII, up to 256 KiB.  file: seekable."""
    seen: dict[bytes, int] = {}
    size, number, plain = 0, 1, b""
    for lines in _whole_lines(file):
        if len(plain) < PLAIN:
            start = lines[: 2 * PLAIN].splitlines(keepends=True)
            plain += b"".join(line for line in start if line.isascii())[:PLAIN]
        if lines.isascii():
            number += lines.count(b"\n") + lines.count(b"\r") - lines.count(b"\r\n")
            continue
        for line in lines.splitlines():
            if not line.isascii() and (line := _shortened(line)) not in seen and size < DIGEST:
                seen[line] = number
                size += len(line) + 1
            number += 1
        if size >= DIGEST:
            break
    return Digest(b"\n".join(seen) + b"\n", tuple(seen.values()) or (1,), plain.decode("ascii"))


def _whole_lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield a file in blocks of whole lines; a line longer than a digest is cut."""
    rest = b""
    file.seek(0)
    while block := file.read(BLOCK):
        buffer = rest + block
        # A CR at the end may be the first half of a CRLF.
        cut = max(buffer.rfind(b"\n"), buffer.rfind(b"\r", 0, len(buffer) - 1)) + 1
        if not cut and len(buffer) >= DIGEST:
            cut = len(buffer)
        rest = buffer[cut:]
        if cut:
            yield buffer[:cut]
    if rest:
        yield rest


def _shortened(line: bytes) -> bytes:
    """Cut a long line without splitting a multibyte character."""
    if len(line) <= LONGEST_LINE:
        return line
    end = max(line.rfind(mark, 0, LONGEST_LINE) for mark in (b" ", b",", b";", b"\t", b"|"))
    return line[: end + 1 or LONGEST_LINE]
