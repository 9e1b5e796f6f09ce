"""Several phone columns: the first that holds a number that can be called counts, and no other person is called."""

from __future__ import annotations

import csv
import io
import random

import pytest

from csv_preflight import preflight
from csv_preflight.errors import SettingsError
from csv_preflight.model.profile import Profile
from csv_preflight.result import Result

A, B, C = "+12025550101", "+12025550102", "+12025550103"
MOBILE_GB, FIXED_GB = "+447400123456", "+442079460958"
BOTH = ("Mobile", "Home")


def listed(rows: list[tuple[str, ...]], header: str = "Mobile,Home") -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return text.getvalue().encode()


def codes(result: Result) -> dict[str, int]:
    return {found.code: found.count for found in result.report.findings}


# Mobile, Home, options -> the number that is called ("" for none), codes.
ROWS = {
    "noop, both are numbers": (A, B, {}, A, {}),
    "noop, the second is empty": (A, "", {}, A, {}),
    "noop, the second is no number": (A, "see notes", {}, A, {}),
    "the first is formatted": ("(202) 555-0101", B, {"region": "US"}, A, {"P101": 1}),
    "the first is empty": ("", B, {}, B, {"P106": 1}),
    "the first is blank": ("  ", B, {}, B, {"P106": 1}),
    "the first says that there is none": ("n/a", B, {}, B, {"P106": 1}),
    "both are empty": ("", "", {}, "", {"P001": 1}),
    "both say that there is none": ("none", "-", {}, "", {"P001": 1}),
    "the first is too short": ("202-555-01", B, {"region": "US"}, B, {"P106": 1}),
    "the first has no country": ("202-555-0101", B, {}, B, {"P106": 1}),
    "the first is damaged": ("1.20255E+10", B, {}, B, {"P106": 1}),
    "the first holds two numbers": (f"{A} / {C}", B, {}, B, {"P106": 1}),
    "the first holds Google's several numbers": (f"{A} ::: {C}", B, {}, B, {"P106": 1}),
    "the first is a fax": (f"fax {A}", B, {}, B, {"P106": 1}),
    "the first is of another line type": (FIXED_GB, MOBILE_GB, {"line_types": "mobile"}, MOBILE_GB, {"P106": 1}),
    "the first is of another country": (FIXED_GB, A, {"countries": "US"}, A, {"P106": 1}),
    "the first is ambiguous": ("6582345678", B, {"region": "US"}, B, {"P106": 1}),
    "none can be called, and the first says why": ("202-555-01", "1.20255E+10", {"region": "US"}, "", {"P005": 1}),
    "none can be called, and the first is empty": ("", "1.20255E+10", {"region": "US"}, "", {"P008": 1}),
    "the second has a label": ("", "202-555-0102 (home)", {"region": "US"}, B, {"P106": 1, "P107": 1}),
    "the second has an extension": ("", "202-555-0102 ext. 12", {"region": "US"}, B, {"P105": 1, "P106": 1}),
    "the first says that nobody must call": ("Do not call!", B, {}, "", {"P002": 1}),
    "the first says so beside a number": (f"{A} do not call", B, {}, "", {"P010": 1}),
}


def with_another(mobile: str, home: str, options: dict[str, object]) -> bytes:
    """A list of two people, the second of whom can be called whatever the options are."""
    other = "+447400123457" if "line_types" in options else "+12025550199"
    return listed([(mobile, home, "Ann"), (other, "", "Bob")], "Mobile,Home,name")


@pytest.mark.parametrize(("mobile", "home", "options", "number", "found"), ROWS.values(), ids=ROWS.keys())
def test_the_first_number_that_can_be_called_counts(mobile, home, options, number, found) -> None:
    result = preflight(with_another(mobile, home, options), phone_column=BOTH, **options)
    assert codes(result) == found
    assert result.clean["Mobile"].tolist()[:-1] == [number] * bool(number)
    assert result.clean["Home"].tolist()[:-1] == [home] * bool(number)


