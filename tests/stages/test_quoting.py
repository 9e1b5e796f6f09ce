"""Other ways to quote are read as they are meant, and no list that is RFC 4180 is touched by them."""

from __future__ import annotations

import csv
import io
import random

import pytest

from csv_preflight import preflight
from csv_preflight.model.source import Dialect, Quoting
from csv_preflight.stages.dialect import detect, rfc4180

SINGLE, BACKSLASH, CURLY = (Dialect(",", quoting=quoting) for quoting in list(Quoting)[1:])
CASES = {
    "single": (SINGLE, "'a, b','it''s',c\n", [["a, b", "it's", "c"]]),
    "single, a double quote inside": (SINGLE, "'5\" pipe',x\n", [['5" pipe', "x"]]),
    "single, a line break inside": (SINGLE, "'a\nb',x\ny,z\n", [["a\nb", "x"], ["y", "z"]]),
    "single, an apostrophe in a bare cell": (SINGLE, "O'Hara,'n Sync\n", [["O'Hara", "'n Sync"]]),
    "single, never closed": (SINGLE, "'a,b\nc,d\n", [["'a", "b"], ["c", "d"]]),
    "MySQL": (BACKSLASH, '"a \\"b\\" c",\\N,"d\\,e"\n', [['a "b" c', "", "d,e"]]),
    "MySQL, no quotes": (BACKSLASH, "a\\, b,C:\\\\temp,\\N\n", [["a, b", "C:\\temp", ""]]),
    "MySQL, a line break": (BACKSLASH, "a\\\nb,x\ny,z\n", [["a\nb", "x"], ["y", "z"]]),
    "MySQL, characters that do not show": (BACKSLASH, "a\\tb\\nc\\0d,x\n", [["a b cd", "x"]]),
    "MySQL, a doubled quote": (BACKSLASH, '"a ""b""",x\n', [['a "b"', "x"]]),
    "MySQL, no value in quotes": (BACKSLASH, '"\\\\N",x\n', [["\\N", "x"]]),
    "curly": (CURLY, "“a, b”,“c”,d\n", [["a, b", "c", "d"]]),
    "a delimiter behind each row": (Dialect(",", trailing=2), "a,b\n1,2,\n3,,\n", [["a", "b"], ["1", "2"], ["3", ""]]),
    "but for a row of more": (Dialect(",", trailing=2), "a,b\n1,2,3\n", [["a", "b"], ["1", "2", "3"]]),
}


@pytest.mark.parametrize("size", [1, 3, 1 << 20], ids=lambda size: f"blocks of {size}")
@pytest.mark.parametrize(("dialect", "text", "rows"), CASES.values(), ids=CASES)
def test_it_is_read_as_it_is_meant(dialect: Dialect, text: str, rows: list[list[str]], size: int) -> None:
    blocks = [text[at : at + size].encode() for at in range(0, len(text), size)]
    written = b"".join(rfc4180(blocks, dialect)).decode()
    assert list(csv.reader(io.StringIO(written, newline=""))) == rows
    assert written.count("\n") == text.count("\n")


def random_list(rng: random.Random) -> str:
    """A list that is RFC 4180, of cells that look like other ways to quote."""
    pieces = ["'", "''", '"', "\\", "\\N", '\\"', "“", "”", "O'Hara", "'n", " ", ",", ";", "\n", "a", "Ann", ""]
    rows = [["Name", "phone", "note"]]
    for number in range(rng.randrange(1, 30)):
        cells = ["".join(rng.choices(pieces, k=rng.randrange(4))) for _ in range(2)]
        rows.append([cells[0], f"+1202555{number:04d}", cells[1]])
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n", quoting=rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])).writerows(rows)
    return out.getvalue()


def test_a_thousand_lists_in_rfc_4180_are_left_alone() -> None:
    rng = random.Random(4180)
    for number in range(1000):
        text = random_list(rng)
        found = detect(text.encode()).dialect
        assert (found.quoting, found.trailing) == (Quoting.DOUBLE, 0), (number, text)


def test_their_cells_come_through() -> None:
    rng = random.Random(8041)
    for number in range(60):
        text = random_list(rng)
        wanted = {row[1]: row for row in list(csv.reader(io.StringIO(text, newline="")))[1:]}
        clean = preflight(text.encode(), phone_column="phone", accept="possible").clean
        for row in clean.to_numpy().tolist():
            assert row == wanted[row[1]], (number, text)
