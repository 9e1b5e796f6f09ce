"""Records and physical lines: tables of single cases, and differences from the slow reader on random files."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from csv_preflight.collector import Collector
from csv_preflight.model.source import Dialect
from csv_preflight.stages import records
from tests import slow_reader
from tests.slow_reader import Reading, Row


def blocks_of(data: bytes, size: int) -> Iterator[bytes]:
    """Blocks of about size bytes that end within no character and no CRLF, as the source stage makes them."""
    start = 0
    while start < len(data):
        end = min(len(data), start + size)
        while end < len(data) and (data[end] & 0xC0 == 0x80 or data[end - 1 : end + 1] == b"\r\n"):
            end += 1
        yield data[start:end]
        start = end


def read(
    text: str,
    delimiter: str = ",",
    size: int = 1 << 20,
    limits: records.Limits | None = None,
    *,
    skip_space: bool = False,
) -> Reading:
    """Read a text with the package's reader, in the form of the slow reader's result."""
    findings = Collector(0, show_values=True)
    dialect = Dialect(delimiter, skip_space=skip_space)
    reader = records.read(blocks_of(text.encode(), size), dialect, limits or records.Limits())
    findings.take(reader.drain())
    found = Reading(list(reader.header), reader.header_line)
    raw: dict[int, str] = {}
    for batch in reader.batches() if reader.header else ():
        findings.take(reader.drain())
        rejects = findings.flush()
        raw |= dict(zip(rejects.lines.tolist(), rejects.raw.tolist(), strict=True))
        columns = [column.tolist() for column in batch.columns]
        for place, (line, record) in enumerate(zip(batch.lines.tolist(), batch.records.tolist(), strict=True)):
            found.rows.append(Row(line, record, [column[place] for column in columns]))
    for entry in findings.summary():
        for sample in entry.samples:
            if entry.code == "R101":
                found.blank_lines.append(sample.line)
            elif entry.code not in ("R006", "F005"):
                found.rows.append(Row(sample.line, sample.record, code=entry.code, raw=raw[sample.line]))
    found.rows.sort(key=lambda row: row.record)
    assert reader.read == len(found.rows)
    assert reader.blank == len(found.blank_lines)
    return found


HEADED = "a,b\n"

CASES = {
    "plain": ("1,2\n3,4\n", [(2, ["1", "2"]), (3, ["3", "4"])]),
    "no final newline": ("1,2", [(2, ["1", "2"])]),
    "crlf": ("1,2\r\n3,4\r\n", [(2, ["1", "2"]), (3, ["3", "4"])]),
    "bare cr": ("1,2\r3,4\r", [(2, ["1", "2"]), (3, ["3", "4"])]),
    "blank lines count as lines": ("\n1,2\n \t\n3,4\n", [(3, ["1", "2"]), (5, ["3", "4"])]),
    "quoted": ('"1","2"\n', [(2, ["1", "2"])]),
    "empty quoted": ('"",1\n', [(2, ["", "1"])]),
    "nothing but delimiters and blanks": (',\n"",""\n \t, \n,,,\n"\n",\n1,2\n\x1a', [(6, ["\n", ""]), (8, ["1", "2"])]),
    "the end of a file in DOS": ("1,2\x1a\n3,4\x1a", [(2, ["1", "2\x1a"]), (3, ["3", "4"])]),
    "the end of a file in DOS, behind a quote": ('1,2\n3,"4"\x1a\x1a', [(2, ["1", "2"]), (3, ["3", "4"])]),
    "a quote is something": ('"""",\n', [(2, ['"', ""])]),
    "delimiter in quotes": ('"1,1",2\n', [(2, ["1,1", "2"])]),
    "newline in quotes": ('"1\n1",2\n3,4\n', [(2, ["1\n1", "2"]), (4, ["3", "4"])]),
    "crlf in quotes is one line": ('"1\r\n1",2\r\n3,4\r\n', [(2, ["1\r\n1", "2"]), (4, ["3", "4"])]),
    "doubled quotes": ('"1 ""x"" 1",2\n', [(2, ['1 "x" 1', "2"])]),
    "doubled quotes before and behind faults": (
        '"a""1","b""2"\n5" x,y\n"c""""3",d\n\n5" x,y\n"e""4",f\n' + "g,h\n" * 70 + '"i""5","j""6"\n',
        [
            (2, ['a"1', 'b"2']), (3, "R003", '5" x,y'), (4, ['c""3', "d"]), (6, "R003", '5" x,y'), (7, ['e"4', "f"]),
            *((line, ["g", "h"]) for line in range(8, 78)), (78, ['i"5', 'j"6']),
        ],
    ),
    "only a doubled quote": ('"""",2\n', [(2, ['"', "2"])]),
    "spaces stay": (" 1 , 2 \n", [(2, [" 1 ", " 2 "])]),
    "cells that look like nothing stay": ("NA,None\nnull,007\n", [(2, ["NA", "None"]), (3, ["null", "007"])]),
    "other separators are data": ("1\u2028\x0b\x0c\x1c\x85,2\n", [(2, ["1\u2028\x0b\x0c\x1c\x85", "2"])]),
    "trailing delimiter is a field": ("1,\n", [(2, ["1", ""])]),
    "too few": ("1\n", [(2, "R001", "1")]),
    "too many": ("1,2,3\n", [(2, "R002", "1,2,3")]),
    "quote in a cell": ('1 "x",2\n3,4\n', [(2, "R003", '1 "x",2'), (3, ["3", "4"])]),
    "text behind a quote": ('"1"x,2\n3,4\n', [(2, "R003", '"1"x,2'), (3, ["3", "4"])]),
    "unclosed to the end": ('"1,2\n3,4\n', [(2, "R004", '"1,2'), (3, ["3", "4"])]),
    "unclosed before a quoted row": ('"1,2\n"3",4\n', [(2, "R004", '"1,2'), (3, ["3", "4"])]),
    "unclosed in the last line": ('1,"2', [(2, "R004", '1,"2')]),
    "stray quotes that are legal": ('"1,2\n3,4"\n', [(2, "R001", '"1,2\n3,4"')]),
    "fault behind a good multi-line field": ('"1\n1",2"\n3,4\n', [(2, "R003", '"1\n1",2"'), (4, ["3", "4"])]),
    "nul": ("1\0,2\n3,4\n", [(2, "R005", "1\u2400,2"), (3, ["3", "4"])]),
    "nul in a ragged row": ("1\0\n3,4\n", [(2, "R005", "1\u2400"), (3, ["3", "4"])]),
}  # fmt: skip


