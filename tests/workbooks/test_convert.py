"""The command: what it writes, where, what it says, and what to run next."""

from __future__ import annotations

import io
import os
import shlex
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import csv_preflight
from csv_preflight.workbooks import calamine_child
from tests.workbooks.books import sheet_xml, xlsx

PEOPLE = [("name", "phone"), ("Ann", 12025550143), ("Bob", "+12025550144")]


def run(directory: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    clean = {name: value for name, value in os.environ.items() if name not in ("CI", "GITHUB_ACTIONS", "NO_COLOR")}
    # Not run as a module, so that printed commands begin with csv-preflight.
    program = "import sys; sys.argv[0] = 'csv-preflight'; from csv_preflight.cli import main; main()"
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, cwd=directory, env=clean)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "my contacts.xlsx"
    path.write_bytes(xlsx(PEOPLE))
    return path


def test_the_csv_is_beside_the_workbook_and_for_its_owner_alone(book: Path) -> None:
    done = run(book.parent, "convert", str(book))
    assert done.returncode == 0
    written = book.with_suffix(".csv")
    assert written.read_bytes() == b"name,phone\nAnn,12025550143\nBob,+12025550144\n"
    if os.name != "nt":
        assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert sorted(path.name for path in book.parent.iterdir()) == ["my contacts.csv", "my contacts.xlsx"]


def test_the_command_that_is_printed_works_as_it_is(book: Path) -> None:
    done = run(book.parent, "convert", book.name)
    assert done.stdout.decode().splitlines()[-2] == "my contacts.csv: 2 rows and 2 columns of sheet List"
    last = done.stdout.decode().splitlines()[-1].removeprefix("next: ")
    assert shlex.split(last) == ["csv-preflight", "inspect", "my contacts.csv"]
    looked = run(book.parent, *shlex.split(last)[1:])
    assert looked.returncode == 0
    assert "clean 'my contacts.csv' --phone-column phone" in looked.stdout.decode()


@pytest.mark.parametrize("command", ["check", "clean"])
def test_a_workbook_that_is_refused_comes_with_the_command_that_converts_it(book: Path, command: str) -> None:
    done = run(book.parent, command, book.name)
    text = done.stdout.decode()
    assert done.returncode == 1
    assert "csv-preflight convert FILE" in text
    assert "Save As" in text
    last = text.splitlines()[-1].partition("next: ")[2]
    assert run(book.parent, *shlex.split(last)[1:]).returncode == 0
    assert book.with_suffix(".csv").exists()


def test_a_file_that_nobody_named_is_not_replaced(book: Path) -> None:
    other = book.with_suffix(".csv")
    other.write_text("name,phone\n")
    done = run(book.parent, "convert", book.name)
    assert (done.returncode, other.read_text()) == (2, "name,phone\n")
    message, *rest = done.stderr.decode().splitlines()
    assert message.endswith("is there already; to replace it, name it with -o")
    assert rest[0] == "or to write another file:"
    another = shlex.split(rest[1])
    assert another[-1] == "my contacts.converted.csv"
    assert run(book.parent, *another[1:]).returncode == 0
    assert other.read_text() == "name,phone\n"
    assert run(book.parent, "convert", book.name, "-o", other.name).returncode == 0
    assert run(book.parent, "convert", book.name).returncode == 0  # the same again


@pytest.mark.parametrize("output", ["x.xlsx", "x.tsv", "x", "x.json"])
def test_an_output_of_another_format_is_refused(book: Path, output: str) -> None:
    done = run(book.parent, "convert", book.name, "-o", output)
    assert (done.returncode, (book.parent / output).exists()) == (2, False)
    assert "the name must end in .csv" in done.stderr.decode()


