"""Outputs all or none: what is no output, what a run leaves when it fails at any step, and that the input stays."""

from __future__ import annotations

import importlib
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from csv_preflight import clean_file
from csv_preflight.config.settings import build_settings
from csv_preflight.writing import targets as places
from csv_preflight.writing.cleaning import Targets, write_files
from tests.promises.sets import is_whole, state, temporaries
from tests.samples import ROOT, run

LIST = b"Name,phone\nAnn,202-555-0101\nBob,none\nEve,+12025550102\n"
READY = b"Name,phone\nAnn,+12025550101\n"
CLEAN = b"Name,phone\nAnn,+12025550101\nEve,+12025550102\n"
PLACES = ("clean", "rejects", "report")

posix = pytest.mark.skipif(os.name == "nt", reason="POSIX has these kinds of files")


@pytest.fixture
def contacts(tmp_path: Path) -> Path:
    path = tmp_path / "contacts.csv"
    path.write_bytes(LIST)
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    path = tmp_path / "out"
    path.mkdir()
    return path


def clean(contacts: Path, out: Path, **named: Path | str) -> None:
    """Clean a list into a directory, with other names for some of the outputs."""
    chosen = {"clean": out / "x.csv", "rejects": out / "x.rejects.csv", "report": out / "x.json"} | named
    clean_file(contacts, chosen["clean"], region="US", rejects=chosen["rejects"], report=chosen["report"])


def link(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(b"other")
    path.symlink_to(other)


def dangling(path: Path) -> None:
    path.symlink_to(path.with_name("nothing"))


def unix_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(path))


@posix
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("make", "words"),
    [
        pytest.param(link, "is a link", id="a link"),
        pytest.param(dangling, "is a link", id="a dangling link"),
        pytest.param(Path.mkdir, "is a directory", id="a directory"),
        pytest.param(os.mkfifo, "is a named pipe", id="a named pipe"),
        pytest.param(unix_socket, "is a socket", id="a socket"),
    ],
)
def test_what_is_no_plain_file_is_no_output(
    contacts: Path, out: Path, place: str, make: Callable[[Path], None], words: str
) -> None:
    target = out / "t"
    make(target)
    before = state(contacts.parent)
    with pytest.raises(OSError, match=words):
        clean(contacts, out, **{place: target})
    assert state(contacts.parent) == before


@posix
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("device", ["/dev/null", "/dev/full", "/dev/stdout", "/dev/fd/1"])
def test_devices_are_no_outputs(contacts: Path, out: Path, place: str, device: str) -> None:
    before = state(contacts.parent)
    with pytest.raises(OSError, match="or - for the standard output"):
        clean(contacts, out, **{place: device})
    assert state(contacts.parent) == before
    assert Path(device).exists()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "spelling",
    [
        pytest.param(lambda contacts: contacts, id="its name"),
        pytest.param(lambda contacts: contacts.parent / "out" / ".." / "contacts.csv", id="a detour"),
        pytest.param(lambda contacts: contacts.parent / "hard", id="a hard link"),
    ],
)
def test_the_input_is_no_output(contacts: Path, out: Path, place: str, spelling: Callable[[Path], Path]) -> None:
    (contacts.parent / "hard").hardlink_to(contacts)
    before = state(contacts.parent)
    with pytest.raises(OSError, match="is the input itself"):
        clean(contacts, out, **{place: spelling(contacts)})
    assert state(contacts.parent) == before


@pytest.mark.parametrize(
    ("one", "other"), [("clean", "rejects"), ("clean", "report"), ("rejects", "report")], ids="=".join
)
@pytest.mark.parametrize("there", [True, False], ids=["there", "not there"])
def test_two_outputs_are_not_one_file(contacts: Path, out: Path, one: str, other: str, there: bool) -> None:
    if there:
        (out / "t").write_bytes(b"old")
    before = state(contacts.parent)
    with pytest.raises(OSError, match="named for two outputs"):
        clean(contacts, out, **{one: out / "t", other: out / ".." / "out" / "t"})
    assert state(contacts.parent) == before


def test_one_report_twice_and_files_linked_to_each_other_are_one_file(contacts: Path, out: Path) -> None:
    with pytest.raises(OSError, match="named for two outputs"):
        clean_file(contacts, out / "x.csv", region="US", report=[str(out / "a.json"), str(out / "a.json")])
    (out / "a.json").write_bytes(b"old")
    (out / "b.json").hardlink_to(out / "a.json")
    with pytest.raises(OSError, match="named for two outputs"):
        clean_file(contacts, out / "x.csv", region="US", report=[str(out / "a.json"), str(out / "b.json")])
    assert state(out) == {"a.json": b"old", "b.json": b"old"}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", ["existing", "suppress"])
