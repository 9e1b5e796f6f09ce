"""Rows in which the list itself says that the person must not be called."""

from __future__ import annotations

import pytest

from csv_preflight import preflight

LIST = """\
Name,phone,{header}
Ann,+12025550101,{cell}
Bob,+12025550102,
"""


def codes(result) -> dict[str, int]:
    return {found.code: found.count for found in result.report.findings}


@pytest.mark.parametrize(
    ("header", "cell", "rejected"),
    [
        ("do_not_call", "Yes", True),
        ("do_not_call", "no", False),
        ("unsubscribed_at", "2024-05-01", True),
        ("voice_consent", "false", True),
        ("voice_consent", "true", False),
        ("status", "unsubscribed", True),
        ("status", "active", False),
        ("Einwilligung", "Nein", True),
        ("flag7", "x", True),
    ],
)
def test_the_named_column_decides(header: str, cell: str, *, rejected: bool) -> None:
    result = preflight(LIST.format(header=header, cell=cell).encode(), opt_out_column=header)
    assert result.clean["Name"].tolist() == ["Bob"] if rejected else ["Ann", "Bob"]
    assert codes(result).get("D005", 0) == rejected
    assert "C011" not in codes(result)


@pytest.mark.parametrize(
    ("header", "cell", "count"),
    [
        ("do_not_call", "Yes", 1),
        ("do_not_call", "no", 0),
        ("consent", "no", 1),
        ("consent", "", 0),
        ("status", "unsubscribed", 1),
        ("status", "yes", 0),
        ("email_opt_out", "yes", 0),
        ("consent_source", "no", 0),
        ("State", "NO", 0),
        ("city", "Do not call", 0),
    ],
)
def test_a_column_that_nobody_named_is_told(header: str, cell: str, count: int) -> None:
    result = preflight(LIST.format(header=header, cell=cell).encode())
    assert codes(result).get("C011", 0) == count
    assert result.ready
    if count:
        (found,) = [found for found in result.report.findings if found.code == "C011"]
        assert header in found.samples[0].detail
        assert "--opt-out-column" in found.samples[0].detail


def test_rows_that_are_rejected_for_other_reasons_are_not_counted() -> None:
    data = b"phone,do_not_call\n+12025550101,yes\n+12025550101,yes\n12,yes\n"
    assert codes(preflight(data))["C011"] == 1


def test_what_is_neither_yes_nor_no_is_rejected_and_masked() -> None:
    result = preflight(LIST.format(header="opted_out", cell="ask Miriam").encode(), opt_out_column="opted_out")
    (reason,) = result.rejects["preflight_reason"]
    assert reason == "'opted_out' says ••••••••am, which is neither yes nor no"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["before", "after"])
def test_a_number_that_has_opted_out_is_not_called_for_another_row(order: tuple[int, int]) -> None:
    rows = ["Ann,202-555-0101,yes\n", "Anna,+1 202 555 0101,\n"]
    data = "Name,phone,dnc\n" + "".join(rows[place] for place in order) + "Bob,+12025550102,\n"
    for keep in ("first", "last"):
        result = preflight(data.encode(), region="US", opt_out_column="dnc", keep=keep)
        assert result.clean["Name"].tolist() == ["Bob"]
        assert codes(result)["D005"] == 2


@pytest.mark.parametrize(
    ("out", "other"),
    [
        pytest.param("202-555-0143 / 202-555-0144", "202-555-0144", id="the second of two numbers"),
        pytest.param("442079460123", "+44 20 7946 0123", id="digits that have lost a plus sign"),
        pytest.param("202-555-0143 or 202-555-0145", "+12025550145", id="two numbers with a word between"),
        pytest.param("202-555-0143/44/45", "+12025550145", id="the last digits of a third"),
    ],
)
def test_all_numbers_that_an_opted_out_row_may_mean_are_not_called(out: str, other: str) -> None:
    text = f"Name,phone,do_not_call\nAnn,{out},yes\nBob,{other},no\nCid,202-555-0199,no\n"
    result = preflight(text.encode(), region="US", phone_column="phone", opt_out_column="do_not_call")
    assert result.clean["Name"].tolist() == ["Cid"]
    assert result.rejects["preflight_code"].tolist() == ["D005", "D005"]


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({}, id="no region"),
        pytest.param({"region": "DE"}, id="another region"),
        pytest.param({"region": "DE", "region_column": "Country"}, id="the column is named"),
    ],
)
def test_the_country_of_an_opted_out_row_counts_although_its_column_is_not_named(settings: dict[str, str]) -> None:
    rows = "Ann,0664 112650,Austria,yes\nBob,+43 664 112650,Austria,no\nCid,+49 30 23125001,Germany,no\n"
    result = preflight(f"Name,phone,Country,dnc\n{rows}".encode(), opt_out_column="dnc", **settings)
    assert result.clean["Name"].tolist() == ["Cid"]
    assert result.rejects["preflight_code"].tolist() == ["D005", "D005"]


def test_several_columns_are_named() -> None:
    data = b"Name,phone,dnc,status\nA,+12025550101,1,\nB,+12025550102,0,unsubscribed\nC,+12025550103,0,new\n"
    assert codes(preflight(data, opt_out_column="dnc"))["C011"] == 1
    result = preflight(data, opt_out_column=["dnc", "status"])
    assert result.clean["Name"].tolist() == ["C"]
    assert preflight(result.clean, opt_out_column=["dnc", "status"]).report.untouched


def test_a_column_that_is_not_there_stops() -> None:
    result = preflight(LIST.format(header="Do Not Call", cell="yes").encode(), opt_out_column="do_not_ring")
    assert codes(result) == {"C012": 1}


WRONG = {
    "the phone column": ("phone", {}, "it is a phone column"),
    "the identifier column": ("Name", {"identifier_column": "Name"}, "it is the identifier column"),
    "the country column": ("Land", {"region_column": "Land"}, "it is the country column"),
    "names": ("Name", {}, "6 of its 6 different values are neither yes nor no"),
}


@pytest.mark.parametrize(("column", "options", "words"), WRONG.values(), ids=WRONG)
def test_a_column_that_says_nothing_of_it_stops(column: str, options: dict[str, str], words: str) -> None:
    rows = [f"Ann {'abcdef'[place]},+1202555010{place},US" for place in range(6)]
    result = preflight("\n".join(["Name,phone,Land", *rows, ""]).encode(), opt_out_column=column, **options)
    (found,) = (found for found in result.report.findings if found.code == "C014")
    assert words in found.samples[0].detail
    assert not result.ready


def test_a_column_whose_name_asks_is_one_of_opt_outs_whatever_it_holds() -> None:
    rows = [f"+1202555010{place},maybe {place}" for place in range(6)]
    result = preflight("\n".join(["phone,do_not_call", *rows]).encode(), opt_out_column="do_not_call")
    assert codes(result)["D005"] == 6
    assert "C014" not in codes(result)