@pytest.mark.parametrize(("mobile", "home", "options", "number", "found"), ROWS.values(), ids=ROWS.keys())
def test_what_is_clean_stays_as_it_is(mobile, home, options, number, found) -> None:
    first = preflight(with_another(mobile, home, options), phone_column=BOTH, **options)
    again = preflight(first.upload_file()[1], phone_column=BOTH, **options)
    assert not codes(again)
    assert again.upload_file()[1] == first.upload_file()[1]


def test_what_is_said_of_a_number_of_another_column() -> None:
    rows = [("", "", C), ("fax 202-555-0101", "", "(202) 555-0102")]
    result = preflight(listed(rows, "Mobile,Home,Work"), phone_column=["Mobile", "Home", "Work"], region="US")
    found = next(found for found in result.report.findings if found.code == "P106")
    assert [(one.line, one.column, one.field, one.value) for one in found.samples] == [
        (2, "Mobile", 1, ""),
        (3, "Mobile", 1, "••••••••••••••01"),
    ]
    assert [one.parameters for one in found.samples] == [
        {"used": "Work", "why": "empty"},
        {"used": "Work", "why": "rejected", "rule": "P010", "title": "letters in the number"},
    ]
    assert result.report.input.phone_column == "Mobile"
    assert result.report.input.phone_columns == ("Mobile", "Home", "Work")
    assert result.report.names_to_send.phone_column == "Mobile"
    assert result.clean["Work"].tolist() == [C, "(202) 555-0102"]


# Options, further columns as (header, first row, second row), and what is called.
WITH = {
    "region column": ({"region_column": "Land"}, ("Land", "US", "GB"), ["+12025550102", "+442079460958"]),
    "extension column": ({"region": "US", "extension_column": "ext"}, None, ["+12025550102", "+12025550104"]),
    "time zone": ({"region": "US", "add_timezone": "zone"}, None, ["+12025550102", "+12025550104"]),
    "no plus": ({"region": "US", "no_plus": True}, None, ["12025550102", "12025550104"]),
    "keep last": ({"region": "US", "keep": "last"}, None, ["+12025550102", "+12025550104"]),
}


@pytest.mark.parametrize(("options", "column", "numbers"), WITH.values(), ids=WITH.keys())
def test_several_columns_go_with_other_options(options, column, numbers) -> None:
    header = "Mobile,Home" + (f",{column[0]}" if column else "")
    second = "020 7946 0958" if column else "202-555-0104"
    rows = [("", "202-555-0102 x7", *column[1:2]), ("n/a", second, *column[2:3])] if column else []
    rows = rows or [("", "202-555-0102 x7"), ("n/a", second)]
    result = preflight(listed(rows, header), phone_column=BOTH, **options)
    assert result.clean["Mobile"].tolist() == numbers
    assert result.clean["Home"].tolist() == [rows[0][1], rows[1][1]]
    if "extension_column" in options:
        assert result.clean["ext"].tolist() == ["7", ""]
    if "add_timezone" in options:
        assert result.clean["zone"].tolist() == ["America/New_York"] * 2
    again = preflight(result.upload_file()[1], phone_column=BOTH, **options)
    assert not codes(again)
    assert again.upload_file()[1] == result.upload_file()[1]


def test_duplicates_are_told_by_the_number_that_is_used() -> None:
    rows = [(A, B), ("", A), (C, A), ("", B)]
    result = preflight(listed(rows), phone_column=BOTH)
    assert result.clean["Mobile"].tolist() == [A, C, B]
    assert codes(result) == {"P106": 1, "D001": 1}
    last = preflight(listed(rows), phone_column=BOTH, keep="last")
    assert last.clean["Mobile"].tolist() == [A, C, B]
    assert last.clean.index.tolist() == [3, 4, 5]


# The suppressed numbers, the row, and whether it is called.
SUPPRESSED = {
    "the number that is used": ([A], (A, B), False),
    "the number of the second column": ([B], (A, B), False),
    "the first, which cannot be called": ([FIXED_GB], (FIXED_GB, MOBILE_GB), False),
    "one of two in the first": ([C], (f"{C} / {A}", MOBILE_GB), False),
    "a number among words": ([C], (f"{C} (ask for Ann)", MOBILE_GB), False),
    "as digits that have lost their plus": ([C], ("12025550103", MOBILE_GB), False),
    "nobody of the row": ([C], (A, B), True),
}


