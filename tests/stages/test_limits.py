"""Limits of rows and bytes, at their edges, and the parts of a list that is split."""

from __future__ import annotations

import csv
import io
import itertools
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csv_preflight import clean_file, preflight
from csv_preflight.config.settings import build_settings
from csv_preflight.result import Result
from csv_preflight.stages import limits

HEADER = "Name,phone\n"


def contacts(count: int, size: int | None = None) -> bytes:
    """A ready list of count rows with fictional numbers; of size bytes in all, by the length of the last name."""
    rows = [f"P,+1{200 + row // 100}55501{row % 100:02d}\n" for row in range(count)]
    text = HEADER + "".join(rows)
    if size is not None:
        text = text[: -len(rows[-1])] + "x" * (size - len(text)) + rows[-1]
    assert size in (None, len(text))
    return text.encode()


def codes(result: Result) -> list[str]:
    return [found.code for found in result.report.findings]


# accept="possible": the area codes run on, whether there are such areas or not.
def run(data: bytes, **options: object) -> Result:
    return preflight(data, accept="possible", phone_column="phone", **options)


@pytest.mark.parametrize(
    ("count", "size", "existing", "options", "expected"),
    [
        pytest.param(10_000, None, 0, {}, [], id="10,000 rows"),
        pytest.param(10_001, None, 0, {}, ["L001"], id="10,001 rows"),
        pytest.param(9_000, None, 1_000, {}, [], id="9,000 rows and 1,000 there"),
        pytest.param(9_001, None, 1_000, {}, ["L001"], id="9,001 rows and 1,000 there"),
        pytest.param(10_001, None, 0, {"max_rows": 10_001}, [], id="a higher limit"),
        pytest.param(100, 5_000_000, 0, {}, [], id="5 MB"),
        pytest.param(100, 5_000_001, 0, {}, ["L002"], id="5 MB and a byte"),
        pytest.param(100, 5 * 1024**2, 0, {"max_bytes": "5MiB"}, [], id="5 MiB"),
        pytest.param(100, 5 * 1024**2 + 1, 0, {"max_bytes": "5MiB"}, ["L002"], id="5 MiB and a byte"),
        pytest.param(10_001, 5_000_001, 0, {}, ["L001", "L002"], id="both"),
        pytest.param(10_001, None, 0, {"profile": "generic"}, [], id="a profile without limits"),
        pytest.param(10_001, None, 0, {"split": True}, [], id="split rows"),
        pytest.param(2, 1_000, 0, {"split": True, "max_bytes": 900}, ["L002"], id="a row that fits no part"),
        pytest.param(3, None, 10_000, {"split": True}, ["L001"], id="an audience that is full"),
    ],
)
def test_the_limits(
    count: int, size: int | None, existing: int, options: dict[str, object], expected: list[str], tmp_path: Path
) -> None:
    if size and size > 200_000:  # a cell has at most 128 KiB: the list is long in all of its rows
        data = contacts(count)
        extra, rest = divmod(size - len(data), count)
        lines = data.decode().splitlines(keepends=True)
        data = "".join(
            [lines[0], *("x" * (extra + (row < rest)) + line for row, line in enumerate(lines[1:]))]
        ).encode()
        assert len(data) == size
    else:
        data = contacts(count, size)
    if existing:
        there = tmp_path / "there.csv"
        there.write_text("phone\n" + "".join(f"+44{7_700_900_000 + n}\n" for n in range(existing)))
        options = {**options, "existing": str(there)}
    assert codes(run(data, **options)) == expected


