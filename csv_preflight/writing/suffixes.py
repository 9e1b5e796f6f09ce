"""Names of outputs that promise another format than is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from csv_preflight.reports.forms import SUFFIXES
from csv_preflight.reports.printable import printable

_CLEAN, _REJECTS = (".csv", ".txt"), (".csv", ".txt", ".xlsx")
# Suffixes of other formats, which a spreadsheet or another program would expect in the file.
_FORMATS = frozenset(
    {".csv", ".txt", ".tsv", ".tab", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".json", ".jsonl", ".html", ".htm",
     ".xml", ".pdf", ".md", ".parquet", ".zip", ".gz"}
)  # fmt: skip


def wrong_suffixes(clean: str | None, rejects: str | None, reports: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield outputs whose names promise another format, each as its option and what is wrong with it."""
    named = [("-o", clean or "", _CLEAN), ("--rejects", rejects or "", _REJECTS)]
    for option, path, known in (*named, *(("--report", path, SUFFIXES) for path in reports)):
        suffix = Path(path).suffix.lower()
        if suffix in _FORMATS and suffix not in known:
            yield option, wrong_suffix(path, known)


def wrong_suffix(path: str, known: Sequence[str]) -> str:
    """Return the message for a name that ends in none of the known suffixes."""
    return f"{printable(path)}: the name must end in {', '.join(known[:-1])} or {known[-1]}"