@pytest.mark.parametrize(("suppress", "row", "called"), SUPPRESSED.values(), ids=SUPPRESSED.keys())
def test_a_person_who_is_suppressed_is_not_called_by_another_number(suppress, row, called) -> None:
    options = {"line_types": "mobile"} if MOBILE_GB in row else {}
    rows = [row, ("+447400123457", "")]
    result = preflight(listed(rows), phone_column=BOTH, suppress=suppress, **options)
    assert ("D003" in codes(result)) is not called
    assert len(result.clean) == 1 + called


# The row, options -> the code and the column that it names, with the end of its cell.
NAMED = {
    "the number that is used": ((A, B), {"suppress": [A]}, ("D003", "Mobile", 1, "01")),
    "the other number": ((A, B), {"suppress": [B]}, ("D003", "Home", 2, "02")),
    "the number that is used, from the second": (("", B), {"suppress": [B]}, ("D003", "Home", 2, "02")),
    "in the audience": (("", B), {"existing": [B]}, ("D002", "Home", 2, "02")),
    "not on the allow list": (("none", B), {"only": [A]}, ("D006", "Home", 2, "02")),
    "a repeat": (("", C), {}, ("D001", "Home", 2, "03")),
    "a repeat in the first": ((C, ""), {}, ("D001", "Mobile", 1, "03")),
    "opted out elsewhere": ((A, B, "no"), {"opt_out_column": "optout"}, ("D005", "Home", 2, "02")),
}


@pytest.mark.parametrize(("row", "options", "found"), NAMED.values(), ids=NAMED.keys())
def test_what_is_found_of_a_number_names_its_own_column(row, options, found) -> None:
    header = "Mobile,Home,optout" if "opt_out_column" in options else "Mobile,Home"
    rows = [(C, "", *row[2:]), row, *([("", B, "yes")] if row[2:] else [])]
    result = preflight(listed(rows, header), phone_column=BOTH, **options)
    (sample,) = [
        one for rule in result.report.findings for one in rule.samples if rule.code == found[0] and one.line == 3
    ]
    assert (found[0], sample.column, sample.field, sample.value[-2:]) == found


def test_whoever_has_opted_out_is_not_called_by_another_number() -> None:
    rows = [(A, B, "yes"), (C, A, "no"), (B, "", "no"), ("+12025550104", "", "no")]
    result = preflight(listed(rows, "Mobile,Home,optout"), phone_column=BOTH, opt_out_column="optout")
    assert codes(result) == {"D005": 3}
    assert result.clean["Mobile"].tolist() == ["+12025550104"]


@pytest.mark.parametrize("kind", ["existing", "only", "suppress"])
def test_the_columns_of_another_list(kind, tmp_path) -> None:
    path = tmp_path / "other.csv"
    path.write_bytes(listed([("", A), (B, C)]))
    result = preflight(listed([(A, ""), (B, ""), (C, ""), ("+12025550104", "")]), phone_column=BOTH, **{kind: path})
    called = {"existing": [C, "+12025550104"], "only": [A, B], "suppress": ["+12025550104"]}
    assert result.clean["Mobile"].tolist() == called[kind]


def test_a_column_that_is_missing_among_several_stops_the_list() -> None:
    result = preflight(listed([(A, B)]), phone_column=["Mobile", "Hom", "Work"])
    found = next(found for found in result.report.findings if found.code == "C001")
    assert [one.parameters["wanted"] for one in found.samples] == ["Hom", "Work"]


@pytest.mark.parametrize("wrong", [["Mobile", "Mobile"], [], ["Mobile", ""], 5, [5]], ids=repr)
def test_names_that_are_no_columns_are_refused(wrong) -> None:
    with pytest.raises(SettingsError, match="phone-column"):
        preflight(listed([(A, B)]), phone_column=wrong)


