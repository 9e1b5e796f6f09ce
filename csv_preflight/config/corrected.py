"""Values of the option ``corrections`` -> paths and contents of files."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from csv_preflight.config.values import parse_path
from csv_preflight.errors import SettingsError
from csv_preflight.inputs import frame_bytes, has_line_break, is_frame
from csv_preflight.model.content import Content

if TYPE_CHECKING:
    import pandas


def parse_corrections(value: object, option: str) -> tuple[str | Content, ...]:
    """Return corrected rejects files: paths, bytes of files or DataFrames, one or several."""
    one = isinstance(value, str | os.PathLike | bytes | bytearray | memoryview | Content) or is_frame(value)
    values = [value] if one else value
    if not isinstance(values, Iterable):
        raise SettingsError(f"{option}: a {type(value).__name__} is neither a file, its bytes nor a DataFrame")
    return tuple(dict.fromkeys(_parsed(entry, option) for entry in values))


def _parsed(value: object, option: str) -> str | Content:
    if isinstance(value, Content):
        return value
    if isinstance(value, bytes | bytearray | memoryview):
        return Content(bytes(value))
    if is_frame(value):
        return Content(frame_bytes(cast("pandas.DataFrame", value)), is_frame=True)
    if isinstance(value, str) and has_line_break(value):
        raise TypeError(f"{option}: takes a path; for the text of a file, give its bytes: text.encode()")
    if not isinstance(value, str | os.PathLike):
        raise SettingsError(f"{option}: a {type(value).__name__} is neither a file, its bytes nor a DataFrame")
    return parse_path(os.fspath(value), option)
