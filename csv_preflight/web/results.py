"""Actions on a cleaned list: see the verdict, save the files, upload it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from csv_preflight.errors import SettingsError
from csv_preflight.inputs import stem
from csv_preflight.model.report import Report
from csv_preflight.reports.forms import render_report, with_samples
from csv_preflight.web import correcting, jobs, receiving, sending
from csv_preflight.web.fields import Fields
from csv_preflight.web.held import HeldList
from csv_preflight.web.jobs import Cleaned
from csv_preflight.web.sending import Sent, Wanted
from csv_preflight.web.session import PATIENCE, Session, page
from csv_preflight.writing.cleaning import Progress

# The most fields in the page to correct: all columns of rows that could not be split.
MOST_FIELDS = 100_000
BUG = "Something went wrong, and it is a fault of the program, not of your list."


class Results:
    """The handlers of a cleaned list's addresses."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def routes(self) -> list[Route]:
        """Return the routes below that of a list."""
        return [
            Route("/result", self._result),
            Route("/files/{kind}", self._file),
            Route("/correct", self._rows),
            Route("/correct", self._correct, methods=["POST"]),
            Route("/send", self._form),
            Route("/send", self._send, methods=["POST"]),
            Route("/sent", self._sent),
            Route("/account-list", self._account_list, methods=["POST"]),
            Route("/audience", self._audience, methods=["POST"]),
        ]

    def _cleaned(self, request: Request) -> Cleaned:
        """Return the result for a list; 404 if it was not cleaned."""
        job = self._session.held(request).cleaning
        if job is None or job.result is None:
            raise HTTPException(404)
        return job.result

    def _result(self, request: Request) -> Response:
        held = self._session.held(request)
        job = held.cleaning
        if job is None:
            return self._session.to(held)
        if not job.done.wait(PATIENCE):
            return page(self._session.pages.working(held, job.rows))
        if job.result is None:
            held.problem, held.cleaning = job.problem or BUG, None
            return self._session.to(held)
        return page(self._session.pages.result(held, job.result, _report(held, job.result)))

    def _file(self, request: Request) -> Response:
        held, cleaned = self._session.held(request), self._cleaned(request)
        kind, name = request.path_params["kind"], stem(held.name)
        if kind in ("report.html", "report.json"):
            report = cleaned.report if kind == "report.html" else with_samples(cleaned.report, 20)
            headers = {"Content-Disposition": f'attachment; filename="report{Path(kind).suffix}"'}
            return Response(render_report(report, kind), media_type="application/octet-stream", headers=headers)
        files = {path.name: (path, f"{name}.{path.name}") for path in (*cleaned.clean, cleaned.rejects) if path}
        for number, given in enumerate(cleaned.choices.corrections, start=1):
            files[f"corrections-{number}"] = given.path, given.name
        files |= {one.name: (one.path, one.name) for one in cleaned.choices.of_account}
        if kind == "rejects.xlsx" and cleaned.rejects:
            made = jobs.clean(held.path, held.name, held.new_place(), cleaned.choices, lambda _: None, suffix=".xlsx")
            files |= {path.name: (path, f"{name}.{path.name}") for path in (made.rejects,) if path}
        if kind not in files:
            raise HTTPException(404)
        path, called = files[kind]
        return FileResponse(path, media_type="application/octet-stream", filename=called)

    def _rows(self, request: Request) -> Response:
        held, cleaned = self._session.held(request), self._cleaned(request)
        problem, held.problem = held.problem, ""
        return page(self._session.pages.correct(held, cleaned, correcting.rows_to_correct(cleaned), problem))

    async def _correct(self, request: Request) -> Response:
        """Take corrections, made in the page or in a spreadsheet, and check the list again with them."""
        held, cleaned = self._session.held(request), self._cleaned(request)
        async with request.form(max_files=1, max_fields=MOST_FIELDS) as form:
            held.problem = await run_in_threadpool(receiving.corrections, held, cleaned, Fields(form))
        if held.problem:
            return self._session.to(held, "correct")
        held.cleaning = jobs.begin(partial(jobs.clean, held.path, held.name, held.new_place(), held.choices))
        return self._session.to(held, "result")

    def _form(self, request: Request) -> Response:
        held, cleaned = self._session.held(request), self._cleaned(request)
        problem, held.problem = held.problem, ""
        try:
            where = sending.destination()
        except SettingsError as error:
            return page(self._session.pages.message("This cannot be uploaded", str(error)))
        if not cleaned.clean or not cleaned.is_for_the_service:
            raise HTTPException(404)
        uploads = self._session.uploads
        return page(self._session.pages.send(held, cleaned, uploads.of(cleaned), where, uploads.ticket(), problem))

    async def _send(self, request: Request) -> Response:
        held, cleaned = self._session.held(request), self._cleaned(request)
        async with request.form(max_files=0, max_fields=10) as form:
            fields = Fields(form)
            if not self._session.uploads.takes(fields.text("ticket")):
                return self._session.to(held, "sent")
            held.problem = await run_in_threadpool(self._begin, request, cleaned, fields)
        return self._session.to(held, "send" if held.problem else "sent")

    def _begin(self, request: Request, cleaned: Cleaned, fields: Fields) -> str:
        """Begin an upload; return a problem, or ""."""
        held, before = self._session.held(request), self._session.uploads.of(cleaned)
        wanted = Wanted(
            fields.text("name").strip(), fields.text("description").strip() or None, fields.text("key").strip()
        )
        if held.sending is not None and not held.sending.done.is_set():
            return "An upload of this list is still going on."
        if fields.text("sure") != "yes" or (before.is_doubtful and fields.text("again") != "yes"):
            return "Nothing was sent: tick the box to say that it is meant."
        if sending.mostly_faulty(cleaned) and fields.text("few") != "yes":
            return "Nothing was sent: most rows have a fault. Tick the box if the rest shall be sent all the same."
        try:
            wanted.check()
        except SettingsError as error:
            return str(error)
        held.sending = jobs.begin(partial(_uploaded, self._session, cleaned, held.name, wanted, before))
        return ""

    async def _account_list(self, request: Request) -> Response:
        """Leave out the numbers of the account's do-not-call list."""
        held, cleaned = self._session.held(request), self._cleaned(request)
        async with request.form(max_files=0, max_fields=2) as form:
            key = Fields(form).text("key").strip()
        read = await _in_thread(partial(_account_list, key), held)
        if read == b"":
            held.problem = "The account's do-not-call list is empty: nobody has to be left out for it."
        return self._without(held, read, partial(receiving.account_list, held, cleaned))

    async def _audience(self, request: Request) -> Response:
        """Leave out the members of an audience."""
        held, cleaned = self._session.held(request), self._cleaned(request)
        async with request.form(max_files=0, max_fields=2) as form:
            fields = Fields(form)
            key, audience = fields.text("key").strip(), fields.text("audience").strip()
        read = await _in_thread(partial(_members, audience, key), held)
        if read == b"":
            held.problem = "This audience has no members: nobody has to be left out for it."
        return self._without(held, read, partial(receiving.audience, held, cleaned, audience))

    def _without(self, held: HeldList, read: bytes | None, keep: Callable[[bytes], None]) -> Response:
        """Clean the list again without the numbers that were read.  keep: stores them as a list."""
        if not read:
            return self._session.to(held, "send")
        keep(read)
        held.cleaning = jobs.begin(partial(jobs.clean, held.path, held.name, held.new_place(), held.choices))
        return self._session.to(held, "result")

    def _sent(self, request: Request) -> Response:
        held, cleaned = self._session.held(request), self._cleaned(request)
        job = held.sending
        if job is None:
            return self._session.to(held, "send")
        if not job.done.wait(PATIENCE):
            return page(self._session.pages.uploading(held))
        if job.result is None:
            held.problem, held.sending = job.problem or BUG, None
            return self._session.to(held, "send")
        return page(self._session.pages.sent(held, cleaned, job.result))


