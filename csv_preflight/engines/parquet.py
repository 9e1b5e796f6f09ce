"""A Parquet file -> a CSV of its rows, with cells as text and missing ones empty."""

from __future__ import annotations

import re
import tempfile
from contextlib import ExitStack
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO

from csv_preflight.errors import PreflightError
from csv_preflight.frames import text_columns
from csv_preflight.model.text_column import TextColumn
from csv_preflight.writing import tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Rows converted at a time.
ROWS = 50_000
# pandas stores the labels of rows in columns with such names.
_LABELS = re.compile(r"__index_level_\d+__")


def is_parquet(path: str) -> bool:
    """Whether a path or URL names a Parquet file."""
    return PurePath(path).suffix.lower() == ".parquet"


def as_csv(file: BinaryIO, name: str) -> BinaryIO:
    """Return the rows of a Parquet file as a private temporary file, UTF-8 with commas, at its start.

    Raises PreflightError for a column that cannot be text, such as one of lists, and for an unreadable file.
    """
    import pyarrow
    from pyarrow.parquet import ParquetFile

    with ExitStack() as stack:
        made = stack.enter_context(tempfile.TemporaryFile())
        try:
            source = ParquetFile(file)
            places = [place for place, name in enumerate(source.schema_arrow.names) if not _LABELS.fullmatch(name)]
            fields = [source.schema_arrow.field(place) for place in places]
            _check(fields, name)
            made.write(tables.header_row([field.name for field in fields], "\n"))
            for batch in source.iter_batches(ROWS):
                made.write(tables.rows(_texts([batch.column(place) for place in places]), "\n"))
        except pyarrow.ArrowException as error:
            raise PreflightError(f"{name}: this Parquet file cannot be read: {error}") from error
        made.seek(0)
        stack.pop_all()  # the caller closes it
        return made


def _check(fields: Sequence[Any], name: str) -> None:
    import pyarrow

    for field in fields:
        if pyarrow.types.is_nested(field.type):
            wrong = f"column {field.name!r} holds {field.type}, and a cell is one text; leave it out"
            raise PreflightError(f"{name}: {wrong}")


def _texts(columns: Sequence[Any]) -> list[TextColumn]:
    """Return Arrow columns as text."""
    import pyarrow

    text = pyarrow.large_string()
    plain = [column.cast(text) if pyarrow.types.is_binary(column.type) else column for column in columns]
    table = pyarrow.Table.from_arrays(plain, names=[str(place) for place in range(len(plain))])
    return text_columns(table.to_pandas(types_mapper=_nullable().get))


def _nullable() -> Mapping[Any, Any]:
    """Return pandas types that keep whole numbers whole next to missing values."""
    import pandas as pd
    import pyarrow

    whole = ("Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64")
    kinds = {pyarrow.type_for_alias(name.lower()): getattr(pd, f"{name}Dtype")() for name in whole}
    return {**kinds, pyarrow.bool_(): pd.BooleanDtype()}
