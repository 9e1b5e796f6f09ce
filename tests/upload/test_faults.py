"""Whatever goes wrong on the way, no audience is made twice, and what is said of it is true."""

from __future__ import annotations

import io
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from csv_preflight import preflight
from csv_preflight.cli import upload as upload_command
from csv_preflight.upload import UploadError, upload
from csv_preflight.upload.connection import safe
from tests.samples import ROOT
from tests.service.server import KEY, Service
from tests.upload.conftest import Command, Done, on_loopback
from tests.upload.contacts import expected_members

LIST = b"Name,phone\nAnn,+12025550101\nBob,+12025550102\nCal,+12025550103\n"
SPLIT = ("--region", "US", "--name", "June list", "--yes", "--split", "--max-rows", "8")
LOOK = "It is unknown whether the audience 'June list' was created: look in the console before you repeat it"
NOT_MADE = "The audience 'June list' was not created."
ELSEWHERE = "http://127.0.0.1:9/"

# What happens; what is known of the audience then; what is said.
FAULTS = [
    ("silent", "perhaps", "no answer within 0.3 s, and the service may still be at work."),
    ("silent after", "perhaps", "no answer within 0.3 s, and the service may still be at work."),
    ("reset unread", "perhaps", "the connection broke before the answer"),
    ("reset", "perhaps", "the connection broke before the answer"),
    ("reset after", "perhaps", "the connection broke before the answer"),
    ("500", "perhaps", "the service failed with status 500 (It failed)"),
    ("500 after", "perhaps", "the service failed with status 500 (It failed)"),
    ("503 Retry-After: 5", "perhaps", "the service failed with status 503"),
    ("408", "perhaps", "the service failed with status 408"),
    ("400", "no", "the service refused it with status 400: It failed"),
    ("401", "no", "the API key was not accepted: is it the right one, and still valid?"),
    ("403", "no", "the API key may not do this: use one of an account that may (It failed)"),
    ("404", "no", "not found: is SMALLEST_BASE_URL right"),
    ("409", "no", "the service refused it with status 409: It failed"),
    ("413", "no", "the file is too large for the service: csv-preflight prevents that"),
    ("429 Retry-After: 7", "no", "too many requests: wait 7 seconds before the next"),
    (
        "429 Retry-After: Wed, 21 Oct 2026 07:28:00 GMT",
        "no",
        "wait until Wed, 21 Oct 2026 07:28:00 GMT before the next",
    ),
    ("429", "no", "too many requests: wait a minute before the next"),
    (f"302 Location: {ELSEWHERE}", "perhaps", "sends requests on to another address: is SMALLEST_BASE_URL right?"),
    (f"307 Location: {ELSEWHERE}", "no", "sends requests on to another address: is SMALLEST_BASE_URL right?"),
    ("says <html>", "perhaps", "the service's answer could not be understood"),
    ("says \udcff", "perhaps", "the service's answer could not be understood"),
    ("says null", "perhaps", "the service answered without naming a new audience"),
    ("says []", "perhaps", "the service's answer could not be understood"),
    ('says "ok"', "perhaps", "the service's answer could not be understood"),
    ("says {}", "perhaps", "the service answered without naming a new audience"),
    ('says {"status": true, "data": []}', "perhaps", "the service answered without naming a new audience"),
    ('says {"status": false, "errors": ["Busy"]}', "perhaps", "without naming a new audience (Busy)"),
]


