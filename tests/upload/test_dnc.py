"""The account's do-not-call list: all pages are read, nobody on it is uploaded, and no number of it is printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from csv_preflight.upload import UploadError
from csv_preflight.upload.connection import connected
from csv_preflight.upload.dnc import do_not_call
from tests.service.server import KEY, Handler, Service
from tests.upload.conftest import Command

JUNE = b"Name,phone\nAnn,+12025550101\nBob,+12025550102\nCal,+12025550103\n"


def people(count: int) -> list[str | None]:
    return [f"+1202555{number:04d}" for number in range(100, 100 + count)]


@pytest.fixture
def june(tmp_path: Path) -> Path:
    path = tmp_path / "june.csv"
    path.write_bytes(JUNE)
    return path


@pytest.mark.parametrize(("count", "largest"), [(0, 7), (1, 7), (7, 7), (8, 7), (20, 7), (99, 100)])
def test_every_page_is_read(count: int, largest: int, service: Service) -> None:
    service.largest_page, service.do_not_call = largest, people(count)
    with connected(KEY) as client:
        assert do_not_call(client) == people(count)


def test_nobody_on_it_is_uploaded_and_no_number_is_printed(service: Service, command: Command, june: Path) -> None:
    service.largest_page = 1
    service.do_not_call = ["12025550102", "+1 202-555-0103", "+12025550177"]
    done = command("upload", june, "--name", "June", "--yes", "--suppress-dnc")
    assert done.code == 0
    assert [member["Name"] for member in service.audiences[0].members] == ["Ann"]
    assert "D003" in done.out
    assert "5550177" not in done.out + done.err
    assert "2025550102" not in done.out + done.err


def test_without_the_option_it_is_not_asked_for(
    service: Service, command: Command, june: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unwanted(*_: Any) -> dict[str, Any]:
        raise AssertionError("asked for")

    monkeypatch.setattr(Handler, "_do_not_call", unwanted)
    service.do_not_call = people(3)
    assert command("upload", june, "--name", "June", "--yes").code == 0
    assert len(service.audiences[0].members) == 3


def test_an_empty_one_leaves_out_nobody(service: Service, command: Command, june: Path) -> None:
    assert command("upload", june, "--name", "June", "--yes", "--suppress-dnc").code == 0
    assert len(service.audiences[0].members) == 3


def test_an_entry_that_cannot_be_read_is_told(service: Service, command: Command, june: Path) -> None:
    service.do_not_call = ["+12025550101", "+12025550107", "+12025550108", None]
    done = command("upload", june, "--name", "June", "--yes", "--suppress-dnc")
    assert "no number could be read in 1 of 4 rows of the account's do-not-call list" in done.out
    assert len(service.audiences[0].members) == 2


def test_it_goes_with_other_lists(service: Service, command: Command, june: Path) -> None:
    other = june.with_name("never.txt")
    other.write_bytes(b"+12025550101\n")
    service.do_not_call = ["+12025550103"]
    command("upload", june, "--name", "June", "--yes", "--suppress-dnc", "--suppress", other)
    assert [member["Name"] for member in service.audiences[0].members] == ["Bob"]


FAULTS = {
    "the same page again": ({"page": 1}, "shows the same entries again on page 2"),
    "fewer than it counts": ({"total": 30, "hasMore": False}, "showed 7 entries of 30"),
}


@pytest.mark.parametrize(("changes", "words"), FAULTS.values(), ids=FAULTS)
def test_one_that_is_not_whole_stops_the_upload(
    changes: dict[str, Any], words: str, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.largest_page, service.do_not_call = 7, people(20)
    original = Handler._do_not_call

    def changed(self: Handler, query: Any) -> dict[str, Any]:
        answer = original(self, {**query, "page": ["1"]} if "page" in changes else query)
        return {**answer, "pagination": {**answer["pagination"], **changes}}

    monkeypatch.setattr(Handler, "_do_not_call", changed)
    with connected(KEY) as client, pytest.raises(UploadError) as caught:
        do_not_call(client)
    assert words in str(caught.value)
    assert str(caught.value).endswith("nothing was sent")


def test_one_that_is_refused_stops_the_upload(service: Service, command: Command, june: Path) -> None:
    done = command("upload", june, "--name", "June", "--yes", "--suppress-dnc", "--api-key-file", _wrong_key(june))
    assert done.code == 2
    assert "do-not-call list cannot be read: the API key was not accepted" in done.err
    assert service.audiences == []


def _wrong_key(path: Path) -> Path:
    key = path.with_name("key.txt")
    key.write_text("sk-wrong")
    return key
