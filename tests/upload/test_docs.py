"""The ways to an audience in the README and docs/upload.md run as they are written, and the warnings are true."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path

import pytest
from smallestai import SmallestAI, SmallestAIEnvironment
from smallestai.core.api_error import ApiError

from tests.samples import ROOT
from tests.service.server import KEY, Service
from tests.upload.conftest import Command
from tests.upload.contacts import expected_members

README = (ROOT / "README.md").read_text(encoding="utf-8")
UPLOAD = (ROOT / "docs" / "upload.md").read_text(encoding="utf-8")


def section(text: str, start: str, end: str) -> str:
    return text[text.index(start) : text.index(end, text.index(start) + len(start))]


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def commands(text: str) -> list[list[str]]:
    lines = "".join(blocks(text, "sh")).splitlines()
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("csv-preflight ")]


ON_THE_COMMAND_LINE = section(README, "**On the command line.**", "**In Python**")
IN_PYTHON = section(README, "**In Python**", "**On every commit")
FROM_THE_COMMAND_LINE = section(UPLOAD, "## From the command line\n", "## In Python\n")
WITH_UPLOAD, WITH_THE_SDK = blocks(section(UPLOAD, "## In Python\n", "!!! warning"), "python")


@pytest.fixture
def at_home(service: Service, contacts: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The list in the working directory, and the service where the SDK looks for it."""
    monkeypatch.chdir(contacts.parent)
    monkeypatch.setattr(SmallestAIEnvironment.PRODUCTION, "atoms", service.url)
    return contacts


def with_identifier() -> list[dict[str, str]]:
    """The members where the names are known to be names, and are stripped of spaces."""
    return [{**member, "Full_Name": member["Full_Name"].strip()} for member in expected_members()]


def test_on_the_command_line_then_with_the_sdk(at_home: Path, service: Service, command: Command) -> None:
    printed = [command(*words) for words in commands(ON_THE_COMMAND_LINE)]
    assert [done.code for done in printed] == [0, 0]
    exec(compile(WITH_THE_SDK, "upload.md", "exec"), {})  # noqa: S102
    assert [audience.members for audience in service.audiences] == [with_identifier()]
    assert "in the upload, choose: phone column 'Phone_Number', identifier column 'Full_Name'" in printed[1].out


@pytest.mark.parametrize("code", [*blocks(IN_PYTHON, "python"), WITH_UPLOAD], ids=["the SDK", "upload"])
def test_in_python(code: str, at_home: Path, service: Service) -> None:
    exec(compile(code, "docs", "exec"), {})  # noqa: S102
    assert [audience.members for audience in service.audiences] == [with_identifier()]
    assert (service.audiences[0].identifier, service.audiences[0].phone) == ("Full_Name", "Phone_Number")


def test_with_upload(at_home: Path, service: Service, command: Command) -> None:
    (words,) = commands(FROM_THE_COMMAND_LINE)
    done = command(*words, "--yes")
    assert done.code == 0
    assert [audience.members for audience in service.audiences] == [expected_members()]
    (shown,) = blocks(FROM_THE_COMMAND_LINE, "text")
    announced, _, offered = shown.replace("api.smallest.ai", "127.0.0.1").partition("to send 16 of them as well")
    assert announced in done.out
    assert command(*shlex.split(offered.splitlines()[1])[1:], "--yes").code == 0


def test_a_path_is_sent_as_the_content(at_home: Path, service: Service) -> None:
    assert '`file="contacts.csv"` sends the characters `contacts.csv` as the file\'s content' in " ".join(
        UPLOAD.split()
    )
    client = SmallestAI(api_key=KEY, max_retries=0)
    with pytest.raises(ApiError):  # this service notices; the SDK did not
        client.atoms.audience.create_audience_with_csv_upload(
            name="June", phone_number_column_name="Phone_Number", file="contacts.csv"
        )
    assert service.contents == [b"contacts.csv"]


def test_the_sdk_by_itself_makes_an_audience_twice(
    at_home: Path, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Keep `max_retries=0`" in UPLOAD
    from smallestai.core import http_client

    monkeypatch.setattr(http_client.time, "sleep", lambda seconds: None)
    service.faults = ["500 after"]
    client = SmallestAI(api_key=KEY)
    client.atoms.audience.create_audience_with_csv_upload(
        name="June", phone_number_column_name="phone", file=("x.csv", b"phone\n+12025550101\n", "text/csv")
    )
    assert [audience.name for audience in service.audiences] == ["June", "June"]


def test_the_sample_of_the_endpoint_s_page_does_not_run() -> None:
    assert importlib.util.find_spec("smallest_ai") is None
    with pytest.raises(TypeError, match="token"):
        SmallestAI(token="YOUR_TOKEN_HERE")  # type: ignore[call-arg]  # noqa: S106
