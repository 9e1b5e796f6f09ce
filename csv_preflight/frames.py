"""Columns of text <-> pandas DataFrames; with pyarrow, if it is installed, without a Python object for each cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from csv_preflight.errors import PreflightError
from csv_preflight.model.batch import Batch
from csv_preflight.model.layout import Layout
from csv_preflight.model.rejects import Rejects
from csv_preflight.model.text_column import TextColumn

if TYPE_CHECKING:
    import pandas


def clean_frame(batches: Sequence[Batch], layout: Layout | None, index: pandas.Index) -> pandas.DataFrame:
    """Return clean rows as cells of str, under the names in the clean file."""
    names = list(layout.names) if layout else []
    indices = layout.indices if layout else ()
    return text_frame([[batch.written(place) for batch in batches] for place in indices], names, index)


def rejects_frame(
    rejects: Sequence[Rejects], names: Sequence[str], shown: Sequence[int], index: pandas.Index
) -> pandas.DataFrame:
    """Return rejected rows as cells of str: the columns ``shown`` as they were read, then code, reason and raw text.

    names: of all these columns.
    """
    source = [[rows.columns[place] for rows in rejects] for place in shown]
    own = [[rows.codes for rows in rejects], [rows.reasons for rows in rejects], [rows.raw for rows in rejects]]
    return text_frame([*source, *own], names, index)


def text_frame(columns: Iterable[Sequence[TextColumn]], names: Sequence[str], index: pandas.Index) -> pandas.DataFrame:
    """Return a DataFrame of cells of str.  columns: each in parts, to be joined."""
    import pandas as pd

    arrays = {position: _text_array(TextColumn.joining(parts)) for position, parts in enumerate(columns)}
    return pd.DataFrame(arrays, index=index, dtype=None if arrays else "str").set_axis(list(names), axis=1)


def text_columns(frame: pandas.DataFrame) -> list[TextColumn]:
    """Return the columns of a DataFrame: cells as text, missing ones empty.

    Raises PreflightError for a lone surrogate, which is no text.
    """
    try:
        return [_column(frame.iloc[:, index]) for index in range(frame.shape[1])]
    except UnicodeEncodeError as error:
        message = "F003 a cell holds half of a surrogate pair, which is no text; read the source in its own encoding"
        raise PreflightError(message) from error


def _column(series: pandas.Series[Any]) -> TextColumn:
    if series.dtype.kind == "O" and getattr(series.dtype, "name", "") in ("str", "string") and _has_arrow():
        import pyarrow

        cells = pyarrow.array(series, type=pyarrow.large_string(), from_pandas=True)
        if isinstance(cells, pyarrow.ChunkedArray):
            cells = cells.combine_chunks()
        cells = cells.fill_null("")
        _, offsets, data = cells.buffers()
        bounds = np.frombuffer(offsets, np.int64)[cells.offset : cells.offset + len(cells) + 1]
        return TextColumn(np.frombuffer(data or b"", np.uint8), bounds[:-1], bounds[1:])
    return TextColumn.of(texts(series))


def texts(series: pandas.Series[Any]) -> list[str]:
    """Return cells as text, missing ones empty.

    A number whose type cannot hold all of its digits is written as in a spreadsheet, so that it is rejected.
    """
    missing = series.isna().tolist()
    cells = series.tolist()
    name = str(series.dtype).lower()
    if name in ("float16", "float32"):
        whole = 2 ** (np.finfo(name).nmant + 1)
        cells = [
            cell if gone or abs(cell) < whole else f"{cell:.6E}" for cell, gone in zip(cells, missing, strict=True)
        ]
    return ["" if gone else str(cell) for cell, gone in zip(cells, missing, strict=True)]


def _text_array(column: TextColumn) -> Any:
    """Return cells as an array of pandas' own type for text."""
    import pandas as pd

    dtype: Any = pd.Series([""], dtype="str").dtype
    if getattr(dtype, "storage", "") == "pyarrow" and _has_arrow():
        import pyarrow

        packed = column.packed()
        bounds = np.append(packed.starts, packed.ends[-1:] if len(packed) else np.int64(0))
        buffers = (pyarrow.py_buffer(np.ascontiguousarray(array)) for array in (bounds, packed.data))
        return dtype.__from_arrow__(pyarrow.LargeStringArray.from_buffers(len(packed), *buffers))
    return pd.Series(column.tolist(), dtype="str").array


def _has_arrow() -> bool:
    return find_spec("pyarrow") is not None
