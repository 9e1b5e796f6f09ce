"""Files as one list on Dask's workers: the outputs of a local run, to the byte."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

from csv_preflight import Settings, api
from csv_preflight.cli import clean
from csv_preflight.inputs import OpenFile, frame_bytes
from csv_preflight.writing.cleaning import Targets, write_as_one
from tests.samples import run

pytestmark = pytest.mark.filterwarnings("ignore")
distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
files_on_dask = pytest.importorskip("csv_preflight.engines.dask_files")

A = b"Name,phone,stop\nAnn,202-555-0101,no\nBob,+44 20 7946 0018,\nCy,202-555-0102,yes\n,,\nDi,ask,\n"
B = "phone;Name;stop\r\n+12025550101;Eve;\r\n(202) 555-0102;Cyd;\r\n202-555-0103;Zo\u00eb;perhaps\r\n".encode("cp1252")
C = b'Name,phone,stop\nName,phone,stop\n"Fay\nG.",202-555-0104,\nAnn,1 202 555 0101,\nGus,202-555,\nHal,2025550105,\n'
KINDS: dict[str, dict[str, Any]] = {
    "as they are": {},
    "the last of several": {"keep": "last"},
    "people who opted out in another file": {"opt_out_column": "stop"},
    "identifiers that are required": {"identifier_column": "Name", "require_identifier": True},
    "lists of numbers": {"suppress": ["+12025550101"], "existing": ["+12025550105"]},
    "parts": {"split": True, "max_rows": 2},
    "too many rejects": {"max_rejects": "1"},
    "few samples, unmasked": {"max_findings": 1, "show_values": True},
    "a file that stops the list": {"phone_column": "mobile"},
    "a time zone, other names": {"add_timezone": "zone", "rename": ["Name=first"]},
}


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    """Two workers in this process."""
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": False, "dashboard_address": None}
    with distributed.Client(**options) as made:
        yield made


def outputs(directory: Path, paths: list[Path], options: dict[str, Any], spread: Any = None) -> dict[str, Any]:
    """What a run writes: the text of each file, the report without what differs from run to run."""
    directory.mkdir()
    settings = api.resolve_settings(Settings(region="US"), options)
    names = (str(directory / f"all.{name}") for name in ("clean.csv", "rejects.csv", "report.json"))
    clean_name, rejects, report = names
    targets = Targets(clean_name, rejects, (report,), reports_asked_for=True)
    with ExitStack() as stack:
        files = [OpenFile(stack.enter_context(path.open("rb")), str(path)) for path in paths]
        write_as_one(files, settings, targets, api.open_lists(settings), spread=spread)
    found: dict[str, Any] = {path.name: path.read_bytes() for path in directory.iterdir()}
    told = json.loads(found.pop("all.report.json"))
    told.pop("created_at")
    for output in told["outputs"]:
        output["path"] = Path(output["path"]).name
    return {**found, "report": told}


@pytest.mark.parametrize("options", KINDS.values(), ids=KINDS)
def test_the_outputs_are_those_of_a_local_run(client: Any, options: dict[str, Any], tmp_path: Path) -> None:
    paths = [tmp_path / f"{place}.csv" for place in range(3)]
    for path, data in zip(paths, (A, B, C), strict=True):
        path.write_bytes(data)
    spread = files_on_dask.Workers(client)
    here = outputs(tmp_path / "local", paths, options)
    there = outputs(tmp_path / "dask", paths, options, spread)
    assert here["report"]["rows"]["read"] == (0 if "phone_column" in options else 11)
    assert there == here


def test_only_a_dashboard_that_is_there_has_an_address() -> None:
    options = {"n_workers": 1, "threads_per_worker": 1, "processes": False, "dashboard_address": "127.0.0.1:0"}
    with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster) as client:
        shown = cluster.scheduler.http_application.applications
        shown.clear()  # as with --no-dashboard; and there is none without bokeh
        assert files_on_dask.Workers(client).dashboard is None
        shown.append(cluster.scheduler.http_application)
        assert str(files_on_dask.Workers(client).dashboard).endswith("/status")
        shown.clear()


@pytest.mark.parametrize("place", range(4))
def test_files_without_rows_are_left_out(client: Any, place: int, tmp_path: Path) -> None:
    every = [A, B, C]
    every[place:place] = [b"", b"Full name;Mobile\n", A.partition(b"\n")[0] + b"\n" + A.partition(b"\n")[0]]
    paths = [tmp_path / f"{number}.csv" for number in range(len(every))]
    for path, data in zip(paths, every, strict=True):
        path.write_bytes(data)
    here = outputs(tmp_path / "local", paths, {})
    assert [one["count"] for one in here["report"]["findings"] if one["code"] == "F006"] == [3]
    assert here["report"]["rows"]["read"] == 11
    assert outputs(tmp_path / "dask", paths, {}, files_on_dask.Workers(client)) == here


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["--engine", "dask"], "it goes with --as-one", id="not as one"),
        pytest.param(["--scheduler", "tcp://127.0.0.1:1"], "it goes with --engine dask", id="no engine"),
        pytest.param(["--as-one", "--engine", "dask", "-"], "the standard input has none", id="standard input"),
    ],
)
def test_options_that_do_not_go_together(arguments: list[str], words: str) -> None:
    done = CliRunner().invoke(clean.clean, ["a.csv", *arguments])
    assert done.exit_code == 2
    assert words in done.output


@pytest.mark.parametrize("option", ["-o", "--out-dir", "--rejects", "--report"])
def test_outputs_are_files_of_this_machine(option: str, tmp_path: Path) -> None:
    done = run("clean", "a.csv", "--as-one", option, "s3://bucket/clean/", cwd=tmp_path)
    assert done.returncode == 2
    assert b"s3://bucket/clean/ is a URL; outputs are files of this machine" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("option", ["-o", "--rejects"])
def test_the_command_writes_csv_and_says_what_writes_parquet(option: str) -> None:
    done = run("clean", "a.csv", option, "out.parquet")
    assert done.returncode == 2
    assert b"csv_preflight.dask writes Parquet" in done.stderr


def test_a_url_of_numbers_is_named_as_it_was_given(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(A)
    done = run("clean", "a.csv", "--suppress", "s3://bucket/never.csv", cwd=tmp_path)
    assert done.returncode == 2
    assert b"s3://bucket/never.csv is a URL: download it" in done.stderr


@pytest.fixture
def in_memory(client: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Files of fsspec in this process, and a command whose workers are in it, too."""
    fsspec = pytest.importorskip("fsspec")
    files = fsspec.filesystem("memory")
    files.pipe({f"/lists/{name}.csv": data for name, data in (("a", A), ("b", B), ("c", C))})
    monkeypatch.setattr(files_on_dask, "workers_of", lambda _: nullcontext(files_on_dask.Workers(client)))
    yield files
    files.rm("/lists", recursive=True)


