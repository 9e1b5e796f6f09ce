"""Names of outputs that promise another format than is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from csv_preflight.reports.forms import SUFFIXES
from csv_preflight.reports.printable import printable

_CLEAN, _REJECTS = (".csv", ".txt"), (".csv", ".txt", ".xlsx")
# Suffixes of formats that a spreadsheet or another program would expect behind them.
_FORMATS = frozenset(
    {".csv", ".txt", ".tsv", ".tab", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".json", ".jsonl", ".html", ".htm",
     ".xml", ".pdf", ".md", ".parquet", ".zip", ".gz"}
)  # fmt: skip


def wrong_suffixes(
    clean: tuple[str, str | None], rejects: tuple[str, str | None], reports: tuple[str, Sequence[str]]
) -> Iterator[str]:
    """Yield what is wrong with the names of outputs.

    Each argument is what the person calls the output, such as an option, and its path or paths.
    """
    for (called, path), known in ((clean, _CLEAN), (rejects, _REJECTS)):
        suffix = Path(path or "").suffix.lower()
        if suffix in _FORMATS and suffix not in known:
            yield _message(called, path or "", known)
    called, paths = reports
    yield from (_message(called, path, SUFFIXES) for path in paths if Path(path).suffix.lower() not in SUFFIXES)


def _message(called: str, path: str, known: Sequence[str]) -> str:
    return f"{called} {printable(path)}: the name must end in {', '.join(known[:-1])} or {known[-1]}"
