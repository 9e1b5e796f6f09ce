"""The compiled loops say what the numpy code beside them says, and refuse buffers that do not fit together."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from csv_preflight import e164, kernels, preflight
from csv_preflight.e164.engine import KINDS, arrays
from csv_preflight.e164.single import Answers
from csv_preflight.model.number_table import NumberTable
from csv_preflight.model.text_column import TextColumn
from csv_preflight.stages.phones.bare import bare
from tests.e164.inputs import everywhere
from tests.samples import Sample, all_samples

pytestmark = pytest.mark.skipif(kernels.compiled is None, reason="the extension is not compiled here")

SEEDS = range(20)
BYTES = ("", "1", "12025550143", "+", "(0151) 23456789", "é", "65 8123-4567", "a,b", '"', "0" * 70, "+1 202 555 0143")


def column(rng: random.Random, rows: int = 300) -> TextColumn:
    """Cells of one buffer that leave out bytes, and come in any order."""
    whole = TextColumn.of([rng.choice(BYTES) for _ in range(rows)])
    return whole.take(np.array([rng.randrange(rows) for _ in range(rows)], np.intp))


def bytes_of(found: TextColumn) -> object:
    return found.data.tobytes(), found.starts.tolist(), found.ends.tolist()


def joined(rng: random.Random) -> object:
    return bytes_of(column(rng).joined(rng.choice([(b"",), (b",", b"\r\n"), (b"", b";", b"")])))


def kept(rng: random.Random) -> object:
    cells = column(rng).packed()
    return bytes_of(cells.kept(cells.data < rng.randrange(256)))


def sums(rng: random.Random) -> object:
    weights = np.array([rng.randrange(1 << 32) for _ in range(256)], np.uint32)
    return column(rng).sums(weights).tolist()


def forms(rng: random.Random) -> object:
    return bare(column(rng), np.arange(300)).forms().tolist()


def table(rng: random.Random) -> object:
    numbers = np.array([rng.randrange(1, 400) for _ in range(900)], np.int64)
    found, lines, marks = NumberTable(), np.arange(1, 901), (numbers % 7).astype(np.uint16)
    met = [found.meet(numbers[part], lines[part], marks[part]) for part in (slice(0, 400), slice(400, 900))]
    asked = np.arange(1, 500)
    return [[*map(np.ndarray.tolist, pair)] for pair in met], found.lines(asked).tolist(), found.marks(asked).tolist()


def grown_table(rng: random.Random) -> object:
    numbers = np.array([rng.randrange(1, 1 << 50) for _ in range(9000)], np.int64)
    found = NumberTable()
    found.meet(numbers, np.arange(1, 9001), np.zeros(9000, np.uint16))
    return len(found), found.lines(numbers).tolist()


def said(cells: TextColumn, regions: Sequence[str | None], which: NDArray[np.intp]) -> list[object]:
    found = e164.parse_column(cells, regions, which)
    region = [found.regions[place] for place in found.region.tolist()]
    numbers = found.e164.tolist(), found.number.tolist(), found.line_type.tolist()
    return [found.outcome.tolist(), *numbers, region]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("what", [joined, kept, sums, forms, table, grown_table], ids=lambda what: what.__name__)
def test_compiled_loops_say_what_numpy_says(
    what: Callable[[random.Random], object], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = what(random.Random(seed))
    monkeypatch.setattr(kernels, "compiled", None)
    assert found == what(random.Random(seed))


@pytest.mark.parametrize("seed", range(2))
def test_compiled_and_numpy_read_the_same_numbers(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    given = [one for few in everywhere(seed, 40) for one in few]
    regions = sorted({region or "" for _, region in given})
    which = np.array([regions.index(region or "") for _, region in given], np.intp)
    cells, names = TextColumn.of([text for text, _ in given]), [region or None for region in regions]
    said(cells, names, which)  # makes the tables, which the compiled loop only follows
    compiled = said(cells, names, which)
    monkeypatch.setattr(kernels, "compiled", None)
    assert compiled == said(cells, names, which)


@pytest.mark.parametrize("sample", all_samples(), ids=lambda sample: sample.code)
def test_samples_come_out_the_same_without_them(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    def run() -> tuple[object, ...]:
        result = preflight(sample.source, **sample.settings)
        return replace(result.report, created_at=""), result.clean.to_dict("list"), result.rejects.to_dict("list")

    found = run()
    monkeypatch.setattr(kernels, "compiled", None)
    assert found == run()


def positions(*values: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array(values, np.int64)


WEIGHTS = np.zeros(256, np.uint32)
REFUSED: dict[str, tuple[object, ...]] = {
    "join a cell that ends behind its buffer": ("join", b"ab", positions(0), positions(3), b"", positions(0), 1, 1),
    "join a cell that ends before it begins": ("join", b"ab", positions(2), positions(1), b"", positions(0), 1, 1),
    "join with more separators than there are": ("join", b"ab", positions(0), positions(1), b",", positions(2), 1, 1),
    "join into too few places": ("join", b"ab", positions(0), positions(1), b"", positions(0), 0, 0),
    "keep more than there is": ("keep", b"ab", b"11", positions(3), np.zeros(3, np.uint8), 1),
    "keep without room": ("keep", b"ab", b"11", positions(2), np.zeros(2, np.uint8), 1),
    "sum with too few weights": ("sums", b"ab", WEIGHTS[:255], positions(0), positions(1), np.zeros(1, np.uint32)),
    "sum a cell before its buffer": ("sums", b"ab", WEIGHTS, positions(-1), positions(1), np.zeros(1, np.uint32)),
    "form of cells that overlap": ("forms", b"ab", positions(2, 1), positions(1, 1), positions(1, 1), 2),
    "find in a table of no size": ("find", positions(0), 1, positions(5), 1),
    "find beyond the end of a table": ("find", positions(1, 2, 3), 1, positions(5), 1),
}  # fmt: skip


@pytest.mark.parametrize(("name", *["arguments"]), [(call[0], call[1:]) for call in REFUSED.values()], ids=[*REFUSED])
def test_buffers_that_do_not_fit_are_refused(name: str, arguments: tuple[object, ...]) -> None:
    # A small number at the end stands for room for so many positions.
    filled = [
        np.zeros(one, np.int64) if isinstance(one, int) and place > 1 else one for place, one in enumerate(arguments)
    ]
    with pytest.raises(ValueError, match="do not fit"):
        getattr(kernels.compiled, name)(*filled)


def test_read_only_results_are_refused() -> None:
    frozen = positions(0)
    frozen.flags.writeable = False
    with pytest.raises((ValueError, BufferError)):
        kernels.compiled.join(b"a", positions(0), positions(1), b"", positions(0), frozen, positions(0))


@pytest.mark.parametrize("place", range(18))
def test_tables_that_do_not_fit_are_refused(place: int) -> None:
    e164.parse_column(TextColumn.of(["(202) 555-0143"] * 600), ("US",))
    tables = e164.shared_tables()
    assert tables is not None
    made = [*arrays(tables, 0)]
    made[place] = made[place].ravel()[:-1].copy()
    cells, mine = TextColumn.of(["(202) 555-0143"]), Answers(1)
    row = np.zeros(1, np.int32)
    room = np.zeros(1, bool), mine.status, mine.value, mine.text, mine.length, mine.number
    with pytest.raises(ValueError, match="do not fit"):
        kernels.compiled.parse(tuple(made), cells.data, positions(0, 14), KINDS, row, *room)
