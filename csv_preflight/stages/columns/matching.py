"""The columns of a list in another of its files, where they may be in another order."""

from __future__ import annotations

from collections.abc import Sequence

from csv_preflight.model.finding import Findings, Stop
from csv_preflight.model.settings import Settings
from csv_preflight.stages.columns.likely import data_in_header
from csv_preflight.stages.columns.names import clean_name
from csv_preflight.stages.columns.sent import renamed


def match_columns(
    header: Sequence[str], line: int, others: Sequence[str], path: str, settings: Settings
) -> tuple[int, ...] | Stop:
    """Return where each column of a list is in a file of it.

    header: of the file, as read, from physical line ``line``; others: of the list's first file, which is ``path``.
    Names are compared after --rename, in any order.
    """
    findings = Findings()
    own = [clean_name(name) for name in header]
    if evidence := data_in_header(own):
        findings.whole_file("C004", line=line, given=evidence)
        return Stop(findings)
    own = renamed(own, line, settings, findings)
    if findings:
        return Stop(findings)
    wanted = renamed([clean_name(name) for name in others], line, settings, Findings())
    places = dict(zip(_numbered(own), range(len(own)), strict=True))
    numbered = _numbered(wanted)
    missing = tuple(name for name, turn in numbered if (name, turn) not in places)
    more = tuple(name for name, turn in places if (name, turn) not in set(numbered))
    if not (missing or more):
        return tuple(places[name] for name in numbered)
    problem = "both" if missing and more else "missing" if missing else "more"
    if len(missing) == len(more) == 1:
        problem = "one"
    elif len(missing) == len(wanted):
        problem, more = "none", ()  # a line with none of the names may be somebody's name and number
    pair = f"{more[0]}={missing[0]}" if problem == "one" else ""
    findings.whole_file("C013", line=line, problem=problem, path=path, missing=missing, more=more, rename=pair)
    return Stop(findings)


def _numbered(names: Sequence[str]) -> list[tuple[str, int]]:
    """Return each name with how often it was there before: of columns without a name, there may be several."""
    return [(name, list(names[:place]).count(name)) for place, name in enumerate(names)]
