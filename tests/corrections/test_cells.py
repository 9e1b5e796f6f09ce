"""What spreadsheets do to cells that nobody has changed is told from what people do."""

from __future__ import annotations

import pytest

from csv_preflight.corrections.cells import corrected_cell
from csv_preflight.corrections.evidence import Familiar, is_alike, is_other_person, is_same_text
from csv_preflight.corrections.matching import line_number


@pytest.mark.parametrize(
    ("before", "saved"),
    [
        ("Ann", "Ann"),
        ("=1+2", "'=1+2"),
        ("'=1", "''=1"),
        ("+12025550143", "12025550143"),
        ("020", "20"),
        ("02079460123", "2079460123"),
        ("12025550143", "1.20256E+10"),
        ("442079460123", "4.42079E+11"),
        ("442079460123", "4,42079E+11"),
        ("1.50", "1.5"),
        ("1e5", "100000"),
        ("12/24", "12/24/26"),
        ("12/24", "2026-12-24"),
        ("1/2", "2-Jan"),
        ("1/2", "02. Jan"),
        ("1.3", "1. Mär"),
        ("2024-03-01", "1-Mar-24"),
        ("12E3", "1.20E+04"),
        ("1,50", "1,5"),
        ("2024-03-01", "01.03.2024"),
        ("2024-03-01", "3/1/2024"),
        ("01/03/2024", "2024-03-01"),
        ("2024-03-01", "2024-03-01 0:00:00"),
        ("a\r\nb", "a\nb"),
        ("true", "TRUE"),
        ("Иван", "????"),
        ("José", "Jos?"),
    ],
)
def test_saved_by_a_spreadsheet(before: str, saved: str) -> None:
    assert corrected_cell(saved, before) == before


@pytest.mark.parametrize(
    ("before", "after", "meant"),
    [
        ("202-555-0143", "+12025550143", "+12025550143"),
        ("12025550143", "+12025550143", "+12025550143"),
        ("2025550143", "12025550143", "12025550143"),
        ("12025550143", "12025550144", "12025550144"),
        ("12025550143", "1.30256E+10", "1.30256E+10"),
        ("12025550143", "1.20256E+09", "1.20256E+09"),
        ("01/03/2024", "03/01/2024", "03/01/2024"),
        ("2024-03-01", "2024-03-02", "2024-03-02"),
        ("Ann", "", ""),
        ("Ann", "'=1", "=1"),
        ("Ann", "ann", "ann"),
        ("José", "Jose", "Jose"),
        ("José", "Jo??", "Jo??"),
        ("", "+12025550143", "+12025550143"),
        ("007", "8", "8"),
        ("1e5", "10000", "10000"),
        ("12/24", "12/25", "12/25"),
        ("12/24", "11/24/26", "11/24/26"),
        ("1/2", "3-Jan", "3-Jan"),
        ("1e5", "1f5", "1f5"),
    ],
)
def test_changed_by_a_person(before: str, after: str, meant: str) -> None:
    assert corrected_cell(after, before) == meant


@pytest.mark.parametrize(
    ("cell", "line"),
    [
        ("12", 12), (" 12 ", 12), ("12.0", 12), ("12,00", 12), ("1,234", 1234), ("1.234.567", 1234567),
        ("1 234", 1234), ("'12", 12), ("", None), ("twelve", None), ("1.5", None), ("-3", None), ("1E+5", None),
    ],
)  # fmt: skip
def test_line_numbers(cell: str, line: int | None) -> None:
    assert line_number(cell) == line


@pytest.mark.parametrize(
    ("before", "after", "other"),
    [
        (("Jon Smith", "1", "Rome"), ("John Smith", "+1202", "Rome"), False),
        (("Jon Smith", "1", "Rome"), ("Eve Miller", "+1202", "Oslo"), True),
        (("Jon Smith", "1", "Rome"), ("Eve Miller", "+1202", "Rome"), True),
        (("Jon Smith", "1", "Rome"), ("Jon Smith", "+1202", "Oslo"), False),
        (("Jon Smith", "12025550143", "Rome"), ("Eve Miller", "+12025550143", "Rome"), False),
        (("+12025550143", "Jon Smith", "Rome"), ("Jon Smith", "+12025550143", "Rome"), False),
        (("Jon Smith 2025550143", "", "Rome"), ("Jon Smith", "+12025550143", "Rome"), False),
        (("N/A", "1", ""), ("Eve Miller", "+1202", "Rome"), False),
        (("", "1", ""), ("Eve Miller", "+1202", "Rome"), False),
        (("????", "1", ""), ("Иван", "+1202", ""), False),
        (("JosÃ© Ruiz", "1", ""), ("José Ruiz", "+1202", ""), False),
        (("Person 1", "1", "Rome"), ("Person 2", "2", "Rome"), True),
        (("a@example.org", "1", ""), ("b@example.org", "2", ""), True),
    ],
)
def test_whether_a_row_is_of_another_person(before, after, other: bool) -> None:
    familiar = Familiar(3)
    familiar.add([["Jon Smith", *map(str, range(9))], ["1"] * 10, ["Rome"] * 5 + ["Oslo"] * 5])
    assert is_other_person(before, after, [1], familiar) is other


def test_texts() -> None:
    assert is_alike("Müller", "Mueller")
    assert is_same_text("Zo?,1", "Zoë,1")
    assert not is_same_text("Zoe,2", "Zoë,1")
