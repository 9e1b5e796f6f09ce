"""Who is in an audience already: all pages are read, and the members are left out and counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from csv_preflight import preflight
from csv_preflight.upload import UploadError, upload
from csv_preflight.upload.connection import connected
from csv_preflight.upload.members import members
from tests.service.server import KEY, Audience, Handler, Service
from tests.upload.conftest import Command

JUNE = b"Name,phone\nAnn,+12025550101\nBob,+12025550102\nCal,+12025550103\nDan,+12025550104\n"


def people(count: int) -> list[str]:
    return [f"+1202555{number:04d}" for number in range(100, 100 + count)]


def present(service: Service, numbers: list[str], column: str = "mobile") -> str:
    """Have an audience of these members there already."""
    rows = [{column: number, "Name": "x"} for number in numbers]
    service.audiences.append(Audience(f"{9:024x}", "May", None, "mobile", None, rows))
    return service.audiences[-1].id


def read(audience: str) -> list[str]:
    with connected(KEY) as client:
        return members(client, audience)


@pytest.mark.parametrize(("count", "largest"), [(0, 7), (1, 7), (6, 7), (7, 7), (8, 7), (14, 7), (20, 7), (99, 100)])
def test_every_page_is_read(count: int, largest: int, service: Service) -> None:
    service.largest_page = largest
    assert read(present(service, people(count))) == people(count)


def test_members_are_left_out(service: Service, command: Command, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(JUNE)
    service.largest_page = 1
    # One is kept without a plus sign, which the service takes too.
    may = present(service, ["12025550103", "+1 202-555-0101", "+12025550199"])
    done = command("upload", path, "--name", "June", "--yes", "--existing-audience", may)
    assert done.code == 0
    assert [member["Name"] for member in service.audiences[1].members] == ["Bob", "Dan"]
    assert "D002  Already in the audience  2  rejected" in done.out
    assert "2 rejected rows will not be sent" in done.out


def test_members_of_several_audiences_and_lists_are_left_out(
    service: Service, command: Command, tmp_path: Path
) -> None:
    path, other = tmp_path / "list.csv", tmp_path / "other.csv"
    path.write_bytes(JUNE)
    other.write_bytes(b"phone\n+12025550104\n")
    first = upload(preflight(JUNE.splitlines(keepends=True)[0] + b"Ann,+12025550101\n"), name="a")[0].id
    second = upload(preflight(b"phone\n+12025550102\n"), name="b")[0].id
    audiences = ("--existing-audience", first, "--existing-audience", second, "--existing", other)
    assert command("upload", path, "--name", "June", "--yes", *audiences).code == 0
    assert [member["Name"] for member in service.audiences[2].members] == ["Cal"]


def test_members_count_towards_the_limit(service: Service, command: Command, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(JUNE)
    may = present(service, people(30)[10:])
    options = ("upload", path, "--name", "June", "--yes", "--existing-audience", may)
    done = command(*options, "--max-rows", "23")
    assert (done.code, len(service.audiences)) == (1, 1)
    assert "L001 4 rows are too many: smallest-atoms takes 23, and 20 are there already" in done.out
    assert command(*options, "--max-rows", "24").code == 0
    assert command(*options, "--max-rows", "22", "--split").code == 0
    assert [len(audience.members) for audience in service.audiences] == [20, 4, 2, 2]


def test_a_member_that_can_not_be_read_is_named(service: Service, command: Command, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(JUNE)
    may = present(service, ["+12025550101", "", "ask Bob", "+12025550188"])
    done = command("upload", path, "--name", "June", "--yes", "--existing-audience", may)
    assert done.code == 0
    assert f"D004 no number could be read in 2 of 4 rows of audience {may}" in done.out
    assert len(service.audiences[1].members) == 3


def answering(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    """Have the pages of members say something else; None leaves a key out."""
    original = Handler._members

    def changed(self: Handler, identity: str, query: Any) -> dict[str, Any]:
        answer = {**original(self, identity, query), **changes}
        return {key: value for key, value in answer.items() if value is not None}

    monkeypatch.setattr(Handler, "_members", changed)


def test_pages_without_a_count_or_a_sign_of_more_are_read_to_the_end(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.largest_page = 7
    may = present(service, people(20))
    for changes in ({"totalCount": None}, {"hasMore": None}, {"totalCount": None, "hasMore": None, "totalPages": None}):
        with monkeypatch.context() as patched:
            answering(patched, **changes)
            assert read(may) == people(20)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"totalCount": 25}, "the service showed 20 members of 25"),
        ({"hasMore": False}, "the service showed 7 members of 20"),
        ({"members": [{"_id": "1", "data": {"mobile": "+12025550101"}}]}, "shows the same members again on page 2"),
        ({"members": [{"_id": "1", "data": {"phone": "+12025550101"}}], "totalCount": 1}, "in the column 'mobile'"),
        ({"members": None, "totalCount": 3}, "the service showed 0 members of 3"),
    ],
)
def test_pages_that_are_not_all_stop_the_upload(
    changes: dict[str, Any], words: str, service: Service, command: Command, tmp_path: Path, monkeypatch: Any
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(JUNE)
    service.largest_page = 7
    may = present(service, people(20))
    answering(monkeypatch, **changes)
    done = command("upload", path, "--name", "June", "--yes", "--existing-audience", may)
    assert done.code == 2
    assert f"the members of audience {may} cannot be read: " in done.err
    assert words in done.err
    assert done.err.endswith("; nothing was sent\n")
    assert service.posts == 0


def test_an_audience_that_is_not_there(service: Service) -> None:
    with pytest.raises(UploadError, match=r"audience 5f cannot be read: not found: .* and the audience yours\?"):
        read("5f")


def test_an_audience_that_does_not_say_its_column(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    may = present(service, people(2))
    monkeypatch.setattr(Audience, "shown", lambda self: {"_id": self.id})
    with pytest.raises(UploadError, match="does not say which column holds the numbers"):
        read(may)
