"""Rejects as a workbook: text that no spreadsheet changes, and the way back to a CSV."""

from __future__ import annotations

import io
import shlex
import zipfile
from pathlib import Path

import openpyxl
import pytest

from csv_preflight import WorkbookError, clean_file, convert
from csv_preflight.workbooks import writer
from csv_preflight.workbooks.writer import TextWorkbook
from tests.workbooks.test_convert import run

LIST = 'name,phone\nAnn,+12025550143\nBob,07400\n=1+1,00\n"Eve\nLee",+1 202\n'


def workbook(*rows: tuple[str, ...]) -> bytes:
    blocks: list[bytes] = []
    with TextWorkbook("Rejects") as book:
        for row in rows:
            book.write_row(row)
        book.finish(blocks.append)
    return b"".join(blocks)


CELLS = (
    "+12025550143", "07400", "=1+1", "-1", "@x", "'a", " a ", "a\nb", "a\tb", "a\rb", "<&>", '"', "_x0041_", "\x00\x1b",
    "\uffff", "鷲尾", "TRUE", "1E5", "2024-01-31",
)  # fmt: skip


@pytest.mark.parametrize("cell", CELLS, ids=ascii)
def test_text_comes_back_as_it_was(cell: str) -> None:
    data = workbook(("h", "x"), (cell, "end"))
    written = convert(data).data.decode()
    assert written == (
        'h,x\n"' + cell.replace('"', '""') + '",end\n' if set(cell) & set(',"\n\r') else f"h,x\n{cell},end\n"
    )


@pytest.mark.parametrize("cell", [cell for cell in CELLS if cell.isprintable()], ids=ascii)
def test_other_programs_read_text(cell: str) -> None:
    found = openpyxl.load_workbook(io.BytesIO(workbook(("h",), (cell,))))["Rejects"]["A2"]
    expected = cell if cell != "_x0041_" else "_x005F_x0041_"  # openpyxl leaves the escape of an escape
    assert (found.data_type, found.number_format) == ("s", "@")
    assert found.value in (cell, expected)


def test_the_same_rows_make_the_same_bytes() -> None:
    assert workbook(("a",)) == workbook(("a",))
    with zipfile.ZipFile(io.BytesIO(workbook(("a",)))) as archive:
        assert archive.testzip() is None


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("x" * 32_768,)], "32,767 characters"),
        ([("x",) * 16_385], "16,384 columns"),
        ([("x",)] * 4, "3 rows"),
    ],
    ids=["a long cell", "many columns", "many rows"],
)
def test_what_does_not_fit_is_told(rows, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "MOST_ROWS", 3)
    with pytest.raises(WorkbookError, match=message):
        workbook(*rows)


def test_a_run_whose_rejects_do_not_fit_writes_nothing(tmp_path: Path) -> None:
    source = tmp_path / "list.csv"
    source.write_text(LIST + f'Joe,"{"x" * 40_000}"\n')
    with pytest.raises(WorkbookError):
        clean_file(source, tmp_path / "clean.csv", rejects=tmp_path / "rejects.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]


def test_clean_writes_rejects_as_a_workbook_and_the_command_that_brings_them_back(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST)
    done = run(tmp_path, "clean", "list.csv", "--rejects", "again.xlsx")
    assert done.returncode == 0
    sheet = openpyxl.load_workbook(tmp_path / "again.xlsx")["Rejects"]
    assert [row[:4] for row in sheet.iter_rows(values_only=True)] == [
        ("name", "phone", "preflight_line", "preflight_code"),
        ("Bob", "07400", "3", "P003"),
        ("=1+1", "00", "4", "P003"),
        ("Eve\nLee", "+1 202", "5", "P005"),
    ]
    sheet["B2"] = "+44 7400 123456"
    sheet.parent.save(tmp_path / "again.xlsx")
    command = shlex.split(done.stdout.decode().splitlines()[-1])
    assert command[1:] == ["clean", "list.csv", "--corrections", "again.xlsx"]
    assert run(tmp_path, *command[1:]).returncode == 0
    assert (tmp_path / "list.clean.csv").read_text() == "name,phone\nAnn,+12025550143\nBob,+447400123456\n"


def test_a_run_without_rejects_takes_an_old_workbook_away(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST[:28])
    (tmp_path / "again.xlsx").write_bytes(workbook(("old",)))
    assert run(tmp_path, "clean", "list.csv", "--rejects", "again.xlsx").returncode == 0
    assert not (tmp_path / "again.xlsx").exists()


@pytest.mark.parametrize(
    ("option", "name", "suffixes"),
    [
        ("-o", "x.xlsx", ".csv or .txt"),
        ("-o", "x.tsv", ".csv or .txt"),
        ("--rejects", "x.xls", ".csv, .txt or .xlsx"),
        ("--rejects", "x.json", ".csv, .txt or .xlsx"),
    ],
)
def test_a_name_that_promises_another_format_is_refused(tmp_path: Path, option: str, name: str, suffixes: str) -> None:
    (tmp_path / "list.csv").write_text(LIST)
    done = run(tmp_path, "clean", "list.csv", option, name)
    assert (done.returncode, [path.name for path in tmp_path.iterdir()]) == (2, ["list.csv"])
    assert f"the name must end in {suffixes}" in done.stderr.decode()