@pytest.mark.parametrize("size", [1 << 20, 1, 3], ids=lambda size: f"blocks of {size}")
@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_records(text: str, expected: list[tuple[object, ...]], size: int) -> None:
    rows = [
        (row.line, row.code, row.raw) if row.code else (row.line, row.cells)
        for row in read(HEADED + text, size=size).rows
    ]
    assert rows == expected


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_the_slow_reader_agrees(text: str, expected: list[tuple[object, ...]]) -> None:
    rows = [
        (row.line, row.code, row.raw) if row.code else (row.line, row.cells)
        for row in slow_reader.read(HEADED + text).rows
    ]
    assert rows == expected


SWALLOWED = {
    "rows before a closing quote": (
        '"Ann,+12025550101\nBob,+12025550102\nEve,+12025550103\nZoe",x,y\nAmy,+12025550104\n',
        [(2, "R004", '"Ann,+12025550101'), (3, ["Bob", "+12025550102"]), (4, ["Eve", "+12025550103"]),
         (5, "R003", 'Zoe",x,y'), (6, ["Amy", "+12025550104"])],
    ),
    "as the last field": (
        'Ann,1,"x\nBob,+12025550102\nEve"\n',
        [(2, "R004", 'Ann,1,"x'), (3, ["Bob", "+12025550102"]), (4, "R003", 'Eve"')],
    ),
    "up to a quoted cell": (
        'Ann,"+12025550101\nBob,+12025550102\nLee","Eve",+12025550103\n',
        [(2, "R004", 'Ann,"+12025550101'), (3, ["Bob", "+12025550102"]), (4, "R003", 'Lee","Eve",+12025550103')],
    ),
    "a note is no row": ('Ann,1,"a note,\nof two lines"\n', [(2, "R002", 'Ann,1,"a note,\nof two lines"')]),
    "the number of a note's author": (
        'Ann,1,"call, +1 202 555 0101\nat ten"\n',
        [(2, "R004", 'Ann,1,"call, +1 202 555 0101'), (3, "R003", 'at ten"')],
    ),
}  # fmt: skip


