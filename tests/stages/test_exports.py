"""Exports of Outlook and Google Contacts: their phone columns are recognized, and one command names them in order."""

from __future__ import annotations

import io
import shlex

import pytest

from csv_preflight import inspect, preflight
from csv_preflight.stages.columns import phones_in_order

CELLS = ["(202) 555-0101", "(202) 555-0102", "(202) 555-0103", "(202) 555-0104"]

# The columns of a list with a number in each, and those that are to be called, in order; none where it is no export.
HEADERS = {
    "Outlook": (
        ["Assistant's Phone", "Business Phone", "Home Phone", "Mobile Phone"],
        ["Mobile Phone", "Home Phone", "Business Phone"],
    ),
    "Outlook, in capitals": (["BUSINESS PHONE", "MOBILE PHONE"], ["MOBILE PHONE", "BUSINESS PHONE"]),
    "Outlook, with a fax": (["Business Fax", "Business Phone", "Primary Phone"], ["Primary Phone", "Business Phone"]),
    "Outlook in German": (
        ["Telefon geschäftlich", "Telefon (privat)", "Mobiltelefon", "Fax privat"],
        ["Mobiltelefon", "Telefon (privat)", "Telefon geschäftlich"],
    ),
    "Outlook in German, older": (
        ["Telefon Firma", "Telefon privat", "Mobiltelefon"],
        ["Mobiltelefon", "Telefon privat"],
    ),
    "Outlook in French": (["Téléphone (bureau)", "Tél. mobile"], ["Tél. mobile", "Téléphone (bureau)"]),
    "Google": (
        ["Phone 2 - Value", "Phone 10 - Value", "Phone 1 - Value"],
        ["Phone 1 - Value", "Phone 2 - Value", "Phone 10 - Value"],
    ),
    "two of Outlook's names and another one": (["Mobile Phone", "Home Phone", "Emergency phone"], []),
    "names of two languages": (["Mobiltelefon", "Business Phone"], []),
    "other names": (["mobile", "phone"], []),
    "only the assistant's": (["Assistant's Phone", "Callback phone"], []),
}


def exported(names: list[str]) -> bytes:
    return f"First Name,{','.join(names)}\nAnn,{','.join(CELLS[: len(names)])}\n".encode()


@pytest.mark.parametrize(("names", "ordered"), HEADERS.values(), ids=HEADERS.keys())
def test_the_columns_of_an_export_are_put_in_order(names, ordered) -> None:
    report = preflight(exported(names), region="US").report
    found = next(found for found in report.findings if found.code == "C001")
    assert found.samples[0].parameters["in_order"] == ordered
    assert set(found.samples[0].parameters["candidates"]) <= set(names)


@pytest.mark.parametrize(("names", "ordered"), [case for case in HEADERS.values() if case[1]])
def test_inspect_suggests_one_command_with_all_of_them(names, ordered) -> None:
    found = inspect(io.BytesIO(exported(names)))
    words = shlex.split(found.suggested_command)
    assert [words[place + 1] for place, word in enumerate(words) if word == "--phone-column"] == ordered
    assert found.input.phone_columns == tuple(ordered)
    result = preflight(exported(names), phone_column=ordered, region="US")
    assert result.ready
    assert result.clean[result.phone_column].tolist() == [f"+1202555010{names.index(ordered[0]) + 1}"]


def test_columns_without_a_number_are_not_suggested() -> None:
    data = b"Mobile Phone,Home Phone,Business Phone\n(202) 555-0101,,\n,,202-555-0102\n"
    assert inspect(io.BytesIO(data)).suggested_command.count("--phone-column") == 2


def test_the_numbers_of_all_columns_count_for_the_country() -> None:
    rows = [f",(202) 555-01{number}" for number in range(11, 30)] + ["(202) 555-0130,"]
    found = inspect(io.BytesIO("\n".join(["Mobile Phone,Business Phone", *rows]).encode()))
    assert found.suggested_region == "US"
    again = inspect(io.BytesIO("\n".join(["Mobile Phone,Business Phone", *rows]).encode()), region="US")
    assert again.callable_share == 1.0


def test_a_column_of_another_kind_makes_no_export() -> None:
    assert phones_in_order(["Phone 1 - Value", "phone"], [0, 1]) == ()


@pytest.mark.parametrize(
    "cell", ["+12025550101 ::: +12025550102", "202-555-0101 ::: 202-555-0102", "555 0101 ::: 555 0102"]
)
def test_numbers_that_google_joins_are_several(cell) -> None:
    report = preflight(f"phone,name\n{cell},Ann\n".encode(), region="US", phone_column="phone").report
    assert "P009" in {found.code for found in report.findings}


def test_each_number_that_google_joins_can_be_suppressed(tmp_path) -> None:
    path = tmp_path / "never.csv"
    path.write_bytes(b"phone\n+12025550101 ::: +12025550102\n")
    result = preflight(b"phone,name\n+12025550101,Ann\n+12025550102,Bob\n+12025550103,Cid\n", suppress=path)
    assert result.clean["phone"].tolist() == ["+12025550103"]


GOOGLE = "Name,Phone 1 - {0},Phone 1 - Value,Phone 2 - {0},Phone 2 - Value\n"
GOOGLE_PHONES = ("Phone 1 - Value", "Phone 2 - Value")


@pytest.mark.parametrize("kind", ["Label", "Type"])
@pytest.mark.parametrize("keep_headers", [False, True], ids=["renamed", "headers kept"])
def test_a_number_that_google_labels_as_a_fax_is_not_called(kind, keep_headers) -> None:
    rows = [
        "Ann,Work Fax,(202) 555-0101,Mobile,(202) 555-0102",
        "Bob,* Home Fax,(202) 555-0103,,",
        "Cid,Mobile,(202) 555-0104,Work Fax,(202) 555-0105",
        "Dan,Pager,,Home,202-555-0106",
    ]
    data = (GOOGLE.format(kind) + "\n".join(rows)).encode()
    options = {"phone_column": GOOGLE_PHONES, "region": "US", "keep_headers": keep_headers, "max_rejects": "50%"}
    result = preflight(data, **options)
    assert result.clean[result.phone_column].tolist() == ["+12025550102", "+12025550104", "+12025550106"]
    assert result.rejects["preflight_code"].tolist() == ["P002"]
    assert result.rejects["preflight_reason"].tolist() == ["not a phone number: it is marked as a fax or pager"]
    again = preflight(result.upload_file()[1], **options)
    assert not again.report.findings
    assert again.upload_file()[1] == result.upload_file()[1]


def test_a_fax_of_a_suppression_list_counts(tmp_path) -> None:
    path = tmp_path / "never.csv"
    path.write_bytes((GOOGLE.format("Label") + "Ann,Work Fax,(202) 555-0101,Mobile,(202) 555-0102\n").encode())
    data = b"phone,name\n+12025550101,Ann\n+12025550102,Bob\n+12025550103,Cid\n"
    result = preflight(data, suppress=path, region="US")
    assert result.clean["phone"].tolist() == ["+12025550103"]
    assert {found.code for found in result.report.findings} == {"D003"}
