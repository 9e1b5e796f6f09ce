"""Files as one list on Dask workers: each file is read by one task, exactly as on one machine."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from time import monotonic
from typing import Any

import dask
import distributed
from dask.system import CPU_COUNT

from csv_preflight._version import __version__
from csv_preflight.engines.file_tasks import (
    PartTaken,
    Shared,
    finish_file,
    keys_of_file,
    open_part,
    opted_out_of_file,
    take_file,
)
from csv_preflight.engines.parquet import is_parquet
from csv_preflight.engines.paths import path_file
from csv_preflight.engines.repeats import Repeats, find_repeats, last_of
from csv_preflight.engines.starting import settings_of_workers
from csv_preflight.errors import PreflightError, SettingsError
from csv_preflight.file_of_list import FileOfList
from csv_preflight.file_rows import FileTaken
from csv_preflight.inputs import OpenFile, is_url
from csv_preflight.model.corrections import Changes
from csv_preflight.model.number_table import NumberTable
from csv_preflight.model.other_lists import Lists
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import Positions
from csv_preflight.opening import Opening

# Seconds to wait for a scheduler.
TIMEOUT = 30
# Seconds between a task's progress messages.
PROGRESS_INTERVAL = 0.5


@contextmanager
def workers_of(address: str | None = None) -> Iterator[Workers]:
    """Yield an engine that takes the files of a list through the stages on the workers of a scheduler.

    address: such as tcp://10.0.0.1:8786; by default, workers are started on this machine, one for each processor, and
    end with the context.  Raises OSError if no scheduler answers, and PreflightError if workers have no or another
    version of this package.
    """
    with ExitStack() as stack:
        if address is None:
            options: dict[str, Any] = {
                "threads_per_worker": 1,
                "host": "127.0.0.1",
                "dashboard_address": None,
                "scheduler_kwargs": {"dashboard_address": "127.0.0.1:0"},  # any port, not that of another cluster
            }
            stack.enter_context(dask.config.set(settings_of_workers()))
            scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="csv-preflight-"))  # for its owner only
            cluster = distributed.LocalCluster(
                n_workers=CPU_COUNT, local_directory=scratch, silence_logs="ERROR", **options
            )
            # Results come from the workers themselves, not by way of the scheduler, which is in this process, too.
            client = stack.enter_context(distributed.Client(stack.enter_context(cluster), direct_to_workers=True))
        else:
            try:
                client = stack.enter_context(distributed.Client(address, timeout=TIMEOUT))
            except ValueError as error:
                raise SettingsError(f"--scheduler: {error}; an address is such as tcp://10.0.0.1:8786") from error
            _check_versions(client)
        yield Workers(client)


class Workers:
    """The workers of a client, which take the files of a list through the stages: see ``Spread``."""

    def __init__(self, client: Any) -> None:
        self._client = client

    @property
    def dashboard(self) -> str | None:
        """The address of the scheduler's dashboard, if it has one."""
        # Its address is known even if nothing is shown there: --no-dashboard, or no bokeh.  A lambda is sent as it is,
        # since the scheduler may not have this package.
        shown = self._client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.http_application.applications))
        return self._client.dashboard_link if shown else None

    def files(self, files: Sequence[OpenFile]) -> list[OpenFile]:
        """Return the files as any process can open them."""
        return [replace(one, file=path_file(_found_by_all(one.name)), trusted=is_parquet(one.name)) for one in files]

    def open(self, files: Sequence[OpenFile], settings: Settings, changes: Sequence[Changes]) -> Iterator[Opening]:
        """Yield the result of opening each file; the first one, which decides the roles of columns, is opened here."""
        rest, lead = list(files), None
        while rest and lead is None:
            opening = open_part(rest.pop(0), None, settings, changes)
            lead = opening.file
            yield opening
        known = self._known((lead, settings, changes))
        yield from self._each([(_open_next, one, known) for one in rest])

    def opted_out(self, files: Sequence[FileOfList], settings: Settings) -> Iterator[tuple[Positions, Positions]]:
        """Yield the numbers that opt out in each file, and their lines in the list."""
        yield from self._each([(opted_out_of_file, file, settings) for file in files])

    def take(
        self,
        files: Sequence[FileOfList],
        settings: Settings,
        lists: Lists,
        opted_out: NumberTable,
        progress: Callable[[int], None] | None,
    ) -> Iterator[FileTaken]:
        """Yield the result for each file.

        All work on a file is done where its rows are.  Repeats are decided here, in the order of the files, so that the
        first files are finished, and their memory is released, while the last are read.
        """
        newline = "\r\n" if files[0].endings == {"CRLF"} else "\n"
        known = self._known(Shared(settings, lists, opted_out, newline))
        with self._progress_topic(progress) as topic:
            taken = [self._client.submit(_take, file, known, topic, pure=False) for file in files]
            keys = [self._client.submit(keys_of_file, one, pure=False, priority=1) for one in taken]
            taken.reverse()

            def finish(repeats: Repeats) -> Any:
                return self._client.submit(finish_file, taken.pop(), repeats, known, pure=False, priority=2)

            yield from _in_turn(keys, sum(file.expected for file in files), settings, finish)

    def _each(self, calls: Sequence[tuple[Any, ...]]) -> Iterator[Any]:
        """Yield the results of some calls, in their order."""
        futures = [self._client.submit(*call, pure=False) for call in calls]
        futures.reverse()
        while futures:
            yield futures.pop().result()

    def _known(self, value: object) -> Any:
        """Send all workers a value that all tasks need."""
        (future,) = self._client.scatter([value], broadcast=True)
        return future

    @contextmanager
    def _progress_topic(self, progress: Callable[[int], None] | None) -> Iterator[str]:
        """Yield the topic for the tasks' progress messages, "" if they are not wanted."""
        if progress is None:
            yield ""
            return
        topic, rows = f"csv-preflight-{uuid.uuid4().hex}", 0

        def add(event: tuple[float, int]) -> None:
            nonlocal rows
            rows += event[1]
            progress(rows)

        self._client.subscribe_topic(topic, add)
        try:
            yield topic
        finally:
            self._client.unsubscribe_topic(topic)


