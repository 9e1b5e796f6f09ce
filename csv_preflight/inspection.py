"""What a list is: encoding, dialect, columns by their contents, and what a default region would change."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from csv_preflight import e164
from csv_preflight.findings import Collector
from csv_preflight.model import Input, RuleFindings, Settings
from csv_preflight.output.printable import printable
from csv_preflight.pipeline import input_facts
from csv_preflight.reading import first_batch, open_list
from csv_preflight.stages.columns import likely_phone_columns, looks_like_phone, phone_shares
from csv_preflight.text import TextColumn

# Numbers without a country code that are tried under every region: enough to tell shares, and half a second.
REGION_SAMPLE = 60
REGIONS_SHOWN = 5
_BRACKETS = str.maketrans("()[]", ")(][")

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")),
    ("date", re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}.*", re.DOTALL)),
    ("country", re.compile(r"[A-Z]{2}")),
    ("number", re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")),
    ("text", re.compile(r".*", re.DOTALL)),
)


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What most filled cells of a column look like, and the share of them that do."""

    name: str
    looks_like: str
    share: float


@dataclass(frozen=True, slots=True)
class RegionGuess:
    """The share of numbers that are valid under a default region."""

    region: str
    valid_share: float


@dataclass(frozen=True, slots=True)
class Inspection:
    """What ``inspect`` shows, in the shape of its JSON."""

    input: Input
    columns: tuple[ColumnGuess, ...]
    regions: tuple[RegionGuess, ...]
    suggested_command: str
    findings: tuple[RuleFindings, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether the file could be read as a table."""
        return bool(self.columns)

    def to_dict(self) -> dict[str, object]:
        """Return the inspection as plain dicts and lists."""
        plain = asdict(self)
        del plain["findings"]
        return plain


def inspect_file(file: BinaryIO, path: str, settings: Settings) -> Inspection:
    """Look at the beginning of a list.  file: seekable, at its start."""
    findings = Collector(1, show_values=settings.show_values)
    opened = open_list(file, settings, findings)
    facts = input_facts(file, path, opened)
    first = first_batch(opened, opened.reader.batches(), findings) if opened else None
    if opened is None or first is None:
        return Inspection(facts, (), (), "", findings.summary())
    header = opened.reader.header
    shares = phone_shares(header, first)
    columns = tuple(_guess(name, first.columns[index], shares[index]) for index, name in enumerate(header))
    candidates = likely_phone_columns(header, shares)
    regions = _regions(first.columns[candidates[0]]) if candidates else ()
    command = _command(path, header, candidates)
    return Inspection(facts, columns, regions, command, findings.summary())


def _guess(name: str, column: TextColumn, phone_share: float) -> ColumnGuess:
    cells = [cell.strip() for cell in column.take(np.arange(min(len(column), 1000))).tolist()]
    filled = [cell for cell in cells if cell]
    if not filled:
        return ColumnGuess(name, "empty", 1.0)
    if phone_share >= 0.5:
        return ColumnGuess(name, "phone", round(phone_share, 3))
    counts = dict.fromkeys((kind for kind, _ in _KINDS), 0)
    for cell in filled:
        if not looks_like_phone(cell):
            counts[next(kind for kind, pattern in _KINDS if pattern.fullmatch(cell))] += 1
    kind = max(counts, key=lambda name: counts[name])
    return ColumnGuess(name, kind, round(counts[kind] / len(filled), 3))


def _regions(column: TextColumn) -> tuple[RegionGuess, ...]:
    """Return the regions under which most of the numbers without a country code are valid."""
    cells = [cell for cell in column.tolist() if looks_like_phone(cell) and not cell.lstrip(" (").startswith("+")]
    sample = list(dict.fromkeys(cells))[:REGION_SAMPLE]
    if not sample:
        return ()
    names = sorted(e164.supported_regions())
    shares = _valid_shares(sample, names)
    # Some countries take nearly any digits: what counts is how many more are valid than of digits turned round.
    lift = shares - _valid_shares([cell[::-1].translate(_BRACKETS) for cell in sample], names)
    best = np.argsort(-lift, kind="stable")[:REGIONS_SHOWN].tolist()
    return tuple(RegionGuess(names[i], round(float(shares[i]), 3)) for i in best if lift[i] > 0)


def _valid_shares(cells: Sequence[str], regions: Sequence[str]) -> NDArray[np.float64]:
    """Return for each region the share of cells that are valid numbers there."""
    which = np.repeat(np.arange(len(regions)), len(cells))
    found = e164.parse_column(TextColumn.of([*cells] * len(regions)), regions, which)
    own = np.array([found.regions.index(region) if region in found.regions else -2 for region in regions])
    shares: NDArray[np.float64] = (
        (found.valid & (found.region == own[which])).reshape(len(regions), len(cells)).mean(axis=1)
    )
    return shares


def _command(path: str, header: Sequence[str], candidates: Sequence[int]) -> str:
    parts = ["csv-preflight", "clean", path]
    if candidates:
        parts += ["--phone-column", header[candidates[0]]]
    return shlex.join(parts)


def render(found: Inspection) -> str:
    """Return an inspection as text."""
    facts = found.input
    lines = [f"{printable(facts.path)}: {facts.bytes:,} bytes"]
    if not found.readable:
        lines += [f"{entry.code} {printable(entry.samples[0].detail)}" for entry in found.findings]
        return "".join(line + "\n" for line in lines)
    delimiter = {"\t": "tab"}.get(facts.delimiter or "", facts.delimiter)
    lines += [f"encoding   {facts.encoding} ({facts.encoding_source})", f"delimiter  {delimiter}", "", "columns"]
    width = max(len(printable(column.name)) for column in found.columns)
    lines += [
        f"  {printable(column.name):<{width}}  {column.looks_like:<8} {column.share:>4.0%}" for column in found.columns
    ]
    if found.regions:
        lines += ["", "numbers without a country code need --region; the share of them that would be valid:"]
        lines += [f"  {guess.region}  {guess.valid_share:>4.0%}" for guess in found.regions]
    option = " --region CC" if found.regions else ""
    return "".join(line + "\n" for line in [*lines, "", "next:", f"  {printable(found.suggested_command)}{option}"])
