"""The service on the loopback interface, and the command line in this process: the SDK is imported once."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from csv_preflight.cli import main
from tests.service.server import KEY, Service, running

OPENAPI = json.loads((Path(__file__).parents[1] / "service" / "openapi.json").read_text(encoding="utf-8"))
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def commands(self) -> list[str]:
        """The commands to go on with that were printed."""
        return [line.strip() for line in self.err.splitlines() if line.startswith("  ")]


def schema_of(status: int) -> dict[str, Any]:
    """The schema of an answer; that of 400 for the statuses that the description does not have."""
    responses = OPENAPI["paths"]["/audience"]["post"]["responses"]
    found = responses.get(str(status), responses["400"])["content"]["application/json"]["schema"]
    schemas = {name: {**one, "additionalProperties": False} for name, one in OPENAPI["components"]["schemas"].items()}
    return {**found, "components": {"schemas": schemas}}


def on_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Go through no proxy, and load no certificates, which takes longer than all the rest."""
    monkeypatch.setenv("SSL_CERT_DIR", "no-certificates")
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """The service; what it took and said is held against its description in the end."""
    on_loopback(monkeypatch)
    with running() as service:
        monkeypatch.setenv("SMALLEST_BASE_URL", service.url)
        monkeypatch.setenv("SMALLEST_API_KEY", KEY)
        yield service
    body = OPENAPI["paths"]["/audience"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    for fields, _, _ in service.requests:
        jsonschema.validate({**fields, "file": ""}, {**body, "additionalProperties": False})
    for status, answer in service.answers:
        jsonschema.validate(answer, schema_of(status), format_checker=jsonschema.FormatChecker())


Command = Callable[..., Done]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Command]:
    """Run the command line, and give what it printed."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "argv", ["csv-preflight"])
    handler = signal.getsignal(signal.SIGTERM)

    def run(*arguments: object) -> Done:
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        assert isinstance(stopped.value.code, int)
        return Done(stopped.value.code, printed.out, printed.err)

    yield run
    signal.signal(signal.SIGTERM, handler)


@pytest.fixture
def contacts(tmp_path: Path) -> Path:
    """A copy of the sample list, whose outputs stay beside it."""
    from tests.upload.contacts import CONTACTS

    path = tmp_path / "contacts.csv"
    path.write_bytes(CONTACTS.read_bytes())
    return path
