"""What is called ready is accepted by the service, and what the service refuses is caught by `check` before."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import phonenumbers
import pytest
from hypothesis import HealthCheck, given, settings
from smallestai.core.api_error import ApiError

from csv_preflight import clean_file, preflight
from csv_preflight.api import check_file
from csv_preflight.config.settings import build_settings
from csv_preflight.upload.connection import connected
from tests.promises.test_properties import lists
from tests.samples import ROOT, Sample, all_samples
from tests.service.accepting import assert_accepted, is_for_the_service
from tests.service.rules import MOST_MEMBERS, REFUSALS, RefusedError, members
from tests.service.server import KEY, Service
from tests.upload.contacts import CONTACTS, expected_members


@cache
def fictional_numbers() -> tuple[str, ...]:
    """The numbers that are kept for fiction, 555-0100 to 555-0199, of each area code in use."""
    areas = [area for area in range(200, 1000) if phonenumbers.is_valid_number(phonenumbers.parse(f"+1{area}5550100"))]
    return tuple(f"+1{area}55501{last:02d}" for area in areas for last in range(100))


def many(rows: int, note: str = "") -> bytes:
    """A list of so many different people."""
    lines = [f"{number},{note}\n" for number in fictional_numbers()[:rows]]
    assert len(lines) == rows
    return "".join(["phone,note\n", *lines]).encode()


@dataclass(frozen=True)
class Refused:
    """A file that the service refuses: what for, and the rule that finds it before."""

    kind: str
    code: str
    data: bytes | Callable[[], bytes]
    phone: str = "phone"
    identifier: str | None = None

    @property
    def content(self) -> bytes:
        return self.data() if callable(self.data) else self.data


REFUSED = [
    Refused("no file", "F004", b""),
    Refused("too large", "L002", lambda: many(9_000, "x" * 600)),
    Refused("not UTF-8", "F101", "phone,Name\n+12025550101,José Müller\n".encode("latin-1")),
    Refused("binary", "F101", "phone,Name\n+12025550101,Ann\n".encode("utf-16")),
    Refused("binary", "F001", gzip.compress(b"phone\n+12025550101\n" * 9, mtime=0)),
    Refused("binary", "R005", b"phone,Name\n+12025550101,A\0nn\n+12025550102,Bob\n"),
    Refused("broken quoting", "R003", b'phone,Name\n+12025550101,"Ann" Lee\n+12025550102,Bob\n'),
    Refused("broken quoting", "R004", b'phone,Name\n+12025550101,"Ann\n+12025550102,Bob\n'),
    Refused("broken quoting", "R007", lambda: many(1, "x" * 140_000)),
    Refused("no rows", "F004", b"phone,Name\n"),
    Refused("column name", "C102", b"phone,First name\n+12025550101,Ann\n"),
    Refused("column name", "C102", "phone,Prénom\n+12025550101,Ann\n".encode()),
    Refused("column name", "C102", b"phone,\n+12025550101,Ann\n"),
    Refused("column name", "C101", b"phone,Name \n+12025550101,Ann\n"),
    Refused("column name", "F102", b"\xef\xbb\xbfphone,Name\n+12025550101,Ann\n"),
    Refused("column name", "F103", b"phone;Name\n+12025550101;Ann\n"),
    Refused("column name", "F105", b"sep=,\nphone,Name\n+12025550101,Ann\n"),
    Refused("column name", "C004", b"+12025550101,Ann\n+12025550102,Bob\n"),
    Refused("column name", "F005", b"<html><body><table><tr><td>phone</td></tr></table></body></html>\n<p>\n"),
    Refused("column twice", "C003", b"phone,Name,Name\n+12025550101,Ann,Lee\n"),
    Refused("no such column", "C001", b"mobile,Name\n+12025550101,Ann\n"),
    Refused("no such column", "C001", b"Phone,Name\n+12025550101,Ann\n", phone="phone number"),
    Refused("no such column", "C002", b"phone,Name\n+12025550101,Ann\n", identifier="Id"),
    Refused("ragged row", "R001", b"phone,Name\n+12025550101\n+12025550102,Bob\n"),
    Refused("ragged row", "R002", b"phone,Name\n+12025550101,Lee,Ann\n+12025550102,Bob\n"),
    Refused("ragged row", "R101", b"phone,Name\n+12025550101,Ann\n\n+12025550102,Bob\n"),
    Refused("no country code", "P003", b"phone,Name\n2025550101,Ann\n+12025550102,Bob\n"),
    Refused("no country code", "P001", b"phone,Name\n,Ann\n+12025550102,Bob\n"),
    Refused("no country code", "P002", b"phone,Name\nasked,Ann\n+12025550102,Bob\n"),
    Refused("no country code", "P103", b"phone,Name\n'+12025550101,Ann\n"),
    Refused("no country code", "P104", "phone,Name\n\u200b+12025550101,Ann\n".encode()),
    Refused("punctuation", "P101", b"phone,Name\n+1 (202) 555-0101,Ann\n"),
    Refused("punctuation", "P101", b"phone,Name\n+1.202.555.0101,Ann\n"),
    Refused("too long", "P006", b"phone,Name\n+12025550101123456,Ann\n"),
    Refused("too long", "P006", b"phone,Name\n+4958017432480000,Ann\n"),
    Refused("too long", "P006", b"phone,Name\n+23470018776370000,Ann\n"),
    Refused("duplicates", "D001", b"phone,Name\n+12025550101,Ann\n+12025550101,Bob\n"),
    Refused("too many", "L001", lambda: many(MOST_MEMBERS + 1)),
]
each_refused = pytest.mark.parametrize("refused", REFUSED, ids=lambda refused: f"{refused.kind} {refused.code}")


def test_every_refusal_has_a_row() -> None:
    assert {refused.kind for refused in REFUSED} == set(REFUSALS)


@each_refused
def test_what_the_service_refuses_is_caught_by_check(refused: Refused) -> None:
    data = refused.content
    with pytest.raises(RefusedError) as caught:
        members(data, refused.phone, refused.identifier)
    assert (caught.value.status, caught.value.error) == REFUSALS[refused.kind]
    chosen = build_settings({"phone_column": refused.phone, "identifier_column": refused.identifier})
    report = check_file(io.BytesIO(data), "list.csv", chosen)
    assert not report.ready
    assert refused.code in [found.code for found in report.findings]


@each_refused
def test_what_clean_makes_of_it_is_accepted_if_it_is_ready(refused: Refused) -> None:
    result = preflight(refused.content, phone_column=refused.phone, identifier_column=refused.identifier, split=True)
    assert result.report.rows.read == result.report.rows.clean + result.report.rows.rejected
    if result.ready:
        assert_accepted(result.report, [data for _, data, _ in result.upload_files()])


def test_the_service_says_what_its_description_says(service: Service) -> None:
    kinds = {refused.kind: refused for refused in REFUSED}
    with connected(KEY) as client:
        for refused in kinds.values():
            with pytest.raises(ApiError) as caught:
                client.atoms.audience.create_audience_with_csv_upload(
                    name="x",
                    phone_number_column_name=refused.phone,
                    identifier_column_name=refused.identifier or "Name",
                    file=("list.csv", refused.content, "text/csv"),
                )
            assert caught.value.status_code == REFUSALS[refused.kind][0]
        with pytest.raises(ApiError):
            client.atoms.audience.create_audience_with_csv_upload(name="", phone_number_column_name="phone", file=b"x")
    with connected("sk-other") as client, pytest.raises(ApiError):
        client.atoms.audience.create_audience_with_csv_upload(name="x", phone_number_column_name="phone", file=b"x")
    # The fixture holds each of these against the description.
    assert [status for status, _ in service.answers] == [REFUSALS[kind][0] for kind in kinds] + [400, 401]
    assert all(answer["status"] is False and len(answer["errors"]) == 1 for _, answer in service.answers)
    assert not service.audiences


@pytest.mark.parametrize("sample", all_samples(), ids=lambda sample: sample.code)
def test_every_sample_that_is_ready_is_accepted(
    sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    result = preflight(sample.source, **sample.settings)
    written = clean_file(sample.source, tmp_path / "clean.csv", **sample.settings)
    assert result.ready == written.ready == (sample.expected["clean"] == 0)
    if result.ready and is_for_the_service(result.report):
        assert_accepted(written, [(tmp_path / "clean.csv").read_bytes()])
        assert_accepted(result.report, [data for _, data, _ in result.upload_files()])
    raw = sample.path.read_bytes()
    phone, identifier = result.report.input.phone_column, result.report.input.identifier_column
    if phone and is_for_the_service(result.report):
        try:
            members(raw, phone, identifier)
        except RefusedError:
            with sample.path.open("rb") as file:
                assert not check_file(file, sample.path.name, build_settings(sample.settings)).ready


def test_the_most_that_the_service_takes_is_taken() -> None:
    for data in (many(MOST_MEMBERS), many(8_000, "x" * 610)):
        result = preflight(data)
        assert result.ready
        assert_accepted(result.report, [result.upload_file()[1]])


def test_the_parts_of_what_is_too_much_are_taken() -> None:
    result = preflight(many(10_001, "x" * 600), split=True)
    assert len(result.upload_files()) == 2
    assert_accepted(result.report, [data for _, data, _ in result.upload_files()])


@given(lists())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_generated_list_that_is_ready_is_accepted(data: bytes) -> None:
    for more in ({}, {"identifier_column": "Name"}, {"split": True, "max_rows": 2}):
        result = preflight(data, region="US", **more)
        if result.ready:
            assert_accepted(result.report, [part for _, part, _ in result.upload_files()])


def test_the_sample_list_is_accepted_row_by_row() -> None:
    result = preflight(CONTACTS, region="US")
    assert members(result.upload_file()[1], "Phone_Number", None) == expected_members()