@pytest.mark.parametrize(("fault", "made", "words"), FAULTS, ids=[ascii(fault) for fault, _, _ in FAULTS])
def test_a_fault_is_said_and_nothing_is_repeated(fault: str, made: str, words: str, service: Service) -> None:
    service.faults = [fault]
    with pytest.raises(UploadError) as caught:
        upload(preflight(LIST), name="June list", timeout=0.3 if "silent" in fault else 30)
    message = str(caught.value)
    assert words in message
    assert (LOOK if made == "perhaps" else NOT_MADE) in message
    assert (caught.value.made, caught.value.created, caught.value.failed) == (made, (), 1)
    assert service.posts == 1
    if made == "no":
        assert not service.audiences
    # The SDK's own error holds the service's words as they are.
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("Some phone numbers in your CSV already exist in this audience.", "csv-preflight leaves out duplicates"),
        ("Audience cannot exceed 500 members", "csv-preflight keeps to 10,000, but your plan's limit"),
        ("CSV file is required", "csv-preflight sends no empty file"),
    ],
)
def test_the_documented_refusals_say_what_prevents_them(
    said: str, hint: str, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.service import server

    def refuse(*_: object) -> None:
        raise server.RefusedError(400, said)

    monkeypatch.setattr(Service, "create", refuse)
    with pytest.raises(UploadError) as caught:
        upload(preflight(LIST), name="June list")
    assert f"the service refused it with status 400: {said} ({hint}" in str(caught.value)
    assert str(caught.value).endswith(NOT_MADE)


def test_a_service_that_is_not_there(monkeypatch: pytest.MonkeyPatch, command: Command, contacts: Path) -> None:
    on_loopback(monkeypatch)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        monkeypatch.setenv("SMALLEST_BASE_URL", f"http://127.0.0.1:{closed.getsockname()[1]}")
        monkeypatch.setenv("SMALLEST_API_KEY", KEY)
        done = command("upload", contacts, "--region", "US", "--name", "June list", "--yes")
    assert done.code == 2
    assert done.err.startswith("csv-preflight: the service could not be reached (")
    assert f"is the network up, and SMALLEST_BASE_URL right? {NOT_MADE}" in done.err


def holds_everybody_once(service: Service) -> bool:
    """Whether every person who can be called is in one audience, and the audiences are the three parts."""
    names = [audience.name for audience in service.audiences]
    people = [member["Phone_Number"] for audience in service.audiences for member in audience.members]
    assert max(Counter(people).values()) == 1
    return sorted(names) == [f"June list ({number} of 3)" for number in (1, 2, 3)] and sorted(people) == sorted(
        member["Phone_Number"] for member in expected_members()
    )


@pytest.mark.parametrize(
    ("failing", "fault", "known", "commands"),
    [
        (1, "429 Retry-After: 1", "none of the 3 parts exists; to go on with part 1:", 1),
        (1, "500", "perhaps part 1 of 3 exists. If part 1 does not:", 2),
        (1, "reset after", "perhaps part 1 of 3 exists. If part 1 does not:", 2),
        (2, "401", "part 1 of 3 exists; to go on with part 2:", 1),
        (2, "500", "part 1 of 3 exists, and perhaps part 2. If part 2 does not:", 2),
        (2, "500 after", "part 1 of 3 exists, and perhaps part 2. If part 2 does not:", 2),
        (2, "reset unread", "part 1 of 3 exists, and perhaps part 2. If part 2 does not:", 2),
        (3, "reset", "parts 1 to 2 of 3 exist, and perhaps part 3. If part 3 does not:", 1),
        (3, "reset after", "parts 1 to 2 of 3 exist, and perhaps part 3. If part 3 does not:", 1),
    ],
)
def test_the_command_that_is_printed_sends_the_rest(
    failing: int, fault: str, known: str, commands: int, service: Service, command: Command, contacts: Path
) -> None:
    service.faults = [""] * (failing - 1) + [fault]
    after = fault.endswith("after")
    done = command("upload", contacts, *SPLIT)
    assert done.code == 2
    assert (len(service.audiences), service.posts) == (failing - 1 + after, failing)
    assert f"csv-preflight: {known}\n" in done.err
    assert len(done.commands) == commands
    # Having looked in the console: the first command if the part is not there, the second if it is.
    if failing < 3 or not after:
        program, *arguments = shlex.split(done.commands[1 if after else 0])
        assert program == "csv-preflight"
        again = command(*arguments)
        assert (again.code, again.err) == (0, "")
    assert holds_everybody_once(service)
    assert service.posts == 4 - after


def test_the_library_goes_on_with_the_part_that_failed(service: Service, contacts: Path) -> None:
    result = preflight(contacts, region="US", split=True, max_rows=8)
    service.faults = ["", "429"]
    with pytest.raises(UploadError) as caught:
        upload(result, name="June list")
    assert [(one.name, one.rows) for one in caught.value.created] == [("June list (1 of 3)", 7)]
    assert (caught.value.made, caught.value.failed) == ("no", 2)
    rest = upload(result, name="June list", first=caught.value.failed)
    assert [one.id for one in (*caught.value.created, *rest)] == [audience.id for audience in service.audiences]
    assert holds_everybody_once(service)


def test_a_second_failure_prints_a_command_that_works_too(service: Service, command: Command, contacts: Path) -> None:
    service.faults = ["", "429", "401", ""]
    first = command("upload", contacts, *SPLIT)
    second = command(*shlex.split(first.commands[0])[1:])
    assert second.code == 2
    assert second.commands == first.commands
    assert command(*shlex.split(second.commands[0])[1:]).code == 0
    assert holds_everybody_once(service)


@pytest.mark.parametrize("change", ["the list", "the options"])
def test_another_list_is_not_sent_as_the_rest_of_the_first(
    change: str, service: Service, command: Command, contacts: Path
) -> None:
    service.faults = ["", "429"]
    arguments = shlex.split(command("upload", contacts, *SPLIT).commands[0])[1:]
    parts = {path.name: path.read_bytes() for path in contacts.parent.glob("*.clean.*")}
    if change == "the list":
        lines = contacts.read_bytes().splitlines(keepends=True)
        contacts.write_bytes(b"".join([lines[0], *lines[2:]]))
    else:
        arguments[arguments.index("8")] = "12"
    for _ in range(2):
        done = command(*arguments)
        assert done.code == 2
        assert "no longer those of the upload that failed" in done.err
        assert "Nothing was written or uploaded" in done.err
    assert {path.name: path.read_bytes() for path in contacts.parent.glob("*.clean.*")} == parts
    assert len(service.audiences) == 1
    # The way out that the message names.
    first = contacts.with_name("contacts.clean.001.csv")
    place = arguments.index("--from-part")
    rest = arguments[:place] + arguments[place + 2 :]
    done = command(*rest, "--suppress", first, "--out-dir", contacts.parent / "rest")
    assert done.code == 0
    people = [member["Phone_Number"] for audience in service.audiences for member in audience.members]
    assert len(set(people)) == len(people) == len(expected_members())


def test_parts_that_are_not_there(service: Service, command: Command, contacts: Path) -> None:
    service.faults = ["", "429"]
    arguments = shlex.split(command("upload", contacts, *SPLIT).commands[0])[1:]
    place = arguments.index("--from-part") + 1
    done = command(*[word.replace("2:", "4:") if at == place else word for at, word in enumerate(arguments)])
    assert done.code == 2
    assert "there are 3 parts, no part 4" in done.err
    assert len(service.audiences) == 1


def test_a_file_that_is_changed_meanwhile_is_not_sent(
    service: Service, command: Command, contacts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def printed(report: object, *_: object, **__: object) -> None:
        contacts.with_name("contacts.clean.csv").write_bytes(b"phone\n+12025550199\n")

    monkeypatch.setattr(upload_command.Printer, "show", printed)
    done = command("upload", contacts, "--region", "US", "--name", "June", "--yes")
    assert done.code == 2
    assert "contacts.clean.csv has been changed by another program; nothing was sent" in done.err
    assert service.posts == 0


def environment(service: Service) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.upper().endswith("_PROXY")}
    search = os.pathsep.join([str(Path(sys.executable).parent), kept["PATH"]])
    return {**kept, "SMALLEST_BASE_URL": service.url, "SMALLEST_API_KEY": KEY, "PATH": search, "PYTHONPATH": str(ROOT)}


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), pytest.param(signal.SIGTERM, 143, marks=pytest.mark.exam)]
)
def test_an_interrupted_upload_says_what_exists_and_goes_on_in_a_shell(
    number: int, code: int, service: Service, contacts: Path
) -> None:
    service.faults = ["", "silent after"]
    path = contacts.rename(contacts.with_name("June 'A'; $(exit) *.csv"))
    words = [sys.executable, "-m", "csv_preflight", "upload", *SPLIT, "--", path.name]
    with subprocess.Popen(
        words,
        cwd=path.parent,
        env=environment(service),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # tests may run where a shell ignores it
    ) as process:
        while service.posts < 2 or len(service.audiences) < 2:
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(number)
        _, err = process.communicate(timeout=30)
    assert process.returncode == code, err
    assert "interrupted before the answer. It is unknown whether the audience 'June list (2 of 3)' was created" in err
    assert "part 1 of 3 exists, and perhaps part 2" in err
    if_not, if_it_does = [line.strip() for line in err.splitlines() if line.startswith("  ")]
    assert " --from-part 2:" in if_not
    subprocess.run(if_it_does, shell=True, cwd=path.parent, env=environment(service), check=True, capture_output=True)  # noqa: S602
    assert holds_everybody_once(service)
    assert service.posts == 3


def test_a_list_from_the_standard_input_is_asked_for_again(
    service: Service, command: Command, contacts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def given(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(contacts.read_bytes())))
        return command(*arguments)

    service.faults = ["", "429"]
    monkeypatch.chdir(contacts.parent)
    done = given("upload", "-", *SPLIT)
    assert "; to go on with part 2, with the same list on the standard input:\n" in done.err
    assert given(*shlex.split(done.commands[0])[1:]).code == 0
    assert holds_everybody_once(service)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("+12025550101 twice", "+•••••••••01 twice"),
        ("202-555-0101, 202 555 0102", "•••-•••-••01, ••• ••• ••02"),
        ("cannot exceed 10000 members", "cannot exceed 10000 members"),
        ("\x1b[31mred\u202e\n", "\\x1b[31mred\\u202e\\n"),
        ("x" * 400, "x" * 300 + "…"),
    ],
)
def test_the_service_s_words_are_short_masked_and_harmless(text: str, shown: str) -> None:
    assert safe(text) == shown
