"""The library: a list in memory or on the disk -> a result, or files."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias, cast

from csv_preflight import pipeline
from csv_preflight.config import build_settings
from csv_preflight.errors import NotReadyError
from csv_preflight.lists import Lists, read_lists
from csv_preflight.model import Outcome, Output, Report, Settings
from csv_preflight.output import reports
from csv_preflight.output.files import FileSet, Written
from csv_preflight.output.targets import check_parts, part_name, parts_from
from csv_preflight.reading import Unchanged
from csv_preflight.sinks import Files, Measure, Memory
from csv_preflight.stages.columns import REJECTS_COLUMNS

if TYPE_CHECKING:
    import pandas

Source: TypeAlias = "str | os.PathLike[str] | bytes | BinaryIO | pandas.DataFrame"
Progress: TypeAlias = Callable[[int], None]


@dataclass(frozen=True)
class Result:
    """A list after preflight: its report, the rows that are ready and those that are not."""

    report: Report
    _memory: Memory
    _untouched: bytes | None
    _name: str

    @property
    def ready(self) -> bool:
        """Whether ``clean`` is ready to upload."""
        return self.report.ready

    @cached_property
    def clean(self) -> pandas.DataFrame:
        """The clean rows: str, source column order, under the names that are written; index: physical line."""
        import pandas as pd

        layout = self._memory.layout
        names = list(layout.names) if layout else []
        indices = (*layout.written, *(-1 for _ in names[len(layout.written) :])) if layout else ()
        lines: list[int] = []
        columns: list[list[str]] = [[] for _ in names]
        for batch in self._memory.batches:
            lines.extend(batch.lines.tolist())
            for cells, place in zip(columns, indices, strict=True):
                cells.extend((batch.clean[place] if place in batch.clean else batch.columns[place]).tolist())
        index = pd.Index(lines, name="line", dtype="int64")
        return pd.DataFrame(dict(enumerate(columns)), index=index, dtype="str").set_axis(names, axis=1)

    @cached_property
    def rejects(self) -> pandas.DataFrame:
        """The rejected rows: the source's columns as they were read, then those of the rejects CSV."""
        import pandas as pd

        written = self._memory.layout.written if self._memory.layout else ()
        names = [self._memory.header[index] for index in written]
        rows = []
        for row in self._memory.rejected:
            cells = [row.cells[index] for index in written] if row.cells else [""] * len(written)
            rows.append([*cells, str(row.line), row.code, row.reason, row.raw])
        columns = [*names, *REJECTS_COLUMNS]
        frame = pd.DataFrame(rows, columns=range(len(columns)), dtype="str").set_axis(columns, axis=1)
        return frame.astype({"preflight_line": "int64"})

    @cached_property
    def findings(self) -> pandas.DataFrame:
        """The findings that are kept as samples: line, record, column, code, outcome, detail."""
        import pandas as pd

        rows = [
            (sample.line, sample.record, sample.column, found.code, str(found.outcome), sample.detail)
            for found in self.report.findings
            for sample in found.samples
        ]
        return pd.DataFrame(rows, columns=["line", "record", "column", "code", "outcome", "detail"])

    def raise_if_not_ready(self) -> None:
        """Raise NotReadyError, which carries the report, unless the clean rows are ready to upload."""
        if not self.ready:
            raise NotReadyError(f"{self._name} is not ready: {why_not(self.report)}", self.report)

    def upload_file(self) -> tuple[str, bytes, str]:
        """Return (filename, bytes, "text/csv") of the clean CSV, the form that HTTP clients and the SDK take.

        Raises NotReadyError if the list is not ready, ValueError if it was split into several files.
        """
        files = self.upload_files()
        if len(files) > 1:
            raise ValueError(f"{self._name} was split into {len(files)} files; upload each of upload_files()")
        return files[0]

    def upload_files(self) -> list[tuple[str, bytes, str]]:
        """Return (filename, bytes, "text/csv") of each part of the clean CSV, one if it was not split.

        Raises NotReadyError if the list is not ready.
        """
        self.raise_if_not_ready()
        name = f"{Path(self._name).stem}.csv"
        files = self._memory.files()
        if len(files) == 1:
            return [(name, files[0] if self._untouched is None else self._untouched, "text/csv")]
        return [(part_name(name, number), data, "text/csv") for number, data in enumerate(files, start=1)]

    def part_rows(self) -> list[int]:
        """Return the rows of each of ``upload_files``."""
        return [rows for rows, _, _ in self._memory.parts()] or [self.report.rows.clean]


def why_not(report: Report) -> str:
    """Say in one sentence what makes a report not ready."""
    for found in report.findings:
        if found.outcome is Outcome.STOP:
            detail = found.samples[0].detail if found.samples else found.name
            return f"{found.code} {detail}"
    return "warnings stand, and strict was set"


