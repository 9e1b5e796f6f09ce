"""Corrections of one list out of several files: each row goes back into its file's place."""

from __future__ import annotations

from pathlib import Path

import pytest

from csv_preflight import preflight
from tests.corrections.test_corrections import written
from tests.samples import run

JUNE = b"Name,phone\nAnn,+12025550101\nBob,asked\nCy\n"
JULY = b"phone;Name\n12;Dan\n+12025550104;Eve\n+12025550101;Ann\n"
CLEAN = [
    ["Ann", "+12025550101"],
    ["Bob", "+12025550102"],
    ["Cy", "+12025550103"],
    ["Dan", "+12025550105"],
    ["Eve", "+12025550104"],
]
NEW = {
    ("june.csv", "3"): {"phone": "+12025550102"},
    ("june.csv", "4"): {"Name": "Cy", "phone": "+12025550103"},
    ("july.csv", "2"): {"phone": "+12025550105"},
}


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    for name, data in (("june.csv", JUNE), ("july.csv", JULY)):
        (tmp_path / name).write_bytes(data)
    return [str(tmp_path / "june.csv"), str(tmp_path / "july.csv")]


def edited(files: list[str]) -> list[dict[str, str]]:
    rows = preflight(files).rejects.astype(str).to_dict("records")
    return [row | NEW.get((Path(row["preflight_file"]).name, row["preflight_line"]), {}) for row in rows]


def test_corrected_rows_of_each_file(files: list[str]) -> None:
    result = preflight(files, corrections=written(edited(files), ";"))
    assert result.clean.to_numpy().tolist() == CLEAN
    assert result.rejects[["preflight_file", "preflight_line"]].values.tolist() == [[files[1], 4]]
    last = preflight(files, corrections=written(edited(files)), keep="last")
    assert len(last.clean) == 5


def test_a_finding_says_which_file_and_that_it_was_corrected(files: list[str]) -> None:
    rows = [row | {"phone": "+12"} if row["Name"] == "Dan" else row for row in edited(files)]
    reasons = preflight(files, corrections=written(rows)).rejects.set_index("Name")["preflight_reason"]
    assert reasons["Dan"].endswith("(as corrected in the corrections)")
    assert "corrected" not in reasons["Ann"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"preflight_file": "other.csv"}, "of other.csv, and no row of this list begins there"),
        ({"preflight_line": "77"}, "no row of this list begins there"),
    ],
)
def test_another_list_is_refused(files: list[str], change: dict[str, str], words: str) -> None:
    rows = [row | change for row in edited(files)[:1]]
    found = preflight(files, corrections=written(rows)).report.findings[-1]
    assert found.code == "D007"
    assert words in found.samples[0].detail
    without = [{name: cell for name, cell in row.items() if name != "preflight_file"} for row in edited(files)]
    detail = preflight(files, corrections=written(without)).report.findings[-1].samples[0].detail
    assert "no column preflight_file" in detail


def test_the_command_line(files: list[str], tmp_path: Path) -> None:
    assert run("clean", *files, "--as-one", "--out-dir", str(tmp_path)).returncode == 0
    rejects = tmp_path / "combined.rejects.csv"
    rejects.write_bytes(written(edited(files)))
    done = run("clean", *files, "--as-one", "--out-dir", str(tmp_path), "--corrections", str(rejects))
    assert done.returncode == 0, done.stderr.decode()
    clean = (tmp_path / "combined.clean.csv").read_text().splitlines()
    assert clean == ["Name,phone", *map(",".join, CLEAN)]
    assert (tmp_path / "combined.rejects.2.csv").exists()
    refused = run("clean", *files, "--out-dir", str(tmp_path), "--corrections", str(rejects))
    assert refused.returncode == 2
    assert "--corrections goes with the one FILE" in refused.stderr.decode()
