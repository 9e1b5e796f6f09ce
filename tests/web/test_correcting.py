"""Rejected rows are corrected in the page, or given back as a file, and checked again: one list in the end."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from pathlib import Path

import pytest

from tests.web.test_way import by_command
from tests.web.visitor import Visitor

LIST = (
    b'Name,phone,notes\nAnn,+12025550101,\nBob,none,"two\nlines"\nCid,+1202555,=1+2\nDan,+12025550101,\n'
    b"Eve,+12025550105\nFay,+12025550106,\n"
)


@pytest.fixture
def rejected(visitor: Visitor) -> Visitor:
    """A visitor before the rows that were left out."""
    visitor.give("june.csv", LIST)
    visitor.answer()
    assert "2 of 6 rows are ready" in visitor.words
    visitor.post(f"{visitor.list}/values", {"show": "yes", "page": "correct"})
    return visitor


def fields(page: str) -> dict[str, str]:
    """The fields of the rows, as a browser sends them back."""
    found = re.findall(r'<input name="(c[0-9]+-[0-9]+)" value="([^"]*)"', page)
    return {name: re.sub(r"[\r\n]", "", unescape(value)) for name, value in found}


def correct(visitor: Visitor, **changes: str) -> str:
    """Write other texts into the fields of some values, and press the button."""
    here, sent = visitor.list, fields(visitor.page)
    run = re.search(r'name="run" value="([^"]*)"', visitor.page)
    assert run
    for name, value in sent.items():
        sent[name] = changes.get(value, value)
    visitor.post(f"{here}/correct", {"run": run[1], **sent})
    while "This page goes on by itself" in visitor.page:
        visitor.get(f"{here}/result")
    return visitor.page


def test_rows_are_masked_until_they_are_to_be_seen(visitor: Visitor) -> None:
    visitor.give("june.csv", LIST)
    visitor.answer()
    visitor.get(f"{visitor.list}/correct")
    assert "3 rows can be corrected" in visitor.words
    assert fields(visitor.page) == {}
    assert "Bob" not in visitor.page and "1202555" not in visitor.page


def test_what_is_wrong_is_beside_the_cell(rejected: Visitor) -> None:
    assert "Line 3: No phone number notes : two lines Add the number" in rejected.words
    assert "Line 7: Too few fields Too few fields: 2; the header has 3" in rejected.words
    assert sorted(fields(rejected.page).values()) == sorted(["none", "+1202555", "Bob", "Cid", "", "", ""])
    assert "Eve,+12025550105" in rejected.words


def test_the_other_cells_say_who_it_is(visitor: Visitor) -> None:
    visitor.give("june.csv", b"Nr,Vorname,phone,\n7,Bob <b>,none,\n8,Cid,+12025550103,x\n9,%b,12,x\n" % (b"Ann " * 30))
    visitor.answer()
    visitor.get(f"{visitor.list}/correct")
    assert "Bob" not in visitor.page
    visitor.post(f"{visitor.list}/values", {"show": "yes", "page": "correct"})
    assert "Line 2: No phone number Nr : 7 Vorname : Bob <b> Add the number" in visitor.words
    assert f"Nr : 9 Vorname : {'Ann ' * 14}Ann… x No country code" in visitor.words


def test_corrected_rows_are_checked_again_and_make_one_list(rejected: Visitor, tmp_path: Path) -> None:
    correct(rejected, none="+1 202 555 0102")
    assert "3 of 6 rows are ready" in rejected.words
    assert "--corrections june.rejects.csv" in rejected.commands[0]
    assert b'Ann,+12025550101,\nBob,+12025550102,"two\nlines"\nFay' in rejected.download("clean.csv")
    rejected.get(f"{rejected.list}/correct")
    correct(rejected, **{"+1202555": "+12025550103"})
    assert "4 of 6 rows are ready" in rejected.words
    assert b"Cid,+12025550103,=1+2\n" in rejected.download("clean.csv")
    given = tmp_path / "terminal"
    given.mkdir()
    for kind, name in (("corrections-1", "june.rejects.csv"), ("corrections-2", "june.rejects.2.csv")):
        (given / name).write_bytes(rejected.download(kind))
    written = by_command(rejected.commands, "june.csv", LIST, given)
    assert written["june.clean.csv"] == rejected.download("clean.csv")
    assert written["june.rejects.3.csv"] == rejected.download("rejects.csv")


def test_a_row_that_could_not_be_split_is_corrected_in_all_its_cells(rejected: Visitor) -> None:
    here, sent = rejected.list, fields(rejected.page)
    run = re.search(r'name="run" value="([^"]*)"', rejected.page)
    assert run
    empty = [name for name, value in sent.items() if not value]
    cells = dict(zip(empty, ["Eve", "+12025550105", "called"], strict=True))
    rejected.post(f"{here}/correct", {"run": run[1], **sent, **cells})
    assert b"Eve,+12025550105,called\n" in rejected.download("clean.csv")


def test_the_corrections_can_be_taken_back(rejected: Visitor) -> None:
    correct(rejected, none="+1 202 555 0102")
    rejected.get(f"{rejected.list}/")
    assert "Your corrections are used: june.rejects.csv" in rejected.words
    forget = rejected.page.split('name="forget" value="')[1].split('"')[0]
    rejected.answer(forget=forget)
    assert "2 of 6 rows are ready" in rejected.words


def test_nothing_changed_is_said(rejected: Visitor) -> None:
    correct(rejected)
    assert "Nothing was changed" in rejected.words


def test_rows_of_an_earlier_run_are_not_taken_for_those_of_now(rejected: Visitor) -> None:
    sent = {**fields(rejected.page), "run": "0"}
    rejected.post(f"{rejected.list}/correct", sent)
    assert "checked again in the meantime" in rejected.words


@pytest.mark.parametrize("kind", ["rejects.csv", "rejects.xlsx"])
def test_a_corrected_file_is_given_back(rejected: Visitor, kind: str) -> None:
    data = rejected.download(kind)
    if kind == "rejects.csv":
        data = data.replace(b"Bob,none", b"Bob,+12025550102")
    else:
        import openpyxl

        book = openpyxl.load_workbook(io.BytesIO(data))
        (cell,) = [cell for row in book.active for cell in row if cell.value == "none"]
        cell.value = "+12025550102"
        saved = io.BytesIO()
        book.save(saved)
        data = saved.getvalue()
    rejected.post(f"{rejected.list}/correct", corrected=(f"june.{kind}", data))
    assert "3 of 6 rows are ready" in rejected.words


def test_a_file_that_is_no_rejects_file_of_the_list_is_refused(rejected: Visitor) -> None:
    rejected.post(f"{rejected.list}/correct", corrected=("other.csv", b"Name,phone\nAnn,+12025550101\n"))
    assert "Not ready to upload" in rejected.words
    assert "no rejects file of this list" in rejected.words
    assert "These corrections do not fit the list" in rejected.words
    rejected.get(f"{rejected.list}/")
    rejected.answer(forget=rejected.page.split('name="forget" value="')[1].split('"')[0])
    assert "2 of 6 rows are ready" in rejected.words


def test_hostile_cells_come_back_as_they_were(visitor: Visitor) -> None:
    cells = ['"><script>alert(1)</script>', "=cmd|' /C calc'!A0", "'=1", "a\tb", "\u202egnp.exe"]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows([["Name", "phone"], ["Ann", "+12025550101"], *([cell, "none"] for cell in cells)])
    visitor.give("a.csv", stream.getvalue().encode())
    visitor.answer(identifier_column="1", region="US")
    visitor.post(f"{visitor.list}/values", {"show": "yes", "page": "correct"})
    assert "<script>alert" not in visitor.page
    assert {re.sub(r"[\r\n]", "", cell) for cell in cells} <= set(fields(visitor.page).values())