def preflight(source: Source, settings: Settings | None = None, **overrides: object) -> Result:
    """Check and clean a list in memory.

    source: a path, the bytes of a file, a binary file, or a DataFrame (its cells are taken as text, missing
    ones as empty).  overrides: settings by name, such as region="US" or profile="vapi".  What is wrong with the
    list is in the result; settings that can not be used raise SettingsError, unreadable paths OSError.
    """
    chosen = resolve_settings(settings, overrides)
    with open_source(source) as (file, name):
        lists = open_lists(chosen)
        memory = Memory(split=chosen.split)
        with Unchanged(file, name):
            report = pipeline.run(file, name, chosen, memory, lists, known=_is_frame(source))
            untouched = _read_all(file) if is_untouched(report) else None
    return Result(report, memory, untouched, name)


def check_file(
    file: BinaryIO, name: str, settings: Settings, lists: Lists | None = None, progress: Progress | None = None
) -> Report:
    """Check whether a file is ready as it is."""
    whole = replace(settings, split=False)
    with Unchanged(file, name):
        return pipeline.run(file, name, whole, Measure(), lists, as_it_is=True, progress=progress)


@dataclass(frozen=True, slots=True)
class Targets:
    """Where the files of a run go; "-" for clean is the standard output, None for rejects nowhere.

    Where the settings ask for parts, theirs are the names that ``part_name`` makes of clean.  earlier_report: where
    a run that was asked for none has put one, which would not be true of the new files.
    """

    clean: str
    rejects: str | None
    reports: tuple[str, ...] = ()
    in_place: bool = False
    reports_asked_for: bool = False
    earlier_report: str | None = None


def clean_file(
    source: Source,
    destination: str | os.PathLike[str],
    settings: Settings | None = None,
    *,
    rejects: str | os.PathLike[str] | None = None,
    report: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] = (),
    **overrides: object,
) -> Report:
    """Clean a list from file to file in bounded memory.

    destination: the clean CSV.  rejects: where rejected rows go, by default beside it as NAME.rejects.csv.
    report: files for the report, by suffix.  All are written together or not at all: nothing where a stop
    finding stands.  Raises SettingsError and OSError like ``preflight``.
    """
    chosen = resolve_settings(settings, overrides)
    clean = os.fspath(destination)
    stem = Path(clean).name.removesuffix(".csv").removesuffix(".clean")
    beside = os.fspath(rejects) if rejects else str(Path(clean).with_name(f"{stem}.rejects.csv"))
    asked = tuple(os.fspath(path) for path in ([report] if isinstance(report, str | os.PathLike) else report))
    targets = Targets(clean, beside, asked, reports_asked_for=True)
    with open_source(source) as (file, name):
        return write_files(file, name, chosen, targets, open_lists(chosen), known=_is_frame(source))


def write_files(
    file: BinaryIO,
    name: str,
    settings: Settings,
    targets: Targets,
    lists: Lists | None = None,
    progress: Progress | None = None,
    tell: Callable[[Report], None] | None = None,
    *,
    known: bool = False,
) -> Report:
    """Clean a file into its targets, all of them or none; return the report with the outputs.

    tell is called with the report when everything is written and nothing is in its place yet: if it raises, such
    as for a closed pipe, nothing will be.  known: see ``pipeline.run``.
    """
    inputs = (*settings.existing, *settings.suppress)
    with FileSet(None if targets.in_place else file, inputs) as files, Unchanged(file, name) as unchanged:
        others = [target for target in (targets.rejects, *targets.reports) if target]
        files.check([targets.clean, *others])
        if settings.split:
            check_parts(targets.clean, others)

        def commit(report: Report, reports: Sequence[str]) -> Report:
            report = _with_reports(files, report, reports, settings)
            files.sync()
            unchanged.check()
            if tell:
                tell(report)
            if targets.in_place:
                file.close()  # Windows replaces no open file
            files.commit(rewrites=targets.in_place)
            return report

        clean = files.open(targets.clean)
        sink = Files(files, clean, targets.rejects, split=settings.split)
        report = pipeline.run(
            file, name, reports.keeping_enough(settings, targets.reports), sink, lists, known=known, progress=progress
        )
        report = replace(report, settings=pipeline.settings_in_report(settings))
        untouched = is_untouched(report)
        if targets.in_place and report.rows.rejected:
            # Nobody is dropped from a file that is rewritten: it is ready only once its rejects are corrected.
            report = replace(report, ready=False)
        if not report.ready or (targets.in_place and untouched):
            files.drop(clean)
            if sink.rejects:
                files.drop(sink.rejects)
            asked = targets.reports if targets.reports_asked_for else ()
            return commit(report, asked)
        if untouched and len(sink.parts()) < 2 and clean.sha256 != report.input.sha256:
            # Ready as it is, but for spelling that no rule names, such as quotes where none are needed.
            clean.restart()
            _copy(file, clean)
        if targets.in_place:
            files.copy_mode(clean, file)
        outputs = _clean_outputs(files, clean, report, settings, sink)
        if sink.rejects:
            written = sink.rejects
            outputs.append(Output("rejects", written.target, written.size, report.rows.rejected, written.sha256))
        elif targets.rejects is not None:
            files.remove(targets.rejects)
        if targets.earlier_report and targets.earlier_report not in targets.reports:
            files.remove(targets.earlier_report, "report")
        report = replace(report, outputs=tuple(outputs))
        return commit(report, targets.reports)


