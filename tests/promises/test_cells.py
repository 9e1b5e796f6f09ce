"""No cell changes on its way through: what a list holds beside its numbers is in the clean file to the character."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csv_preflight import clean_file, preflight
from tests.samples import run

HOSTILE = [
    "007", "00", "1.0", "1e5", "1,5", "-", "+", "TRUE", "NaN", "nan", "NA", "N/A", "#N/A", "None", "null", "NULL", "",
    " ", "  ", " a", "a ", "\t", "\ta", '"', '""', '"a"', 'say "hi"', "'", "'a", "=1+2", "@a", "a,b", "a;b", "a|b",
    "a\t", "a\tb", ",", ";", "x\ny", "x\r\ny", "x\ry", "\n", "\r", "\r\n", "x\n", "\nx", "\u2028", "x\u2029y", "x\x0by",
    "|", "x\x0cy", "x\x85y", "\u00a0", "x\u200by", "\ufeff", "x\ufeff", "é", "e\u0301", "\U0001d4b3", "\\", "\\n",
    "x\x1cy", "a\\,b", "sep=;", "# a", "x" * 128 * 1024, '"' * 64 * 1024,
]  # fmt: skip


def rows_of(cells: list[str]) -> list[list[str]]:
    """Rows with distinct fictional numbers; their other cells are each of the given ones in each column."""
    rows = []
    for place in range(len(cells)):
        one, two, three = (cells[(place + step) % len(cells)] for step in range(3))
        rows.append([one, f"+1202555{100 + place:04}", two, three])
    return rows


def written(rows: list[list[str]], delimiter: str, newline: str, quoting: int) -> str:
    text = io.StringIO()
    # The module quotes only the line endings that it writes itself.
    lone = csv.QUOTE_ALL if any("\n" in cell or "\r" in cell for row in rows for cell in row) else quoting
    writer = csv.writer(text, delimiter=delimiter, lineterminator=newline, quoting=lone)
    writer.writerows([["Name", "phone", "note", "code"], *rows])
    return text.getvalue()


def read_back(data: bytes) -> Iterator[list[str]]:
    usual = csv.field_size_limit(1 << 20)
    try:
        yield from csv.reader(io.StringIO(data.decode(), newline=""))
    finally:
        csv.field_size_limit(usual)


@pytest.mark.parametrize(
    ("delimiter", "newline", "encoding"),
    [
        pytest.param(",", "\n", "utf-8", id="comma, LF"),
        pytest.param(";", "\r\n", "utf-8-sig", id="semicolon, CRLF, byte order mark"),
        pytest.param("\t", "\r", "utf-8", id="tab, CR"),
        pytest.param("|", "\n", "utf-16", id="bar, LF, UTF-16"),
        pytest.param(",", "\r", "utf-16", id="comma, CR, UTF-16"),
    ],
)
def test_hostile_cells_pass_unchanged(delimiter: str, newline: str, encoding: str) -> None:
    rows = rows_of(HOSTILE)
    result = preflight(written(rows, delimiter, newline, csv.QUOTE_ALL).encode(encoding))
    assert list(read_back(result.upload_file()[1]))[1:] == rows
    assert result.clean.to_numpy().tolist() == rows


@pytest.mark.parametrize("target", ["the standard output", "a file"])
def test_hostile_cells_pass_the_command_line_unchanged(target: str, tmp_path: Path) -> None:
    rows = rows_of(HOSTILE)
    (tmp_path / "list.csv").write_bytes(written(rows, ";", "\r\n", csv.QUOTE_ALL).encode("utf-16"))
    output = "-" if target == "the standard output" else str(tmp_path / "out.csv")
    done = run("clean", str(tmp_path / "list.csv"), "-o", output, "--out-dir", str(tmp_path))
    assert done.returncode == 0, done.stderr
    data = done.stdout if output == "-" else (tmp_path / "out.csv").read_bytes()
    assert list(read_back(data))[1:] == rows


def test_rejected_rows_keep_their_cells() -> None:
    rows = [[name, "no number", note, code] for name, _, note, code in rows_of(HOSTILE)]
    result = preflight(written(rows, ",", "\n", csv.QUOTE_ALL).encode(), phone_column="phone")
    assert result.rejects[["Name", "phone", "note", "code"]].to_numpy().tolist() == rows


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12), min_size=1),
    st.sampled_from(",;\t|"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_cell_passes_unchanged(cells: list[str], delimiter: str, newline: str, quoting: int) -> None:
    rows = rows_of(cells)
    text = written(rows, delimiter, newline, quoting)
    result = preflight(text.encode(), delimiter=delimiter, encoding="utf-8")
    assert list(read_back(result.upload_file()[1]))[1:] == rows


def test_the_limit_of_the_csv_module_is_left_as_it_is(tmp_path: Path) -> None:
    usual = csv.field_size_limit(1234)
    try:
        clean_file(written(rows_of(HOSTILE), ",", "\n", csv.QUOTE_ALL).encode(), tmp_path / "out.csv")
        assert csv.field_size_limit() == 1234
    finally:
        csv.field_size_limit(usual)
