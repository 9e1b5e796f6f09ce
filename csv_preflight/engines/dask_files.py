"""Files as one list on the workers of Dask: each file is read by one task, exactly as on one machine."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from operator import getitem
from typing import Any

import distributed
from dask.system import CPU_COUNT

from csv_preflight._version import __version__
from csv_preflight.engines.deciding import decide
from csv_preflight.engines.file_tasks import FilePart, Shared, finish_file, keys_of_file, take_file
from csv_preflight.errors import PreflightError, SettingsError
from csv_preflight.file_of_list import FileOfList
from csv_preflight.file_rows import FileTaken, Spread
from csv_preflight.lists import Lists
from csv_preflight.model.number_table import NumberTable
from csv_preflight.model.settings import Settings

MOST_BUCKETS = 32
# Seconds in which a scheduler has to answer.
TIMEOUT = 30


@contextmanager
def spread_over(address: str | None = None) -> Iterator[Spread]:
    """Give what takes the files of a list through the stages on the workers of a scheduler.

    address: such as tcp://10.0.0.1:8786; by default workers are started on this machine, one for each processor, and
    end with the context.  Raises OSError if no scheduler answers, and PreflightError if workers have another version
    of this package, or none.
    """
    with ExitStack() as stack:
        if address is None:
            options: dict[str, Any] = {"threads_per_worker": 1, "dashboard_address": None, "host": "127.0.0.1"}
            scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="csv-preflight-"))  # for its owner only
            cluster = distributed.LocalCluster(
                n_workers=CPU_COUNT, local_directory=scratch, silence_logs="ERROR", **options
            )
            client = stack.enter_context(distributed.Client(stack.enter_context(cluster)))
        else:
            client = stack.enter_context(distributed.Client(address, timeout=TIMEOUT))
            _check_versions(client)

        yield partial(spread_files, client)


def spread_files(
    client: Any, files: Sequence[FileOfList], settings: Settings, lists: Lists, opted_out: NumberTable
) -> Iterator[FileTaken]:
    """Yield what has become of each file of a list on the workers of a client, in order: see ``Spread``."""
    if lists.corrections:
        raise SettingsError("corrections: --engine dask does not take them; clean the list without it")
    shared = Shared(settings, lists, opted_out)
    newline = "\r\n" if files[0].endings == {"CRLF"} else "\n"
    workers = sorted(client.nthreads())
    buckets = min(2 * len(workers), MOST_BUCKETS)
    (known,) = client.scatter([shared], broadcast=True)
    # All that is done to a file is best done where its rows are: they are large, their keys are not.
    homes = [
        {"workers": [workers[place % len(workers)]], "allow_other_workers": True, "pure": False}
        for place in range(len(files))
    ]
    both = list(zip(files, homes, strict=True))
    taken = [client.submit(take_file, FilePart.of(file, newline), known, **home) for file, home in both]
    keys = [client.submit(keys_of_file, one, buckets, **home) for one, home in zip(taken, homes, strict=True)]
    decided = [
        client.submit(
            decide,
            [client.submit(getitem, one, bucket, **home) for one, home in zip(keys, homes, strict=True)],
            {},
            keep=settings.keep,
            pure=False,
        )
        for bucket in range(buckets)
    ]
    done = [
        client.submit(finish_file, one, decided, place, **homes[place], priority=1) for place, one in enumerate(taken)
    ]
    del taken, keys, decided  # what is not needed any more is let go of
    done.reverse()
    while done:
        yield done.pop().result()


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
