"""The package as users get it: built, installed into empty environments, and put to work there.

What is examined needs a package index for the dependencies, and every supported Python that is on this machine: on
the path, or among those of pyenv.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.samples import ROOT

pytestmark = pytest.mark.exam

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SUPPORTED = [entry.rpartition(" ")[2] for entry in PROJECT["classifiers"] if re.search(r":: 3\.[0-9]+$", entry)]
OWN = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
TOP = ("csv_preflight", "tests", "sample_data", "tools", "docs", ".ci")

LIBRARY = """
import sys
from csv_preflight import Settings, clean_file, preflight
result = preflight("contacts.csv", region="US")
assert result.report.ready and len(result.clean) == result.report.rows.clean > 0
assert len(result.rejects) == result.report.rows.rejected > 0
assert not result.findings.empty
assert preflight(result.clean).report.rows.rejected == 0
assert clean_file("contacts.csv", "library.clean.csv", region="US").ready
assert open("library.clean.csv", "rb").read() == result.upload_file()[1]
assert not {"pytest", "hypothesis", "smallestai"} & set(sys.modules)
"""

# What a typed program writes; and what mypy has to refuse.
TYPED = """
from pathlib import Path
import pandas as pd
from csv_preflight import NotReadyError, PreflightError, Report, Result, Settings, SettingsError, clean_file, preflight

result: Result = preflight(Path("contacts.csv"), phone_column="phone", region="US")
frame: pd.DataFrame = result.clean
name, data, kind = result.upload_file()
sent: bytes = data
report: Report = clean_file(b"phone\\n", Path("out.csv"), region="US", max_rows=10)
settings: Settings | None = None
preflight(frame, settings)
ready: bool = report.ready
counts: dict[str, int] = {found.code: found.count for found in report.findings}
try:
    result.raise_if_not_ready()
except NotReadyError as error:
    print(error.report.rows.read)
except (SettingsError, PreflightError):
    raise
"""
UNTYPED = """
from csv_preflight import clean_file, preflight
preflight(5)
preflight("contacts.csv").ready.nothing
rows: str = clean_file("a.csv", "b.csv").rows.read
"""


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, env=OWN, capture_output=True, text=True, check=False, encoding="utf-8")


def must(*command: str | Path, cwd: Path) -> str:
    done = run(*command, cwd=cwd)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


def tracked() -> Iterator[str]:
    """Every file of this project that belongs into a source distribution."""
    for top in TOP:
        for path in sorted((ROOT / top).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and ".clean." not in path.name:
                yield str(path.relative_to(ROOT))
    yield from ("pyproject.toml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "MANIFEST.in")
    yield from ("Dockerfile", "action.yml", "mkdocs.yml", ".dockerignore", ".pre-commit-hooks.yaml")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The source distribution, and the wheel that is made from it."""
    place = tmp_path_factory.mktemp("built")
    source = place / "source"
    for name in tracked():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, source / name)
    said = must(sys.executable, "-m", "build", "--outdir", place, source, cwd=place)
    assert "Deprecat" not in said
    return next(place.glob("*.tar.gz")), next(place.glob("*.whl"))


def test_the_source_distribution_is_all_of_the_project(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[0]) as archive:
        names = {member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()}
    generated = {name for name in names if ".egg-info/" in name} | {"PKG-INFO", "setup.cfg"}
    assert names - generated == set(tracked())


