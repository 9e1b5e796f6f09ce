"""A file by its path or URL, which another process can open as well."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any, BinaryIO, cast

from csv_preflight.engines.parquet import as_csv, is_parquet
from csv_preflight.errors import SettingsError
from csv_preflight.inputs import is_url


def matching(url: str) -> list[str]:
    """Return the files that match a URL with a pattern, sorted; a URL without one unchanged.

    Raises SettingsError for a kind of URL that cannot be opened.
    """
    files, path = _file_system(url)
    return sorted(map(files.unstrip_protocol, files.glob(path))) if set(path) & set("*?") else [url]


def path_file(path: str) -> BinaryIO:
    """Return a file that is opened when it is first read, in whatever process; it can be pickled and copied.

    A Parquet file is read as the CSV of its rows.
    """
    return cast("BinaryIO", _PathFile(path))


class _PathFile:
    def __init__(self, path: str) -> None:
        self.name, self._file = path, None

    def __reduce__(self) -> tuple[object, ...]:
        return path_file, (self.name,)

    def close(self) -> None:
        """Close the file; reading opens it again."""
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def version(self) -> tuple[object, ...]:
        """Return a value that changes when the contents of a URL change."""
        files, path = _file_system(self.name)
        try:
            return (files.ukey(path),)
        except FileNotFoundError as error:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), self.name) from error

    def __getattr__(self, name: str) -> Any:
        if self._file is None:
            self._file = _opened(self.name)
        return getattr(self._file, name)


def _opened(path: str) -> Any:
    if is_url(path):
        files, inside = _file_system(path)
        file = files.open(inside, "rb")
    else:
        file = Path(path).open("rb")  # noqa: SIM115 - the caller closes it
    if not is_parquet(path):
        return file
    with file:
        return as_csv(file, path)


def _file_system(url: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ModuleNotFoundError as error:
        raise SettingsError(f"{url}: URLs need fsspec: pip install 'csv-preflight-contacts[dask]'") from error
    try:
        return url_to_fs(url)  # type: ignore[no-any-return]
    except (ImportError, ValueError) as error:  # the protocol is unknown, or its package is not installed
        raise SettingsError(f"{url}: {error}") from error
