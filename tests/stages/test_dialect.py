"""Delimiters, sep= lines and spaces before quotes."""

from __future__ import annotations

import pytest

from csv_preflight import SettingsError
from csv_preflight.findings import Collector
from csv_preflight.model import Dialect
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
    "names with commas between tabs": ("Name\tphone\nLee, Ann\t1\nFox, Bob\t2\n", Dialect("\t"), {"F103"}),
}


@pytest.mark.parametrize(("text", "dialect", "codes"), CASES.values(), ids=CASES)
def test_dialect(text: str, dialect: Dialect, codes: set[str]) -> None:
    findings = Collector()
    assert detect(text.encode(), findings) == dialect
    assert {found.code for found in findings.summary()} == codes


@pytest.mark.parametrize(("given", "delimiter"), [(";", ";"), ("tab", "\t"), ("\\t", "\t"), ("Comma", ","), ("~", "~")])
def test_a_given_delimiter_decides(given: str, delimiter: str) -> None:
    assert detect(b"a,b;c\n", Collector(), given).delimiter == delimiter


@pytest.mark.parametrize("given", ["", "ab", '"', "\n", "é", "x", "1"])
def test_what_is_no_delimiter(given: str) -> None:
    with pytest.raises(SettingsError, match="delimiter"):
        detect(b"a,b\n", Collector(), given)