def _clean_outputs(files: FileSet, clean: Written, report: Report, settings: Settings, sink: Files) -> list[Output]:
    """Return the clean file, or the parts that take its place and that of an earlier run's."""
    if not settings.split:
        return [Output("clean", clean.target, clean.size, report.rows.clean, clean.sha256)]
    parts = sink.write_parts()
    for old in (clean.target, *parts_from(clean.target, len(parts) + 1)):
        files.remove(old)
    return [Output("clean", part.target, part.size, rows, part.sha256) for part, rows in parts]


def is_untouched(report: Report) -> bool:
    """Whether clean leaves a file as it is, to the byte: ready, and counted by its own bytes."""
    found = {finding.outcome for finding in report.findings}
    return found <= {Outcome.WARN} and ("bytes", report.input.bytes) in [(one.name, one.used) for one in report.limits]


def _with_reports(files: FileSet, report: Report, targets: Sequence[str], settings: Settings) -> Report:
    """Write the reports; return the report as the settings want it."""
    for target, text in reports.rendered(report, targets, settings):
        files.open(target, "report").write(text)
    return reports.with_samples(report, settings.max_findings)


def _copy(file: BinaryIO, target: Written) -> None:
    file.seek(0)
    while block := file.read(1 << 20):
        target.write(block)


def _read_all(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read()


def resolve_settings(settings: Settings | None, overrides: Mapping[str, object]) -> Settings:
    """Return settings with overrides by name, all checked."""
    chosen = settings or Settings()
    values = {field.name: getattr(chosen, field.name) for field in fields(chosen)}
    given = {field.name: values[field.name] for field in fields(chosen) if values[field.name] != field.default}
    return build_settings({**given, **{name: value for name, value in overrides.items() if value is not None}})


def open_lists(
    settings: Settings,
    present: Sequence[tuple[BinaryIO, str]] = (),
    watched: Callable[[BinaryIO], BinaryIO] = lambda file: file,
) -> Lists:
    """Read the files of --existing and --suppress.

    present: more lists, and their names, of the former kind.  watched: is given each file, and returns it.
    """
    if not settings.existing and not settings.suppress and not present:
        return Lists()
    with ExitStack() as stack:

        def open_all(paths: Sequence[str]) -> list[tuple[BinaryIO, str]]:
            return [(watched(stack.enter_context(Path(path).open("rb"))), path) for path in paths]

        return read_lists([*present, *open_all(settings.existing)], open_all(settings.suppress), settings)


def _is_frame(source: Source) -> bool:
    return hasattr(source, "to_csv") and hasattr(source, "columns")


def open_source(source: Source) -> AbstractContextManager[tuple[BinaryIO, str]]:
    """Open whatever holds a list as a seekable binary file with a name."""
    if isinstance(source, str | os.PathLike):
        return _OpenPath(os.fspath(source))
    if isinstance(source, bytes | bytearray | memoryview):
        return nullcontext((io.BytesIO(source), "contacts.csv"))
    if hasattr(source, "read"):
        file = cast("BinaryIO", source)
        name = getattr(file, "name", None)
        return _Spooled(file, name if isinstance(name, str) else "contacts.csv")
    if _is_frame(source):
        return nullcontext((io.BytesIO(_frame_bytes(cast("pandas.DataFrame", source))), "contacts.csv"))
    raise TypeError(f"source is a path, bytes, a binary file or a DataFrame, not {type(source).__name__}")


class _OpenPath:
    """A file opened by its path.  A device is none: some have no end."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __enter__(self) -> tuple[BinaryIO, str]:
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
    """A file that may not be seekable: copied to a private temporary file then, since it is read twice."""

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


def _frame_bytes(frame: pandas.DataFrame) -> bytes:
    """Return a DataFrame as the bytes of a CSV: cells as text, missing ones empty."""
    from csv_preflight.output.tables import quoted

    columns = []
    for place in range(frame.shape[1]):
        series = frame.iloc[:, place]
        missing = series.isna().tolist()
        cells = ["" if gone else quoted(str(cell)) for cell, gone in zip(series.tolist(), missing, strict=True)]
        cells = [quoted(str(frame.columns[place])), *cells]
        columns.append(cells if frame.shape[1] > 1 else [cell if cell.strip() else f'"{cell}"' for cell in cells])
    text = "".join(",".join(cells) + "\n" for cells in zip(*columns, strict=True))
    return text.encode(errors="surrogatepass")  # half of a surrogate pair is found like any byte that is no text
