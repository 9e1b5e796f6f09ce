"""The hooks, as pre-commit runs them: its real program on a real repository, and their commands by themselves."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.samples import ROOT, run

READY = b"Name,phone\nAnn,+12025550101\n"
FIXABLE = b"Name;phone\nAnn;+1 202-555-0101\n"
WITH_REJECT = b"Name,phone\nAnn,+12025550101\nBob,none\n"
NAMES = ("contacts.csv", "-x.csv", "two words.csv", "Kontaktliste März 名簿.csv")
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}


def test_there_are_two_hooks_and_they_run_one_at_a_time() -> None:
    assert set(HOOKS) == {"csv-preflight", "csv-preflight-fix"}
    for hook in HOOKS.values():
        assert hook["require_serial"] is True
        assert hook["entry"].startswith("csv-preflight ")
        assert hook["entry"].endswith(" --")  # a file may be called -x.csv


@pytest.mark.parametrize(
    ("data", "check", "fix", "after", "name"),
    [
        pytest.param(READY, 0, 0, READY, NAMES[1], id="ready"),
        pytest.param(WITH_REJECT, 1, 1, WITH_REJECT, NAMES[1], id="rejects"),
        *(pytest.param(FIXABLE, 1, 1, READY, name, id=f"fixable {name}") for name in NAMES),
    ],
)
def test_the_commands_of_the_hooks(data: bytes, check: int, fix: int, after: bytes, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    for hook, code in (("csv-preflight", check), ("csv-preflight-fix", fix)):
        done = run_in(tmp_path, HOOKS[hook]["entry"], name)
        assert done.returncode == code, done.stderr
        assert not done.stderr
        assert bool(done.stdout) == (code == 1 or hook == "csv-preflight")
    assert path.read_bytes() == after
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def checked(path: Path) -> list[str]:
    return run("check", "--", str(path), PRE_COMMIT="1").stdout.decode().splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_the_command_after_the_check_makes_the_commit_pass(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FIXABLE)
    command = shlex.split(checked(path)[-1].removeprefix("next: "))
    assert command[:2] == ["csv-preflight", "clean"]
    assert run(*command[1:]).returncode == 1
    assert path.read_bytes() == READY
    assert checked(path)[-1].endswith("ready: 1 row")
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_rows_that_would_be_lost_are_corrected_in_the_list_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(WITH_REJECT)
    by_hand = run("clean", "--in-place", str(path), COLUMNS="200").stdout.decode().splitlines()
    for lines in (checked(path), by_hand):
        assert lines[-2] == f"next: correct or delete this row in {path}; or to write the others to a new file:"
        command = shlex.split(lines[-1])
        assert "--in-place" not in command
    assert run(*command[1:]).returncode == 0
    assert path.read_bytes() == WITH_REJECT
    assert (tmp_path / "a.clean.csv").exists()


def run_in(place: Path, entry: str, *files: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "csv_preflight", *shlex.split(entry)[1:], *files]
    return subprocess.run(
        command, cwd=place, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )


def git(place: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    identity = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *identity, *arguments], cwd=place, capture_output=True, check=False, env=OWN)


OUTER = ("GIT_", "PRE_COMMIT", "CSV_PREFLIGHT")
OWN = {name: value for name, value in os.environ.items() if not name.startswith(OUTER)}


@pytest.fixture(scope="module")
def hook_repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project as a repository of hooks, as it stands in the working tree."""
    place = tmp_path_factory.mktemp("hooks")
    for name in ("csv_preflight", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, place / name)
    git(place, "init", "-q")
    git(place, "add", "-A")
    assert git(place, "commit", "-qm", "hooks").returncode == 0
    return place


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment whose pre-commit keeps what it builds in a directory of this run."""
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    pytest.importorskip("pre_commit")
    return {**OWN, "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("cache"))}


def pre_commit(place: Path, environment: dict[str, str], *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments], cwd=place, capture_output=True, check=False, env=environment
    )
    return done.returncode, (done.stdout + done.stderr).decode()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    return tmp_path


def write(place: Path, **files: bytes) -> None:
    for name, data in files.items():
        (place / name).write_bytes(data)
    git(place, "add", "-A")


@pytest.mark.exam
def test_try_repo(hook_repository: Path, environment: dict[str, str], repository: Path) -> None:
    write(repository, **dict.fromkeys(NAMES, FIXABLE))
    code, said = pre_commit(repository, environment, "try-repo", str(hook_repository), "csv-preflight", "--all-files")
    assert code == 1
    for name in NAMES:
        assert f"{name}: not ready" in said
        assert (repository / name).read_bytes() == FIXABLE
    code, said = pre_commit(repository, environment, "try-repo", str(hook_repository), "csv-preflight-fix", "-a")
    assert code == 1
    assert "files were modified by this hook" in said
    assert {(repository / name).read_bytes() for name in NAMES} == {READY}
    git(repository, "add", "-A")
    code, said = pre_commit(repository, environment, "try-repo", str(hook_repository), "csv-preflight-fix", "-a")
    assert code == 0, said
    assert "ready" not in said


@pytest.mark.exam
def test_the_configuration_that_the_readme_shows(hook_repository: Path, environment: dict[str, str], tmp_path) -> None:
    (shown,) = re.findall(r"^```yaml\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    shutil.copytree(hook_repository, tmp_path / "csv-preflight")
    lists = tmp_path / "lists"
    lists.mkdir()
    git(lists, "init", "-q")
    files = {".pre-commit-config.yaml": shown.encode(), "csv-preflight.toml": b'region = "US"\n', "a.csv": FIXABLE}
    write(lists, **files)
    code, said = pre_commit(lists, environment, "run", "--all-files")
    assert (code, "a.csv: not ready" in said) == (1, True), said
    write(lists, **{"a.csv": READY})
    assert pre_commit(lists, environment, "run", "--all-files")[0] == 0


@pytest.mark.exam
def test_an_installed_hook_on_commit(hook_repository: Path, environment: dict[str, str], repository: Path) -> None:
    head = git(hook_repository, "rev-parse", "HEAD").stdout.decode().strip()
    hooks = [{"id": "csv-preflight-fix"}]
    config = {"repos": [{"repo": str(hook_repository), "rev": head, "hooks": hooks}]}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    assert pre_commit(repository, environment, "install", "--install-hooks")[0] == 0
    # From here on nothing can be fetched: names are asked of nobody.
    offline = {
        **environment,
        "PIP_NO_INDEX": "1",
        "https_proxy": "http://127.0.0.1:9",
        "HTTPS_PROXY": "http://127.0.0.1:9",
    }

    def commit() -> tuple[int, str]:
        done = subprocess.run(
            ["git", "-c", "user.name=Ann", "-c", "user.email=ann@example.com", "commit", "-m", "lists"],
            cwd=repository, capture_output=True, check=False, env=offline,
        )  # fmt: skip
        return done.returncode, (done.stdout + done.stderr).decode()

    write(repository, **{"a.csv": READY, "-x.csv": FIXABLE, "März 名簿.csv": WITH_REJECT})
    code, said = commit()
    assert code == 1
    assert "files were modified by this hook" in said
    assert (repository / "a.csv").read_bytes() == READY
    assert (repository / "-x.csv").read_bytes() == READY
    assert (repository / "März 名簿.csv").read_bytes() == WITH_REJECT
    assert "P001" in said
    write(repository, **{"März 名簿.csv": READY})
    code, said = commit()
    assert code == 0, said
    assert sorted(path.suffix for path in repository.iterdir() if path.is_file()) == [".csv"] * 3 + [".yaml"]


@pytest.mark.exam
def test_on_a_terminal_with_colour(hook_repository: Path, environment: dict[str, str], repository: Path) -> None:
    write(repository, **{"a.csv": WITH_REJECT})
    code, said = pre_commit(
        repository, environment, "try-repo", str(hook_repository), "csv-preflight", "--all-files", "--color", "always"
    )
    assert code == 1
    assert "\x1b[" in said
    assert "rows read \r" not in said
    assert "1 of 2 rows would be rejected" in said


def test_progress_is_never_shown_to_pre_commit(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(READY)
    assert not run("check", str(path), PRE_COMMIT="1").stderr
