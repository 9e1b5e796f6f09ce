"""Other lists in all forms that they come in: numbers, folders, archives, the standard input, area codes."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas
import pytest

from csv_preflight import SettingsError, preflight
from csv_preflight.list_files import files_in
from tests.samples import ROOT, run

LIST = b"Name,phone\nAnn,+12025550101\nBob,+12025550102\nCid,+12025550103\n"


def names(**settings: object) -> list[str]:
    return preflight(LIST, **settings).clean["Name"].tolist()  # type: ignore[arg-type]


NUMBERS = {
    "texts": ["+12025550101", "+1 (202) 555-0102"],
    "ints": [12025550101, 12025550102],
    "both": (12025550101, "12025550102"),
    "a set": {12025550101, 12025550102},
    "a generator": (number for number in (12025550101, 12025550102)),
    "an array": np.array([12025550101, 12025550102]),
    "a series": pandas.Series(["+12025550101", "+12025550102"]),
    "a series with a gap": pandas.Series([12025550101, None, 12025550102]),
}


@pytest.mark.parametrize("given", NUMBERS.values(), ids=NUMBERS)
def test_numbers_are_given_by_themselves(given: object) -> None:
    assert names(suppress=given, region="US") == ["Cid"]


@pytest.mark.parametrize(("option", "kept"), [("suppress", "Bob Cid"), ("existing", "Bob Cid"), ("only", "Ann")])
def test_each_kind_of_list_takes_numbers(option: str, kept: str) -> None:
    assert names(**{option: ["+12025550101"]}) == kept.split()


def test_numbers_and_files_go_together(tmp_path: Path) -> None:
    path = tmp_path / "2025550102"  # a file that is called like a number
    path.write_text("+12025550102\n")
    assert names(suppress=["+12025550101", path, str(path)]) == ["Cid"]


def test_no_number_is_shown() -> None:
    result = preflight(LIST, suppress=["+12025550101", "no number 98765"])
    assert result.report.settings["suppress"] == ["2 numbers"]
    shown = str(result.report.to_dict()) + repr(result.report.settings)
    assert "98765" not in shown
    (found,) = [found for found in result.report.findings if found.code == "D004"]
    assert "in 1 of 2 rows of 2 numbers" in found.samples[0].detail


TWO_IN_A_CELL = ["+12025550101 / +12025550102", "+12025550101; +12025550102"]


@pytest.mark.parametrize("cell", TWO_IN_A_CELL)
def test_two_numbers_in_a_cell_are_no_path(cell: str) -> None:
    assert names(suppress=[cell]) == names(suppress=cell) == ["Cid"]


@pytest.mark.parametrize("beside", [[], ["+12025550101"]], ids=["alone", "beside a number"])
@pytest.mark.parametrize(
    "cell",
    [
        "Annette Zwingli",
        "Zwingli/Quark",
        "annette@zwingli.example",
        "Zwingli, A.",
        "Zwingli\0",
        "Zwingli 98765/98",
        "https://zwingli.example/12025550101",
    ],
)
def test_a_cell_that_is_no_number_is_an_unreadable_row_and_not_quoted(cell: str, beside: list[str]) -> None:
    report = preflight(LIST, suppress=[cell, *beside]).report
    (found,) = [found for found in report.findings if found.code == "D004"]
    assert found.outcome == ("warn" if beside else "stop")
    assert "wingli" not in str(report.to_dict())


def test_a_cell_without_a_number_says_nothing_of_another() -> None:
    assert names(suppress=["n/a", "+12025550101"]) == ["Bob", "Cid"]
    with pytest.raises(SettingsError, match="no row of it has a phone number") as caught:
        names(suppress=["n/a"])
    assert "n/a" not in str(caught.value)


MISSING = ["gone.csv", "lists/gone.TXT", "gone.xlsx", "lists/2025550101.zip", "gone.csv.gz", "/lists/gone", "./gone"]


@pytest.mark.parametrize("beside", [[], ["+12025550101"]], ids=["alone", "beside a number"])
@pytest.mark.parametrize("path", [*MISSING, Path("gone"), Path("Annette Zwingli")], ids=str)
def test_a_missing_file_is_missing_even_beside_numbers(path: str | Path, beside: list[str]) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        names(suppress=[path, *beside])
    assert caught.value.filename == str(Path(path))


def test_a_path_by_itself_is_missing_whatever_its_name() -> None:
    with pytest.raises(FileNotFoundError, match="never-call"):
        names(suppress="never-call")


@pytest.mark.parametrize("option", ["suppress", "existing", "only"])
@pytest.mark.parametrize("text", ["phone\n+12025550101\n", "+12025550101\r+12025550102"], ids=["lines", "bare CR"])
def test_the_text_of_a_list_is_no_path(option: str, text: str) -> None:
    for given in (text, [text]):
        with pytest.raises(TypeError) as caught:
            names(**{option: given})
        assert "555" not in str(caught.value)


def test_the_text_of_the_list_itself_is_no_path() -> None:
    with pytest.raises(TypeError) as caught:
        preflight(LIST.decode())
    assert "555" not in str(caught.value)


@pytest.mark.parametrize("given", [b"+12025550101", {"a": 1}, 5, [1.5], [True], [["x"]]], ids=repr)
def test_what_holds_no_numbers_is_refused(given: object) -> None:
    with pytest.raises(SettingsError, match="neither a file nor"):
        names(suppress=given)


def zipped(*files: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return packed.getvalue()


ONE = b"phone\n+12025550101\n"
PACKED = {
    "gzip": gzip.compress(ONE),
    "zip": zipped(("dnc.txt", ONE)),
    "zip of a Mac": zipped(("dnc.txt", ONE), ("__MACOSX/._dnc.txt", b"x"), (".DS_Store", b"x")),
    "zip with a folder": zipped(("lists/", b""), ("lists/dnc.txt", ONE)),
    "gzip in two pieces": gzip.compress(ONE[:9]) + gzip.compress(ONE[9:]),
}


@pytest.mark.parametrize("data", PACKED.values(), ids=PACKED)
def test_a_packed_list_is_unpacked(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "dnc"
    path.write_bytes(data)
    assert names(suppress=path) == ["Bob", "Cid"]


def locked() -> bytes:
    data = bytearray(zipped(("dnc.txt", ONE)))
    for header in (b"PK\x03\x04", b"PK\x01\x02"):
        data[data.index(header) + (6 if header[2] == 3 else 8)] |= 1
    return bytes(data)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "two lists in a zip": (lambda: zipped(("a.csv", ONE), ("b.csv", ONE)), "holds 2 files; unpack it"),
    "an empty zip": (lambda: zipped(("a/", b"")), "holds no files"),
    "a password": (locked, "locked with a password"),
    "a cut gzip": (lambda: gzip.compress(bytes(range(256)) * 99)[:-20], "is damaged"),
    "a cut zip": (lambda: zipped(("dnc.txt", bytes(range(256)) * 99))[:300], "is damaged"),
    "a gzip that is none": (lambda: b"\x1f\x8b" + ONE * 9, "is damaged"),
    "a workbook": (lambda: zipped(("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")), "F001"),
    "a gzip bomb": (lambda: gzip.compress(bytes(120_000_000), 9), "more than 200 times its size"),
    "a zip bomb": (lambda: zipped(("dnc.txt", bytes(120_000_000))), "more than 200 times its size"),
}


@pytest.mark.parametrize(("data", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_unpacked_is_told_in_a_sentence(data: Callable[[], bytes], message: str, tmp_path: Path) -> None:
    path = tmp_path / "dnc.zip"
    path.write_bytes(data())
    with pytest.raises(SettingsError, match=message):
        names(suppress=path)


def test_a_folder_of_lists(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "a.csv").write_bytes(ONE)
    (tmp_path / "more" / "b.zip").write_bytes(zipped(("b.txt", b"+12025550102\n")))
    (tmp_path / ".hidden").write_text("x")
    assert names(suppress=tmp_path) == ["Cid"]
    assert files_in(str(tmp_path)) == [str(tmp_path / "a.csv"), str(tmp_path / "more" / "b.zip")]


def test_an_empty_folder_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no file in"):
        names(suppress=tmp_path)


def test_no_output_takes_the_place_of_a_list_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "dnc").mkdir()
    (tmp_path / "dnc" / "a.csv").write_bytes(ONE)
    (tmp_path / "list.csv").write_bytes(LIST)
    lists = ("--suppress", str(tmp_path / "dnc"))
    done = run("clean", str(tmp_path / "list.csv"), *lists, "-o", str(tmp_path / "dnc" / "a.csv"))
    assert (done.returncode, (tmp_path / "dnc" / "a.csv").read_bytes()) == (2, ONE)


def test_a_list_from_the_standard_input(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(LIST)
    done = run("clean", str(path), "--suppress", "-", "-o", "-", stdin=gzip.compress(ONE))
    assert done.stdout == b"Name,phone\nBob,+12025550102\nCid,+12025550103\n"
    for arguments in ((str(path), "--suppress", "-", "--only", "-"), ("-", "--existing", "-")):
        done = run("check", *arguments, stdin=ONE)
        assert (done.returncode, "there is one standard input" in done.stderr.decode()) == (2, True)


def test_a_plain_list_may_have_its_numbers_in_single_quotes(tmp_path: Path) -> None:
    path = tmp_path / "never.txt"
    path.write_text("'2025550101'\n'2025550102'\n")
    assert names(suppress=path, region="US") == ["Cid"]


MANY = "".join(f"202-555-01{number}\n" for number in range(50, 90))
PAIRS = {
    "lines": "202,5550101\n202,5550102\n",
    "one line": "202,5550101\n",
    "a header": "area,number\n202,5550101\n",
    "a dash": "202,555-0101\n202,555-0199\n",
    "a dash below a header": "area;number\n202;555-0101\n",
    "semicolons": "202;5550101\n415;5550101\n",
    "quotes": '"202","5550101"\n"415","5550101"\n',
    "a date behind": "202,5550101,20240131\n202,5550109,20240131\n",
    "a name before": "Bo,202,5550101\nCy,202,5550109\n",
    "a name before, and a header": "Name,Area,Number\nBo,202,555-0101\nCy,202,555-0109\n",
    "an exchange": "202,555,0101\n202,555,0109\n",
    "an exchange below a header, behind a name": "Name,a,b,c\nBo,202,555,0101\nCy,202,555,0109\n",
    "another number before": "Name,Mobile,Area,Number\nBo,+49 171 2345678,202,5550101\nCy,,202,5550109\n",
    "another number behind": "Area,Number,Mobile\n202,5550109,+1 202-555-0101\n202,5550108,\n",
    "lines above": "Do not call\n\nName,Area,Number\nBo,202,5550101\nCy,202,5550109\n",
}


@pytest.mark.parametrize("text", PAIRS.values(), ids=PAIRS)
@pytest.mark.parametrize("region", ["US", "CA", "DE", None])
def test_area_codes_and_numbers_are_joined(text: str, region: str | None, tmp_path: Path) -> None:
    path = tmp_path / "registry.txt"
    path.write_text(text)
    assert "Ann" not in names(suppress=path, region=region)


def test_area_codes_that_mean_who_may_be_called_need_a_region(tmp_path: Path) -> None:
    path = tmp_path / "allowed.txt"
    path.write_text("202,5550101\n")
    assert names(only=path, region="US") == ["Ann"]
    report = preflight(LIST, only=path).report
    assert [(found.code, found.outcome) for found in report.findings if found.code[0] == "D"] == [("D004", "stop")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("National list\nof 2026-11-01\n\nName,Phone number\nBo,202-555-0101\n", id="a title"),
        pytest.param("Report,,\nJune,,\nName,Phone,Why\nBo,202-555-0101,x\n", id="a title with empty fields"),
        pytest.param("Kunden;\n;\nName;Telefon\nBo;202-555-0101\n", id="semicolons"),
        pytest.param("Do not call\n\n202-555-0101\n", id="no header"),
        pytest.param(f"Do not call\nPhone\n202-555-0101\n{MANY}", id="one column"),
    ],
)
@pytest.mark.parametrize("option", ["suppress", "existing", "only"])
def test_lines_above_the_header_of_a_list_are_left_out(text: str, option: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text)
    result = preflight(LIST, region="US", **{option: str(path)})
    assert ("Ann" in result.clean["Name"].tolist()) == (option == "only")
    assert "D004" not in {found.code for found in result.report.findings}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{MANY}202-555-0101\nPhone\n", id="at the end"),
        pytest.param(f"Never\n202-55-01\n202-555-0101\n{MANY}", id="digits"),
        pytest.param(f"Never\n202-555-0101\nask\n{MANY}", id="below a number"),
    ],
)
def test_no_other_row_of_a_plain_list_is_a_title(text: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text)
    report = preflight(LIST, region="US", suppress=path).report
    assert {found.code: found.count for found in report.findings} == {"D003": 1, "D004": 1}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(
            (ROOT / "sample_data" / "rules" / "F002.csv").read_bytes(),
            "F002 .* --encoding; --encoding applies to the contact list, not to this one: save it as CSV UTF-8, with",
            id="encoding",
        ),
        pytest.param(b"Name,City\nAnn,Oslo\n", "C001 .*; or give a list of that column alone", id="no phone column"),
    ],
)
def test_a_list_that_cannot_be_read_says_what_to_do_with_it(data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "never.csv"
    path.write_bytes(data)
    with pytest.raises(SettingsError, match=message):
        preflight(LIST, region="US", suppress=str(path))


def test_a_row_of_a_registry_that_is_broken_is_told(tmp_path: Path) -> None:
    path = tmp_path / "registry.txt"
    path.write_text("202,5550101\n" * 20 + "202,55501\n")
    report = preflight(LIST, suppress=path).report
    assert {found.code: found.count for found in report.findings} == {"D003": 1, "D004": 1}
