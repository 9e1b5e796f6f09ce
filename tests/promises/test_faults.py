"""Faults of the machine: system calls that fail or kill, full disks, signals, readers that go away.

After each there is a whole set with its report or no report, the input is as it was, and unless the process was
killed: nothing is left behind, the exit code is right, and one sentence says why.
"""

from __future__ import annotations

import contextlib
import functools
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.promises.sets import is_whole, state, temporaries
from tests.samples import ROOT

LIST = b"Name,phone\nAnn,202-555-0101\nBob,none\nAnna,+12025550101\nEve,+12025550102\n"
FIXABLE = b"Name,phone\nAnn,202-555-0101\nEve,+12025550102\n"
FIXED = b"Name,phone\nAnn,+12025550101\nEve,+12025550102\n"
LONG = b"phone,note\n" + b"".join(b"+1202555%04d,%s\n" % (100 + n, b"x" * 2000) for n in range(100)) + b"none,\n"
ERRORS = ("ENOSPC", "EIO", "EXDEV")
MOST_CALLS = 40


@functools.cache
def why_no_strace() -> str:
    """Why system calls cannot be made to fail here, or nothing."""
    if not shutil.which("strace"):
        return "strace is not installed"
    tried = subprocess.run(["strace", "-f", "-o", os.devnull, "true"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else "strace may not trace here: " + tried.stderr.decode().strip()[:200]


@pytest.fixture
def strace() -> None:
    if why_no_strace():
        pytest.skip(why_no_strace())


@dataclass(frozen=True)
class Scenario:
    """A command, and what its directory holds before."""

    arguments: tuple[str, ...]
    files: dict[str, bytes]
    report: str = "a.report.json"

    def lay_out(self, directory: Path) -> None:
        for name, data in self.files.items():
            (directory / name).write_bytes(data)


def earlier(arguments: tuple[str, ...], data: bytes) -> dict[str, bytes]:
    """The files of a run on an older list, beside the list that is cleaned now."""
    with tempfile.TemporaryDirectory() as place:
        old = Path(place, "a.csv")
        old.write_bytes(b"Name,phone\n" + b"".join(b"Old,202-555-01%02d\n" % n for n in range(50, 59)) + b"No,none\n")
        subprocess.run([*COMMAND, *arguments], cwd=place, capture_output=True, check=True, env=ENVIRONMENT)
        return {name: content for name, content in state(Path(place)).items() if isinstance(content, bytes)} | {
            "a.csv": data
        }


COMMAND = [sys.executable, "-m", "csv_preflight"]
# Without coverage, whose own files would fail like all others.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
ENVIRONMENT |= {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
CLEAN = ("clean", "a.csv", "--region", "US")


SPLIT = (*CLEAN, "--split", "--max-rows", "3")
SCENARIOS: dict[str, Callable[[], Scenario]] = {
    "first run": lambda: Scenario(CLEAN, {"a.csv": LIST}),
    "over an earlier set": lambda: Scenario(CLEAN, earlier(CLEAN, LIST)),
    "no rejects any more": lambda: Scenario(CLEAN, earlier(CLEAN, FIXABLE)),
    "in parts": lambda: Scenario(SPLIT, earlier(SPLIT, LIST)),
    "to the standard output": lambda: Scenario((*CLEAN, "-o", "-"), {"a.csv": LIST}),
    "in place": lambda: Scenario((*CLEAN, "--in-place", "--report", "r.json"), {"a.csv": FIXABLE}, "r.json"),
}


def faulty(
    scenario: Scenario, directory: Path, inject: str, *more: str
) -> tuple[bool, subprocess.CompletedProcess[bytes]]:
    """Run with a fault; return whether it came to that."""
    log = directory.with_name("strace.log")
    call = inject.partition(":")[0]
    traced = ["strace", "-f", "-qq", "-o", str(log), *more, "-e", f"trace={call}", "-e", f"inject={inject}"]
    done = subprocess.run(
        [*traced, *COMMAND, *scenario.arguments], cwd=directory, capture_output=True, check=False, env=ENVIRONMENT
    )
    said = log.read_text(errors="replace")
    return "(INJECTED)" in said or "killed by SIGKILL" in said, done


def sweep(scenario: Scenario, place: Path, call: str, fault: str, *, again: bool = True) -> int:
    """Let each occurrence of a system call fail in turn; return how many there were.

    again: whether a run follows each that was killed.
    """
    for number in range(1, MOST_CALLS):
        directory = place / f"{call}-{fault}-{number}"
        directory.mkdir()
        scenario.lay_out(directory)
        before = state(directory)
        happened, done = faulty(scenario, directory, f"{call}:{fault}:when={number}")
        whole = is_whole(directory / scenario.report)
        in_place = "--in-place" in scenario.arguments
        assert (directory / "a.csv").read_bytes() in ((FIXABLE, FIXED) if in_place else (scenario.files["a.csv"],))
        if not happened:
            assert done.returncode == (1 if in_place else 0), done.stderr
            assert whole
            return number - 1
        if "SIGKILL" in fault:
            # The next run works, and names what is in the way of nobody but holds rows of a list.
            left = temporaries(directory)
            if not again:
                continue
            second = subprocess.run(
                [*COMMAND, *scenario.arguments], cwd=directory, capture_output=True, check=False, env=ENVIRONMENT
            )
            assert second.returncode in ((0, 1) if in_place else (0,)), second.stderr
            assert is_whole(directory / scenario.report)
            assert all(path.name in second.stderr.decode() for path in left)
            continue
        said = done.stderr.decode()
        to_stdout = "-o" in scenario.arguments
        if to_stdout and done.returncode == 0:
            # Python tries a directory for temporary files with a file of its own, and another if that fails.
            assert whole
            continue
        assert done.returncode == 2, (number, said)
        assert said.startswith("csv-preflight: "), said
        assert said.count("\n") == 1, said
        assert ".tmp" not in said
        assert call == "unlink" or not temporaries(directory)
        if whole and not to_stdout:  # what is on its way cannot be taken back, and the report tells of it last
            assert state(directory) == before
    raise AssertionError(f"{call} never came to an end")


@pytest.mark.usefixtures("strace")
def test_a_process_that_is_killed_leaves_no_report_beside_other_files(tmp_path: Path) -> None:
    assert sweep(SCENARIOS["over an earlier set"](), tmp_path, "rename", "signal=SIGKILL", again=False) >= 3


@pytest.mark.exam
@pytest.mark.usefixtures("strace")
@pytest.mark.parametrize("fault", ["signal=SIGKILL", *(f"error={error}" for error in ERRORS)])
@pytest.mark.parametrize("call", ["write", "fsync", "rename", "unlink"])
@pytest.mark.parametrize("name", list(SCENARIOS))
def test_every_call_that_fails(name: str, call: str, fault: str, tmp_path: Path) -> None:
    least = {"write": 2, "fsync": 2, "rename": 1, "unlink": 0}[call]
    assert sweep(SCENARIOS[name](), tmp_path, call, fault) >= least


@pytest.mark.usefixtures("strace")
def test_an_input_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    directory = tmp_path / "x"
    directory.mkdir()
    scenario = Scenario(CLEAN, {"a.csv": LIST})
    scenario.lay_out(directory)
    happened, done = faulty(scenario, directory, "read:error=EIO:when=3", "-P", str(directory / "a.csv"))
    assert happened
    assert (done.returncode, done.stderr) == (2, b"csv-preflight: a.csv: Input/output error\n")
    assert state(directory) == {"a.csv": LIST}


def start(
    directory: Path, *arguments: str, stdout: int = subprocess.PIPE, before: Callable[[], None] | None = None
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=directory,
        bufsize=0,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
        preexec_fn=before,
    )


@pytest.mark.parametrize("size", [0, 4096])
def test_a_file_size_limit(size: int, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(LONG if size > 100 else LIST)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    process = start(tmp_path, *CLEAN, before=limit)
    out, said = process.communicate()
    assert (process.returncode, out) == (2, b"")
    assert said.endswith(b".csv: File too large\n")
    assert said.count(b"\n") == 1
    assert set(state(tmp_path)) == {"a.csv"}


@contextlib.contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """A file system of a few pages; skips where this process may not mount one."""
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("arguments", [CLEAN, (*CLEAN, "--in-place")], ids=["clean", "in place"])
def test_a_full_disk(arguments: tuple[str, ...], tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "300k") as disk:
        data = LONG.replace(b"+1202", b"1-202").removesuffix(b"none,\n")
        (disk / "a.csv").write_bytes(data)
        process = start(disk, *arguments)
        out, said = process.communicate()
        assert (process.returncode, out) == (2, b"")
        name = b"a.csv" if "--in-place" in arguments else b"a.clean.csv"
        assert said == b"csv-preflight: " + name + b": No space left on device\n"
        assert state(disk) == {"a.csv": data}


REASONS = {
    "full": b"the standard output: No space left on device",
    "closed": b"the standard output: Bad file descriptor",
    "a reader that went away": b"the output was closed before all was written",
}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize(
    ("output", "arguments"),
    [
        pytest.param(output, arguments, id=f"{output}: {' '.join(arguments)}")
        for output in REASONS
        for arguments in (CLEAN, ("check", "a.csv"), ("--help",), (*CLEAN, "-o", "-"), ("inspect", "a.csv"), ("rules",))
        if output == "full" or arguments in (CLEAN, ("--help",))
    ],
)
def test_an_output_that_takes_nothing(output: str, arguments: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(LIST)
    read, write = os.pipe()
    os.close(read)
    full = os.open("/dev/full", os.O_WRONLY)
    closing = functools.partial(os.close, 1) if output == "closed" else None
    process = start(tmp_path, *arguments, stdout=full if output == "full" else write, before=closing)
    os.close(full)
    os.close(write)
    _, said = process.communicate()
    assert (process.returncode, said) == (2, b"csv-preflight: " + REASONS[output] + b"\n")
    assert state(tmp_path) == {"a.csv": LIST}


@pytest.mark.parametrize("error", ["full", "closed"])
def test_a_standard_error_that_takes_nothing_changes_no_exit_code(error: str, tmp_path: Path) -> None:
    redirect = {"full": "2>/dev/full", "closed": "2>&-"}[error]
    script = f'{sys.executable} -m csv_preflight "$@" {redirect}'
    command = ["sh", "-c", script, "sh", "check", "no.csv"]
    assert subprocess.run(command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, check=False).returncode == 2


def interrupted(number: int, directory: Path, *, ignored: bool = False) -> tuple[int, bytes, bytes]:
    """Send a signal while the clean file goes into a pipe that nobody reads yet; exit code and both streams."""
    (directory / "a.csv").write_bytes(LONG)

    def before() -> None:
        signal.signal(number, signal.SIG_IGN if ignored else signal.SIG_DFL)

    process = start(directory, *CLEAN, "-o", "-", before=before)
    assert process.stdout is not None
    first = process.stdout.read(1)  # now it is in the middle of the commit, and the pipe is full
    assert temporaries(directory)
    process.send_signal(number)
    if ignored:
        out, said = process.communicate()
    else:
        process.wait(60)
        out, said = process.stdout.read(), process.communicate()[1]
    return process.returncode, first + out, said


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (signal.SIGINT, b"interrupted"),
        (signal.SIGTERM, b"terminated"),
        (signal.SIGHUP, b"the terminal was closed"),
    ],
)
def test_a_signal_ends_a_run_with_nothing_left(number: signal.Signals, reason: bytes, tmp_path: Path) -> None:
    code, _, said = interrupted(number, tmp_path)
    assert code == 128 + number
    assert said.strip() == b"csv-preflight: " + reason
    assert state(tmp_path) == {"a.csv": LONG}


def test_a_signal_that_is_ignored_stays_ignored(tmp_path: Path) -> None:
    code, out, _ = interrupted(signal.SIGHUP, tmp_path, ignored=True)
    assert code == 0
    assert out.count(b"\n") == 101
    assert set(state(tmp_path)) == {"a.csv", "a.rejects.csv", "a.report.json"}
