"""Run a list through the stages in a thread: write its files, or only count its rows."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Generic, TypeVar

from csv_preflight import pipeline
from csv_preflight.errors import PreflightError
from csv_preflight.inputs import Unchanged, stem
from csv_preflight.model.report import Report
from csv_preflight.model.settings import DEFAULT_PROFILE
from csv_preflight.reports.forms import HTML_FINDINGS
from csv_preflight.web.choices import Choices
from csv_preflight.writing.cleaning import Progress, Targets, write_files
from csv_preflight.writing.sinks import Measure

Result = TypeVar("Result")
# Larger lists are counted on request, not after every answer.
LIVE_BYTES = 5_000_000
# Two at once keep a small machine usable.
_ROOM = threading.Semaphore(2)


@dataclass
class Job(Generic[Result]):
    """A task in a thread.

    rows: read so far.  result: None until it is done, and if it failed; problem: why it failed, "" for a bug, whose
    traceback is printed.
    """

    rows: int = 0
    result: Result | None = None
    problem: str = ""
    done: threading.Event = field(default_factory=threading.Event)

    def progress(self, rows: int) -> None:
        """Set the count of rows read."""
        self.rows = rows


def begin(work: Callable[[Progress], Result]) -> Job[Result]:
    """Start a job.  work: takes a function for its progress."""
    job = Job[Result]()

    def run() -> None:
        try:
            with _ROOM:
                job.result = work(job.progress)
        except (PreflightError, OSError) as error:
            job.problem = str(error)
        finally:
            job.done.set()

    threading.Thread(target=run, daemon=True).start()
    return job


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The files made from a list, and its report with all findings that a page can show.

    clean: the clean list, or its parts; () if it is not ready.  rejects: None if no row was rejected.
    """

    choices: Choices
    report: Report
    clean: tuple[Path, ...]
    rejects: Path | None

    @property
    def is_for_the_service(self) -> bool:
        """Whether it was cleaned for the service that the page uploads to."""
        return self.report.profile == DEFAULT_PROFILE


def clean(
    path: Path, name: str, folder: Path, choices: Choices, progress: Progress, *, suffix: str = ".csv"
) -> Cleaned:
    """Write what ``clean`` writes into a folder.  suffix: of the rejects."""
    settings = choices.settings()
    most = max(settings.samples, HTML_FINDINGS)
    folder.mkdir(mode=0o700)
    rejects = folder / f"rejects{suffix}"
    targets = Targets(str(folder / "clean.csv"), str(rejects))
    with path.open("rb") as file:
        lists = choices.lists(settings)
        report = write_files(file, str(path), replace(settings, max_findings=most), targets, lists, progress)
    written = tuple(Path(one.path) for one in report.outputs if one.kind == "clean")
    return Cleaned(choices, named(report, name, choices), written, rejects if rejects.exists() else None)


def count(path: Path, choices: Choices, progress: Progress) -> Report:
    """Return the report of a list without writing its files."""
    settings = choices.settings()
    with path.open("rb") as file, Unchanged(file, str(path)):
        return pipeline.run(file, path.name, settings, Measure(), choices.lists(settings), progress=progress)


def values(path: Path, cleaned: Cleaned) -> Report:
    """Return the report of a list again, with unmasked cells."""
    settings = replace(cleaned.choices.settings(), show_values=True, max_findings=HTML_FINDINGS)
    with path.open("rb") as file, Unchanged(file, str(path)):
        found = pipeline.run(file, path.name, settings, Measure(), cleaned.choices.lists(settings))
    report = cleaned.report
    return replace(
        report, findings=found.findings, notes=found.notes, settings={**report.settings, "show-values": True}
    )


def named(report: Report, name: str, choices: Choices) -> Report:
    """Return a report with the files' names as the user knows them."""
    outputs = [replace(one, path=f"{stem(name)}.{Path(one.path).name}") for one in report.outputs]
    inputs = tuple(replace(one, path=name) for one in report.inputs)
    return replace(
        report,
        input=replace(report.input, path=name),
        inputs=inputs,
        outputs=tuple(outputs),
        settings=choices.options(),
    )
