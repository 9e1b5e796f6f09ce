"""The addresses of the page."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from csv_preflight.errors import WorkbookError
from csv_preflight.web import jobs, receiving, words
from csv_preflight.web.answers import chosen
from csv_preflight.web.fields import Fields
from csv_preflight.web.guard import MOST_BYTES, Guard, Keys
from csv_preflight.web.held import HeldList, HeldLists, copied
from csv_preflight.web.names import file_name
from csv_preflight.web.pages import static
from csv_preflight.web.results import Results
from csv_preflight.web.session import PATIENCE, Session, page

# The most bytes of pasted text; a larger list has to come as a file.
MOST_PASTED = 5_000_000


class Site:
    """The page of one session: its lists, and the handlers of its addresses."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def routes(self) -> list[BaseRoute]:
        """Return the routes below the secret."""
        held: list[tuple[str, Callable[..., Any], str]] = [
            ("", self._list, "GET"),
            ("sheet", self._sheet, "POST"),
            ("reading", self._reading, "POST"),
            ("choices", self._choices, "POST"),
            ("count", self._count, "POST"),
            ("split", self._split, "POST"),
            ("values", self._values, "POST"),
            ("forget", self._forget, "POST"),
        ]
        return [
            Route("/", self._start),
            Route("/static/{name}", self._static),
            Route("/too-large", self._too_large),
            Route("/lists", self._receive, methods=["POST"]),
            Route("/end", self._finish, methods=["POST"]),
            *(Route(f"/lists/{{key}}/{path}", run, methods=[method]) for path, run, method in held),
            Mount("/lists/{key}", routes=Results(self._session).routes()),
        ]

    def _start(self, _: Request) -> Response:
        return page(self._session.pages.start(self._session.lists))

    def _static(self, request: Request) -> Response:
        name = request.path_params["name"]
        text = static(name)
        if text is None:
            raise HTTPException(404)
        return PlainTextResponse(text, media_type="text/css" if name.endswith(".css") else "text/javascript")

    def _too_large(self, _: Request) -> Response:
        text = f"This page takes files of up to {MOST_BYTES // 1_000_000} MB. Nothing of it was kept."
        command = "csv-preflight clean contacts.csv"
        return page(self._session.pages.message("This file is too large for the page", text, command=command), 413)

    async def _receive(self, request: Request) -> Response:
        async with request.form(max_files=1, max_fields=2, max_part_size=MOST_PASTED) as form:
            fields = Fields(form)
            files, rows = fields.files("list"), fields.text("rows")
            if files:
                name = file_name(files[0].filename, "list.csv")
                held = await run_in_threadpool(self._session.lists.add, name, copied(files[0].file))
            elif rows.strip():
                data = rows.encode("utf-8", "replace")
                held = await run_in_threadpool(
                    self._session.lists.add, "pasted-rows.txt", lambda file: file.write(data)
                )
            else:
                return page(self._session.pages.start(self._session.lists, "Choose a file first, or paste rows."), 400)
        await run_in_threadpool(receiving.first_look, held)
        return self._session.to(held)

    def _list(self, request: Request) -> Response:
        held = self._session.held(request)
        if held.problem and held.look is None:
            return page(
                self._session.pages.message(
                    "This workbook cannot be read", held.problem, back_text="Choose the list again"
                )
            )
        if held.counting is not None and held.counting.done.wait(PATIENCE):
            held.counted, held.problem, held.counting = held.counting.result, held.counting.problem, None
        return page(self._session.pages.list(held))

    async def _sheet(self, request: Request) -> Response:
        held = self._session.held(request)
        async with request.form(max_files=0, max_fields=2) as form:
            sheet = Fields(form).text("sheet")
        if sheet in held.sheets:
            try:
                await run_in_threadpool(receiving.convert, held, sheet)
            except WorkbookError as error:
                held.problem = str(error)
        return self._session.to(held)

    async def _reading(self, request: Request) -> Response:
        """Read the list in another encoding, or without the lines above its header."""
        held = self._session.held(request)
        async with request.form(max_files=0, max_fields=2) as form:
            given = chosen(Fields(form), held)
        await run_in_threadpool(receiving.read_otherwise, held, given.encoding, given.skip_lines)
        return self._session.to(held)

    async def _choices(self, request: Request) -> Response:
        held = self._session.held(request)
        async with request.form(max_files=10, max_fields=50) as form:
            fields = Fields(form)
            do = fields.text("do")
            await run_in_threadpool(self._answer, held, fields)
        if held.problem:
            return self._session.to(held)
        if do == "count":
            held.counting = jobs.begin(partial(jobs.count, held.path, held.choices))
            return self._session.to(held)
        return self._clean(held)

    def _split(self, request: Request) -> Response:
        """Clean the list again, into as many files as it needs."""
        held = self._session.held(request)
        held.choices = replace(held.choices, split=True)
        return self._clean(held)

    def _clean(self, held: HeldList) -> Response:
        held.cleaning = jobs.begin(partial(jobs.clean, held.path, held.name, held.new_place(), held.choices))
        return self._session.to(held, "result")

    @staticmethod
    def _answer(held: HeldList, fields: Fields) -> None:
        try:
            added = {
                option: [receiving.other_list(held, file.file, file.filename) for file in fields.files(option)]
                for option in ("suppress", "existing")
            }
        except WorkbookError as error:
            held.problem = str(error)
        else:
            receiving.answer(held, chosen(fields, held, added))

    async def _count(self, request: Request) -> Response:
        held = self._session.held(request)
        async with request.form(max_files=10, max_fields=50) as form:
            given = chosen(Fields(form), held)
        job = jobs.begin(partial(jobs.count, held.path, given))
        await run_in_threadpool(job.done.wait)
        return JSONResponse({"text": words.counted(job.result) if job.result else job.problem})

    async def _values(self, request: Request) -> Response:
        held = self._session.held(request)
        async with request.form(max_files=0, max_fields=2) as form:
            fields = Fields(form)
            held.show_values, where = fields.text("show") == "yes", fields.text("page")
        if held.look is not None:
            await run_in_threadpool(held.read)
        return self._session.to(held, where if where in ("result", "correct") else "")

    def _forget(self, request: Request) -> Response:
        self._session.lists.forget(self._session.held(request))
        return self._session.to_start()

    def _finish(self, _: Request) -> Response:
        for held in self._session.lists:
            self._session.lists.forget(held)
        self._session.end()
        return page(self._session.pages.ended())

    def not_found(self, _: Request, __: Exception) -> Response:
        """Return the page for an unknown or expired address."""
        text = "It was deleted, or the address is not complete."
        return page(self._session.pages.message("There is no such page", text, back_text="Choose a list"), 404)


def make_app(
    folder: Path, keys: Keys, hosts: Collection[str], end: Callable[[], None], most: int = MOST_BYTES
) -> ASGIApp:
    """Return the page as an application.

    folder: private, for all files.  hosts: names with ports that requests may use.  end: stops the server.
    """
    base = f"/{keys.secret}"
    site = Site(Session(HeldLists(folder), base, end))
    app = Starlette(routes=[Mount(base, routes=site.routes())], exception_handlers={404: site.not_found})
    return Guard(app, keys, hosts, most)
