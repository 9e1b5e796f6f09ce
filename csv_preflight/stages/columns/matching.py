"""The columns of a list in another of its files, where their order may differ."""

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
    """Return the index of each column of a list in one of its files.

    header: of the file, from physical line ``line``; others: header of the list's first file, ``path``.
    Names are compared after --rename, in any order; and without case if no two of a header differ only in that.
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
    if all(len({name.casefold() for name in names}) == len(names) for names in (own, wanted)):
        known = {name.casefold(): name for name in wanted}
        own = [known.get(name.casefold(), name) for name in own]
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
        problem, more = "none", ()  # a line with none of the names may be a row of data
    pair = f"{more[0]}={missing[0]}" if problem == "one" else ""
    findings.whole_file("C013", line=line, problem=problem, path=path, missing=missing, more=more, rename=pair)
    return Stop(findings)


def _numbered(names: Sequence[str]) -> list[tuple[str, int]]:
    """Return each name with its count of earlier occurrences, since several columns may have no name."""
    return [(name, list(names[:index]).count(name)) for index, name in enumerate(names)]