@pytest.mark.parametrize(
    ("rejected", "read", "limit", "stops"),
    [
        (0, 10, "0", False),
        (1, 10, "0", True),
        (1, 10, 1, False),
        (2, 10, "1", True),
        (5, 100, "5%", False),
        (6, 100, "5%", True),
        (1, 100, "0%", True),
        (435, 10_000, "4.35%", False),
        (436, 10_000, "4.35%", True),
        (9, 10, "100%", False),
    ],
)
def test_the_rejects_that_are_too_many(rejected: int, read: int, limit: object, stops: bool) -> None:
    rows = [f"P,+1202555{n:04d}\n" for n in range(read - rejected)] + ["P,none\n"] * rejected
    result = run((HEADER + "".join(rows)).encode(), max_rejects=limit)
    assert result.report.rows.rejected == rejected
    assert ("L004" in codes(result)) == stops
    assert result.ready != stops


@pytest.mark.parametrize(
    ("sizes", "rows", "size", "cuts"),
    [
        pytest.param([10] * 9, 10, 1000, (0, 9), id="one part"),
        pytest.param([10] * 9, 5, 1000, (0, 4, 9), id="even rows"),
        pytest.param([10] * 9, 9, 60, (0, 4, 9), id="bytes with the header"),
        pytest.param([10] * 9, 9, 59, (0, 3, 6, 9), id="one byte less"),
        pytest.param([90, 10, 10, 10, 10, 10], 9, 100, (0, 1, 6), id="one large row"),
        pytest.param([90, 10, 80, 10, 10, 90], 9, 100, (0, 1, 3, 5, 6), id="rows that fill a part each"),
        pytest.param([91], 9, 100, None, id="a row that does not fit"),
        pytest.param([], 9, 100, None, id="no rows"),
    ],
)
def test_the_cuts(sizes: list[int], rows: int, size: int, cuts: tuple[int, ...] | None) -> None:
    settings = build_settings({"max_rows": rows, "max_bytes": size})
    assert limits.cut(np.array(sizes, np.int64), 10, 0, settings) == cuts


@given(
    st.lists(st.integers(2, 60), min_size=1, max_size=60), st.integers(1, 20), st.integers(60, 300), st.integers(0, 5)
)
def test_parts_are_few_and_within_the_limits(sizes: list[int], rows: int, room: int, present: int) -> None:
    header = 7
    settings = build_settings({"max_rows": rows + present, "max_bytes": room + header})
    cuts = limits.cut(np.array(sizes, np.int64), header, present, settings)
    assert cuts is not None
    parts = [sizes[start:end] for start, end in itertools.pairwise(cuts)]
    assert [size for part in parts for size in part] == sizes
    assert all(part and len(part) <= rows and sum(part) <= room for part in parts)

    def filled_one_by_one(room: int) -> int:
        count, filled, size = 1, 0, 0
        for row in sizes:
            if filled == rows or size + row > room:
                count, filled, size = count + 1, 0, 0
            filled, size = filled + 1, size + row
        return count

    assert len(parts) == filled_one_by_one(room)
    even = tuple(len(sizes) * part // len(parts) for part in range(len(parts) + 1))
    if cuts != even:
        assert max(sum(sizes[start:end]) for start, end in itertools.pairwise(even)) > room
        smallest = next(size for size in range(max(sizes), room + 1) if filled_one_by_one(size) == len(parts))
        assert max(map(sum, parts)) == smallest


@pytest.mark.parametrize(
    ("options", "cuts"),
    [
        ({"max_rows": 4}, (0, 3, 6, 9)),
        ({"max_bytes": 40}, (0, 3, 6, 9)),
        ({"max_bytes": 90}, (0, 4, 9)),
        ({}, (0, 9)),
    ],
)
def test_a_profile_may_lack_a_limit(options: dict[str, int], cuts: tuple[int, ...]) -> None:
    settings = build_settings({"profile": "generic", **options})
    assert limits.cut(np.full(9, 10, np.int64), 10, 0, settings) == cuts


def test_a_split_list(tmp_path: Path) -> None:
    rng = random.Random(5)
    lines = contacts(25_000).decode().splitlines(keepends=True)[1:]
    notes = ["", "x", '"a, b"', '"two\nlines"', '"say ""hi"""']
    data = "Name,phone,note\n" + "".join(f"{line[:-1]},{rng.choice(notes)}\n" for line in lines)
    target = tmp_path / "june.clean.csv"
    for stale in ("june.clean.csv", "june.clean.004.csv", "june.clean.2024.csv", "june.clean.0004.csv"):
        (tmp_path / stale).write_text("of an earlier run")
    settings = {"accept": "possible", "phone_column": "phone", "split": True}
    report = clean_file(data.encode(), target, report=str(tmp_path / "june.json"), **settings)
    assert report.ready
    parts = [output for output in report.outputs if output.kind == "clean"]
    assert [Path(part.path).name for part in parts] == [f"june.clean.00{n}.csv" for n in (1, 2, 3)]
    assert [part.rows for part in parts] == [8333, 8333, 8334]
    # What an earlier run wrote under these names is gone; other files are not.
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "june.clean.0004.csv", "june.clean.001.csv", "june.clean.002.csv", "june.clean.003.csv",
        "june.clean.2024.csv", "june.json",
    ]  # fmt: skip
    texts = [Path(part.path).read_text() for part in parts]
    assert [text.splitlines()[0] for text in texts] == ["Name,phone,note"] * 3
    assert "".join(text.removeprefix("Name,phone,note\n") for text in texts) == data.removeprefix("Name,phone,note\n")
    result = preflight(data.encode(), **settings)
    assert [file[1].decode() for file in result.upload_files()] == texts
    assert [file[0] for file in result.upload_files()] == [f"contacts.00{n}.csv" for n in (1, 2, 3)]
    with pytest.raises(ValueError, match="upload_files"):
        result.upload_file()
    for text in texts:
        assert codes(run(text.encode())) == []


