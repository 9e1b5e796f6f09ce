"""sample_data/contacts.csv, counted by hand."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.samples import ROOT, run

CONTACTS = ROOT / "sample_data" / "contacts.csv"

# Counted in a text editor: 42 lines, of which one is the header and one is blank.
READ, CLEAN, REJECTED, BLANK = 40, 22, 18, 1
REJECTED_LINES = [18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 33, 34, 35, 36, 39, 40]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("contacts")
    done = run("clean", "sample_data/contacts.csv", "--region", "US", "--out-dir", str(directory))
    assert done.returncode == 0, done.stderr.decode()
    return directory


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_clean_and_rejects_add_up_to_the_input(outputs: Path) -> None:
    assert len(rows_of(outputs / "contacts.clean.csv")) == CLEAN
    assert len(rows_of(outputs / "contacts.rejects.csv")) == REJECTED
    report = json.loads((outputs / "contacts.report.json").read_text())
    assert report["rows"] == {"read": READ, "clean": CLEAN, "rejected": REJECTED, "blank": BLANK}


def test_every_person_is_in_one_of_the_two_files(outputs: Path) -> None:
    names = {line.split(",")[0].strip(' "') for line in CONTACTS.read_text("utf-8-sig").splitlines()[1:]} - {""}
    found = {row["Full_Name"].strip() for row in rows_of(outputs / "contacts.clean.csv")}
    for row in rows_of(outputs / "contacts.rejects.csv"):
        found.add(row["Full Name"].strip() or row["preflight_raw"].split(",")[0].strip(' "'))
    # A quoted name with a comma or quotes in it is not split above as a CSV reader does.
    assert {name for name in names if name not in found and '""' not in name} == set()


def test_the_rejects_name_their_lines_and_repeats_come_last(outputs: Path) -> None:
    rejects = rows_of(outputs / "contacts.rejects.csv")
    rows = [(row["preflight_code"] == "D001", int(row["preflight_line"])) for row in rejects]
    assert sorted(line for _, line in rows) == REJECTED_LINES
    assert rows == sorted(rows)


def test_the_clean_file_passes_check(outputs: Path) -> None:
    done = run("check", str(outputs / "contacts.clean.csv"))
    assert done.returncode == 0, done.stdout.decode()


def test_clean_numbers_are_e164_and_distinct(outputs: Path) -> None:
    numbers = [row["Phone_Number"] for row in rows_of(outputs / "contacts.clean.csv")]
    assert all(number[0] == "+" and number[1:].isdecimal() for number in numbers)
    assert len(set(numbers)) == CLEAN


def test_the_rejects_can_be_cleaned_again(outputs: Path, tmp_path: Path) -> None:
    rejects = outputs / "contacts.rejects.csv"
    corrected = rejects.read_bytes().replace(b"4.15555E+09", b"202-555-0140")
    (tmp_path / "again.csv").write_bytes(corrected)
    done = run("clean", str(tmp_path / "again.csv"), "--region", "US", "--phone-column", "Phone Number")
    assert done.returncode == 0, done.stdout.decode()
    first, *_ = rows_of(tmp_path / "again.clean.csv")
    assert list(first) == ["Full_Name", "Phone_Number", "Email", "City", "Country", "Notes"]
    assert first["Phone_Number"] == "+12025550140"