def test_the_lists_that_are_read_are_no_outputs(contacts: Path, out: Path, place: str, kind: str) -> None:
    listed = out / "listed.csv"
    listed.write_bytes(b"phone\n+12025550199\n")
    before = state(contacts.parent)
    chosen = {"clean": out / "x.csv", "rejects": out / "x.rejects.csv", "report": out / "x.json", place: listed}
    with pytest.raises(OSError, match="one of the lists that are read"):
        clean_file(
            contacts, chosen["clean"], region="US", rejects=chosen["rejects"], report=chosen["report"],
            **{kind: str(listed)},
        )  # fmt: skip
    assert state(contacts.parent) == before


def test_a_suppression_list_is_not_removed_as_old_rejects(contacts: Path) -> None:
    contacts.write_bytes(READY)
    rejects = contacts.with_name("contacts.rejects.csv")
    rejects.write_bytes(b"phone\n+12025550199\n")
    done = run("clean", str(contacts), "--suppress", str(rejects))
    assert done.returncode == 2
    assert b"one of the lists that are read" in done.stderr
    assert state(contacts.parent) == {"contacts.csv": READY, "contacts.rejects.csv": b"phone\n+12025550199\n"}


@pytest.mark.parametrize(
    ("target", "words"),
    [
        pytest.param("no/x.csv", "No such file or directory", id="no directory"),
        pytest.param("contacts.csv/x.csv", "Not a directory", id="below a file"),
        pytest.param("no/", "is a directory", id="a directory by its name"),
        pytest.param(".", "is a directory", id="the current directory"),
        pytest.param("/dev/stdout", "or - for the standard output", id="the standard output by its file"),
    ],
)
@posix
def test_what_can_not_be_written_is_named_as_the_user_did(contacts: Path, target: str, words: str) -> None:
    given = target if target.startswith(("/", ".")) else f"{contacts.parent}/{target}"
    done = run("clean", str(contacts), "--region", "US", "-o", given)
    assert done.returncode == 2
    assert not done.stdout
    assert words in done.stderr.decode()
    assert done.stderr.startswith(f"csv-preflight: {given}".encode())
    assert done.stderr.count(b"\n") == 1
    assert state(contacts.parent) == {"contacts.csv": LIST}


def test_rejects_do_not_go_to_the_standard_output(contacts: Path) -> None:
    done = run("clean", str(contacts), "--rejects", "-")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"--rejects names a file" in done.stderr


@posix
@pytest.mark.parametrize("source", ["contacts.csv", "-"])
def test_the_standard_output_is_not_the_input(contacts: Path, source: str) -> None:
    with contacts.open("rb") as stdin, contacts.open("ab") as stdout:
        done = subprocess.run(
            [sys.executable, "-m", "csv_preflight", "clean", source, "--region", "US", "-o", "-"],
            cwd=contacts.parent, env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=stdin, stdout=stdout, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith(b"csv-preflight: the standard output is the input itself")
    assert state(contacts.parent) == {"contacts.csv": LIST}


@pytest.mark.parametrize("other", ["rejects", "report"])
@pytest.mark.parametrize("there", [True, False], ids=["there", "not there"])
def test_a_part_is_no_other_output(contacts: Path, out: Path, other: str, there: bool) -> None:
    named = out / ".." / "out" / "x.002.csv"
    if there:
        named.write_bytes(b"old")
    before = state(contacts.parent)
    chosen = {"rejects": out / "r.csv", "report": out / "x.json"} | {other: named}
    with pytest.raises(OSError, match="is how the parts are named"):
        clean_file(contacts, out / "x.csv", region="US", rejects=chosen["rejects"], report=chosen["report"], split=True)
    assert state(contacts.parent) == before


def test_the_report_of_an_earlier_run_does_not_stay_beside_new_files(contacts: Path) -> None:
    assert run("clean", str(contacts), "--region", "US").returncode == 0
    contacts.write_bytes(READY)
    assert run("clean", str(contacts), "--region", "US", "--report", str(contacts.with_name("x.md"))).returncode == 0
    assert set(state(contacts.parent)) == {"contacts.csv", "contacts.clean.csv", "x.md"}


@pytest.mark.parametrize("name", ["x" * 251, "\U0001f600" * 62], ids=["letters", "of four bytes"])
def test_names_may_be_as_long_as_the_file_system_allows(contacts: Path, out: Path, name: str) -> None:
    target = out / f"{name}.csv"
    clean(contacts, out, clean=target)
    assert target.read_bytes() == CLEAN


@posix
def test_files_are_for_the_owner_only_whatever_the_umask(contacts: Path, out: Path) -> None:
    (out / "x.csv").write_bytes(b"old")
    (out / "x.csv").chmod(0o666)
    before = os.umask(0)
    try:
        clean(contacts, out)
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()} == {0o600}
    assert len(list(out.iterdir())) == 3


