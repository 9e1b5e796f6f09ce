"""The steps to take after a run, in the page."""

from __future__ import annotations

from dataclasses import dataclass

from csv_preflight.reports.advice import Step, counted, first_step, leading_steps, sent_names, sentence, to_correct
from csv_preflight.reports.commands import stops
from csv_preflight.reports.steps import review
from csv_preflight.rules import BY_CODE
from csv_preflight.web.jobs import Cleaned
from csv_preflight.web.words import in_page


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a step: a text and an address below that of the list."""

    text: str
    to: str
    is_file: bool = True


@dataclass(frozen=True, slots=True)
class PageStep:
    """A step in the page.  splits: it has a button that splits the list into several files."""

    title: str
    text: str
    links: tuple[Link, ...] = ()
    splits: bool = False


def page_steps(cleaned: Cleaned) -> list[PageStep]:
    """Return the steps to take after a run, in order."""
    if not cleaned.clean:
        return _after_stop(cleaned)
    leading, later = leading_steps(cleaned.report)
    look = review(cleaned.report)
    return [
        *map(_by_an_answer, leading),
        *([PageStep(look.title, look.text)] if look else []),
        _save(cleaned),
        *([_by_an_answer(later)] if later else []),
        *_left_out(cleaned),
        *_upload(cleaned),
    ]


def _by_an_answer(step: Step) -> PageStep:
    """Return a step that another answer takes: what most rows have in common, or who may be called by mistake."""
    change = Link("Change the answers", "/", is_file=False)
    return PageStep(in_page(step.title), in_page(sentence(step.text)), (change,))


def _after_stop(cleaned: Cleaned) -> list[PageStep]:
    change = Link("Change the answers", "/", is_file=False)
    text = "Nothing was written, and your file was not changed. What is in the way is below."
    if all(BY_CODE[finding.code].split_helps for finding in stops(cleaned.report)):
        text = "The list is longer than the service takes at once. It can be cut into several files, an upload each."
        return [PageStep("Cut the list into several files", text, (change,), splits=True)]
    if any(BY_CODE[finding.code].about_corrections for finding in stops(cleaned.report)):
        text = "Nothing was written. Take the corrections back among the answers, then correct the rows once more."
        return [PageStep("These corrections do not fit the list", text, (change,))]
    if first := first_step(cleaned.report):
        return [_by_an_answer(first)]
    return [PageStep("Change the answers, or correct the list", text, (change,))]


def _save(cleaned: Cleaned) -> PageStep:
    report = cleaned.report
    phone, identifier = sent_names(report)
    names = f"In the upload, choose: phone column {phone}" + (f", identifier column {identifier}" if identifier else "")
    rows = counted(report.rows.clean, "row")
    files = [Link(f"Save part {number}", f"/files/{path.name}") for number, path in enumerate(cleaned.clean, start=1)]
    if len(files) == 1:
        files = [Link("Save the clean list", f"/files/{cleaned.clean[0].name}")]
    title = "Save the clean list" if len(files) == 1 else f"Save the clean list, in {len(files)} files"
    text = f"It has the {rows} that can be called. {names}."
    return PageStep(title, text, (*files, Link("Save the report", "/files/report.html")))


def _left_out(cleaned: Cleaned) -> list[PageStep]:
    report = cleaned.report
    if not cleaned.rejects:
        return []
    text = "They are in a file of their own, with the reason beside each, so that nobody is lost."
    if not to_correct(report):
        text = f"{text} None has to be corrected: the numbers are in a list already."
    links: tuple[Link, ...] = (Link("Save for Excel", "/files/rejects.xlsx"), Link("Save as CSV", "/files/rejects.csv"))
    given = enumerate(cleaned.choices.corrections, start=1)
    links += tuple(Link(f"Save {one.name}, your corrections", f"/files/corrections-{number}") for number, one in given)
    if to_correct(report):
        links = (Link("Correct them", "/correct", is_file=False), *links)
    return [PageStep(f"See who was left out: {counted(report.rows.rejected, 'row')}", text, links)]


def _upload(cleaned: Cleaned) -> list[PageStep]:
    if not cleaned.is_for_the_service:
        return []
    text = "With your API key, this page can make an audience of the clean list. You are asked before anything is sent."
    return [PageStep("Or upload it from here", text, (Link("Upload to Smallest AI Atoms", "/send", is_file=False),))]
