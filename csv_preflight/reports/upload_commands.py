"""The commands that an upload suggests to run next."""

from __future__ import annotations

from collections.abc import Sequence

from csv_preflight.model.report import Report
from csv_preflight.reports.commands import FILES, command_line, listed_values, sources, with_rejects, written
from csv_preflight.reports.printable import printable
from csv_preflight.shell import joined, program

# Options that say how a list is read; its rejects are read otherwise.
_OF_READING = ("encoding", "delimiter", "skip-lines", "corrections")


def upload_with_rejects(report: Report, more: Sequence[str]) -> str:
    """Return the command that uploads the list with its corrected rejects.  more: words of other options."""
    settings = {
        option: value for option, value in {**report.settings, **with_rejects(report)}.items() if value is not None
    }
    return command_line("upload", sources(report), report.profile, settings, more)


def as_uploads(lines: list[str], options: Sequence[str]) -> list[str]:
    """Return lines of a report whose commands upload the list, with these options, where they would clean it."""
    clean, upload = (printable(joined([*program(), *words])) for words in (["clean"], ["upload", *options]))
    for start in ("next: ", " " * 6):
        old = f"{start}{clean} "
        lines = [f"{start}{upload} {line.removeprefix(old)}" if line.startswith(old) else line for line in lines]
    return lines


def upload_of_rejects(report: Report, more: Sequence[str]) -> str:
    """Return the command that uploads the corrected rejects after the list.  more: words of other options."""
    kept = {option: value for option, value in report.settings.items() if option not in (*FILES, *_OF_READING)}
    sent = [one.path for one in written(report, "clean")]
    # Rows that nobody corrects are faulty still, and no reason to stop.
    settings = {**kept, "suppress": [*listed_values(kept.get("suppress")), *sent], "max-rejects": "100%"}
    return command_line("upload", written(report, "rejects")[0].path, report.profile, settings, more)
