"""Delimiters, sep= lines and spaces before quotes."""

from __future__ import annotations

import csv
import io
import random

import clevercsv
import pytest

from csv_preflight import SettingsError
from csv_preflight.model.source import Dialect, Quoting
from csv_preflight.stages.dialect import detect

COMMAS = Dialect(",")

CASES = {
    "commas": ("a,b,c\n1,2,3\n", COMMAS, set()),
    "semicolons": ("a;b;c\n1;2;3\n", Dialect(";"), {"F103"}),
    "tabs": ("a\tb\tc\n1\t2\t3\n", Dialect("\t"), {"F103"}),
    "bars": ("a|b|c\n1|2|3\n", Dialect("|"), {"F103"}),
    "one column": ("phone\n+12025550101\n+12025550102\n", COMMAS, set()),
    "one column of notes": ("note\nhello, world; and more\nfine\n", COMMAS, set()),
    "header only": ("a;b;c", Dialect(";"), {"F103"}),
    "notes full of commas": ("id;note\n1;a, b, c\n2;d, e, f\n3;g\n", Dialect(";"), {"F103"}),
    "the same notes in every row": ("id;note\n1;a, b\n2;c, d\n", Dialect(";"), {"F103"}),
    "decimal commas": ("name;price\na;1,5\nb;2,5\n", Dialect(";"), {"F103"}),
    "semicolons in quoted cells": ('a,b\n"x;y;z",1\n"p;q;r",2\n', COMMAS, set()),
    "quoted addresses": ('name,address\nAnn,"1 Main St, Rome; Italy"\nBob,"2 Side St, Milan; Italy"\n', COMMAS, set()),
    "quoted newlines": ('a;b\n"x\ny, z";1\n', Dialect(";"), {"F103"}),
    "sparse": ("a,b,c,d\n1,,,\n,,,4\n,2,,\n", COMMAS, set()),
    "ragged": ("a;b;c\n1;2;3\n1;2\n1;2;3\n", Dialect(";"), {"F103"}),
    "sep line": ("sep=;\na;b\n1;2\n", Dialect(";", sep_line=True), {"F103", "F105"}),
    "sep line of a comma": ("sep=,\r\na,b\r\n1,2\r\n", Dialect(",", sep_line=True), {"F105"}),
    "sep line in quotes": ('"sep=;"\na;b\n1;2\n', Dialect(";", sep_line=True), {"F103", "F105"}),
    "a header that begins with sep": ("separator,b\n1,2\n", COMMAS, set()),
    "space before quotes": ('a, b\nx, "1, 2"\ny, "3, 4"\n', Dialect(",", skip_space=True), {"F103"}),
    "space after the delimiter": ("a, b\nx, 1\ny, 2\n", COMMAS, set()),
    "bare cr": ("a;b\r1;2\r3;4\r", Dialect(";"), {"F103"}),
    "sep line of a strange delimiter": ("sep=^\na^b\n1^2\n", Dialect("^", sep_line=True), {"F103", "F105"}),
    "sep line in capitals": ("SEP=;\r\na;b\r\n1;2\r\n", Dialect(";", sep_line=True), {"F103", "F105"}),
    "sep line that says nothing": ("sep=x\na;b\n1;2\n", Dialect(";", sep_line=True), {"F103", "F105"}),
    "one row": ("name;note\nAnn;likes a, b, c and d\n", Dialect(";"), {"F103"}),
    "one row of one column": ("note\nlikes a; b\n", COMMAS, set()),
    "a title": ("Contacts\nname;price\na;1,5\nb;2,5\n", Dialect(";"), {"F103"}),
    "a title with a comma": ("Contacts, June\nname;phone\na;1\nb;2\nc;3\n", Dialect(";"), {"F103"}),
    "a row without it": ("a;b\n1;2;\n3;4\n5;6;\n", Dialect(";", trailing=2), {"F103", "F107"}),
    "few rows with it": ("a;b\n1;2;\n3;4\n5;6\n", Dialect(";"), {"F103"}),
    "the header alone": ("a;b;\n1;2\n3;4\n", Dialect(";", trailing=2), {"F103", "F107"}),
    "a header with a nameless column": ("a;b;\n1;2\n3;4;5\n", Dialect(";"), {"F103"}),
    "delimiters at the ends of rows": ("a;b\n1;2;\n3;4;\n5;6;\n", Dialect(";", trailing=2), {"F103", "F107"}),
    "delimiters at the ends of rows with commas": (
        "Name, full;phone\n" + "Lee, Ann;1;\n" * 4 + "Bob;2;\n",
        Dialect(";", trailing=2),
        {"F103", "F107"},
    ),
    "a delimiter at the end of most rows": ("a,b\n1,2,\n3,4,\n5,6,7\n", COMMAS, set()),
    "a delimiter at the end of the header, too": ("a,b,\n1,2,\n3,4,\n", COMMAS, set()),
    "a few columns without a name and a cell": (f"a,b{',' * 20}\n1,2{',' * 20}\n", COMMAS, set()),
    "many columns without a name and a cell": (
        f'a;b{";" * 21}\n1;"2"{";" * 21}\n\n{";" * 22}\n3;4;""{";" * 20}\n5;6\n',
        Dialect(";", trailing=2, padded=23),
        {"F103", "F107"},
    ),
    "a column without a name": ("a,,b\n1,,2\n3,,4\n", COMMAS, set()),
    "a cell in a column without a name": (f"a,b{',' * 30}\n1,2{',' * 30}\n3,4{',' * 30}5\n", COMMAS, set()),
    "an empty last cell": ("a,b\n1,\n3,\n", COMMAS, set()),
    "single quotes": ("a,b\n'x, y',1\n'O''Hara, z',2\n", Dialect(",", quoting=Quoting.SINGLE), {"F106"}),
    "single quotes everywhere": ("'a','b'\n'x','1'\n'y','2'\n", Dialect(",", quoting=Quoting.SINGLE), {"F106"}),
    "single quotes and semicolons": ("a;b\n'x; y';1\n'z';2\n", Dialect(";", quoting=Quoting.SINGLE), {"F103", "F106"}),
    "apostrophes": ("a,b\nO'Hara,'n Sync\nrock 'n' roll,'tis\n", COMMAS, set()),
    "cells in apostrophes": ("a,b\n'x',1\n'y',2\n", COMMAS, set()),
    "apostrophes and a ragged row": ("a,b\n'tis,1\nO'Hara, Bob,2\nz',3\n", COMMAS, set()),
    "MySQL": ('a,b\n"x \\"y\\" z",\\N\n"p",2\n', Dialect(",", quoting=Quoting.BACKSLASH), {"F106"}),
    "MySQL without quotes": ("a,b\nx\\, y,1\np\\, q,2\n", Dialect(",", quoting=Quoting.BACKSLASH), {"F106"}),
    "MySQL with tabs": ("a\tb\nx\\\ty\t1\np\t2\n", Dialect("\t", quoting=Quoting.BACKSLASH), {"F103", "F106"}),
    "backslashes": ('a,b\nC:\\temp,\\N\n"D:\\",\\\\host\n', COMMAS, set()),
    "no values of MySQL between tabs": (
        "a\tb\n\\N\t1\nx\\\\y\t2\n",
        Dialect("\t", quoting=Quoting.BACKSLASH),
        {"F103", "F106"},
    ),
    "no values between commas, as they are": ("a,b\n\\N,1\nx,2\n", COMMAS, set()),
    "backslashes between tabs, as they are": ("a\tb\nx\\N\t1\ny\t2\n", Dialect("\t"), {"F103"}),
    "formulas without quotes": (
        'Name,Phone\nA,="+12025550101"\nB,+12025550102\n',
        Dialect(",", quoting=Quoting.FORMULA),
        {"F106"},
    ),
    "formulas in quotes": ('Name,Phone\nA,"=""+12025550101"""\n', COMMAS, set()),
    "curly quotes": ("a,b\n“x, y”,1\n“z”,2\n", Dialect(",", quoting=Quoting.CURLY), {"F106"}),
    "cells in curly quotes": ("a,b\n“x”,1\n“y”,2\n", COMMAS, set()),
    "blanks before the quotes that open lines": (
        ' a,b\n "x, y",1\n "z, v",2\n',
        Dialect(",", skip_space=True),
        {"F103"},
    ),
    "a tab before the name of one column": ("\tphone\n1\n2\n", COMMAS, set()),
    "a delimiter in the header only": ("phone;\n1\n2\n", COMMAS, set()),
    "one column of tags": ("tags\na; b\nc\nd, e; f\ng, h\n", COMMAS, set()),
    "one column of times": ("start|end\n10:00\n11:00\n", COMMAS, set()),
    "rows cut by line breaks": ("a;b;c\n1;x, y\nz, v;3\n4;p, q\nr;6\n", Dialect(";"), {"F103"}),
    "sparse semicolons": ("a;b;c;d\n;;;\n;1,5;;\n;;;x, y\n", Dialect(";"), {"F103"}),
    "stray quotes": ('a;b\n5" x, y;1\n6" z, w;2\n7" v, u;3\n', Dialect(";"), {"F103"}),
    "quoted cells of all delimiters": ('a|b\n"x,y;z\t|",1\n"p,q;r\t|",2\n', Dialect("|"), {"F103"}),
    "blank lines first": ("\n\na;b\n1;2\n", Dialect(";"), {"F103"}),
    "lines of spaces below": ("a;b\n1;2\n" + "  \n" * 40, Dialect(";"), {"F103"}),
    "names with commas between tabs": ("Name\tphone\nLee, Ann\t1\nFox, Bob\t2\n", Dialect("\t"), {"F103"}),
}


