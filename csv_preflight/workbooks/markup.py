"""XML as a stream of events.  Document types are refused, since their entities can grow without limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO, Protocol
from xml.parsers import expat

from csv_preflight.errors import WorkbookError
from csv_preflight.workbooks.package import DAMAGED

BLOCK = 1 << 16


class Handler(Protocol):
    """A handler of a document's events.  Names come without their namespace's prefix, attributes as written."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Handle the start of an element."""

    def end(self, name: str) -> None:
        """Handle the end of an element."""

    def text(self, text: str) -> None:
        """Handle text between elements."""


def parse(part: IO[bytes], handler: Handler) -> Iterator[None]:
    """Parse a document, yielding after each block; a damaged one raises WorkbookError."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    local: dict[str, str] = {}

    def name_of(name: str) -> str:
        return local.get(name) or local.setdefault(name, name.rpartition(":")[2])

    def start(name: str, attributes: dict[str, str]) -> None:
        handler.start(name_of(name), attributes)

    def end(name: str) -> None:
        handler.end(name_of(name))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = handler.text
    try:
        while block := part.read(BLOCK):
            parser.Parse(block, False)
            yield
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise WorkbookError(DAMAGED) from error
    yield


def parse_all(part: IO[bytes], handler: Handler) -> None:
    """Parse a whole document."""
    for _ in parse(part, handler):
        pass


def local_attributes(attributes: Mapping[str, str]) -> dict[str, str]:
    """Return attributes without their namespaces' prefixes."""
    return {name.rpartition(":")[2]: value for name, value in attributes.items()}


def _refuse(*_: object) -> None:
    raise WorkbookError(DAMAGED)
