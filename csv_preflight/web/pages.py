"""The state of a list -> HTML, with the style and the templates of the report."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from csv_preflight._version import __version__
from csv_preflight.country_names import english_names
from csv_preflight.destinations import built_in_profiles
from csv_preflight.e164 import supported_regions
from csv_preflight.inputs import stem
from csv_preflight.model.report import Report
from csv_preflight.model.settings import DEFAULT_PROFILE
from csv_preflight.reports.advice import sent_names, to_correct
from csv_preflight.reports.commands import command_line
from csv_preflight.reports.html import page as report_page
from csv_preflight.rules import BY_CODE
from csv_preflight.rules.notes import note_text
from csv_preflight.web import words
from csv_preflight.web.correcting import Row
from csv_preflight.web.guard import MOST_BYTES
from csv_preflight.web.held import HeldList, HeldLists
from csv_preflight.web.jobs import LIVE_BYTES, Cleaned
from csv_preflight.web.sending import Sent, mostly_faulty
from csv_preflight.web.steps import page_steps

if TYPE_CHECKING:
    from jinja2 import Environment


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import FunctionLoader

    def own(name: str) -> str | None:
        found = files("csv_preflight.web").joinpath("templates", name)
        return found.read_text(encoding="utf-8") if found.is_file() else None

    made = report_page.environment(FunctionLoader(own))
    made.filters["options"] = words.in_page
    made.filters["note"] = lambda note: words.in_page(note_text(note))
    return made


def static(name: str) -> str | None:
    """Return a style or script of the page; None for any other name."""
    if name in ("report.css", "report.js"):
        return report_page.asset(name)
    if name in ("page.css", "page.js"):
        return files("csv_preflight.web").joinpath("static", name).read_text(encoding="utf-8")
    return None


class Pages:
    """The pages of a session.  base: the beginning of every address."""

    def __init__(self, base: str) -> None:
        self._base = base

    def _page(self, template: str, /, **values: object) -> str:
        return _environment().get_template(f"{template}.html.jinja").render(base=self._base, **values)

    def start(self, lists: HeldLists, problem: str = "") -> str:
        """Return the first page."""
        return self._page("start", lists=list(lists), problem=problem, version=__version__, most_bytes=MOST_BYTES)

    def message(
        self, headline: str, text: str, *, command: str = "", tone: str = "stopped", back: str = "", back_text: str = ""
    ) -> str:
        """Return a page with one message.  back: an address below the first page's, to continue."""
        where = f"{self._base}/{back}"
        return self._page(
            "message",
            headline=headline,
            text=text,
            command=command,
            tone=tone,
            back=where,
            back_text=back_text or "Go back",
        )

    def ended(self) -> str:
        """Return the last page."""
        return self._page("ended")

    def working(self, held: HeldList, rows: int) -> str:
        """Return a page that reloads until the list is cleaned."""
        return self._page("working", held=held, rows=rows, expected=held.look.inspection.rows if held.look else 0)

    def list(self, held: HeldList, problem: str = "") -> str:
        """Return the page with a list's description and questions, or with what must be decided first."""
        look = held.look
        if look is None:
            return self._page("sheets", held=held)
        if not look.columns:
            return self._unread(held)
        names = english_names()
        regions = sorted(((code, names[code]) for code in supported_regions() if code in names), key=lambda one: one[1])
        counting = held.counting is not None and not held.counting.done.is_set()
        return self._page(
            "list",
            held=held,
            inspection=look.inspection,
            columns=look.columns,
            choices=held.choices,
            kinds=words.KINDS,
            letters=words.letters(look.inspection),
            detected=f"{words.encoding(look.inspection.input.encoding)}, as it is read now",
            encodings=list(words.ENCODINGS.items()),
            countries=names,
            regions=regions,
            profiles=list(built_in_profiles().values()),
            phone_hint=words.phone_hint(look),
            doubt=words.doubt(look.inspection, names),
            commands=commands(held),
            live=held.path.stat().st_size <= LIVE_BYTES,
            counting=counting,
            counted="" if counting or held.counted is None else words.counted(held.counted),
            problem=words.in_page(problem or held.problem),
        )

    def _unread(self, held: HeldList) -> str:
        look = held.look
        assert look is not None and look.stop is not None  # noqa: S101 - a list without columns has a reason
        rule, sample = BY_CODE[look.stop.code], look.stop.samples[0]
        skip = sample.parameters.get("skip") if sample.parameters.get("way_out") == "skip" else 0
        return self._page(
            "unread",
            held=held,
            headline=look.stop.title,
            because="The list begins with something else, such as a title." if skip else rule.why,
            remedy=rule.advice,
            readings=look.readings,
            line=sample.line,
            labels=words.LABELS,
            skip=skip if isinstance(skip, int) else 0,
        )

    def result(self, held: HeldList, cleaned: Cleaned, report: Report) -> str:
        """Return the report of a cleaned list, with the actions of the page."""
        return self._page(
            "result",
            **report_page.view(words.for_page(report)),
            held=held,
            here=f"{self._base}/lists/{held.key}",
            page_steps=page_steps(cleaned),
            commands=commands(held),
        )

    def correct(self, held: HeldList, cleaned: Cleaned, rows: Sequence[Row], problem: str) -> str:
        """Return the page with the rejected rows to correct."""
        return self._page(
            "correct",
            held=held,
            here=f"{self._base}/lists/{held.key}",
            run=cleaned.rejects.parent.name if cleaned.rejects else "",
            rows=rows,
            total=to_correct(cleaned.report),
            problem=problem,
        )

    def send(self, held: HeldList, cleaned: Cleaned, before: Sent, where: str, ticket: str, problem: str) -> str:
        """Return the form of an upload.  before: the state of earlier ones; where: the service's machine."""
        phone, identifier = sent_names(cleaned.report)
        return self._page(
            "send",
            held=held,
            report=cleaned.report,
            before=before,
            where=where,
            ticket=ticket,
            problem=problem,
            phone=phone,
            identifier=identifier,
            few=mostly_faulty(cleaned),
            name=stem(held.name),
            never=next((one.name for one in cleaned.choices.suppress if one.of_account), ""),
            present=[one for one in cleaned.choices.existing if one.of_account],
        )

    def uploading(self, held: HeldList) -> str:
        """Return a page that reloads until the upload is done."""
        return self._page("uploading", held=held)

    def sent(self, held: HeldList, cleaned: Cleaned, sent: Sent) -> str:
        """Return the page with the result of an upload."""
        return self._page("sent", held=held, report=cleaned.report, sent=sent)


def commands(held: HeldList) -> list[str]:
    """Return the commands that do the same to the file."""
    clean = held.choices.command(held.name)
    if not held.workbook:
        return [clean]
    options = {"sheet": held.sheet} if len(held.sheets) > 1 else {}
    return [command_line("convert", held.workbook, DEFAULT_PROFILE, options), clean]
