"""The rejected rows of an upload: how to correct them before it, or to send them after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from csv_preflight.model.report import Report
from csv_preflight.reports.advice import to_correct
from csv_preflight.reports.commands import stdin_again, written
from csv_preflight.reports.printable import printable
from csv_preflight.reports.upload_commands import upload_of_rejects, upload_with_rejects


@dataclass(frozen=True, slots=True)
class Own:
    """The options of the command upload that no other command has."""

    name: str
    description: str | None
    api_key_file: str | None
    existing_audience: Sequence[str]
    suppress_dnc: bool

    def words(self) -> list[str]:
        """Return the options as words of a command."""
        words = ["--name", self.name]
        words += ["--description", self.description] if self.description else []
        words += ["--api-key-file", self.api_key_file] if self.api_key_file else []
        for one in self.existing_audience:
            words += ["--existing-audience", one]
        return [*words, *(["--suppress-dnc"] if self.suppress_dnc else [])]


def before_sending(report: Report, own: Own) -> str:
    """Return how to correct the rejected rows before anything is sent, "" if there are none to correct."""
    path = _to_correct(report)
    if not path:
        return ""
    number = to_correct(report)
    rejected, again = report.rows.rejected, stdin_again(report)
    these = "it" if rejected == 1 else "them" if number == rejected else f"{number:,} of them"
    title = f"to send {these} as well: answer no, correct {path}, and run:"
    command = f"{title}\n      {printable(upload_with_rejects(report, own.words()))}"
    return f"{command}\n({again})" if again else command


def after_sending(report: Report, own: Own) -> str:
    """Return how to send the rejected rows after the others, "" if there are none to correct."""
    path = _to_correct(report)
    if not path:
        return ""
    other = replace(own, name=f"{own.name} (corrected)")
    title = f"next: correct {path}, and send its rows to another audience:"
    return f"{title}\n      {printable(upload_of_rejects(report, other.words()))}"


def _to_correct(report: Report) -> str:
    """Return the path of the rejects file, "" if no row in it can be corrected."""
    rejects = written(report, "rejects")
    return printable(rejects[0].path) if rejects and to_correct(report) else ""
