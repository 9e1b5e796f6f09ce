"""Duplicates in the file, the audience and the suppression list; the table of numbers after them."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from csv_preflight import SettingsError, preflight
from csv_preflight.model.note import OtherIdentifier
from csv_preflight.model.number_table import NumberTable
from csv_preflight.stages.phones.parts import numbers_in

LIST = """\
Name,phone
Ann,202-555-0101
Bob,+12025550102
ANN,+1 202 555 0101
Eve,(202) 555-0101
Bob,2025550102
Zoe,+12025550103
"""


def test_the_first_row_is_kept() -> None:
    result = preflight(LIST.encode(), region="US", identifier_column="Name")
    assert result.clean.index.tolist() == [2, 3, 7]
    reasons = result.rejects.set_index("preflight_line")["preflight_reason"].to_dict()
    assert reasons == {
        4: "the same number as on line 2, which is kept",
        5: "the same number as on line 2, which is kept and has a different identifier",
        6: "the same number as on line 3, which is kept",
    }
    assert result.report.notes == (OtherIdentifier(1, 3),)


def test_the_last_row_is_kept() -> None:
    result = preflight(LIST.encode(), region="US", identifier_column="Name", keep="last")
    assert result.clean.index.tolist() == [5, 6, 7]
    assert result.rejects["preflight_line"].tolist() == [2, 3, 4]


def test_of_the_last_rows_only_those_count_that_are_clean() -> None:
    data = b"Name,phone\nAnn,+12025550101\n,+12025550101\n"
    result = preflight(data, identifier_column="Name", keep="last", require_identifier=True)
    assert result.clean.index.tolist() == [2]
    assert result.rejects["preflight_code"].tolist() == ["I001"]


LISTS = {
    "a csv": "phone,joined\n+1 202 555 0101,2024\n",
    "a csv with other columns first": "id,mobile\n7,+12025550101\n",
    "semicolons": "Name;Telefon\nAnn;+12025550101\n",
    "one number a line": "+1 202 555 0101\n+12025550199\n",
    "one number": "+12025550101\n",
    "one number without a newline": "+12025550101",
    "a header and one number": "phone\n+12025550101\n",
    "national numbers": "phone\n(202) 555-0101\n",
    "utf-16": "phone\n+12025550101\n",
}


@pytest.mark.parametrize("option", ["existing", "suppress"])
@pytest.mark.parametrize("kind", LISTS)
def test_lists_of_every_kind(kind: str, option: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(LISTS[kind].encode("utf-16" if kind == "utf-16" else "utf-8"))
    result = preflight(LIST.encode(), region="US", **{option: str(path)})
    code = "D002" if option == "existing" else "D003"
    assert result.clean.index.tolist() == [3, 7]
    assert result.rejects.set_index("preflight_line")["preflight_code"].to_dict() == {
        2: code,
        4: code,
        5: code,
        6: "D001",
    }


def test_several_lists_add_up(tmp_path: Path) -> None:
    paths = []
    for number in ("+12025550101", "+12025550103"):
        paths.append(tmp_path / f"{number}.csv")
        paths[-1].write_text(f"phone\n{number}\n")
    assert preflight(LIST.encode(), region="US", suppress=paths).clean.index.tolist() == [3]


def test_a_list_row_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "never.csv"
    path.write_text("phone\n+12025550101\n555-0103\n\nasked\n+12025550109\n")
    report = preflight(LIST.encode(), region="US", suppress=str(path)).report
    warning = next(found for found in report.findings if found.code == "D004")
    assert warning.count == 2
    assert "the first on line 3: P005" in warning.samples[0].detail


TWO_COLUMNS = {
    "two that are named so": ("Name,Phone,Mobile\nA,+12025550101,\nB,,+12025550102\nC,+1202555,none\n", 0, 1),
    "both filled": ("Phone,Mobile\n+12025550101,+12025550102\n", 0, 0),
    "one that is nearly empty": ("Contact,Tel\n+12025550101,\n+12025550102,\n+12025550103,+12025550104\n", 0, 0),
    "one of account numbers": ("Phone,Account\n+12025550101,1000000001\n,1000000002\n+12025550102,1000000003\n", 0, 0),
    "one with names": ("Phone,Phone type\n+12025550101,mobile\n+12025550102,none\n", 0, 0),
    "one that is damaged": ("Name,Phone,Mobile\nA,+12025550101,\nB,+12025550102,\nC,,2.02556E+09\n", 0, 1),
    "one without country codes": (
        "Name,Phone,Mobile\nA,+12025550101,\nB,,5550102\nC,,5550103\nD,+12025550109,\n",
        1,
        2,
    ),
    "damage beside account numbers": (
        "ID,Contact\n1000000001,+12025550101\n1000000002,2.02556E+09\n1000000003,+1202555\n1000000004,+12025550109\n",
        1,
        2,
    ),
    "account numbers beside few": ("ID,Contact\n30000001,+12025550101\n30000002,\n30000003,\n", 1, 0),
    "a number far down": ("Name,Phone,Mobile\n" + "A,+12025550101,\n" * 1500 + "Z,,+12025550102\n", 0, 0),
    "a number far below others": (
        "Name,Phone,Alt Phone\n" + "A,+12025550101,n/a\n" * 1500 + "Z,,+12025550102\n",
        0,
        0,
    ),
    "two without a name": ("Name,City,,\nA,x,+12025550101,+12025550109\nB,y,,+12025550102\n", 0, 0),
    "customer numbers": ("phone,customer\n+12025550109,2025550101\n+12025550108,2025550102\n", 2, 0),
    "dates": ("phone,opted_out\n+12025550109,20240131\n", 2, 0),
    "short numbers without a header": ("22123456\n22123457\n", 2, 0),
    "a short number without a header": ("22123456\n", 2, 0),
}


def test_the_column_that_is_named_is_not_the_only_one_of_a_suppression_list(tmp_path: Path) -> None:
    path = tmp_path / "never.csv"
    path.write_text("Contact,Tel\n+12025550101,\n,+12025550102\n+12025550109,\n")
    main = b"Name,Contact\nA,+12025550101\nB,+12025550102\nC,+12025550103\n"
    assert preflight(main, phone_column="Contact", suppress=path).clean["Name"].tolist() == ["C"]


@pytest.mark.parametrize(("content", "clean", "unread"), TWO_COLUMNS.values(), ids=TWO_COLUMNS)
def test_nobody_on_a_list_is_called_in_whichever_column_the_number_stands(
    content: str, clean: int, unread: int, tmp_path: Path
) -> None:
    path = tmp_path / "never.csv"
    path.write_text(content)
    main = b"phone\n+12025550101\n+12025550102\n"
    if "22123456" in content:
        main += b"+4722123456\n"
    report = preflight(main, region="NO" if "22123456" in content else "US", suppress=path).report
    assert report.rows.clean == clean
    assert sum(found.count for found in report.findings if found.code == "D004") == unread


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "F004", id="empty"),
        pytest.param(b"%PDF-1.7" + bytes(40), "F001", id="binary"),
        pytest.param(b"a,b\nx,y\n", "C001", id="no numbers"),
        pytest.param(b"phone,x\n,y\n", "no row of it", id="nothing there"),
    ],
)
def test_a_list_that_cannot_be_used_is_a_settings_error(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "never.csv"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=message):
        preflight(LIST.encode(), region="US", suppress=str(path))


@pytest.mark.parametrize(
    ("content", "unread", "read"),
    [
        pytest.param(b"phone\n555-0101\nasked\n", 2, 2, id="nothing readable"),
        pytest.param(b"phone\n+12025550101\n555-0101\nasked\n", 2, 3, id="most"),
    ],
)
@pytest.mark.parametrize("option", ["suppress", "existing"])
def test_a_list_of_which_most_cannot_be_read_stops_the_run(
    content: bytes, unread: int, read: int, option: str, tmp_path: Path
) -> None:
    path = tmp_path / "never.csv"
    path.write_bytes(content)
    report = preflight(LIST.encode(), region="US", **{option: str(path)}).report
    (found,) = report.findings
    assert (found.code, found.outcome, found.count, report.ready) == ("D004", "stop", unread, False)
    assert f"in {unread} of {read} rows" in found.samples[0].detail


BOTH = {
    "a plus sign may be lost": ("49 1512 3456780", "DE", ["+4915123456780", "+494915123456780"], 2),
    "a list in national form": ("6582345678", "US", ["+16582345678", "+6582345678"], 2),
    "two numbers": ("+12025550101 / +12025550133", None, ["+12025550101", "+12025550133"], 2),
    "two numbers of a region": ("202-555-0101; 202-555-0133", "US", ["+12025550101", "+12025550133"], 2),
    "the last digits of a second": ("030 23125001/02", "DE", ["+493023125001", "+493023125002"], 2),
    "no country code": ("442079460958", None, ["+442079460958"], 1),
    "words beside the number": ("202-555-0101 Ann's desk", "US", ["+12025550101"], 1),
    "a fax": ("Fax: 202-555-0101", "US", ["+12025550101"], 1),
    "another country's prefix for calls abroad": ("0012025550101", "US", ["+12025550101"], 1),
    "the same in groups": ("00 1 202 555 0101", "US", ["+12025550101"], 1),
    "the same without a region": ("(00)44 20 7946 0958", None, ["+442079460958"], 1),
    **{
        f"the last digits of two more: {cell}": (cell, "US", ["+12025550143", "+12025550144", "+12025550145"], 3)
        for cell in (
            "202-555-0143/44/45",
            "+1 202-555-0143/4/5",
            "202-555-0143/0144/0145",
            "202/555-0143/44/45",
            "(202) 555-0143 or 44-45",
            "202-555-0143 or 0144 or 0145",
            "202-555-0143 & 44 & 45",
            "202-555-0143; 0144; 0145",
            "202-555-0143 (44) (45)",
            "202-555-0143/555-0144/555-0145",
        )
    },
    "the last digits after a slash": ("030 231256/57/58", "DE", ["+4930231256", "+4930231257", "+4930231258"], 3),
    "the same after a slash": ("030/231256/7/8", "DE", ["+4930231256", "+4930231257", "+4930231258"], 3),
    "an area code of each": ("030/231256/57 und 089/123456/7", "DE", ["+4930231257", "+4989123456", "+4989123457"], 3),
    "last digits of each": (
        "202-555-0143/44 or 303-555-0101/02",
        "US",
        ["+12025550144", "+13035550101", "+13035550102"],
        3,
    ),
    "one in short notation": ("030 231250-01/-02", "DE", ["+493023125001", "+493023125002"], 2),
}


@pytest.mark.parametrize(("cell", "region", "people", "suppressed"), BOTH.values(), ids=BOTH)
def test_whatever_number_a_suppressed_cell_may_mean_is_not_called(
    cell: str, region: str | None, people: list[str], suppressed: int, tmp_path: Path
) -> None:
    path = tmp_path / "never.csv"
    path.write_text(f"name,phone\nX,{cell}\n")
    main = "phone\n" + "\n".join([*people, "+12025550177"]) + "\n"
    report = preflight(main.encode(), region=region, suppress=str(path)).report
    assert {found.code: found.count for found in report.findings} == {"D003": suppressed}


@pytest.mark.parametrize(
    ("cell", "stranger"),
    [
        ("202-555-0143 ext 12 / 303-555-0101", "+12025550112"),
        ("202-555-0143 Ann, 12 Main Street", "+12025550112"),
        ("+49 (30) 231256 / +49 (89) 123456", "+4930231289"),
        ("030/231256 oder 089/123456", "+4930123456"),
        ("+44 20 7946 0958 / 202-555-0101", "+442025550101"),
    ],
)
def test_other_digits_in_a_suppressed_cell_do_not_end_a_number(cell: str, stranger: str, tmp_path: Path) -> None:
    path = tmp_path / "never.csv"
    path.write_text(f'name,phone\nX,"{cell}"\n')
    region = "DE" if stranger.startswith("+49") else "US"
    report = preflight(f"phone\n{stranger}\n".encode(), region=region, accept="possible", suppress=str(path)).report
    assert [found.code for found in report.findings if found.code.startswith("D")] == []


def test_no_half_of_a_long_cell_is_copied_in_vain() -> None:
    found = numbers_in("202 555 0143 " * 1000)
    assert {"202 555 0143", "202 555 0143 202"} <= set(found)
    assert max(map(len, found)) < 30


def test_an_allow_list_allows_no_number_that_is_only_perhaps_meant(tmp_path: Path) -> None:
    path = tmp_path / "only.csv"
    path.write_text("phone\n+4915123456799\n+4915123456798\n49 1512 3456780\n")
    main = b"phone\n+4915123456780\n+4915123456799\n"
    assert preflight(main, region="DE", only=str(path)).clean["phone"].tolist() == ["+4915123456799"]


def test_a_list_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "never.csv"
    path.write_text("phone\n+12025550101\nasked\n")
    report = preflight(LIST.encode(), region="US", suppress=[path, str(path)]).report
    assert next(found.count for found in report.findings if found.code == "D004") == 1


def test_a_list_has_its_own_region_column(tmp_path: Path) -> None:
    path = tmp_path / "never.csv"
    path.write_text("phone,cc\n202-555-0101,United States\n202 555 0102,\n")
    main = b"Name,phone,cc\nAnn,202 555 0101,US\nBob,+12025550102,\n"
    report = preflight(main, region_column="cc", suppress=path).report
    assert [found.code for found in report.findings if found.code[0] == "D"] == ["D003", "D004"]
    assert preflight(main, region_column="cc", region="US", suppress=path).report.rows.rejected == 2


def test_a_list_that_is_not_there_is_an_oserror(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        preflight(LIST.encode(), region="US", existing=str(tmp_path / "no.csv"))


@pytest.mark.parametrize("expected", [0, 100_000])
@pytest.mark.parametrize("spread", [1_000, 60_000, 10**9], ids=lambda spread: f"{spread} different")
def test_the_number_table_is_a_dict(spread: int, expected: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("csv_preflight.model.number_table.LARGE", 1 << 14)
    rng = random.Random(spread + expected)
    table, known = NumberTable(expected), dict[int, tuple[int, int]]()
    line = 1
    for _ in range(12):
        count = rng.randrange(1, 9_000)
        numbers = [12_000_000_000 + rng.randrange(spread) for _ in range(count)]
        marks = [rng.randrange(1 << 16) for _ in numbers]
        lines = list(range(line, line + count))
        line += count
        for entry in zip(numbers, lines, marks, strict=True):
            known.setdefault(entry[0], entry[1:])
        found_lines, found_marks = table.meet(np.array(numbers), np.array(lines), np.array(marks, np.uint16))
        assert list(zip(found_lines.tolist(), found_marks.tolist(), strict=True)) == [known[n] for n in numbers]
    assert len(table) == len(known)
    everything = np.array([*known, 5, 6])
    assert table.lines(everything).tolist() == [line for line, _ in known.values()] + [0, 0]
    assert table.marks(everything).tolist() == [mark for _, mark in known.values()] + [0, 0]


def test_nobody_but_those_on_the_allow_list_is_called(tmp_path: Path) -> None:
    path = tmp_path / "allowed.csv"
    path.write_text("phone\n+12025550102\n+12025550199\n")
    result = preflight(LIST.encode(), region="US", only=path, suppress=["+12025550103"])
    assert result.clean.index.tolist() == [3]
    codes = dict(zip(result.rejects["preflight_line"], result.rejects["preflight_code"], strict=True))
    assert codes == {2: "D006", 4: "D006", 5: "D006", 6: "D001", 7: "D003"}


def test_an_allow_list_of_nobody_lets_nobody_pass() -> None:
    assert not len(preflight(LIST.encode(), region="US", only=["+12025550199"]).clean)