def test_a_split_list_that_fits_is_one_part_as_it_was(tmp_path: Path) -> None:
    data = b'Name,phone\n"Ann",+12025550101'
    report = clean_file(data, tmp_path / "x.clean.csv", split=True)
    assert [Path(output.path).name for output in report.outputs] == ["x.clean.001.csv"]
    assert (tmp_path / "x.clean.001.csv").read_bytes() == data
    assert preflight(data, split=True).upload_file()[1] == data


def test_parts_of_a_list_with_rejects_hold_every_clean_row(tmp_path: Path) -> None:
    data = HEADER.encode() + b"".join(b"P,+1202555%04d\n" % n if n % 3 else b"Q,none\n" for n in range(1_000))
    report = clean_file(data, tmp_path / "x.csv", split=True, max_rows=100, accept="possible")
    rows = [
        row
        for output in report.outputs
        if output.kind == "clean"
        for row in list(csv.reader(io.StringIO(Path(output.path).read_text())))[1:]
    ]
    assert rows == [["P", f"+1202555{n:04d}"] for n in range(1_000) if n % 3]
    assert report.rows.rejected == 334


WHY_NOBODY_IS_LEFT = {
    "one reason": ("x y", "x y", "no row is left: 2 of 2 rejected as P002, not a phone number"),
    "one reason of most": ("x y", "x y", "", "no row is left: 2 of 3 rejected as P002, not a phone number"),
    "a tie": ("x y", "", "no row is left; the 2 rows were rejected for several reasons"),
    "a tie of two before a third": ("x y", "x y", "", "", "+1202555", "no row is left; the 5 rows were rejected for"),
}


@pytest.mark.parametrize("cells", WHY_NOBODY_IS_LEFT.values(), ids=WHY_NOBODY_IS_LEFT)
def test_no_reason_is_named_before_another_that_is_as_frequent(cells: tuple[str, ...]) -> None:
    *phones, message = cells
    report = run(f"Name,phone\n{''.join(f'P,{phone}{chr(10)}' for phone in phones)}".encode()).report
    (found,) = (found for found in report.findings if found.code == "L003")
    assert found.samples[0].detail.startswith(message)
