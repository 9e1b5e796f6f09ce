"""A reader of CSV records, a character at a time: slow, and obviously right.  The oracle for stages/records.

It knows nothing of the package but the codes.  A fault ends a record at the end of a physical line: that of the
fault, or, after a quoted field that had crossed a line ending, that on which its quote opened.
"""

from __future__ import annotations

from dataclasses import dataclass, field

FIELD_LIMIT = 128 * 1024
MOST_FIELDS = 10_000


@dataclass
class Row:
    line: int
    record: int
    cells: list[str] = field(default_factory=list)
    code: str = ""
    raw: str = ""


@dataclass
class Reading:
    header: list[str] = field(default_factory=list)
    header_line: int = 1
    rows: list[Row] = field(default_factory=list)
    blank_lines: list[int] = field(default_factory=list)


class FaultError(Exception):
    def __init__(self, code: str, at: int) -> None:
        super().__init__(code)
        self.code, self.at = code, at


def ending_at(text: str, at: int) -> int:
    """How many characters the line ending at a place has, 0 if there is none."""
    if text[at : at + 2] == "\r\n":
        return 2
    return 1 if text[at : at + 1] in ("\r", "\n") and at < len(text) else 0


def line_stop(text: str, at: int) -> int:
    while at < len(text) and not ending_at(text, at):
        at += 1
    return at


def read_fields(text: str, at: int, delimiter: str, *, skip_space: bool) -> tuple[list[str], int]:
    cells = []
    while True:
        if skip_space and text[at:].lstrip(" ").startswith('"'):
            at += len(text[at:]) - len(text[at:].lstrip(" "))
        if text[at : at + 1] == '"':
            opening, cell, size, crossed = at, "", 0, False
            at += 1
            while True:
                if size > FIELD_LIMIT and not crossed:
                    raise FaultError("R007", at)
                if at >= len(text) or size > FIELD_LIMIT:
                    raise FaultError("R004", opening)
                if text[at] == '"':
                    if text[at + 1 : at + 2] != '"':
                        break
                    cell, at, size = cell + '"', at + 2, size + 2
                    continue
                crossed = crossed or bool(ending_at(text, at))
                cell, size = cell + text[at], size + len(text[at].encode())
                at += 1
            at += 1
            if at < len(text) and text[at] != delimiter and not ending_at(text, at):
                raise FaultError("R004" if crossed else "R003", opening if crossed else at)
            cells.append(cell)
        else:
            cell = ""
            while at < len(text) and text[at] != delimiter and not ending_at(text, at):
                if text[at] == '"':
                    raise FaultError("R003", at)
                cell += text[at]
                at += 1
            cells.append(cell)
        if at >= len(text) or ending_at(text, at):
            return cells, at
        at += 1


def read(text: str, delimiter: str = ",", *, skip_space: bool = False) -> Reading:
    found = Reading()
    whole = text.rstrip("\x1a")
    if whole != text and not whole.endswith(("\r", "\n")):
        text = whole + "\n\x1a"
    at, line, record = 0, 1, 0
    blanks = " \t\x1a" + delimiter
    while at < len(text):
        code, cells, stop = "", [], 0
        try:
            cells, stop = read_fields(text, at, delimiter, skip_space=skip_space)
        except FaultError as fault:
            code, stop = fault.code, line_stop(text, fault.at)
        raw = text[at:stop]
        nothing = all(not cell.strip(" \t\x1a") for cell in cells)
        if len(found.header) == 1:
            nothing = not raw.strip(blanks)
        if not code and nothing:
            found.blank_lines.append(line)
        elif not found.header:
            if code:
                stop = line_stop(text, at)
                raw = text[at:stop]
                cells = raw.split(delimiter)
            found.header, found.header_line = cells, line
        else:
            record += 1
            if not code and "\0" in raw:
                code = "R005"
            if not code and len(cells) != len(found.header):
                code = "R001" if len(cells) < len(found.header) else "R002"
            if code:
                found.rows.append(Row(line, record, code=code, raw=raw.replace("\0", "\u2400")))
            else:
                found.rows.append(Row(line, record, cells))
        end = stop + ending_at(text, stop)
        while at < end:
            step = ending_at(text, at)
            line += bool(step)
            at += step or 1
    return found