@pytest.mark.parametrize("size", [1 << 20, 1, 3, 20], ids=lambda size: f"blocks of {size}")
@pytest.mark.parametrize(("text", "expected"), SWALLOWED.values(), ids=SWALLOWED)
def test_rows_between_two_stray_quotes_are_read(text: str, expected: list[tuple[object, ...]], size: int) -> None:
    rows = [
        (row.line, row.code, row.raw) if row.code else (row.line, row.cells)
        for row in read(HEADED + text, size=size).rows
    ]
    assert rows == expected


@pytest.mark.parametrize(
    ("row", "code"),
    [(",".join(["x" * 100_000] * 5), "R002"), ('"a"b,' + "x" * 100_000, "R003")],
    ids=["ragged", "a quote out of place"],
)
def test_the_whole_text_of_a_long_row_is_kept_for_the_rejects(row: str, code: str) -> None:
    found = read(HEADED + row + "\n").rows[0]
    assert (found.code, found.raw) == (code, row)


def test_a_header_of_more_than_10_000_columns_is_none() -> None:
    for width, found in ((10_000, []), (10_001, ["F005"])):
        reader = records.read(iter([b"x" + b"," * (width - 1) + b"\n"]), Dialect(","))
        assert [entry.code for entry in reader.drain()] == found
        assert len(reader.header) == (0 if found else width)


LARGE = {
    "a field of 128 KiB passes": ("x" * 131_072 + ",2\n", ""),
    "one byte more does not": ("x" * 131_073 + ",2\n", "R007"),
    "a quoted field of 128 KiB passes": ('"' + "x" * 131_072 + '",2\n', ""),
    "a quoted field of one byte more does not": ('"' + "x" * 131_073 + '",2\n', "R007"),
    "an unclosed quote before 128 KiB of lines": ('"x\n' + "1,2\n" * 40_000, "R004"),
    "more than 10,000 fields": ("x" + "," * 10_000 + "\n", "R007"),
    "10,000 fields are only too many": ("x" + "," * 9_999 + "\n", "R002"),
    "a line of 20 MB": ("x" * 20_000_000 + "\n", "R007"),
}


@pytest.mark.parametrize(("text", "code"), LARGE.values(), ids=LARGE)
def test_large_records(text: str, code: str) -> None:
    found = read(HEADED + text + "8,9\n")
    assert found.rows[0].code == code
    assert found.rows[0].line == 2
    assert found.rows[-1].cells == ["8", "9"]
    assert found.rows[-1].line == 3 + text.count("\n") - 1


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("1," + "x" * 131_073 + "\n", "field 2 is longer than 128 KiB"),
        ('1,"' + "x" * 131_073 + '"\n', "field 2 is longer than 128 KiB"),
        (("x" * 100_000 + ",") * 170 + "\n", "the row is longer than 16 MiB"),
        ("," * 10_000 + "\n", "the row has more than 10,000 fields"),
        ('"a"b' + "x" * 131_073 + "\n", "unexpected double quote in field 1, on a line without end"),
    ],
)
def test_what_is_too_large_is_said(text: str, detail: str) -> None:
    findings = found_in(HEADED + text)
    assert [(entry.code, entry.samples[0].detail) for entry in findings.summary()] == [("R007", detail)]


@pytest.mark.parametrize(
    ("text", "line", "opened"),
    [('1,"x\n', 3, 3), ('"p\nq","x\n', 3, 4), ('"p\r\nq\r\n","x\r\n', 3, 5)],
    ids=["at once", "in the second line of the row", "in the third"],
)
def test_an_unclosed_quote_is_named_by_the_line_where_it_opens(text: str, line: int, opened: int) -> None:
    findings = found_in(HEADED + "1,2\n" + text + "8,9\n")
    [found] = [entry.samples[0] for entry in findings.summary() if entry.code == "R004"]
    assert found.line == line
    assert f"line {opened}" in found.detail


def test_of_a_giant_row_the_beginning_is_kept() -> None:
    found = read(HEADED + "é" * 200_000 + "\n1,2\n")
    assert (found.rows[0].code, found.rows[1].cells) == ("R007", ["1", "2"])
    assert found.rows[0].raw == "é" * 65_536 + "…"