def test_the_wheel_is_the_package_and_nothing_else(built: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(built[1]) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        metadata = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        said = archive.read(metadata).decode()
    assert names == {name for name in tracked() if name.startswith("csv_preflight/")}
    assert {Path(name).suffix for name in names} == {
        ".py", ".typed", ".toml", ".txt", ".css", ".js", ".json", ".jinja",
    }  # fmt: skip
    assert "License-Expression: MIT" in said
    required = [line for line in said.splitlines() if line.startswith("Requires-Dist") and "extra ==" not in line]
    assert len(required) == len(PROJECT["dependencies"])


def interpreter(version: str) -> Path:
    """A Python of a version; the test is skipped where this machine has none."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    candidates = [Path(sys.executable), *sorted(pyenv.glob(f"{version}.*/bin/python"))]
    candidates += [Path(found) for found in [shutil.which(f"python{version}")] if found]
    for candidate in candidates:
        done = run(candidate, "-c", "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])", cwd=ROOT)
        if done.stdout.strip() == version:
            return candidate
    pytest.skip(f"there is no Python {version} here")


def installed(python: Path, wheel: Path, ages: str, place: Path) -> Path:
    """The Python of an empty environment in which the wheel is installed, with the newest or oldest it allows."""
    must(python, "-m", "venv", place / "env", cwd=place)
    own = place / "env" / "bin" / "python"
    if ages == "newest":
        must(own, "-m", "pip", "install", "--quiet", wheel, cwd=place)
    else:
        (place / "direct.txt").write_text("\n".join(PROJECT["dependencies"]), encoding="utf-8")
        oldest = ("--resolution", "lowest-direct", "--only-binary", ":all:", "-r", "direct.txt")
        must(sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", own, *oldest, cwd=place)
        must(own, "-m", "pip", "install", "--quiet", "--no-deps", wheel, cwd=place)
    must(own, "-m", "pip", "check", cwd=place)
    return own


@pytest.mark.parametrize("ages", ["newest", "oldest"])
@pytest.mark.parametrize("version", SUPPORTED)
def test_the_main_job_in_an_empty_environment(
    version: str, ages: str, built: tuple[Path, Path], tmp_path: Path
) -> None:
    own = installed(interpreter(version), built[1], ages, tmp_path)
    work = tmp_path / "work"
    shutil.copytree(ROOT / "sample_data", work)
    command = (own, "-W", "error", "-m", "csv_preflight")
    assert must(own.with_name("csv-preflight"), "--version", cwd=work).split()[-1] == version_of_package()

    checked = run(*command, "check", "contacts.csv", "--region", "US", "--output-format", "json", cwd=work)
    assert (checked.returncode, checked.stderr) == (1, "")
    assert json.loads(checked.stdout)["rows"]["read"] == 40
    for form in ("text", "github", "sarif"):
        assert run(*command, "check", "contacts.csv", "--region", "US", "--output-format", form, cwd=work).stdout
    reports = [word for suffix in ("json", "html", "md") for word in ("--report", f"report.{suffix}")]
    must(*command, "clean", "contacts.csv", "--region", "US", *reports, cwd=work)
    assert must(*command, "check", "contacts.clean.csv", cwd=work)
    for suffix in ("json", "html", "md"):
        assert "P002" in (work / f"report.{suffix}").read_text(encoding="utf-8")
    assert "--region" in must(*command, "inspect", "contacts.csv", cwd=work)
    assert "P001" in must(*command, "rules", cwd=work)
    must(own, "-W", "error", "-c", LIBRARY, cwd=work)
    the_samples_are_found(own, work)


def version_of_package() -> str:
    from csv_preflight import __version__

    return __version__


def the_samples_are_found(own: Path, work: Path) -> None:
    """The findings of every sample, whichever versions of the dependencies find them."""
    for path in sorted((work / "rules").glob("*.csv")):
        options = path.with_suffix(".options")
        words = [word for word in options.read_text(encoding="utf-8").split("\n") if word] if options.exists() else []
        words = [word.removeprefix("sample_data/") for word in words]
        done = run(own, "-m", "csv_preflight", "check", path, *words, "--output-format", "json", cwd=work)
        found = [[entry["code"], entry["count"]] for entry in json.loads(done.stdout)["findings"]]
        expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
        codes = list(dict.fromkeys(code for code, *_ in expected["findings"]))
        assert [code for code, _ in found] == codes, path.name
        assert done.returncode == expected["check"], path.name


def test_a_typed_program_is_checked_against_the_wheel(built: tuple[Path, Path], tmp_path: Path) -> None:
    own = installed(Path(sys.executable), built[1], "newest", tmp_path)
    (tmp_path / "typed.py").write_text(TYPED, encoding="utf-8")
    (tmp_path / "untyped.py").write_text(UNTYPED, encoding="utf-8")
    mypy = (sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--python-executable", own)
    must(own, "-m", "pip", "install", "--quiet", "pandas-stubs", cwd=tmp_path)
    must(*mypy, "typed.py", cwd=tmp_path)
    said = run(*mypy, "untyped.py", cwd=tmp_path).stdout
    assert re.findall(r"untyped.py:(\d+): error: .*\[([a-z-]+)\]", said) == [
        ("3", "arg-type"), ("4", "attr-defined"), ("5", "assignment"),
    ]  # fmt: skip