@pytest.mark.parametrize(("text", "dialect", "codes"), CASES.values(), ids=CASES)
def test_dialect(text: str, dialect: Dialect, codes: set[str]) -> None:
    found = detect(text.encode())
    assert found.dialect == dialect
    assert {finding.code for finding in found.findings} == codes


# CleverCSV takes what stands in the cells of a single column for delimiters: a space, a plus sign; and blank lines.
NOT_COMPARED = {
    "one column", "one column of notes", "one row of one column", "a delimiter in the header only",
    "one column of tags", "one column of times", "lines of spaces below", "a tab before the name of one column",
}  # fmt: skip
COMPARED = {name: case[:2] for name, case in CASES.items() if name not in NOT_COMPARED}


@pytest.mark.parametrize(("text", "dialect"), COMPARED.values(), ids=COMPARED)
def test_clevercsv_agrees(text: str, dialect: Dialect) -> None:
    assert clevercsv.Detector().detect(text).delimiter == dialect.delimiter


WORDS = {
    "name": ["Ann Lee", "Bob", "José Díaz"],
    "full name": ["Lee, Ann", "Díaz, José", "Fox, Bob"],
    "address": ["1 Main St, Rome, Italy", "Unit 7; 2 Side St, Bari", "PO Box 9"],
    "home": ["1 Main St\nRome, Italy", "2 Side St\nBari"],
    "note": ["likes a, b; c", "call | mail, or both", "none", ""],
    "tags": ["a;b;c", "vip", "new;vip"],
    "phone": ["+12025550101", "(202) 555-0102"],
    "price": ["1,50", "12,00", "1.234,56"],
    "date": ["2024-01-31", "31/12/2024", "1.2.2024 10:30"],
    "empty": [""],
    "sparse": ["", "", "", "x, y"],
    'size "': ['5"', 'a "b" c'],
}