# Header, phone columns, profile -> header of the clean file.
NAMES = {
    "names that are taken": ("Mobile,Home", BOTH, "smallest-atoms", ["Mobile", "Home"]),
    "names with spaces": ("Mobile Phone,Home Phone", ("Mobile Phone", "Home Phone"), "smallest-atoms", None),
    "names of no letter that is taken": ("携帯,自宅", ("携帯", "自宅"), "smallest-atoms", ["phone", "phone_2"]),
    "names of which one is taken": ("携帯,phone", ("携帯", "phone"), "smallest-atoms", ["phone_2", "phone"]),
    "names of which two are taken": ("携帯,自宅,phone_2,phone", ("携帯", "自宅"), "smallest-atoms", None),
    "in another order": ("Home,Mobile", BOTH, "smallest-atoms", ["Home", "Mobile"]),
}


@pytest.mark.parametrize(("header", "named", "profile", "sent"), NAMES.values(), ids=NAMES.keys())
def test_the_columns_are_found_again_in_the_clean_file(header, named, profile, sent) -> None:
    rows = [(A, B), ("", C)] if header.split(",")[0] == named[0] else [(B, A), (C, "")]
    rows = [(*row, "x", "y") if "phone_2" in header else row for row in rows]
    options = {"phone_column": named, "profile": profile}
    first = preflight(listed(rows, header), **options)
    assert sent is None or list(first.clean.columns) == sent
    assert first.clean[first.phone_column].tolist() == [A, C]
    again = preflight(first.upload_file()[1], **options)
    assert not codes(again)
    assert again.upload_file()[1] == first.upload_file()[1]


def test_many_rows_are_the_same_as_each_by_itself() -> None:
    cells = ["", "n/a", A, "202-555-0102", "202-555-01", "6582345678", f"{A} / {B}", "DNC", FIXED_GB, "020 7946 0958"]
    randomness = random.Random(7)
    rows = [(*(randomness.choice(cells) for _ in range(3)), "Ann") for _ in range(60)]
    options = {"phone_column": ["a", "b", "c"], "region": "US", "countries": "US"}
    result = preflight(listed(rows, "a,b,c,name"), **options)
    rejected = dict(zip(result.rejects["preflight_line"], result.rejects["preflight_code"], strict=True))
    numbers = dict(zip(result.clean.index, result.clean["a"], strict=True))
    for line, row in enumerate(rows, start=2):
        alone = preflight(listed([row], "a,b,c,name"), **options)
        if line in numbers or rejected[line] == "D001":
            assert alone.clean["a"].tolist() == [numbers.get(line, alone.clean["a"].iloc[0])]
        else:
            assert alone.rejects["preflight_code"].tolist() == [rejected[line]]
    assert len(set(numbers.values())) == len(numbers)


def test_a_column_that_is_renamed_is_found_again() -> None:
    options = {"phone_column": BOTH, "rename": ["Mobile=number", "Home=other"]}
    first = preflight(listed([("", A), (B, C)]), **options)
    assert first.clean.to_dict("list") == {"number": [A, B], "other": [A, C]}
    again = preflight(first.upload_file()[1], **options)
    assert not codes(again)
    assert again.upload_file()[1] == first.upload_file()[1]


def test_a_column_that_the_destination_refuses_is_not_missed_in_the_clean_file() -> None:
    profile = Profile("mine", phone_column="number", allowed=("number", "name"))
    options = {"phone_column": BOTH, "profile": profile}
    first = preflight(listed([("", A, "Ann"), (B, C, "Bob")], "Mobile,Home,name"), **options)
    assert first.clean.to_dict("list") == {"number": [A, B], "name": ["Ann", "Bob"]}
    again = preflight(first.upload_file()[1], **options)
    assert not codes(again)
    missing = preflight(b"Mobile,name\n202-555-0101,Ann\n", **options)
    assert "C001" in codes(missing)


@pytest.mark.parametrize("column", ["Home", "Land"])
def test_columns_that_are_not_needed_any_more_are_not_missed(column) -> None:
    profile = Profile("mine", phone_column="number", allowed=("number",))
    options = {"phone_column": BOTH if column == "Home" else "Mobile", "profile": profile, "region": "US"}
    if column == "Land":
        options["region_column"] = "Land"
    first = preflight(f"Mobile,{column}\n202-555-0101,\n".encode(), **options)
    again = preflight(first.upload_file()[1], **options)
    assert not codes(again)
