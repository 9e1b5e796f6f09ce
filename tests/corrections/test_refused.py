"""Corrections that are not of the list are refused in one sentence, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from csv_preflight import SettingsError, clean_file, preflight
from tests.corrections.test_corrections import LIST, drop, rejects_of, written

Rows = list[dict[str, str]]
OTHER = b"name,phone,city\n" + b"".join(b"Person,+1202555%04d,Rome\n" % n for n in range(100, 120))


def row_of(rows: Rows, line: int) -> dict[str, str]:
    return next(row for row in rows if row["preflight_line"] == str(line))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(
            lambda rows: [drop(row, "preflight_line") for row in rows], "no column preflight_line", id="no line"
        ),
        pytest.param(lambda rows: [drop(row, "city") for row in rows], "lacks 'city'", id="a column less"),
        pytest.param(lambda rows: [row | {"note": "x"} for row in rows], "has 'note'", id="a column more"),
        pytest.param(
            lambda rows: [{"Name" if k == "name" else k: v for k, v in row.items()} for row in rows],
            "lacks 'name'",
            id="renamed",
        ),
        pytest.param(
            lambda rows: [row | {"preflight_line": ""} for row in rows], "5 of its rows have no line", id="no lines"
        ),
        pytest.param(
            lambda rows: [row | {"preflight_line": "x"} for row in rows[:1]], "1 of its rows", id="a word for a line"
        ),
        pytest.param(lambda rows: [*rows, rows[0]], "several rows for line 3", id="a line twice"),
        pytest.param(
            lambda rows: [rows[0] | {"preflight_line": "77"}], "row for line 77, and no row", id="no such line"
        ),
        pytest.param(lambda rows: [rows[0] | {"preflight_line": "7"}], "row for line 7, and no row", id="a blank line"),
        pytest.param(lambda rows: [rows[0] | {"preflight_line": "1"}], "row for line 1, and no row", id="the header"),
        pytest.param(lambda rows: [rows[0] | {"preflight_line": "2"}], "changes the row of line 2", id="a clean row"),
        pytest.param(
            lambda rows: [rows[0] | {"preflight_line": "6", "phone": "+12025550109"}],
            "line 6 is about a different person",
            id="another reject",
        ),
        pytest.param(
            lambda rows: [row_of(rows, 3) | {"name": "Eve", "city": "Wien", "phone": "+12025550109"}],
            "a different person",
            id="another person",
        ),
        pytest.param(
            lambda rows: [
                row_of(rows, 4) | {"name": "Eve", "phone": "+12025550109", "preflight_raw": "Eve,+12025550109"}
            ],
            "not the text of this list",
            id="another text",
        ),
        pytest.param(
            lambda rows: [row_of(rows, 4) | {"preflight_raw": "Cy,+12025550109,Bonn"}],
            "was changed; copy its pieces",
            id="text edited",
        ),
        pytest.param(
            lambda rows: [row_of(rows, 4) | {"name": "Eve", "phone": "+12025550109", "preflight_raw": ""}],
            "a different person",
            id="nothing of the text",
        ),
        pytest.param(
            lambda rows: [row_of(rows, 3) | {"preflight_raw": "Eve,1,Rome", "phone": "+12025550109"}],
            "not the text",
            id="text of a whole row",
        ),
    ],
)
def test_another_list_is_refused(change: Callable[[Rows], Rows], words: str, tmp_path: Path) -> None:
    path = tmp_path / "edited.csv"
    path.write_bytes(written(change(rejects_of(LIST))))
    result = preflight(LIST, corrections=path)
    assert not result.ready
    found = result.report.findings[-1]
    assert (found.code, found.outcome) == ("D007", "stop")
    assert found.samples[0].detail.startswith(f"{path}: ")
    assert words in found.samples[0].detail
    clean_file(LIST, tmp_path / "x.clean.csv", corrections=path)
    assert [other.name for other in tmp_path.iterdir()] == ["edited.csv"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"", "F004", id="an empty file"),
        pytest.param(
            "name,phone,city,preflight_line\rBjørk,+12025550102,Oslo,3\r".encode("mac-roman"),
            "as mac-roman; save it as CSV UTF-8",
            id="an unclear encoding",
        ),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(100), "F001", id="a picture"),
        pytest.param(b"PK\x03\x04" + bytes(100), "cannot be read", id="a broken workbook"),
        pytest.param(b"name,phone\nAnn,1\n", "no column preflight_line", id="another list"),
        pytest.param(b'name,phone,city,preflight_line\nBo,"1,Oslo,3\n', "R004 on line 2", id="a broken row"),
    ],
)
def test_what_cannot_be_read_is_a_finding(data: bytes, words: str) -> None:
    found = preflight(LIST, corrections=data).report.findings[-1]
    assert found.code == "D007"
    assert words in found.samples[0].detail


def test_rejects_of_another_list_with_the_same_columns() -> None:
    other = (
        LIST.replace(b"Bo,", b"Tilda,")
        .replace(b"Oslo, Norway", b"Malmo")
        .replace(b"=Ed", b"Vera")
        .replace(b"Paris", b"Ghent")
    )
    rows = [row for row in rejects_of(other) if row["preflight_line"] in "36"]
    for row in rows:
        row["phone"] = "+1202555017" + row["preflight_line"]
    found = preflight(LIST, corrections=written(rows)).report.findings[-1]
    assert (found.code, found.count) == ("D007", 2)


def test_a_list_that_has_moved_by_a_line() -> None:
    rows = [row | {"phone": "+12025550109"} for row in rejects_of(LIST) if row["preflight_line"] == "3"]
    moved = LIST.replace(b"Gus", b"Gus").replace(b"Ann,", b"New,+12025550120,Riga\nAnn,", 1)
    assert preflight(moved, corrections=written(rows)).report.findings[-1].code == "D007"


def test_nothing_of_a_cell_is_told() -> None:
    rows = [row | {"name": "Secretname", "city": "Secretcity"} for row in rejects_of(LIST)]
    text = str(preflight(LIST, corrections=written(rows)).report.to_dict())
    assert "D007" in text
    assert "ecret" not in text


@pytest.mark.parametrize("value", [5, [5], 1.5], ids=str)
def test_what_is_no_file_is_a_bad_setting(value: object) -> None:
    with pytest.raises(SettingsError, match="neither a file"):
        preflight(LIST, corrections=value)


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        preflight(LIST, corrections=tmp_path / "no.csv")
    with pytest.raises(TypeError, match="takes a path"):
        preflight(LIST, corrections="name,phone\nAnn,1\n")
