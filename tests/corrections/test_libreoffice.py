"""A round trip: an export full of trouble, its rejects corrected in LibreOffice, one list of everybody (exam)."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from csv_preflight import clean_file, preflight

pytestmark = [
    pytest.mark.exam,
    pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed"),
]

# What is in the list, and what somebody types over the cells of the rejects; a row of text could not be split.
PEOPLE: tuple[tuple[tuple[str, ...] | str, dict[str, object]], ...] = (
    (("Ann Example", "(202) 555-0101", "Rome", "2024-01-31", "007"), {}),
    (("Bo Example", "", "Oslo, Norway", "2024-02-01", "008"), {"phone": "+12025550102"}),
    (("Cy Example", "n/a", "Bern", "2024-02-02", "009"), {"phone": 12025550103}),
    (("Di Example", "asked", "Lyon", "01/02/2024", "010"), {"phone": "202-555-0104"}),
    (("=Ed Example", "+999 1234567", "Linz", "", "011"), {"phone": "+1 202 555 0105"}),
    (("Flo Example", "+1202555", "Genf", "", "1e5"), {"phone": "+12025550106"}),
    (("Gus Example", "+120255501071234", "12/24", "", "013"), {"phone": "+12025550107"}),
    (("Hal Example", "+1 012 555 0108", "-5", "", "014"), {"phone": "+12025550108"}),
    (("Ida Example", "1.20256E+10", "TRUE", "", "015"), {"phone": "+12025550109"}),
    (("Jo Example", "+12025550110 / +12025550111", "true", "", "016"), {"phone": "+12025550110"}),
    (("Kim Example", "1800FLOWERS", "+39 Rome", "", "017"), {"phone": "+12025550112"}),
    (("Lee Example", "31.12.2024", "Rome\nItaly", "", "018"), {"phone": "+12025550113"}),
    (("Mo Example", "00442079460114", "@home", "", "019"), {"phone": "+442079460114"}),
    (("Ned Example", "442079460115", "1.50", "", "020"), {"phone": "+442079460115"}),
    (("Ann Example", "+12025550101", "Rome", "2024-01-31", "021"), {"phone": "+12025550116"}),
    (("", "+12025550117", "Rome", "", "022"), {"name": "Olga Example"}),
    (("Per Example", "nan", "Rome", "", "023"), {"phone": 12025550118}),
    ("Quin Example,none", {"name": "Quin Example", "phone": "+12025550119", "city": "Rome"}),
    ("Ria Example,+12025550120,Rome, Italy,,024", {"name": "Ria Example", "phone": "+12025550120", "city": "Rome"}),
    ('Sam "S" Example,"+12025550121" x,Rome,,025', {"name": "Sam Example", "phone": "+12025550121"}),
    ("Tom Example,+1202555\x000122,Rome,,026", {"name": "Tom Example", "phone": "+12025550122"}),
    (("Una Example", "7400 123456", "Rome", "", "027"), {"phone": "+44 7400 123456"}),
    (("José Muñoz", "+1 (202) 555-12", "Málaga", "", "028"), {"phone": "+12025550124"}),
    (("Zoe Example", "+12025550125", "Rome", "", "029"), {}),
)
NAMES = ("name", "phone", "city", "joined", "id")


def exported(delimiter: str) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(NAMES)
    for row, _ in PEOPLE:
        if isinstance(row, str):
            text.write(row.replace(",", delimiter) + "\r\n")
        else:
            writer.writerow(row)
    return text.getvalue().encode()


def converted(path: Path, target: str, *more: str) -> Path:
    """A file as LibreOffice opens and saves it; target: the suffix, and the filter where it has one."""
    command = ["soffice", f"-env:UserInstallation=file://{path.parent}/profile", "--headless", *more]
    out = path.parent / "saved"
    command += ["--convert-to", target, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return out / f"{path.stem}.{target.partition(':')[0]}"


def corrected(book: Path, changes: dict[int, dict[str, object]]) -> None:
    """Type the corrections into a workbook, and sort its rows the other way round."""
    workbook = openpyxl.load_workbook(book)
    sheet = workbook.active
    names = [cell.value for cell in sheet[1]]
    line = names.index("preflight_line") + 1
    for row in range(2, sheet.max_row + 1):
        for name, value in changes.get(int(sheet.cell(row, line).value), {}).items():
            sheet.cell(row, names.index(name) + 1).value = value
    rows = [[(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows(min_row=2)]
    for number, row in enumerate(reversed(rows), start=2):
        for place, (value, form) in enumerate(row, start=1):
            sheet.cell(number, place).value = value
            sheet.cell(number, place).number_format = "General" if isinstance(value, int) else form
    workbook.save(book)


@pytest.mark.parametrize("delimiter", [",", ";"], ids=["comma", "semicolon"])
@pytest.mark.parametrize("saved", ["csv", "csv in cp1252", "xlsx"])
def test_everybody_can_be_called_in_the_end(saved: str, delimiter: str, tmp_path: Path) -> None:
    source, clean, rejects = (tmp_path / name for name in ("export.csv", "x.clean.csv", "x.rejects.csv"))
    source.write_bytes(exported(delimiter))
    options = {"identifier_column": "name", "require_identifier": True, "region": "US"}
    first = preflight(source, **options)
    kinds = {found.code for found in first.report.findings if found.outcome == "reject"}
    assert len(kinds) >= 12, kinds
    clean_file(source, clean, **options)
    assert f"name{delimiter}phone" in rejects.read_text(encoding="utf-8-sig")
    book = converted(rejects, "xlsx", f"--infilter=CSV:{ord(delimiter)},34,76,1,,1033,false,true")
    lines = {name: line for line, name in first.rejects.set_index("preflight_line")["name"].items()}
    assert lines
    starts = [2]
    for row, _ in PEOPLE:
        starts.append(starts[-1] + 1 + ("\n" in "".join(row)))
    corrected(book, {line: changes for line, (_, changes) in zip(starts, PEOPLE, strict=False)})
    if saved == "xlsx":
        given = converted(book, "xlsx")
    else:
        charset = 1 if "cp1252" in saved else 76
        given = converted(book, f"csv:Text - txt - csv (StarCalc):{ord(delimiter)},34,{charset}")
    result = preflight(source, corrections=given, **options)
    assert result.rejects.empty, result.rejects
    assert result.ready
    assert result.report.rows.read == len(PEOPLE)
    expected = [changes.get("name", row[0]) for row, changes in PEOPLE]
    assert result.clean["name"].tolist() == expected
    numbers = result.clean["phone"].tolist()
    assert len(set(numbers)) == len(PEOPLE)
    unchanged = [(place, row) for place, (row, _) in enumerate(PEOPLE) if not isinstance(row, str)]
    for place, row in unchanged:  # other cells are those of the list, whatever a spreadsheet has made of them
        assert result.clean.iloc[place, 2:].tolist() == list(row[2:])
