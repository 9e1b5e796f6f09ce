"""Choose what cleans a list: this process, or the workers of an engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from csv_preflight.cli.running import complain
from csv_preflight.errors import SettingsError
from csv_preflight.inputs import is_url
from csv_preflight.reports.printable import printable

if TYPE_CHECKING:
    from csv_preflight.file_rows import Spread


def files_of_engine(files: Sequence[str], given: Mapping[str, Any], *, as_one: bool) -> tuple[str, ...]:
    """Return the files that an engine reads; URLs with a pattern are expanded.

    Refuses options that do not work with it.
    """
    if given.get("engine") != "dask":
        if given.get("scheduler"):
            raise click.UsageError("--scheduler is Dask's; it goes with --engine dask")
        return tuple(files)
    if not as_one:
        raise click.UsageError("--engine dask cleans several files as one list; it goes with --as-one")
    if "-" in files:
        raise click.UsageError("--engine dask reads files by their paths; the standard input has none")
    if not any(map(is_url, files)):
        return tuple(files)
    if not (given.get("out_dir") or given.get("output")):
        raise click.UsageError("outputs are files of this machine: say with --out-dir where they go")
    return tuple(file for name in files for file in (_matching(name) if is_url(name) else [name]))


def _matching(url: str) -> list[str]:
    from csv_preflight.engines.paths import matching

    found = matching(url)
    if not found:
        raise click.UsageError(f"{printable(url)} names no file")
    return found


@contextmanager
def engine_of(given: Mapping[str, Any]) -> Iterator[Spread | None]:
    """Yield the engine that takes rows through the stages, None for this process."""
    if given.get("engine") != "dask":
        yield None
        return
    scheduler = given.get("scheduler")
    if not scheduler:
        from csv_preflight.engines.starting import begin

        begin()
    try:
        from csv_preflight.engines.dask_files import workers_of
    except ModuleNotFoundError as error:
        message = "--engine dask needs Dask: pip install 'csv-preflight-contacts[dask]'"
        raise SettingsError(message) from error
    with workers_of(scheduler) as workers:
        if scheduler and workers.dashboard and not given.get("quiet"):
            complain(f"the dashboard of the workers is at {workers.dashboard}")
        yield workers