def test_lines_and_records_of_a_file_with_everything_in_it() -> None:
    text = (
        "\r\n"  # 1
        "name,phone\r\n"  # 2
        '"Ann\r\nLee","x\ny"\r\n'  # 3 to 5
        "Bob\n"  # 6
        "\n"  # 7
        "Eve,1,2\r"  # 8, a bare CR
        'Zoe,"never\n'  # 9
        'Amy,5" pipe\n'  # 10
        '"Ida","ok ""q"""\r\n'  # 11
        "Jim,\0\n"  # 12
        "Kim,\u2028z\x0b\x0c\x1c\x85\n"  # 13
        f'Lou,"{"x" * 131_073}\n'  # 14
        "Mia,\n"  # 15
        "Lil,end"  # 16
    )
    found = read(text)
    assert (found.header, found.header_line, found.blank_lines) == (["name", "phone"], 2, [1, 7])
    assert [(row.line, row.record, row.code or row.cells) for row in found.rows] == [
        (3, 1, ["Ann\r\nLee", "x\ny"]),
        (6, 2, "R001"),
        (8, 3, "R002"),
        (9, 4, "R004"),
        (10, 5, "R003"),
        (11, 6, ["Ida", 'ok "q"']),
        (12, 7, "R005"),
        (13, 8, ["Kim", "\u2028z\x0b\x0c\x1c\x85"]),
        (14, 9, "R007"),
        (15, 10, ["Mia", ""]),
        (16, 11, ["Lil", "end"]),
    ]


def test_ten_thousand_columns() -> None:
    rows = [[f"{row}.{place}" for place in range(10_000)] for row in range(3)]
    found = read("\n".join(",".join(row) for row in rows))
    assert [found.header, *(row.cells for row in found.rows)] == rows


def test_blank_lines_before_the_header_are_dropped_one_by_one() -> None:
    found = read(" \n" * 3_000 + HEADED + "1,2\n")
    assert (found.header_line, len(found.blank_lines)) == (3_001, 3_000)
    assert [(row.line, row.cells) for row in found.rows] == [(3_002, ["1", "2"])]


def test_good_rows_and_blank_lines_between_many_faults() -> None:
    parts = ['x"y,1', "1,2", "", "3", '"4","5"'] * 2_000
    assert read(HEADED + "\n".join(parts)) == slow_reader.read(HEADED + "\n".join(parts))


def random_text(rng: random.Random, delimiter: str, *more: str) -> str:
    pieces = [
        *more,
        delimiter,
        delimiter,
        "\n",
        "\n",
        "\r\n",
        "\r",
        '"',
        '"',
        '""',
        "a",
        "b c",
        " ",
        "\t",
        "é",
        "\u2028",
        "\0",
    ]
    weights = [rng.random() ** 2 for _ in pieces]
    body = "".join(rng.choices(pieces, weights, k=rng.randrange(60)))
    header = delimiter.join(rng.choices("abc", k=rng.randint(1, 4))) + rng.choice(["\n", "\r\n", "\r"])
    return rng.choice([header, header, ""]) + body


def check_random_files(count: int, seed: int) -> None:
    rng = random.Random(seed)
    for number in range(count):
        delimiter = rng.choice(",;\t|^ ")
        text = random_text(rng, delimiter)
        size = rng.choices([1 << 20, 1, 2, 5, 17], [8, 1, 1, 2, 2])[0]
        skip_space = delimiter != " " and rng.random() < 0.3
        found = read(text, delimiter, size, skip_space=skip_space)
        expected = slow_reader.read(text, delimiter, skip_space=skip_space)
        assert found == expected, (seed, number, delimiter, size, skip_space, text)


@pytest.mark.parametrize("seed", range(4))
def test_random_files_read_as_the_slow_reader_reads_them(seed: int) -> None:
    check_random_files(1_000, seed)