@pytest.mark.parametrize("arguments", [["memory:///lists/*.csv"], [f"memory:///lists/{one}.csv" for one in "abc"]])
def test_files_are_read_by_their_urls(in_memory: Any, arguments: list[str], tmp_path: Path) -> None:
    for name, data in (("a", A), ("b", B), ("c", C)):
        (tmp_path / f"{name}.csv").write_bytes(data)
    options = ("--as-one", "--region", "US", "--opt-out-column", "stop")
    here = run("clean", f"{tmp_path}/*.csv", *options, "--out-dir", f"{tmp_path}/here")
    there = run("clean", *arguments, *options, "--engine", "dask", "--out-dir", f"{tmp_path}/there")
    assert (here.returncode, there.returncode) == (0, 0), there.stderr
    clean, rejects = (f"combined.{kind}.csv" for kind in ("clean", "rejects"))
    assert (tmp_path / "there" / clean).read_bytes() == (tmp_path / "here" / clean).read_bytes()
    assert (tmp_path / "there" / rejects).read_text().replace("memory:///lists/", f"{tmp_path}/") == (
        tmp_path / "here" / rejects
    ).read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["memory:///lists/*.csv", "--engine", "dask"], "say with --out-dir where they go", id="no folder"),
        pytest.param(["memory:///lists/x*.csv", "--engine", "dask", "--out-dir", "o"], "names no file", id="no match"),
        pytest.param(
            ["memory:///lists/x.csv", "--engine", "dask", "--out-dir", "o"], "memory:///lists/x.csv", id="none"
        ),
        pytest.param(["none://lists/x.csv", "--engine", "dask", "--out-dir", "o"], "none://lists/x.csv", id="unknown"),
        pytest.param(["memory:///lists/a.csv"], "clean --as-one --engine dask", id="no engine"),
    ],
)
def test_a_url_that_cannot_be_read_is_an_error_in_words(
    in_memory: Any, arguments: list[str], words: str, tmp_path: Path
) -> None:
    done = run("clean", *arguments, "--as-one", cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert not list(tmp_path.rglob("*.csv"))


def test_the_command_for_corrections_runs_on_workers_too(in_memory: Any, tmp_path: Path) -> None:
    options = ("--as-one", "--region", "US", "--engine", "dask", "--out-dir", f"{tmp_path}/out")
    done = run("clean", "memory:///lists/*.csv", *options)
    rejects = tmp_path / "out" / "combined.rejects.csv"
    rejects.write_text(rejects.read_text().replace("ask", "202-555-0106").replace("202-555,", "202-555-0101,"))
    printed = next(line for line in done.stdout.decode().splitlines() if "--corrections" in line)
    done = run(*shlex.split(printed)[1:])
    assert done.returncode == 0, done.stderr
    there = {name: (tmp_path / "out" / name).read_text() for name in ("combined.clean.csv", "combined.rejects.2.csv")}
    assert "Di,+12025550106," in there["combined.clean.csv"]
    assert "(as corrected in " in there["combined.rejects.2.csv"]
    for name, data in (("a", A), ("b", B), ("c", C)):
        (tmp_path / f"{name}.csv").write_bytes(data)
    rejects.write_text(rejects.read_text().replace("memory:///lists/", f"{tmp_path}/"))
    local = ("--as-one", "--region", "US", "--out-dir", f"{tmp_path}/here", "--corrections", str(rejects))
    assert run("clean", f"{tmp_path}/*.csv", *local).returncode == 0
    for name, text in there.items():
        expected = (tmp_path / "here" / name.replace(".2", "")).read_text()
        assert text.replace("memory:///lists/", f"{tmp_path}/") == expected


FRAMES = (
    pd.DataFrame(
        {
            "Name": ["Ann", 'say "hi", Bob', "two\nlines", None],
            "phone": pd.array([2025550101, None, 2025550103, 2025550104], "Int64"),
            "day": pd.to_datetime(["2026-01-01", None, "2026-01-02", "2026-01-03"]),
            "note.1": pd.Series(["x", "y", "x", None], dtype="category"),
        }
    ),
    pd.DataFrame(
        {
            "phone": pd.array([2025550103, 2025550105, 20255], "Int64"),
            "note.1": ["", "é", "=1"],
            "Name": ["Cy", "Di", "Eve"],
            "day": pd.to_datetime(["2026-01-03"] * 3),
        },
        index=["one", "two", "three"],
    ),
)


def test_parquet_files_are_read_as_the_csv_of_their_rows(in_memory: Any, tmp_path: Path) -> None:
    for place, frame in enumerate(FRAMES):
        in_memory.pipe(f"/lists/{place}.parquet", frame.to_parquet())
        (tmp_path / f"{place}.csv").write_bytes(frame_bytes(frame))
    options = ("--as-one", "--region", "US", "--identifier-column", "Name")
    here = run("clean", f"{tmp_path}/*.csv", *options, "--out-dir", f"{tmp_path}/here")
    there = run("clean", "memory:///lists/*.parquet", *options, "--engine", "dask", "--out-dir", f"{tmp_path}/there")
    assert (here.returncode, there.returncode) == (0, 0), there.stderr
    clean, rejects = ((tmp_path / "there" / f"combined.{kind}.csv").read_text() for kind in ("clean", "rejects"))
    assert clean == (tmp_path / "here" / "combined.clean.csv").read_text()
    expected = (tmp_path / "here" / "combined.rejects.csv").read_text()
    assert rejects.replace("memory:///lists/", f"{tmp_path}/").replace(".parquet", ".csv") == expected


def test_corrections_of_a_parquet_file(in_memory: Any, tmp_path: Path) -> None:
    in_memory.pipe("/lists/1.parquet", FRAMES[1].to_parquet())
    options = (
        "memory:///lists/1.parquet",
        "--as-one",
        "--region",
        "US",
        "--engine",
        "dask",
        "--out-dir",
        str(tmp_path),
    )
    assert run("clean", *options).returncode == 0
    rejects = tmp_path / "combined.rejects.csv"
    rejects.write_text(rejects.read_text().replace("20255,", "2025550106,"))
    done = run("clean", *options, "--corrections", str(rejects))
    assert done.returncode == 0, done.stderr
    assert "+12025550106" in (tmp_path / "combined.clean.csv").read_text()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"Name,phone\n", "this Parquet file cannot be read", id="another file"),
        pytest.param(
            pd.DataFrame({"phone": ["2025550101"], "tags": [["a"]]}).to_parquet(),
            "column 'tags' holds list",
            id="lists",
        ),
        pytest.param(pd.DataFrame({"phone": []}, dtype=str).to_parquet(), "F004", id="no rows"),
    ],
)
def test_a_parquet_file_that_is_no_list_is_an_error_in_words(
    in_memory: Any, data: bytes, words: str, tmp_path: Path
) -> None:
    in_memory.pipe("/lists/x.parquet", data)
    done = run("clean", "memory:///lists/x.parquet", "--as-one", "--engine", "dask", "--out-dir", f"{tmp_path}/out")
    assert done.returncode in (1, 2)
    assert words in (done.stdout + done.stderr).decode()
    assert b"Traceback" not in done.stderr


