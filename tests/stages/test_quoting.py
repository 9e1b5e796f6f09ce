"""Other ways to quote are read as they are meant, and no list that is RFC 4180 is touched by them."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass

import pytest

from csv_preflight import preflight
from csv_preflight.model.source import Dialect, Quoting
from csv_preflight.stages.dialect import detect, rfc4180

SINGLE, BACKSLASH, SINGLE_BACKSLASH, CURLY, FORMULA = (Dialect(",", quoting=quoting) for quoting in list(Quoting)[1:])
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
    "SQL": (SINGLE_BACKSLASH, "1,'O\\'Hara, P','it''s',\\N,''\n", [["1", "O'Hara, P", "it's", "", ""]]),
    "formulas": (FORMULA, 'a,="+1",""\n"b, ""c""",="2",="x"y\n', [["a", '="+1"', ""], ['b, "c"', '="2"', '="x"y']]),
    "curly": (CURLY, "“a, b”,“c”,d\n", [["a, b", "c", "d"]]),
    "a delimiter behind each row": (Dialect(",", trailing=2), "a,b\n1,2,\n3,,\n", [["a", "b"], ["1", "2"], ["3", ""]]),
    "columns without a name and a cell": (
        Dialect(",", trailing=2, padded=4),
        "a,b,,\n1,2,,\n3,4\n5,6,,,\n,,,\n,7,,\n",
        [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6", ""], ["", ""], ["", "7"]],
    ),
    "columns without a name and a cell, and quotes": (
        Dialect(",", trailing=2, padded=4),
        'a,b,,\n"1,,",2,,\n"3\n,,",4,"",\n5,6,,7\n',
        [["a", "b"], ["1,,", "2"], ["3\n,,", "4"], ["5", "6", "", "7"]],
    ),
    "several delimiters behind each row": (
        Dialect(",", trailing=2, padded=4),
        'a,b\n1,2,,\n"3,",4,"",\n',
        [["a", "b"], ["1", "2"], ["3,", "4"]],
    ),
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


@dataclass(frozen=True)
class Written:
    """A list that is RFC 4180, and the cells that it holds."""

    data: bytes
    rows: list[list[str]]
    phone: int


def anyhow(rng: random.Random) -> Written:
    """A list of odd cells in which any cell is in quotes that may be, the phone column anywhere."""
    pieces = [
        "'",
        "''",
        '"',
        "\\",
        "\\N",
        '\\"',
        "“",
        "”",
        "O'Hara",
        "'n",
        " ",
        "  ",
        ",",
        ";",
        "|",
        "\t",
        "\n",
        "\r\n",
    ]
    pieces += ["a", "Ann", "-", "0", "1.5", "=", "+1", "\u00a0", "Zoë", "李", "sep=", "#", ""]
    width, end = rng.randrange(2, 7), rng.choice(["\n", "\r\n"])
    phone, likely = rng.randrange(width), rng.random()
    rows = [[f"column {place}" for place in range(width)]]
    for number in range(rng.randrange(2, 30)):
        row = ["".join(rng.choices(pieces, k=rng.choice([0, 1, 1, 2, 3, 5]))) for _ in range(width)]
        row[phone] = f"+1202555{100 + number:04d}"
        rows.append(row)

    def written(cell: str) -> str:
        needs = any(mark in cell for mark in ',"\r\n')
        return f'"{cell.replace(chr(34), chr(34) * 2)}"' if needs or rng.random() < likely else cell

    lines = [",".join(map(written, row)) for row in rows]
    return Written((end.join(lines) + end * rng.randrange(2)).encode(), rows, phone)


@pytest.mark.parametrize(
    ("seed", "count"), [pytest.param(8041, 60, id="some"), pytest.param(4108, 1000, id="1,000", marks=pytest.mark.exam)]
)
def test_not_a_byte_of_them_is_changed(seed: int, count: int) -> None:
    rng = random.Random(seed)
    for number in range(count):
        given = anyhow(rng)
        header, *rows = given.rows
        result = preflight(given.data, phone_column=header[given.phone], keep_headers=True)
        assert result.ready, (number, given.data, result.report.findings)
        assert result.upload_file()[1] == given.data, number
        assert result.clean.to_numpy().tolist() == rows, (number, given.data)


# A list of the full width of a spreadsheet, what is in the last column of its last row, and its columns when clean.
WIDTH = 16_384
WIDE = {
    "nothing": ("", ["phone", "name"]),
    "a cell": ("x", None),
    "a cell in quotes": ('"x"', None),
}


@pytest.mark.parametrize("quoted", [False, True], ids=["plain", "quoted"])
@pytest.mark.parametrize(("last", "names"), WIDE.values(), ids=WIDE.keys())
def test_columns_without_a_name_and_a_cell_are_left_out(last, names, quoted) -> None:
    width = WIDTH if names else 40
    tail = "," * (width - 2)
    rows = [f"+1202555{number:04d},{chr(34) * quoted}Ann{chr(34) * quoted}{tail}" for number in range(100, 140)]
    text = "\n".join([f"phone,name{tail}", *rows, f"+12025550199,Bob{tail}{last}", ""])
    result = preflight(text.encode())
    assert result.ready
    assert len(result.clean) == 41
    if names:
        assert list(result.clean.columns) == names
        assert {found.code for found in result.report.findings} == {"F107"}
        again = preflight(result.upload_file()[1])
        assert not again.report.findings
    else:
        assert len(result.clean.columns) == width
        assert result.clean.iloc[-1, -1] == "x"


@pytest.mark.parametrize(
    ("header", "ends"),
    [
        pytest.param("Name;phone", (";", ";", "", ";"), id="one row without the delimiter"),
        pytest.param("Name;phone;", ("", "", "", ""), id="only the header has it"),
        pytest.param('"Name";"phone";', ("", "", "", ""), id="only the header, in quotes"),
    ],
)
def test_a_delimiter_that_ends_only_some_lines_loses_nobody(header: str, ends: tuple[str, ...]) -> None:
    rows = [f"Ann {place};+120255501{place:02}{end}" for place, end in enumerate(ends, start=10)]
    result = preflight("\n".join([header, *rows, ""]).encode())
    assert result.ready
    assert result.clean["phone"].tolist() == [f"+120255501{place:02}" for place in range(10, 14)]
    assert list(result.clean.columns) == ["Name", "phone"]
    assert list(result.clean.index) == [2, 3, 4, 5]


def test_a_cell_far_below_keeps_its_column() -> None:
    tail = "," * 30
    rows = [f"+1202555{number:04d},Ann{tail}" for number in range(10_000)] + [f"+12125550199,Bob{tail}note"]
    result = preflight("\n".join([f"phone,name{tail}", *rows]).encode(), accept="possible")
    assert result.clean.iloc[-1].tolist() == ["+12125550199", "Bob", *[""] * 29, "note"]


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("quote", ["", '"'], ids=["plain", "quoted"])
def test_delimiters_at_the_end_of_each_row_are_left_out(count: int, quote: str) -> None:
    rows = [f"{quote}Ann{quote};+1202555{number:04d}{';' * count}" for number in range(100, 120)]
    result = preflight("\n".join(["Name;phone", *rows, ""]).encode())
    assert list(result.clean.columns) == ["Name", "phone"]
    assert len(result.clean) == 20
    (found,) = (found for found in result.report.findings if found.code == "F107")
    assert f"{'one' if count == 1 else count} more empty field" in found.samples[0].detail
    far = preflight("\n".join(["Name;phone", *rows * 500, f"Bob;+12125550199{';' * (count - 1)};x"]).encode())
    assert "F107" not in {found.code for found in far.report.findings} or count == 1


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize(
    "again",
    [
        pytest.param("Name;phone", id="the header"),
        pytest.param("\ufeffname; Phone", id="the header with a byte order mark, in other letters"),
        pytest.param('"Name";"phone"', id="the header in quotes"),
        pytest.param("\x1aName;phone", id="the header behind the end of a file in DOS"),
    ],
)
def test_a_second_header_does_not_hide_delimiters_at_the_end_of_rows(again: str, count: int) -> None:
    tail = ";" * count
    text = f"Name;phone\nAnn;+12025550101{tail}\n{again}\nBob;+12025550102{tail}\nCid;12{tail}\n"
    result = preflight(text.encode())
    assert result.clean["phone"].tolist() == ["+12025550101", "+12025550102"]
    assert result.rejects["preflight_line"].tolist() == [5]
    assert {found.code for found in result.report.findings} == {"F103", "F107", "R102", "P003"}


@pytest.mark.parametrize(
    "end",
    [
        pytest.param("\x1a", id="the end of a file in DOS"),
        pytest.param("\n\n", id="blank lines"),
        pytest.param("; \n;;\n", id="rows of nothing"),
    ],
)
@pytest.mark.parametrize("last", ["", " "], ids=["empty", "a space"])
def test_what_ends_a_list_does_not_hide_delimiters_at_the_end_of_rows(last: str, end: str) -> None:
    result = preflight(f"Name;phone\nAnn;+12025550101;{last}\nBob;+12025550102;{last}\n{end}".encode())
    assert result.clean["phone"].tolist() == ["+12025550101", "+12025550102"]
    assert not len(result.rejects)
    assert "F107" in {found.code for found in result.report.findings}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('phone\n="+12025550101"\n="+12025550102"\n', id="formulas"),
        pytest.param('phone\n+12025550101\n="+12025550102"\n', id="a formula"),
        pytest.param("'phone'\n'+12025550101'\n'+12025550102'\n", id="single quotes"),
        pytest.param("phone\n“+12025550101”\n“+12025550102”\n", id="curly quotes"),
    ],
)
def test_a_single_column_may_be_quoted_so_too(text: str) -> None:
    result = preflight(text.encode())
    assert result.clean["phone"].tolist() == ["+12025550101", "+12025550102"]


QUOTED = {
    "SQL": ("id,name,phone\n1,'O\\'Hara, P','+12025550101'\n", Quoting.SINGLE_BACKSLASH),
    "SQL, all cells": ("'name','phone'\n'O\\'Hara','+12025550101'\n", Quoting.SINGLE_BACKSLASH),
    "a path at the end": ("'name','phone'\n'C:\\','+12025550101'\n", Quoting.SINGLE),
    "single quotes": ("id,name,phone\n1,'O''Hara, P','+12025550101'\n", Quoting.SINGLE),
    "RFC 4180": ("id,name,phone\n1,\"O\\'Hara, P\",'+12025550101'\n", Quoting.DOUBLE),
}


@pytest.mark.parametrize(("text", "quoting"), QUOTED.values(), ids=QUOTED)
def test_the_way_to_quote_is_told(text: str, quoting: Quoting) -> None:
    assert detect(text.encode()).dialect.quoting is quoting
