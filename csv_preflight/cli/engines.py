"""What cleans a list: this process, or the workers of an engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from csv_preflight.errors import SettingsError

if TYPE_CHECKING:
    from csv_preflight.file_rows import Spread


def check_engine(files: Sequence[str], given: Mapping[str, Any], *, as_one: bool) -> None:
    """Refuse options that do not go with the engine."""
    if given.get("engine") != "dask":
        if given.get("scheduler"):
            raise click.UsageError("--scheduler is Dask's; it goes with --engine dask")
        return
    if not as_one:
        raise click.UsageError("--engine dask cleans several files as one list; it goes with --as-one")
    if "-" in files:
        raise click.UsageError("--engine dask reads files by their paths; the standard input has none")


@contextmanager
def engine_of(given: Mapping[str, Any]) -> Iterator[Spread | None]:
    """Give what takes the rows of files through the stages; None for this process."""
    if given.get("engine") != "dask":
        yield None
        return
    if not given.get("scheduler"):
        from csv_preflight.engines.starting import begin

        begin()
    try:
        from csv_preflight.engines.dask_files import workers_of
    except ModuleNotFoundError as error:
        message = "--engine dask needs Dask: pip install 'csv-preflight-contacts[dask]'"
        raise SettingsError(message) from error
    with workers_of(given.get("scheduler")) as workers:
        yield workers