def random_table(rng: random.Random, delimiter: str, rows: int) -> str:
    """A table as some program writes it, with two columns or more."""
    columns = rng.choices(list(WORDS), k=rng.randint(2, 9))
    text = io.StringIO()
    quoting = rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    writer = csv.writer(text, delimiter=delimiter, lineterminator=rng.choice(["\n", "\r\n"]), quoting=quoting)
    writer.writerow(columns)
    for _ in range(rows):
        row = [rng.choice(WORDS[column]) for column in columns]
        # Now and then a row is cut off.
        writer.writerow(row[:1] if rows > 9 and rng.random() < 0.02 else row)
    return text.getvalue()


@pytest.mark.parametrize("rows", [0, 1, 2, 3, 10, 50])
def test_the_delimiter_of_random_tables(rows: int) -> None:
    rng = random.Random(rows)
    for number in range(300 if rows < 10 else 60):
        delimiter = rng.choice(",;\t|")
        text = random_table(rng, delimiter, rows)
        assert detect(text.encode()).dialect.delimiter == delimiter, (rows, number, text)


@pytest.mark.parametrize(
    ("given", "delimiter"),
    [
        (";", ";"),
        ("tab", "\t"),
        ("\\t", "\t"),
        ("Comma", ","),
        ("~", "~"),
        ("space", " "),
        ("\\x01", "\x01"),
        ("semicolon", ";"),
        ("pipe", "|"),
        ("bar", "|"),
        ("\\X1F", "\x1f"),
    ],
)
def test_a_given_delimiter_decides(given: str, delimiter: str) -> None:
    assert detect(b"a,b;c\n", given).dialect.delimiter == delimiter


@pytest.mark.parametrize("given", ["", "ab", "||", '"', "\n", "é", "x", "1", "\0", "\\x0a", "\\x1"])
def test_what_is_no_delimiter(given: str) -> None:
    with pytest.raises(SettingsError, match="delimiter"):
        detect(b"a,b\n", given)