def _report(held: HeldList, cleaned: Cleaned) -> Report:
    """Return the report of a run, with unmasked cells if wanted, for which the list is read again once."""
    if not held.show_values:
        return cleaned.report
    if held.revealed is None or held.revealed[0] is not cleaned:
        held.revealed = cleaned, jobs.values(held.path, cleaned)
    return held.revealed[1]


async def _in_thread(work: Callable[[Progress], bytes], held: HeldList) -> bytes | None:
    """Return data read from the account; None if that failed, with the list's problem set."""
    job = jobs.begin(work)
    await run_in_threadpool(job.done.wait)
    if job.result is None:
        held.problem = job.problem or BUG
    return job.result


def _account_list(key: str, _: object) -> bytes:
    return sending.do_not_call(key)


def _members(audience: str, key: str, _: object) -> bytes:
    return sending.members_of(audience, key)


def _uploaded(session: Session, cleaned: Cleaned, name: str, wanted: Wanted, before: Sent, _: object) -> Sent:
    # From here on, the service may have the list, whatever happens.
    session.uploads.keep(cleaned, Sent(before.audiences, before.parts, len(before.audiences) + 1, "perhaps"))
    try:
        sent = sending.upload(cleaned, name, wanted, before)
    except SettingsError:
        session.uploads.keep(cleaned, before)
        raise
    session.uploads.keep(cleaned, sent)
    return sent