def long_text(rng: random.Random, delimiter: str, *, skip_space: bool) -> str:
    """Hundreds of rows: most fit the header, in stretches, and of some one thing is wrong."""
    cells = ["", "a", "b c", " x", "é", f'"1{delimiter}2"', '"a ""b"" c"', '""""', '""', '"x\ny"', '"x\r\n\n"']
    cells += [" " * rng.randrange(1, 4) + cell for cell in cells if cell.startswith('"') and skip_space]
    faults = [f"a{delimiter}b{delimiter}c{delimiter}d", "a", 'a "b"', '"a"b', f'"a{delimiter}b', "a\0", "", "  "]
    share, ending = rng.choice([0.0, 0.01, 0.2]), rng.choice(["\n", "\r\n", "\r"])
    chosen = rng.sample(cells, rng.randrange(2, len(cells)))
    rows = [
        rng.choice(faults) if rng.random() < share else delimiter.join(rng.choices(chosen, k=3))
        for _ in range(rng.randrange(200, 600))
    ]
    return f"a{delimiter}b{delimiter}c{ending}" + ending.join(rows) + rng.choice(["", ending])


@pytest.mark.parametrize("seed", range(4))
def test_long_files_read_as_the_slow_reader_reads_them(seed: int) -> None:
    rng = random.Random(f"long {seed}")
    for number in range(25):
        delimiter, skip_space = rng.choice(",;\t|"), rng.random() < 0.5
        text = long_text(rng, delimiter, skip_space=skip_space)
        size = rng.choice([1 << 20, 1 << 20, 1000, 5000])
        found = read(text, delimiter, size, skip_space=skip_space)
        assert found == slow_reader.read(text, delimiter, skip_space=skip_space), (seed, number, size)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_read_does_not_depend_on_the_blocks(seed: int) -> None:
    rng = random.Random(seed)
    for number in range(500):
        delimiter = rng.choice(",;\t|")
        text = random_text(rng, delimiter, "2025550101", "2025550102\n")
        limits = records.Limits(
            field=rng.randrange(1, 9), fields=rng.randrange(1, 6), record=rng.randrange(1, 40), raw=8
        )
        skip_space = rng.random() < 0.5
        whole = read(text, delimiter, 1 << 20, limits, skip_space=skip_space)
        for size in (1, 2, 5, 17):
            found = read(text, delimiter, size, limits, skip_space=skip_space)
            for row in (*whole.rows, *found.rows):
                row.raw = ""
            assert found == whole, (seed, number, delimiter, size, limits, skip_space, text)


@pytest.mark.exam
@pytest.mark.parametrize("seed", range(100, 110))
def test_many_random_files_read_as_the_slow_reader_reads_them(seed: int) -> None:
    check_random_files(10_000, seed)


def found_in(text: str) -> Collector:
    """All that is found while a text is read."""
    findings = Collector(0)
    reader = records.read([text.encode()], Dialect(","))
    for _ in reader.batches():
        findings.take(reader.drain())
        findings.flush()
    return findings


def suspicious(text: str) -> list[int]:
    findings = found_in(text)
    return [sample.line for entry in findings.summary() if entry.code == "R006" for sample in entry.samples]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param('a,b\nAnn,"+12025550101\nBob,+12025550102"\n', [2], id="two stray quotes"),
        pytest.param('a,b,c\n"1,2,3\n4,5,6\n7",8,9\n', [2], id="several rows swallowed"),
        pytest.param('a,b,c\n1,2,"12 Main St,\nRome, Italy"\n', [], id="an address"),
        pytest.param('a,b\n1,"a note\nof two lines"\n', [], id="a note"),
        pytest.param('a\n"x\ny"\n', [], id="one column"),
        pytest.param('a\n"Rome, Italy\n+12025550101\nx"\n', [], id="one column with a number between"),
        pytest.param('a,b\nAnn,"+12025550101\r\nBob,+12025550102"\r\n', [2], id="CRLF"),
        pytest.param('a,b\n"Ann ""A""",1\n"Bob,+12025550101\nEve,+12025550102\nJoe",3\n', [3], id="from a first cell"),
        pytest.param('a,b,c\n1,2,"Dear all,\ncome, all, at 10\nBye"\n', [], id="a letter"),
        pytest.param('a,b,c\n1,2,"x\nEve,+12025550102,y\nz"\n', [2], id="a row within a note"),
        pytest.param('a,b,c\n1,2,"x\nEve,1 234 - 56,y\nz"\n', [], id="few digits within a note"),
        pytest.param('a,b,c\n1,2,"x\nEve,no 12025550102,y\nz"\n', [], id="words and digits within a note"),
    ],
)
def test_suspicious_multiline(text: str, lines: list[int]) -> None:
    assert suspicious(text) == lines
