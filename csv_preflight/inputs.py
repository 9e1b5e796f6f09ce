"""Paths, bytes, files and DataFrames -> seekable binary files that are watched for changes."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self, TypeAlias, cast

from csv_preflight.errors import PreflightError, SettingsError
from csv_preflight.rfc4180 import quoted

if TYPE_CHECKING:
    import pandas


Source: TypeAlias = "str | os.PathLike[str] | bytes | BinaryIO | pandas.DataFrame"

# Suffixes of lists.
SUFFIXES = (".csv", ".tsv", ".txt")

# The files of one list.
Sources: TypeAlias = (
    "list[str] | list[Path] | list[bytes] | list[BinaryIO] | list[pandas.DataFrame] | list[Source] | tuple[Source, ...]"
)


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file to read: seekable, at its start; its name in reports.  trusted: it is UTF-8 with commas, made by us."""

    file: BinaryIO
    name: str
    trusted: bool = False


# The name of a list without one.
UNNAMED = "contacts.csv"


def is_frame(source: object) -> bool:
    """Whether a source is a DataFrame, without importing pandas."""
    return hasattr(source, "to_csv") and hasattr(source, "columns")


def refuse_text(source: Source) -> None:
    """Raise TypeError for a str that is the text of a list instead of a path, without quoting it."""
    if isinstance(source, str) and (has_line_break(source) or _is_document(source)):
        raise TypeError("source is a path; for the text of a list, give its bytes: text.encode()")


def _is_document(text: str) -> bool:
    """Whether a text is HTML, XML or JSON instead of the name of a file."""
    return text.lstrip().startswith(("<", "[", "{")) and "\0" not in text and not os.path.exists(text)  # noqa: PTH110


def has_line_break(text: str) -> bool:
    """Whether a text has a line break of any kind, even at its end."""
    return bool(text) and text.splitlines() != [text]


@contextmanager
def open_source(source: Source, name: str | None = None) -> Iterator[tuple[BinaryIO, str]]:
    """Open a source as a seekable binary file with a name: the given one, or the file's own."""
    with _opened(source) as (file, own):
        yield file, own if name is None else name


@contextmanager
def open_sources(sources: Sources) -> Iterator[list[OpenFile]]:
    """Open the files of one list.  Raises SettingsError if there are none, or two with the same name."""
    if not sources:
        raise SettingsError("there is no file in the list of sources")
    opened: list[OpenFile] = []
    with ExitStack() as stack:
        for number, source in enumerate(sources, start=1):
            refuse_text(source)
            file, name = stack.enter_context(open_source(source))
            called = f"contacts-{number}.csv" if name == UNNAMED else name
            opened.append(OpenFile(file, called, is_frame(source)))
        check_names([one.name for one in opened])
        yield opened


def check_names(names: Sequence[str]) -> None:
    """Raise SettingsError if a file of a list is given twice: all of its rows would be duplicates."""
    places = [os.path.normcase(os.path.realpath(name)) for name in names]
    for name, place in zip(names, places, strict=True):
        if places.count(place) > 1:
            raise SettingsError(f"{name} is given {places.count(place)} times; give each file of a list once")


def _opened(source: Source) -> AbstractContextManager[tuple[BinaryIO, str]]:
    if isinstance(source, str | os.PathLike):
        return _OpenPath(os.fspath(source))
    if isinstance(source, bytes | bytearray | memoryview):
        return nullcontext((io.BytesIO(source), UNNAMED))
    if hasattr(source, "read"):
        file = cast("BinaryIO", source)
        name = getattr(file, "name", None)
        return _Spooled(file, name if isinstance(name, str) else UNNAMED)
    if hasattr(source, "mapInPandas") or (is_frame(source) and hasattr(source, "compute")):
        raise TypeError(
            "source is a DataFrame of pandas, not of Dask or Spark: give plan() its first rows, people.head(10_000) or "
            "people.limit(10_000).toPandas(), and clean the whole with csv_preflight.dask or csv_preflight.spark"
        )
    if is_frame(source):
        return nullcontext((io.BytesIO(frame_bytes(cast("pandas.DataFrame", source))), UNNAMED))
    raise TypeError(f"source is a path, bytes, a binary file or a DataFrame, not {type(source).__name__}")