def test_a_file_that_is_changed_meanwhile_stops_the_run(
    in_memory: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def changing(*given: Any) -> Any:
        in_memory.pipe("/lists/c.csv", C + C)
        return take(*given)

    take = files_on_dask.take_file
    monkeypatch.setattr(files_on_dask, "take_file", changing)
    done = run("clean", "memory:///lists/*.csv", "--as-one", "--engine", "dask", "--out-dir", f"{tmp_path}/out")
    assert done.returncode == 2
    assert b"memory:///lists/c.csv has changed while it was read" in done.stderr


def test_progress_counts_the_rows_that_workers_have_read(
    client: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(files_on_dask, "PROGRESS_INTERVAL", 0)
    (tmp_path / "a.csv").write_bytes(A)
    told: list[int] = []
    settings = Settings(region="US")
    targets = Targets(str(tmp_path / "clean.csv"), None)
    with (tmp_path / "a.csv").open("rb") as file:
        sources = [OpenFile(file, str(tmp_path / "a.csv"))]
        spread = files_on_dask.Workers(client)
        write_as_one(sources, settings, targets, api.open_lists(settings), told.append, spread=spread)
    assert told[-1] == 4


@pytest.mark.exam
def test_the_command_starts_workers_of_its_own(tmp_path: Path) -> None:
    for name, data in (("a", A), ("b", B)):
        (tmp_path / f"{name}.csv").write_bytes(data)
    done = run(
        "clean", f"{tmp_path}/*.csv", "--as-one", "--engine", "dask", "--region", "US", "--out-dir", f"{tmp_path}/out"
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "combined.clean.csv").read_bytes().count(b"\n") == 5


@pytest.mark.parametrize(
    ("address", "words"),
    [
        pytest.param("tcp://127.0.0.1:1", "127.0.0.1:1", marks=pytest.mark.exam, id="nobody answers"),
        pytest.param("127.0.0.1", "missing port number", id="no port"),
        pytest.param("http://127.0.0.1:8787", "an address is such as tcp://10.0.0.1:8786", id="a dashboard"),
    ],
)
def test_no_scheduler_is_an_error_in_words(address: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(A)
    done = run("clean", f"{tmp_path}/a.csv", "--as-one", "--engine", "dask", "--scheduler", address)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert words in done.stderr.decode()
