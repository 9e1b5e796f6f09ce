"""Which cells of a column are the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csv_preflight.model import distinct as module
from csv_preflight.model.distinct import distinct
from csv_preflight.model.text_column import TextColumn


def found(cells: list[str]) -> list[str]:
    column = TextColumn.of(["before", *cells]).take(np.arange(1, len(cells) + 1))
    rows, which = distinct(column)
    present = column.take(rows).tolist()
    assert len(set(present)) == len(set(cells))
    return [present[place] for place in which.tolist()]


@given(st.lists(st.text(max_size=8).filter(lambda text: text.isascii()), max_size=30))
def test_every_row_has_its_own_cell(cells: list[str]) -> None:
    assert found(cells) == cells


def test_no_rows() -> None:
    assert found([]) == []


def test_more_bytes_than_powers_are_kept() -> None:
    cells = ["x" * 300_000, "y" * 300_000, "x" * 300_000, "z" * 300_000]
    assert found(cells) == cells


@pytest.mark.parametrize("cells", [["DE", "AT", "DE", "CH"], ["a", "b"]], ids=["some alike", "none alike"])
def test_cells_that_share_a_hash_are_told_apart(cells: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "hashes", lambda column: np.zeros(len(column), np.uint64))
    column = TextColumn.of(cells)
    rows, which = distinct(column)
    assert [column.take(rows)[place] for place in which.tolist()] == cells
