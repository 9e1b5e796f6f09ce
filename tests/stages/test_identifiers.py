"""Identifiers: what is cleaned, what is only named, and what is a name like any other."""

from __future__ import annotations

import pytest

from csv_preflight import preflight
from csv_preflight.output.tables import quoted

CASES = [
    # noop
    ("Ann", "Ann", set()),
    ("José Álvarez", "José Álvarez", set()),
    ("山田太郎", "山田太郎", set()),
    ("山田 Taro", "山田 Taro", set()),
    ("Иванов", "Иванов", set()),
    ("Иванов (Ivanov)", "Иванов (Ivanov)", set()),
    ("Παπαδόπουλος", "Παπαδόπουλος", set()),
    ("O'Brien-Smith", "O'Brien-Smith", set()),
    ("+12025550101", "+12025550101", set()),
    ("007", "007", set()),
    ("NA", "NA", set()),
    ("-", "-", set()),
    ("क्\u200dष", "क्\u200dष", set()),
    ("Zoë Ångström", "Zoë Ångström", set()),
    ("Ãngela", "Ãngela", set()),
    # missing
    ("", "", {"I001"}),
    ("  ", "", {"I001", "I101"}),
    # cleaned
    (" Ann", "Ann", {"I101"}),
    ("Ann ", "Ann", {"I101"}),
    ("Ann\u00a0", "Ann", {"I101"}),
    ("Ann\u200b", "Ann", {"I101"}),
    ("\u202aAnn\u202c", "Ann", {"I101"}),
    ("An\x07n", "Ann", {"I101"}),
    ("Ann\nLee", "Ann Lee", {"I101"}),
    ("Ann\tLee", "Ann Lee", {"I101"}),
    ("\ufeffAnn", "Ann", {"I101"}),
    # formulas
    ("=1+2", "=1+2", {"I002"}),
    ("@SUM(A1)", "@SUM(A1)", {"I002"}),
    ("+1+2", "+1+2", {"I002"}),
    ("-2+3", "-2+3", {"I002"}),
    # mixed scripts
    ("\u0410nn", "\u0410nn", {"I003"}),
    ("Pet\u0440ov", "Pet\u0440ov", {"I003"}),
    ("\u0391nna", "\u0391nna", {"I003"}),
    # decoded wrongly
    ("JosÃ©", "JosÃ©", {"I004"}),
    ("MÃ¼ller", "MÃ¼ller", {"I004"}),
    ("Oâ€™Brien", "Oâ€™Brien", {"I004"}),
    ("Jos\ufffd", "Jos\ufffd", {"I004"}),
]


@pytest.mark.parametrize(("cell", "clean", "codes"), CASES, ids=[ascii(case[0]) for case in CASES])
def test_identifier(cell: str, clean: str, codes: set[str]) -> None:
    data = f"Name,phone\n{quoted(cell)},+12025550101\n"
    result = preflight(data.encode(), identifier_column="Name", phone_column="phone")
    assert result.clean["Name"].tolist() == [clean]
    assert {found.code for found in result.report.findings} == codes


def test_without_an_identifier_column_no_cell_is_touched() -> None:
    result = preflight("Name,phone\n =JosÃ© ,+12025550101\n".encode())
    assert result.clean["Name"].tolist() == [" =JosÃ© "]
    assert not result.report.findings


def test_a_missing_identifier_can_reject() -> None:
    result = preflight(
        b"Name,phone\n,+12025550101\nBob,+12025550102\n", identifier_column="Name", require_identifier=True
    )
    assert result.rejects["preflight_code"].tolist() == ["I001"]
    assert result.clean["Name"].tolist() == ["Bob"]


def test_a_profile_limits_the_length() -> None:
    data = f"name,number\n{'x' * 40},+12025550101\n{'x' * 41},+12025550102\n{'é' * 40},+12025550103\n"
    report = preflight(data.encode(), profile="vapi").report
    assert [(found.code, found.samples[0].line) for found in report.findings] == [("I005", 3)]