def short_name(path: str, other: str) -> str:
    """Return the name of a file, with its folders only if another has the same name."""
    name = Path(path).name
    return path if name == Path(other).name else name


def stem(path: str) -> str:
    """Return the name of a list without its suffix.

    >>> stem("lists/june.csv"), stem("june.v2")
    ('june', 'june.v2')
    """
    name = Path(path)
    return name.stem if name.suffix.lower() in SUFFIXES else name.name


def is_url(path: str) -> bool:
    """Whether a path is a URL, such as s3://bucket/list.csv."""
    return "://" in path


class _OpenPath:
    """A file opened by its path.  Devices are refused, since some have no end."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> tuple[BinaryIO, str]:
        if "\0" in self._path:
            raise OSError("a path holds no NUL character")
        if is_url(self._path) and not Path(self._path).exists():
            raise OSError(f"{self._path} is a URL: download it; only a FILE of clean --as-one --engine dask may be one")
        status = Path(self._path).stat()
        if stat.S_ISBLK(status.st_mode) or (stat.S_ISCHR(status.st_mode) and not self._path.startswith("/dev/std")):
            raise OSError(f"{self._path} is a device, not a list")
        self._file = Path(self._path).open("rb")
        if self._file.seekable():
            return self._file, self._path
        self._spool = _Spooled(self._file, self._path)
        return self._spool.__enter__()

    def __exit__(self, *_: object) -> None:
        self._file.close()


class _Spooled:
    """A file that is read twice: one that is not seekable is first copied to a private temporary file."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name = file, name
        self._copy: BinaryIO | None = None

    def __enter__(self) -> tuple[BinaryIO, str]:
        import tempfile

        if isinstance(self._file.read(0), str):
            raise TypeError(f"{self._name} is open as text; open it with 'rb'")
        if self._file.seekable():
            return self._file, self._name
        self._copy = cast("BinaryIO", tempfile.TemporaryFile())
        while block := self._file.read(1 << 20):
            self._copy.write(block)
        self._copy.seek(0)
        return self._copy, self._name

    def __exit__(self, *_: object) -> None:
        if self._copy is not None:
            self._copy.close()


def frame_bytes(frame: pandas.DataFrame) -> bytes:
    """Return a DataFrame as the bytes of a CSV: cells as text, missing ones empty."""
    from csv_preflight.frames import texts

    columns = []
    for index in range(frame.shape[1]):
        cells = [quoted(str(frame.columns[index])), *map(quoted, texts(frame.iloc[:, index]))]
        columns.append(cells if frame.shape[1] > 1 else [cell if cell.strip() else f'"{cell}"' for cell in cells])
    text = "".join(",".join(cells) + "\n" for cells in zip(*columns, strict=True))
    return text.encode(errors="surrogatepass")  # a lone surrogate is found later as an undecodable byte


class Unchanged:
    """Notice if a file is changed while it is read several times.

    ``check``, and leaving the context, then raise OSError instead of any error that the change has caused.  Errors of
    reading get the name of the file.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name = file, name
        self._before = self._state()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, OSError):
            if error.filename is None and error.errno is not None:
                error.filename = self._name
        elif not self._file.closed and not isinstance(error, PreflightError | KeyboardInterrupt | SystemExit):
            self.check()

    def check(self) -> None:
        """Raise OSError if the file has changed, or another file has its name now."""
        if self._state() != self._before:
            raise OSError(f"{self._name} has changed while it was read; run again when no program writes to it")

    def _state(self) -> tuple[object, ...]:
        if version := getattr(self._file, "version", None):  # of a remote file
            return version()  # type: ignore[no-any-return]
        try:
            status = os.fstat(self._file.fileno())
        except (OSError, AttributeError):  # in memory
            return ()
        path = getattr(self._file, "name", None)
        named = None  # whether the path still leads to this file, if it leads to any
        if isinstance(path, str) and os.name != "nt" and Path(path).exists():
            named = os.path.samestat(Path(path).stat(), status)
        return named, status.st_size, status.st_mtime_ns
