"""The service over HTTP, on a port of its own, with faults on demand."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.service.rules import REFUSALS, RefusedError, members

KEY = "sk-test-7f3a9c"
PAGE = 5
CREATED = "2026-01-15T10:30:00.000Z"


@dataclass
class Audience:
    """An audience as the service keeps it."""

    id: str
    name: str
    description: str | None
    phone: str
    identifier: str | None
    members: list[dict[str, str]]

    def shown(self) -> dict[str, Any]:
        given = {"description": self.description, "identifierColumnName": self.identifier}
        return {
            "_id": self.id,
            "name": self.name,
            "phoneNumberColumnName": self.phone,
            "organization": "0" * 24,
            "createdBy": "1" * 24,
            "createdAt": CREATED,
            "updatedAt": CREATED,
            **{key: value for key, value in given.items() if value is not None},
        }


@dataclass
class Service:
    """The state of the service.

    faults: what happens to the next requests to create an audience, one each, "" for nothing out of the ordinary:
    "silent after" and "reset after" make the audience and then say nothing or break the connection, "silent" and
    "reset" do not make it, "reset unread" breaks the connection before the request is read, "says …" makes it and
    answers with that body, a number is a status that makes none, with a header after it, such as "429 Retry-After: 7".
    posts: how many there were.  requests: the fields of each that was read, with the file's name and content type;
    contents: its file.
    answers: status and body of each that came of the rules.  do_not_call: the numbers of the account's own list.
    """

    url: str = ""
    audiences: list[Audience] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    posts: int = 0
    requests: list[tuple[dict[str, str], str | None, str]] = field(default_factory=list)
    contents: list[bytes | None] = field(default_factory=list)
    largest_page: int = 100
    do_not_call: list[str | None] = field(default_factory=list)
    answers: list[tuple[int, Any]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def create(self, fields: Mapping[str, str], file: bytes | None) -> Audience:
        if file is None:
            raise RefusedError(*REFUSALS["no file"])
        for name in ("name", "phoneNumberColumnName"):
            if not fields.get(name):
                raise RefusedError(400, f"{name} is required")
        phone, identifier = fields["phoneNumberColumnName"], fields.get("identifierColumnName")
        found = members(file, phone, identifier)
        identity = f"{len(self.audiences) + 1:024x}"
        audience = Audience(identity, fields["name"], fields.get("description"), phone, identifier, found)
        self.audiences.append(audience)
        return audience

    def find(self, identity: str) -> Audience:
        for audience in self.audiences:
            if audience.id == identity:
                return audience
        raise RefusedError(404, "Audience not found")


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    service: Service

    def log_message(self, *args: Any) -> None:
        """Print nothing."""

    def do_POST(self) -> None:
        service = self.service
        service.posts += 1
        fault = service.faults.pop(0) if service.faults else ""
        if fault == "reset unread":
            self._reset()
            return
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self._refusing():
            self._authorize()
            if urlsplit(self.path).path != "/atoms/v1/audience":
                raise RefusedError(404, "Not found")
            made = None
            if not fault or fault.startswith("says ") or fault.endswith(" after"):
                made = service.create(*self._form(body)).shown()
            if fault.startswith("silent"):
                service.closing.wait(30)
                self.close_connection = True
            elif fault.startswith("reset"):
                self._reset()
            elif fault.startswith("says "):
                self._send(200, fault.removeprefix("says ").encode("utf-8", "surrogateescape"))
            elif fault:
                self._fail(fault.removesuffix(" after"))
            else:
                self._answer(200, {"status": True, "data": made})

    def _reset(self) -> None:
        """Break the connection without a farewell."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True

    def do_GET(self) -> None:
        with self._refusing():
            self._authorize()
            url = urlsplit(self.path)
            if url.path == "/atoms/v1/dnc":
                self._answer(200, {"status": True, "data": self._do_not_call(parse_qs(url.query))})
                return
            match url.path.removeprefix("/atoms/v1/audience").strip("/").split("/"):
                case [""]:
                    self._answer(200, {"status": True, "data": [one.shown() for one in self.service.audiences]})
                case [identity]:
                    self._answer(200, {"status": True, "data": self.service.find(identity).shown()})
                case [identity, "members"]:
                    self._answer(200, {"status": True, "data": self._members(identity, parse_qs(url.query))})
                case _:
                    raise RefusedError(404, "Not found")

    def _do_not_call(self, query: Mapping[str, list[str]]) -> dict[str, Any]:
        everybody = self.service.do_not_call
        page = int(query.get("page", ["1"])[0])
        size = min(int(query.get("offset", ["50"])[0]), self.service.largest_page)
        before = (page - 1) * size
        entries = [
            {
                "_id": f"{place:024x}",
                "id": f"{place:024x}",
                "phoneNumber": number,
                "source": "manual",
                "orgId": "0" * 24,
            }
            for place, number in enumerate(everybody[before : before + size], before)
        ]
        pages = {"page": page, "offset": size, "total": len(everybody), "hasMore": page * size < len(everybody)}
        return {"entries": entries, "pagination": {**pages, "totalPages": -(-len(everybody) // size)}}

    def _members(self, identity: str, query: Mapping[str, list[str]]) -> dict[str, Any]:
        everybody = self.service.find(identity).members
        page = int(query.get("page", ["1"])[0])
        size = min(int(query.get("offset", [str(PAGE)])[0]), self.service.largest_page)
        before = (page - 1) * size
        shown = everybody[before : before + size]
        return {
            "members": [{"_id": f"{place:024x}", "data": data} for place, data in enumerate(shown, before)],
            "totalCount": len(everybody),
            "totalPages": -(-len(everybody) // size),
            "hasMore": page * size < len(everybody),
        }

    def _authorize(self) -> None:
        if self.headers["Authorization"] != f"Bearer {KEY}":
            raise RefusedError(401, "Unauthorized")

    def _form(self, body: bytes) -> tuple[dict[str, str], bytes | None]:
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        fields, file, sent = {}, None, ("", "")
        for part in BytesParser(policy=HTTP).parsebytes(head + body).iter_parts():
            name, content = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
            if name == "file":
                file, sent = content, (part.get_filename(), part.get_content_type())
            else:
                fields[name] = content.decode()
        self.service.requests.append((fields, *sent))
        self.service.contents.append(file)
        return fields, file

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except RefusedError as refused:
            self._answer(refused.status, {"status": False, "errors": [refused.error]})

    def _fail(self, fault: str) -> None:
        status, _, header = fault.partition(" ")
        name, _, value = header.partition(": ")
        self._answer(int(status), {"status": False, "errors": ["It failed"]}, {name: value} if name else {})

    def _answer(self, status: int, body: object, headers: Mapping[str, str] | None = None) -> None:
        if self.command == "POST":
            self.service.answers.append((status, body))
        self._send(status, json.dumps(body).encode(), headers)

    def _send(self, status: int, data: bytes, headers: Mapping[str, str] | None = None) -> None:
        given = {"Content-Type": "application/json", "Content-Length": str(len(data)), **(headers or {})}
        given["Connection"] = "close"  # no socket stays open for the tests to close
        self.send_response(status)
        for name, value in given.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def running(port: int = 0) -> Iterator[Service]:
    """Serve on a port of the loopback interface, any free one by default."""
    service = Service()
    handler = type("Handler", (Handler,), {"service": service})
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        server.daemon_threads = True
        service.url = f"http://127.0.0.1:{server.server_port}/atoms/v1"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield service
        finally:
            service.closing.set()
            server.shutdown()
            thread.join()


def serve_by_hand() -> None:
    """Serve until interrupted, and print what there is."""
    with running() as service:
        print(f"export SMALLEST_BASE_URL={service.url} SMALLEST_API_KEY={KEY}", flush=True)
        shown = 0
        while True:
            time.sleep(0.2)
            for audience in service.audiences[shown:]:
                shown += 1
                print(f"audience {audience.id} {audience.name!r}: {len(audience.members):,} members", flush=True)
