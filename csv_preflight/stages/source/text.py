"""The text of a file as UTF-8, in blocks."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from csv_preflight.model.source import Source

BLOCK = 1 << 20


def utf8_blocks(file: BinaryIO, source: Source, size: int = BLOCK) -> Iterator[bytes]:
    """Yield the text of a file as UTF-8 in blocks of about ``size`` bytes, without a byte order mark.

    file: at its start.  Blocks are not split within a character or a CRLF.
    """
    encoding = source.encoding
    file.read(encoding.bom)
    if encoding.name in ("utf-8", "ascii"):
        yield from _whole_characters(file, size)
        return
    decoder = codecs.getincrementaldecoder(encoding.name)()
    held = ""
    while block := file.read(size):
        text = held + decoder.decode(block)
        held = text[-1:] if text[-1:] == "\r" else ""
        text = text[: len(text) - len(held)]
        if text:
            yield text.encode()
    rest = held + decoder.decode(b"", final=True)
    if rest:
        yield rest.encode()


def _whole_characters(file: BinaryIO, size: int) -> Iterator[bytes]:
    held = b""
    while block := file.read(size):
        block = held + block if held else block
        cut = len(block)
        if block[-1] >= 0x80:
            # Go back to the last byte that begins a character, and keep an incomplete one for the next block.
            start = cut - 1
            while block[start] & 0xC0 == 0x80:
                start -= 1
            needed = 2 if block[start] < 0xE0 else 3 if block[start] < 0xF0 else 4
            cut = start if cut - start < needed else cut
        elif block[-1] == 0x0D:
            cut -= 1
        held = block[cut:]
        if cut:
            yield block[:cut]
    if held:
        yield held
