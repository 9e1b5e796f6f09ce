"""Workbooks as LibreOffice itself writes them, in each of its formats (exam; needs soffice)."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from pathlib import Path

import pytest

from csv_preflight import convert
from csv_preflight.workbooks import Kind
from tests.workbooks.books import xlsx
from tests.workbooks.test_rejects import CELLS, workbook

pytestmark = [
    pytest.mark.exam,
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed"),
]

ROWS = [
    ("name", "phone", "plain", "when", "n"),
    ("Ann", 7400123456, 12025550143, datetime.date(2024, 1, 31), "=1+1"),
    ("Bob\nLee", "+44 20 7946 0958", 442079460958, datetime.datetime(2024, 1, 31, 13, 45), "=B3&C3"),
]


def saved_as(suffix: str, data: bytes, directory: Path) -> bytes:
    path = directory / "x.xlsx"
    path.write_bytes(data)
    out = directory / "out"
    command = ["soffice", f"-env:UserInstallation=file://{directory}/profile", "--headless", "--convert-to", suffix]
    subprocess.run([*command, "--outdir", str(out), str(path)], check=True, capture_output=True, timeout=300)
    return (out / f"x.{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_a_workbook_that_libreoffice_saved(suffix: str, tmp_path: Path) -> None:
    done = convert(saved_as(suffix, xlsx(ROWS, {"B2": "00000000000"}), tmp_path))
    phone = "7400123456" if suffix == "xls" else "07400123456"
    assert done.data.decode() == (
        "name,phone,plain,when,n\n"
        f"Ann,{phone},12025550143,2024-01-31,2\n"
        '"Bob\nLee",+44 20 7946 0958,442079460958,2024-01-31T13:45:00,+44 20 7946 0958442079460958\n'
    )
    assert {remark.kind for remark in done.remarks} <= {Kind.SCIENTIFIC, Kind.NO_FORMATS}


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_rejects_that_were_opened_and_saved_are_what_they_were(suffix: str, tmp_path: Path) -> None:
    cells = [cell for cell in CELLS if cell.isprintable() and cell != "_x0041_"]
    data = workbook(("h", "end"), *[(cell, "x") for cell in cells])
    assert convert(saved_as(suffix, data, tmp_path)).data == convert(data).data