def _in_turn(
    keys: list[Any], expected: int, settings: Settings, finish: Callable[[Repeats], Any]
) -> Iterator[FileTaken]:
    """Yield the results for the files of a list, in their order, as soon as they are there.

    keys: futures of those of each file; expected: estimated count of rows.  finish: takes the next file through the
    rest of the stages, given its repeats.
    """
    seen = NumberTable()
    seen.reserve(expected)
    last = last_of([one.result() for one in keys]) if settings.keep == "last" else None
    ready = set()
    waiting = distributed.as_completed(keys)
    keys, finished = keys[::-1], deque[Any]()
    for future in waiting:
        ready.add(future.key)
        while keys and keys[-1].key in ready:
            finished.append(finish(find_repeats(keys.pop().result(), seen, last)))
            waiting.add(finished[-1])
        while finished and finished[0].key in ready:
            yield finished.popleft().result()


def _open_next(given: OpenFile, known: tuple[FileOfList, Settings, Sequence[Changes]]) -> Opening:
    """Open a further file; the first one decides the roles of columns."""
    return open_part(given, *known)


def _take(file: FileOfList, shared: Shared, topic: str) -> PartTaken:
    """Take the rows of a file up to the repeats; regularly send the count of rows read."""
    waiting, sent = 0, monotonic()

    def progress(rows: int) -> None:
        nonlocal waiting, sent
        waiting += rows
        if topic and monotonic() - sent > PROGRESS_INTERVAL:
            distributed.get_worker().log_event(topic, waiting)
            waiting, sent = 0, monotonic()

    return take_file(file, shared, progress)


def _found_by_all(path: str) -> str:
    """Return a path that is valid in any working directory."""
    return path if is_url(path) else os.path.abspath(path)  # noqa: PTH100 - links stay as they are


def _check_versions(client: Any) -> None:
    try:
        versions = client.run(_version)
    except ModuleNotFoundError as error:
        raise PreflightError(f"the workers of this scheduler have no {error.name}: install it on each") from error
    other = {version for version in versions.values() if version != __version__}
    if other:
        raise PreflightError(
            f"workers have csv-preflight {', '.join(sorted(other))}, and this is {__version__}: all of one run has to "
            "be one version"
        )


def _version() -> str:
    return __version__