def test_the_input_is_never_the_output(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(xlsx(PEOPLE))
    done = run(tmp_path, "convert", "list.csv", "-o", "list.csv")
    assert (done.returncode, path.read_bytes()[:2]) == (2, b"PK")
    assert run(tmp_path, "convert", "list.csv").returncode == 0
    assert (tmp_path / "list.converted.csv").exists()


def test_the_standard_streams(book: Path) -> None:
    done = run(book.parent, "convert", "-", "-o", "-", stdin=book.read_bytes())
    assert done.stdout == b"name,phone\nAnn,12025550143\nBob,+12025550144\n"
    assert "2 rows and 2 columns" in done.stderr.decode()
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_several_sheets_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(xlsx(PEOPLE, Old=PEOPLE[:2], Empty=[]))
    done = run(tmp_path, "convert", "x.xlsx")
    assert done.returncode == 2
    assert "2 sheets have rows: List, Old; choose one with --sheet NAME\n" in done.stderr.decode()
    assert done.stderr.decode().splitlines()[-2:] == [
        "      csv-preflight convert x.xlsx --sheet List",
        "      csv-preflight convert x.xlsx --sheet Old",
    ]
    assert run(tmp_path, "convert", "x.xlsx", "--sheet", "old").returncode == 0
    assert (tmp_path / "x.csv").read_text() == "name,phone\nAnn,12025550143\n"
    wrong = run(tmp_path, "convert", "x.xlsx", "--sheet", "Lst")
    assert "did you mean List?" in wrong.stderr.decode()


def test_a_hidden_sheet_is_asked_for_by_its_name_only(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(xlsx(PEOPLE, Old=PEOPLE[:2])))
    book["Old"].sheet_state = "hidden"
    book.save(tmp_path / "x.xlsx")
    assert run(tmp_path, "convert", "x.xlsx").returncode == 0
    assert run(tmp_path, "convert", "x.xlsx", "--sheet", "Old", "-o", "-").stdout.count(b"\n") == 2


def test_cells_are_masked_in_what_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(xlsx([("phone",), (1202555014312025,), ("=1+1",), (120255501431,)]))
    text = run(tmp_path, "convert", "x.xlsx").stdout.decode()
    assert "x.xlsx:List!A2: a number of more than 15 digits" in text
    assert "x.xlsx:List!A3: a formula without a stored value" in text
    assert "x.xlsx:List!A4: a number that the sheet shows in scientific form" in text
    assert "20255501" not in text
    shown = run(tmp_path, "convert", "x.xlsx", "--show-values", "-o", "y.csv").stdout.decode()
    assert "1202555014312025" in shown


def test_the_kinds_of_remark_beyond_the_first_twenty_cells_are_counted(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(xlsx([("n",), *[("=1+1",)] * 30, ("x",)]))
    assert "… and 10 more cells like these" in run(tmp_path, "convert", "x.xlsx").stdout.decode()


@pytest.mark.parametrize("name", ["::error::x", "##[error]x", "a\n::error::x", "\x9b31mred", "\u202ereversed"])
def test_the_name_of_a_sheet_commands_nothing(tmp_path: Path, name: str) -> None:
    from xml.sax.saxutils import quoteattr

    shown = quoteattr(name.replace("\n", "_x000A_").replace("\x9b", "_x009B_"))
    data = sheet_xml('<row><c t="inlineStr"><is><t>h</t></is></c></row><row><c><v>1202555014312025</v></c></row>')
    from tests.workbooks.books import changed

    (tmp_path / "x.xlsx").write_bytes(changed(data, "xl/workbook.xml", 'name="List"', f"name={shown}"))
    for arguments in (["convert", "x.xlsx"], ["convert", "x.xlsx", "--sheet", "none"]):
        done = run(tmp_path, *arguments)
        text = (done.stdout + done.stderr).decode()
        assert not [line for line in text.splitlines() if line.lstrip().startswith(("::", "##["))]
        assert "##[" not in text
        assert not set(text) & set("\x9b\u202e")


def test_titles_end_in_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(xlsx([("Contacts",), (), *PEOPLE]))
    text = run(tmp_path, "convert", "x.xlsx").stdout.decode()
    assert "x.xlsx:List!row 1: this looks like a title above the table" in text
    assert "x.csv: 2 rows" in text
    command = shlex.split(text.splitlines()[-1].removeprefix("next: "))
    assert command[-2:] == ["--skip-lines", "2"]
    assert run(tmp_path, *command[1:]).returncode == 0


def test_without_the_extra_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    from tests.workbooks.test_formats import xls

    (tmp_path / "x.xls").write_bytes(xls())
    script = (
        "import sys, csv_preflight.workbooks.calamine as c\n"
        "c.SCRIPT = sys.argv[1]\n"
        "from csv_preflight.cli import main; main(['convert', 'x.xls'])"
    )
    child = tmp_path / "child.py"
    child.write_text(
        "import sys; sys.modules['python_calamine'] = None\n"
        f"import runpy; runpy.run_path({calamine_child.__file__!r}, run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(child)], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert 'pip install "csv-preflight-contacts[excel]"' in done.stderr


def test_a_conversion_goes_into_preflight() -> None:
    done = csv_preflight.convert(xlsx(PEOPLE))
    assert (done.sheet, done.rows, done.columns) == ("List", 2, 2)
    assert csv_preflight.preflight(done.data, region="US").clean["phone"].tolist() == ["+12025550143", "+12025550144"]
    assert "12025550143" not in repr(done)


def test_a_workbook_that_is_not_there(tmp_path: Path) -> None:
    done = run(tmp_path, "convert", "x.xlsx")
    assert (done.returncode, done.stderr) == (2, b"csv-preflight: x.xlsx: No such file or directory\n")
