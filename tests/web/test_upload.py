"""The upload from the page, to the service of the tests: nothing is sent unasked, or twice; the key is kept nowhere."""

from __future__ import annotations

import gc
import re
from pathlib import Path

import pytest

from tests.service.server import KEY, Service
from tests.upload.conftest import service as service
from tests.upload.contacts import CONTACTS, expected_members
from tests.web.visitor import Visitor

PLAIN = b"Name,phone\nAnn,+12025550101\nBob,+12025550102\n"
SURE = {"key": KEY, "sure": "yes", "name": "June list"}


@pytest.fixture
def ready(visitor: Visitor, service: Service) -> Visitor:
    visitor.give("june.csv", PLAIN)
    visitor.answer()
    visitor.get(f"{visitor.list}/send")
    return visitor


def send(visitor: Visitor, ticket: str | None = None, **fields: str) -> str:
    """Send the form of the upload; wait for what comes of it."""
    here = visitor.list
    found = re.search(r'name="ticket" value="([^"]+)"', visitor.page)
    visitor.post(f"{here}/send", {"ticket": ticket or (found[1] if found else ""), **SURE, **fields})
    while 'http-equiv="refresh"' in visitor.page:
        visitor.get(f"{here}/sent")
    return visitor.page


def test_a_clean_list_becomes_an_audience(visitor: Visitor, service: Service) -> None:
    visitor.give("contacts.csv", CONTACTS.read_bytes())
    visitor.answer(region="US", region_column="", identifier_column="")
    visitor.get(f"{visitor.list}/send")
    assert "22 rows will be sent to 127.0.0.1. 18 rejected rows will not be sent." in visitor.words
    assert "phone column Phone_Number ." in visitor.words
    send(visitor, description="of June")
    assert "Uploaded" in visitor.words and "June list" in visitor.words
    (audience,) = service.audiences
    assert (audience.name, audience.description) == ("June list", "of June")
    assert (audience.phone, audience.identifier) == ("Phone_Number", None)
    assert audience.members == expected_members()
    assert service.requests[0][1:] == ("contacts.clean.csv", "text/csv")


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"sure": ""}, id="not confirmed"),
        pytest.param({"key": ""}, id="no key"),
        pytest.param({"key": "two words"}, id="no key, but a text"),
        pytest.param({"name": " "}, id="no name"),
        pytest.param({"name": "a\x07b"}, id="a name that is none"),
    ],
)
def test_nothing_is_sent_unless_it_is_meant(ready: Visitor, service: Service, fields: dict[str, str]) -> None:
    send(ready, **fields)
    assert 'role="alert"' in ready.page
    assert service.posts == 0
    assert "two words" not in ready.page


def test_a_form_is_sent_once(ready: Visitor, service: Service) -> None:
    form = ready.page
    send(ready)
    ready.page = form
    send(ready)
    assert service.posts == 1
    send(ready, ticket="made-up")
    assert service.posts == 1


def test_a_list_that_was_sent_is_sent_again_only_if_that_is_meant(ready: Visitor, service: Service) -> None:
    send(ready)
    ready.give("the-same-in-another-tab.csv", PLAIN)
    ready.answer()
    ready.get(f"{ready.list}/send")
    assert "uploaded already: June list" in ready.words
    send(ready)
    assert (service.posts, "Nothing was sent" in ready.words) == (1, True)
    send(ready, again="yes")
    assert service.posts == 2


@pytest.mark.parametrize(
    ("fault", "said", "doubtful"),
    [
        pytest.param("401", "Not uploaded The API key was not accepted", False, id="wrong key"),
        pytest.param("429 Retry-After: 7", "wait 7 seconds", False, id="too many requests"),
        pytest.param("500 after", "It is unknown whether it was uploaded", True, id="failed, but made"),
        pytest.param("reset after", "It is unknown whether it was uploaded", True, id="no answer"),
    ],
)
def test_after_a_failure_it_is_said_what_is_known(
    ready: Visitor, service: Service, fault: str, said: str, doubtful: bool
) -> None:
    service.faults = [fault]
    send(ready)
    assert said in ready.words
    ready.get(f"{ready.list}/send")
    assert ('name="again"' in ready.page) == doubtful
    send(ready)
    assert service.posts == (1 if doubtful else 2)


def test_a_list_that_mostly_fails_is_not_sent_quietly(visitor: Visitor, service: Service) -> None:
    visitor.give("a.csv", PLAIN + b"C,none\nD,none\nE,none\n")
    visitor.answer()
    visitor.get(f"{visitor.list}/send")
    send(visitor)
    assert (service.posts, "most rows have a fault" in visitor.words) == (0, True)
    send(visitor, few="yes")
    assert service.posts == 1


