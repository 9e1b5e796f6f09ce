"""At a terminal: what will be sent is shown, and nothing is sent without a yes."""

from __future__ import annotations

import os
import re
import select
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.samples import ROOT
from tests.service.server import KEY, Service

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")

INTERRUPT = b"\x03"
LIST = b"Name,phone\nAnn,+12025550101\nBob,none\n"
ANNOUNCED = (
    "will be sent to 127.0.0.1, with phone column 'phone':\n"
    "  audience 'June': 1 row, 28 bytes\n"
    "  1 rejected row will not be sent\n"
)

# Make the terminal the process's own, so that ^C reaches it, even if the tests run in the background and ignore it;
# then go on as the command.
AT_A_TERMINAL = """
import os, signal, sys
os.open(os.ttyname(0), os.O_RDWR)
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])
"""


@dataclass(frozen=True)
class Session:
    code: int
    screen: str
    redirected: str


def talk(
    service: Service, directory: Path, answer: bytes, *options: str, redirect: bool = False, content: bytes = LIST
) -> Session:
    """Run `upload` at a terminal, and answer its question; redirect: its standard output goes elsewhere.

    content: of the list; where it has several columns of numbers, the second is chosen, and that is not saved.
    """
    (directory / "list.csv").write_bytes(content)
    questions = {b"(0 to stop): ": b"2\n", b"csv-preflight.toml? [y/N]: ": b"n\n", b"upload? [y/N]: ": answer}
    ours, theirs = pty.openpty()
    words = [sys.executable, "-c", AT_A_TERMINAL, sys.executable, "-m", "csv_preflight", "upload", "list.csv"]
    words += ["--name", "June", *options]
    unattended = ("_PROXY", "PRE_COMMIT", "CI")
    kept = {name: value for name, value in os.environ.items() if not name.upper().endswith(unattended)}
    given = {**kept, "SMALLEST_BASE_URL": service.url, "SMALLEST_API_KEY": KEY, "PYTHONPATH": str(ROOT), "TERM": "dumb"}
    with (directory / "out").open("w+b") as out:
        process = subprocess.Popen(
            words,
            cwd=directory,
            env=given,
            stdin=theirs,
            stdout=out if redirect else theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        screen, answered = b"", False
        while True:
            if not select.select([ours], [], [], 1)[0]:
                if answered and answer == INTERRUPT:
                    # Just before readline waits for a key, Python notes an interrupt only when the next key comes.
                    os.write(ours, answer)
                continue
            try:
                block = os.read(ours, 4096)
            except OSError:  # how Linux says that the other side has gone
                break
            if not block:
                break
            screen += block
            for question in [one for one in questions if one in screen]:
                assert service.posts == 0
                os.write(ours, questions.pop(question))
            answered = b"upload? [y/N]: " not in questions
        code = process.wait(timeout=30)
        os.close(ours)
        out.seek(0)
        return Session(code, screen.decode().replace("\r\n", "\n"), out.read().decode())


def test_yes_sends_it(service: Service, tmp_path: Path) -> None:
    session = talk(service, tmp_path, b"y\n")
    assert session.code == 0, session.screen
    assert ANNOUNCED in session.screen
    assert f"created audience 'June' ({service.audiences[0].id}): 1 row\n" in session.screen
    assert KEY not in session.screen
    assert [audience.members for audience in service.audiences] == [[{"Name": "Ann", "phone": "+12025550101"}]]


def command_after(text: str, screen: str) -> list[str]:
    """The command on the line after a text, which works as it is."""
    (line,) = re.findall(rf"^{re.escape(text)}\n +(.*)$", screen, re.MULTILINE)
    return shlex.split(line)


def answer(service: Service, directory: Path, command: list[str]) -> subprocess.CompletedProcess[bytes]:
    given = {**os.environ, "SMALLEST_BASE_URL": service.url, "SMALLEST_API_KEY": KEY, "PYTHONPATH": str(ROOT)}
    return subprocess.run([*command, "--yes"], cwd=directory, env=given, capture_output=True, check=False)


def correct(rejects: Path) -> None:
    rejects.write_bytes(rejects.read_bytes().replace(b"none", b"+12025550102"))


def test_what_can_be_corrected_before_it_is_sent_is_said_before_the_question(service: Service, tmp_path: Path) -> None:
    session = talk(service, tmp_path, b"n\n", "--description", "It's late", content=b"Our list\n\n" + LIST)
    assert session.code == 1
    session = talk(
        service, tmp_path, b"n\n", "--description", "It's late", "--skip-lines", "2", content=b"x\n\n" + LIST
    )
    assert service.posts == 0
    for words in ("next: upload", "in the upload, choose"):
        assert words not in session.screen
    command = command_after("to send it as well: answer no, correct list.rejects.csv, and run:", session.screen)
    correct(tmp_path / "list.rejects.csv")
    done = answer(service, tmp_path, command)
    assert done.returncode == 0, done.stderr
    (audience,) = service.audiences
    assert (audience.name, len(audience.members)) == ("June", 2)


def test_what_was_not_sent_can_be_corrected_and_sent_after_it(service: Service, tmp_path: Path) -> None:
    content = b"x\n\n" + LIST + b"Ann,+12025550101\nDan,?\nEve,?\nHal,?\n" + b"Fay,+12025550103\nGil,+12025550104\n"
    session = talk(service, tmp_path, b"y\n", "--skip-lines", "2", content=content)
    assert session.code == 0
    command = command_after("next: correct list.rejects.csv, and send its rows to another audience:", session.screen)
    correct(tmp_path / "list.rejects.csv")
    done = answer(service, tmp_path, command)
    assert done.returncode == 0, (done.stdout, done.stderr)
    first, second = service.audiences
    assert [one["Name"] for one in first.members] == ["Ann", "Fay", "Gil"]
    assert [one["Name"] for one in second.members] == ["Bob"]
    assert second.name == "June (corrected)"


def test_which_column_has_the_numbers_is_asked(service: Service, tmp_path: Path) -> None:
    two = b"Name,phone,mobile\nAnn,+12025550101,+12025550102\n"
    session = talk(service, tmp_path, b"y\n", content=two)
    assert session.code == 0, session.screen
    assert "  2  mobile  ••••••••••02\n" in session.screen
    assert [audience.phone for audience in service.audiences] == ["mobile"]


def test_with_yes_no_column_is_asked_for(service: Service, tmp_path: Path) -> None:
    session = talk(service, tmp_path, b"y\n", "--yes", content=b"Name,phone,mobile\nAnn,+12025550101,+12025550102\n")
    assert session.code == 1
    assert "C001" in session.screen
    assert service.posts == 0


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        pytest.param(b"\n", 1, id="enter", marks=pytest.mark.exam),
        pytest.param(b"n\n", 1, id="no", marks=pytest.mark.exam),
        pytest.param(b"\x04", 130, id="end of input", marks=pytest.mark.exam),
        pytest.param(INTERRUPT, 130, id="interrupt"),
    ],
)
def test_all_else_sends_nothing_and_says_so(answer: bytes, code: int, service: Service, tmp_path: Path) -> None:
    session = talk(service, tmp_path, answer)
    assert session.code == code, session.screen
    assert "nothing was uploaded\n" in session.screen
    assert service.posts == 0
    assert (tmp_path / "list.clean.csv").exists()


@pytest.mark.exam
def test_the_question_is_seen_where_the_output_is_redirected(service: Service, tmp_path: Path) -> None:
    session = talk(service, tmp_path, b"y\n", "--output-format", "json", redirect=True)
    assert session.code == 0, session.screen
    assert ANNOUNCED in session.screen
    assert session.redirected.startswith('{"schema_version"')
    assert session.redirected.count("\n") == 2
    assert len(service.audiences) == 1
