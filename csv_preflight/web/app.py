"""The addresses of the page."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from csv_preflight.errors import WorkbookError
from csv_preflight.reports.forms import render_report, with_samples
from csv_preflight.web import jobs, receiving, words
from csv_preflight.web.answers import chosen
from csv_preflight.web.choices import Choices
from csv_preflight.web.fields import Fields
from csv_preflight.web.guard import MOST_BYTES, Guard, Keys
from csv_preflight.web.held import HeldList, HeldLists, copied
from csv_preflight.web.names import file_name, stem
from csv_preflight.web.pages import Pages, static

# Text that is pasted; a larger list comes as a file.
MOST_PASTED = 5_000_000
# Seconds that an answer waits for a job, so that a short one needs no page in between.
PATIENCE = 1.0


class Site:
    """The page of one session: its lists, and what answers each address."""

    def __init__(self, folder: Path, base: str, end: Callable[[], None]) -> None:
        self._lists, self._pages, self._base, self._end = HeldLists(folder), Pages(base), base, end

    def routes(self) -> list[Route]:
        """Return what answers each address, below the secret."""
        held: list[tuple[str, Callable[..., Any], str]] = [
            ("", self._list, "GET"),
            ("sheet", self._sheet, "POST"),
            ("reading", self._reading, "POST"),
            ("choices", self._choices, "POST"),
            ("count", self._count, "POST"),
            ("values", self._values, "POST"),
            ("result", self._result, "GET"),
            ("files/{kind}", self._file, "GET"),
            ("forget", self._forget, "POST"),
        ]
        return [
            Route("/", self._start),
            Route("/static/{name}", self._static),
            Route("/too-large", self._too_large),
            Route("/lists", self._receive, methods=["POST"]),
            Route("/end", self._finish, methods=["POST"]),
            *(Route(f"/lists/{{key}}/{path}", run, methods=[method]) for path, run, method in held),
        ]

    def _held(self, request: Request) -> HeldList:
        held = self._lists.get(request.path_params["key"])
        if held is None:
            raise HTTPException(404)
        return held

    def _to(self, held: HeldList, page: str = "") -> Response:
        return RedirectResponse(f"{self._base}/lists/{held.key}/{page}", 303)

    def _start(self, _: Request) -> Response:
        return HTMLResponse(self._pages.start(self._lists))

    def _static(self, request: Request) -> Response:
        name = request.path_params["name"]
        text = static(name)
        if text is None:
            raise HTTPException(404)
        return PlainTextResponse(text, media_type="text/css" if name.endswith(".css") else "text/javascript")

    def _too_large(self, _: Request) -> Response:
        text = f"This page takes files of up to {MOST_BYTES // 1_000_000} MB. Nothing of it was kept."
        page = self._pages.message(
            "This file is too large for the page", text, command="csv-preflight clean contacts.csv"
        )
        return HTMLResponse(page, 413)

    async def _receive(self, request: Request) -> Response:
        async with request.form(max_files=1, max_fields=2, max_part_size=MOST_PASTED) as form:
            fields = Fields(form)
            files, rows = fields.files("list"), fields.text("rows")
            if files:
                name = file_name(files[0].filename, "list.csv")
                held = await run_in_threadpool(self._lists.add, name, copied(files[0].file))
            elif rows.strip():
                data = rows.encode("utf-8", "replace")
                held = await run_in_threadpool(self._lists.add, "pasted-rows.txt", lambda file: file.write(data))
            else:
                return HTMLResponse(self._pages.start(self._lists, "Choose a file first, or paste rows."), 400)
        await run_in_threadpool(receiving.first_look, held)
        return self._to(held)

    def _list(self, request: Request) -> Response:
        held = self._held(request)
        if held.problem and held.look is None:
            page = self._pages.message("This workbook cannot be read", held.problem, back_text="Choose the list again")
            return HTMLResponse(page)
        if held.counting is not None and held.counting.done.wait(PATIENCE):
            held.counted, held.problem, held.counting = held.counting.result, held.counting.problem, None
        return HTMLResponse(self._pages.list(held))

    async def _sheet(self, request: Request) -> Response:
        held = self._held(request)
        async with request.form(max_files=0, max_fields=2) as form:
            sheet = Fields(form).text("sheet")
        if sheet in held.sheets:
            try:
                await run_in_threadpool(receiving.convert, held, sheet)
            except WorkbookError as error:
                held.problem = str(error)
        return self._to(held)

    async def _reading(self, request: Request) -> Response:
        """Read the list in another way: its letters, or without the lines above its header."""
        held = self._held(request)
        async with request.form(max_files=0, max_fields=2) as form:
            given = chosen(Fields(form), held)
        await run_in_threadpool(receiving.read_otherwise, held, given.encoding, given.skip_lines)
        return self._to(held)

    async def _choices(self, request: Request) -> Response:
        held = self._held(request)
        async with request.form(max_files=10, max_fields=50) as form:
            fields = Fields(form)
            added = [
                await run_in_threadpool(receiving.other_list, held, file.file, file.filename)
                for file in fields.files("suppress")
            ]
            do = fields.text("do")
            await run_in_threadpool(receiving.answer, held, chosen(fields, held, added))
        if held.problem or do == "read":
            return self._to(held)
        if do == "count":
            held.counting = jobs.begin(partial(_counted, held.path, held.choices))
            return self._to(held)
        held.cleaning = jobs.begin(partial(_cleaned, held.path, held.name, held.new_place(), held.choices))
        return self._to(held, "result")

    async def _count(self, request: Request) -> Response:
        held = self._held(request)
        async with request.form(max_files=10, max_fields=50) as form:
            given = chosen(Fields(form), held)
        job = jobs.begin(partial(_counted, held.path, given))
        await run_in_threadpool(job.done.wait)
        return JSONResponse({"text": words.counted(job.result) if job.result else job.problem})

    async def _values(self, request: Request) -> Response:
        held = self._held(request)
        async with request.form(max_files=0, max_fields=2) as form:
            fields = Fields(form)
            held.show_values, page = fields.text("show") == "yes", fields.text("page")
        if held.look is not None:
            await run_in_threadpool(held.read)
        return self._to(held, "result" if page == "result" else "")

    def _result(self, request: Request) -> Response:
        held = self._held(request)
        job = held.cleaning
        if job is None:
            return self._to(held)
        if not job.done.wait(PATIENCE):
            return HTMLResponse(self._pages.working(held, job.rows))
        if job.result is None:
            held.problem = job.problem or "Something went wrong, and it is a fault of the program, not of your list."
            held.cleaning = None
            return self._to(held)
        report = jobs.values(held.path, job.result) if held.show_values else job.result.report
        return HTMLResponse(self._pages.result(held, job.result, report))

    def _file(self, request: Request) -> Response:
        held = self._held(request)
        cleaned = held.cleaning.result if held.cleaning is not None else None
        if cleaned is None:
            raise HTTPException(404)
        kind, name = request.path_params["kind"], stem(held.name)
        if kind in ("report.html", "report.json"):
            report = cleaned.report if kind == "report.html" else with_samples(cleaned.report, 20)
            headers = {"Content-Disposition": f'attachment; filename="report{Path(kind).suffix}"'}
            return Response(render_report(report, kind), media_type="application/octet-stream", headers=headers)
        if kind == "clean.csv" and cleaned.is_written:
            return _download(cleaned.clean, f"{name}.clean.csv")
        if kind == "rejects.csv" and cleaned.rejects:
            return _download(cleaned.rejects, f"{name}.rejects.csv")
        if kind == "rejects.xlsx" and cleaned.rejects:
            made = jobs.clean(held.path, held.name, held.new_place(), cleaned.choices, lambda _: None, suffix=".xlsx")
            if made.rejects:
                return _download(made.rejects, f"{name}.rejects.xlsx")
        raise HTTPException(404)

    def _forget(self, request: Request) -> Response:
        self._lists.forget(self._held(request))
        return RedirectResponse(f"{self._base}/", 303)

    def _finish(self, _: Request) -> Response:
        for held in self._lists:
            self._lists.forget(held)
        self._end()
        return HTMLResponse(self._pages.ended())

    def not_found(self, _: Request, __: Exception) -> Response:
        """Return a page that says that there is none, or none any more."""
        text = "It was deleted, or the address is not complete."
        return HTMLResponse(self._pages.message("There is no such page", text, back_text="Choose a list"), 404)


def _download(path: Path, name: str) -> Response:
    return FileResponse(path, media_type="application/octet-stream", filename=name)


def _counted(path: Path, choices: Choices, progress: Callable[[int], None]) -> Any:
    return jobs.count(path, choices, progress)


def _cleaned(path: Path, name: str, folder: Path, choices: Choices, progress: Callable[[int], None]) -> Any:
    return jobs.clean(path, name, folder, choices, progress)


def make_app(
    folder: Path, keys: Keys, hosts: Collection[str], end: Callable[[], None], most: int = MOST_BYTES
) -> ASGIApp:
    """Return the page as an application.

    folder: private, for all files.  hosts: names with ports under which it may be asked for.  end: stops the server.
    """
    base = f"/{keys.secret}"
    site = Site(folder, base, end)
    app = Starlette(routes=[Mount(base, routes=site.routes())], exception_handlers={404: site.not_found})
    return Guard(app, keys, hosts, most)