def in_place(contacts: Path, report: Path | None = None, progress: Callable[[int], None] | None = None) -> None:
    targets = Targets(str(contacts), None, (str(report),) if report else (), in_place=True, reports_asked_for=True)
    with contacts.open("rb") as file:
        write_files(file, str(contacts), build_settings({"region": "US"}), targets, progress=progress)


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_in_place_keeps_the_mode(contacts: Path, mode: int) -> None:
    contacts.write_bytes(b"phone\n202-555-0101\n")
    contacts.chmod(mode)
    in_place(contacts)
    assert contacts.read_bytes() == b"phone\n+12025550101\n"
    assert stat.S_IMODE(contacts.stat().st_mode) == mode


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_in_place_keeps_the_owner_and_group(contacts: Path) -> None:
    contacts.write_bytes(b"phone\n202-555-0101\n")
    os.chown(contacts, 1234, 4321)
    in_place(contacts)
    assert (contacts.stat().st_uid, contacts.stat().st_gid) == (1234, 4321)


@posix
def test_in_place_gives_a_group_nothing_that_was_anothers(contacts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    contacts.write_bytes(b"phone\n202-555-0101\n")
    contacts.chmod(0o660)
    monkeypatch.setattr(os, "chown", refused)
    in_place(contacts)
    assert stat.S_IMODE(contacts.stat().st_mode) == 0o600


def test_in_place_the_report_is_not_the_list(contacts: Path) -> None:
    with pytest.raises(OSError, match="named for two outputs"):
        in_place(contacts, contacts)
    assert contacts.read_bytes() == LIST


def append(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"Zoe,+12025550177\n")


def rewrite(path: Path) -> None:
    status = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Ann", b"Amy"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))


def replace(path: Path) -> None:
    other = path.with_name("new")
    other.write_bytes(path.read_bytes())
    other.replace(path)


def truncate(path: Path) -> None:
    os.truncate(path, 5)


@posix
@pytest.mark.parametrize("change", [append, rewrite, replace, truncate, Path.unlink])
@pytest.mark.parametrize("rewriting", [True, False], ids=["in place", "to other files"])
def test_an_input_that_changes_meanwhile_is_noticed(
    contacts: Path, out: Path, change: Callable[[Path], None], rewriting: bool
) -> None:
    contacts.write_bytes(LIST.replace(b"none", b"+12025550103"))
    after: list[dict[str, object]] = []

    def progress(_: int) -> None:
        if not after:
            change(contacts)
            after.append(state(contacts.parent) | {})

    targets = Targets(str(out / "x.csv"), str(out / "x.rejects.csv"), (str(out / "x.json"),))
    with pytest.raises(OSError, match="has changed while it was read"):
        if rewriting:
            in_place(contacts, progress=progress)
        else:
            with contacts.open("rb") as file:
                write_files(file, str(contacts), build_settings({"region": "US"}), targets, progress=progress)
    written = {name: content for name, content in after[0].items() if ".csv-preflight-" not in name}
    assert state(contacts.parent) == written


@pytest.fixture
def earlier(contacts: Path, out: Path) -> Path:
    """A whole set of an earlier run on another list."""
    contacts.write_bytes(b"Name,phone\nOld,202-555-0109\nOlder,none\n")
    clean(contacts, out)
    contacts.write_bytes(LIST)
    return out


def interrupted(monkeypatch: pytest.MonkeyPatch, name: str, number: int) -> list[int]:
    """Let a signal come in the number-th call of a function of os, which succeeds; return the list of calls."""
    real, calls = getattr(os, name), list[int]()

    def call(*arguments: object, **keywords: object) -> object:
        done = real(*arguments, **keywords)
        calls.append(1)
        if len(calls) == number:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(os, name, call)
    return calls


@pytest.mark.parametrize("name", ["open", "fsync", "replace", "unlink"])
@pytest.mark.parametrize("number", range(1, 7))
def test_a_signal_at_any_step_leaves_no_report_without_its_files(
    earlier: Path, contacts: Path, monkeypatch: pytest.MonkeyPatch, name: str, number: int
) -> None:
    before = state(earlier)
    calls = interrupted(monkeypatch, name, number)
    try:
        clean(contacts, earlier)
    except KeyboardInterrupt:
        assert len(calls) >= number
        whole = is_whole(earlier / "x.json")
        assert state(earlier) == before if whole else not (earlier / "x.json").exists()
        assert name != "replace" or not state(earlier).keys() - {"x.rejects.csv"}
    else:
        assert len(calls) < number
        assert is_whole(earlier / "x.json")
    assert contacts.read_bytes() == LIST
    assert not temporaries(earlier)


STEPS = [("os", "fsync"), ("os", "replace"), ("os", "unlink"), ("os", "open")]


def failing(monkeypatch: pytest.MonkeyPatch, module: str, name: str, number: int) -> list[int]:
    """Let the number-th call of a function fail; return the list of calls."""
    home = importlib.import_module(module)
    real, calls = getattr(home, name), list[int]()

    def call(*arguments: object, **keywords: object) -> object:
        calls.append(1)
        if len(calls) == number:
            raise OSError(5, "Input/output error")
        return real(*arguments, **keywords)

    monkeypatch.setattr(home, name, call)
    return calls


@pytest.mark.parametrize(("module", "name"), STEPS, ids=lambda value: value)
@pytest.mark.parametrize("number", range(1, 7))
def test_a_failure_at_any_step_leaves_a_whole_set_or_none(
    earlier: Path, contacts: Path, monkeypatch: pytest.MonkeyPatch, module: str, name: str, number: int
) -> None:
    before = state(earlier)
    calls = failing(monkeypatch, module, name, number)
    try:
        clean(contacts, earlier)
    except OSError as error:
        assert len(calls) >= number
        assert error.filename is not None
        assert ".tmp" not in str(error)
        whole = is_whole(earlier / "x.json")
        assert state(earlier) == before if whole else not (earlier / "x.json").exists()
    else:
        assert is_whole(earlier / "x.json")
        assert (earlier / "x.csv").read_bytes() == CLEAN
    monkeypatch.undo()
    assert contacts.read_bytes() == LIST
    assert not temporaries(earlier) or name == "unlink"


@pytest.mark.parametrize("number", range(1, 4))
def test_a_failure_of_a_rename_takes_away_what_was_put_there(
    out: Path, contacts: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    failing(monkeypatch, "os", "replace", number)
    with pytest.raises(OSError, match="Input/output error"):
        clean(contacts, out)
    assert state(out) == {}


@pytest.fixture
def dead() -> int:
    """The number of a process that has ended."""
    done = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    return int(done.stdout)


@pytest.fixture
def alive() -> Iterator[int]:
    """The number of another process."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process.pid
        process.communicate(b"\n")


@posix
def test_what_killed_runs_left_is_named_wherever_it_lies(contacts: Path, out: Path, dead: int, alive: int) -> None:
    reports = contacts.parent / "reports"
    reports.mkdir()
    left = [out / f"{places.PREFIX}{dead}-x.csv-abc.tmp", reports / f"{places.PREFIX}{dead}-x.json-abc.tmp"]
    written = out / f"{places.PREFIX}{alive}-x.csv-abc.tmp"
    for path in (*left, written):
        path.write_bytes(b"Name")
    done = run("clean", str(contacts), "--region", "US", "-o", str(out / "x.csv"), "--rejects", str(out / "r.csv"),
               "--report", str(reports / "x.json"))  # fmt: skip
    assert done.returncode == 0
    assert done.stderr.decode().splitlines() == [
        f"csv-preflight: {path} was left by a run that was killed; it contains rows of a list, so delete it"
        for path in left
    ]
    assert all(path.exists() for path in (*left, written))


@posix
def test_the_temporary_name_says_whose_it_is() -> None:
    assert places.temporary_prefix("a/june.csv") == f"{places.PREFIX}{os.getpid()}-june.csv-"


@pytest.mark.parametrize("reason", [["--phone-column", "no"], ["-o", "contacts.csv"]])
def test_a_directory_made_for_nothing_is_taken_away(contacts: Path, reason: list[str]) -> None:
    reason = [str(contacts) if word == "contacts.csv" else word for word in reason]
    assert run("clean", str(contacts), "--out-dir", str(contacts.parent / "new" / "deep"), *reason).returncode > 0
    assert state(contacts.parent) == {"contacts.csv": LIST}
    target = contacts.parent / "new" / "deep"
    assert run("clean", str(contacts), "--region", "US", "--out-dir", str(target)).returncode == 0
    assert (target / "contacts.clean.csv").read_bytes() == CLEAN
