"""The rejects file as its reader wants it: the list's own delimiter, what is to be corrected first, repeats last."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from csv_preflight import clean_file, convert, preflight
from csv_preflight.model.layout import REJECTS_COLUMNS

ROWS = (
    ("Ann", "+12025550101", ""),
    ("Bo; B, b\tb|b", "+12025550101", ""),
    ("Cy", "asked", ""),
    ("=Di", "+12025550102", "yes"),
    ("Ed\nE", "+1202555", ""),
    ("Flo", "+12025550103", ""),
    ("Gus", "+12025550104", ""),
    ("Hal", "", ""),
)
OPTIONS = {"opt_out_column": "out", "suppress": ["+12025550103"], "existing": ["+12025550104"]}
LINES = [4, 6, 10, 3, 5, 8, 9]
CODES = ["P002", "P005", "P001", "D001", "D005", "D003", "D002"]


def listed(delimiter: str, rows=ROWS) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows([("name", "phone", "out"), *rows])
    return text.getvalue().encode()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "~"])
def test_rejects_have_the_delimiter_of_the_list_and_repeats_last(tmp_path: Path, delimiter: str) -> None:
    given = {"delimiter": delimiter} if delimiter == "~" else {}
    clean_file(listed(delimiter), tmp_path / "x.clean.csv", **given, **OPTIONS)
    written = (tmp_path / "x.rejects.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf" + delimiter.join(["name", "phone", "out", *REJECTS_COLUMNS]).encode())
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline=""), delimiter=delimiter))
    assert [int(row["preflight_line"]) for row in rows] == LINES
    assert [row["preflight_code"] for row in rows] == CODES
    assert [row["name"] for row in rows] == ["Cy", "Ed\nE", "Hal", "Bo; B, b\tb|b", "'=Di", "Flo", "Gus"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "~"])
def test_rejects_are_cleaned_by_themselves_whatever_their_delimiter(tmp_path: Path, delimiter: str) -> None:
    given = {"delimiter": delimiter} if delimiter == "~" else {}
    clean_file(listed(delimiter), tmp_path / "x.clean.csv", **given, **OPTIONS)
    path = tmp_path / "x.rejects.csv"
    text = path.read_text(encoding="utf-8-sig").replace("asked", "+12025550105")
    path.write_text(text, encoding="utf-8-sig", newline="")
    again = preflight(path, **given, **OPTIONS)
    assert again.clean.values.tolist() == [["Cy", "+12025550105", ""], ["Bo; B, b\tb|b", "+12025550101", ""]]
    assert set(again.rejects["name"]) == {"Ed\nE", "Hal", "=Di", "Flo", "Gus"}


def test_a_workbook_and_the_data_frame_have_the_same_order(tmp_path: Path) -> None:
    clean_file(listed(";"), tmp_path / "x.clean.csv", rejects=tmp_path / "x.xlsx", **OPTIONS)
    rows = csv.DictReader(io.StringIO(convert(tmp_path / "x.xlsx").data.decode(), newline=""))
    assert [int(row["preflight_line"]) for row in rows] == LINES
    assert preflight(listed(";"), **OPTIONS).rejects["preflight_line"].tolist() == LINES


def test_the_order_holds_for_lists_of_many_batches(tmp_path: Path) -> None:
    rows = [(f"Person {n}", "asked" if n % 3 else f"+1202555{100 + n % 100:04d}", "") for n in range(90_000)]
    clean_file(listed(",", rows), tmp_path / "x.clean.csv")
    with (tmp_path / "x.rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        found = [(row["preflight_code"] == "D001", int(row["preflight_line"])) for row in csv.DictReader(file)]
    assert found == sorted(found)
    assert len(found) == 90_000 - 100
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["x.clean.csv", "x.rejects.csv"]