def test_a_list_in_parts_goes_on_where_it_failed(visitor: Visitor, service: Service) -> None:
    numbers = [f"N{place},+4420794{place:05}\n" for place in range(60000, 60000 + 10050)]
    visitor.give("long.csv", ("Name,phone\n" + "".join(numbers)).encode())
    visitor.answer()
    assert "Cut the list into several files" in visitor.words
    visitor.post(f"{visitor.list}/split")
    while "This page goes on by itself" in visitor.page:
        visitor.get(f"{visitor.list}/result")
    assert "in 2 files" in visitor.words
    assert "--split" in visitor.commands[0]
    assert visitor.download("clean.001.csv") != visitor.download("clean.002.csv")
    visitor.get(f"{visitor.list}/send")
    service.faults = ["", "401"]
    send(visitor)
    assert "Uploaded in part" in visitor.words
    visitor.get(f"{visitor.list}/send")
    send(visitor)
    assert "Uploaded" in visitor.words
    assert [audience.name for audience in service.audiences] == ["June list (1 of 2)", "June list (2 of 2)"]
    assert sum(len(audience.members) for audience in service.audiences) == 10050


def test_the_key_is_kept_nowhere(
    ready: Visitor, service: Service, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    service.faults = [f'says {{"status": false, "errors": ["no {KEY}"]}}']
    send(ready)
    pages = [ready.page, ready.get(f"{ready.list}/send"), ready.get(f"{ready.list}/result"), ready.get("/")]
    assert all(KEY not in page for page in pages)
    assert all(KEY.encode() not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert KEY not in "".join(capfd.readouterr())
    gc.collect()
    assert not [one for one in gc.get_objects() if type(one).__name__ == "Wanted"]


def test_what_is_for_another_destination_is_not_sent(visitor: Visitor, service: Service) -> None:
    visitor.give("a.csv", PLAIN)
    visitor.answer(profile="hubspot")
    assert "Upload to Smallest" not in visitor.words
    visitor.get(f"{visitor.list}/send")
    assert visitor.status == 404


def test_a_service_that_is_none_is_said(ready: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMALLEST_BASE_URL", "http://example.org")
    ready.get(f"{ready.list}/send")
    assert "unencrypted" in ready.words


def test_the_account_s_do_not_call_list_is_left_out(ready: Visitor, service: Service) -> None:
    service.do_not_call = ["+12025550101", "12025550199"]
    ready.post(f"{ready.list}/account-list", {"key": KEY})
    assert "1 of 2 rows are ready to upload" in ready.words
    assert "--suppress do-not-call-of-the-account.csv" in ready.commands[0]
    ready.get(f"{ready.list}/send")
    assert "Everybody on the account’s do-not-call list is left out" in ready.words
    assert ready.download("do-not-call-of-the-account.csv") == b"phone\n+12025550101\n+12025550199\n"
    send(ready)
    (audience,) = service.audiences
    assert [member["phone"] for member in audience.members] == ["+12025550102"]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        pytest.param(KEY, "list is empty", id="empty"),
        pytest.param("wrong", "the API key was not accepted", id="wrong key"),
        pytest.param("", "more than a key", id="no key"),
    ],
)
def test_a_do_not_call_list_that_is_not_there_is_said(ready: Visitor, service: Service, key: str, said: str) -> None:
    ready.post(f"{ready.list}/account-list", {"key": key})
    assert said in ready.words
    assert service.posts == 0


def test_the_members_of_an_audience_are_left_out(ready: Visitor, service: Service) -> None:
    send(ready)
    (earlier,) = service.audiences
    ready.give("b.csv", PLAIN + b"Eve,+12025550105\n")
    ready.answer()
    ready.post(f"{ready.list}/audience", {"key": KEY, "audience": earlier.id})
    assert "1 of 3 rows are ready to upload" in ready.words
    assert f"--existing members-of-{earlier.id}.csv" in ready.commands[0]
    ready.get(f"{ready.list}/send")
    assert f"Everybody in members-of-{earlier.id}.csv is left out" in ready.words
    assert ready.download(f"members-of-{earlier.id}.csv").startswith(b"phone\n+12025550101\n")


@pytest.mark.parametrize(
    ("audience", "said"),
    [
        pytest.param("../x", "is not the id of an audience", id="no id"),
        pytest.param("60d0fe4f5311236168a109ca", "cannot be read", id="not there"),
    ],
)
def test_an_audience_that_is_not_there_is_said(ready: Visitor, service: Service, audience: str, said: str) -> None:
    ready.post(f"{ready.list}/audience", {"key": KEY, "audience": audience})
    assert said in ready.words
    assert service.posts == 0
