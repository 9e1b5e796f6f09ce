"""Several phone columns from the command line and the configuration file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.samples import run

LIST = b"Mobile,Home\n+12025550101,\n,202-555-0102\n"
CLEAN = b"Mobile,Home\n+12025550101,\n+12025550102,202-555-0102\n"
CONFIGURED = {
    "own file": ("csv-preflight.toml", 'region = "US"\nphone-column = ["Mobile", "Home"]\n'),
    "pyproject": ("pyproject.toml", '[tool.csv-preflight]\nregion = "US"\nphone-column = ["Mobile", "Home"]\n'),
}


@pytest.fixture
def contacts(tmp_path: Path) -> Path:
    path = tmp_path / "contacts.csv"
    path.write_bytes(LIST)
    return path


def test_the_option_is_repeatable(contacts: Path, tmp_path: Path) -> None:
    options = ["--phone-column", "Mobile", "--phone-column", "Home", "--region", "US"]
    assert run("check", str(contacts), *options).returncode == 1
    done = run("clean", str(contacts), *options, "--report", str(tmp_path / "r.json"))
    assert done.returncode == 0, done.stderr.decode()
    clean = tmp_path / "contacts.clean.csv"
    assert clean.read_bytes() == CLEAN
    report = json.loads((tmp_path / "r.json").read_bytes())
    assert report["settings"]["phone-column"] == ["Mobile", "Home"]
    assert (report["input"]["phone_column"], report["input"]["phone_columns"]) == ("Mobile", ["Mobile", "Home"])
    again = run("check", str(clean), *options)
    assert again.returncode == 0, again.stdout.decode()
    assert run("clean", str(contacts), *options, "--in-place").returncode == 1
    assert contacts.read_bytes() == CLEAN
    assert run("clean", str(contacts), *options, "--in-place").returncode == 0
    assert contacts.read_bytes() == CLEAN


@pytest.mark.parametrize(("name", "text"), CONFIGURED.values(), ids=CONFIGURED.keys())
def test_a_list_of_columns_can_be_configured(contacts: Path, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    config = ["--config", str(tmp_path / name)]
    assert run("clean", str(contacts), *config).returncode == 0
    assert (tmp_path / "contacts.clean.csv").read_bytes() == CLEAN
    alone = run("check", str(contacts), *config, "--phone-column", "Home", "--output-format", "json")
    assert json.loads(alone.stdout)["input"]["phone_columns"] == ["Home"]


def test_one_column_named_twice_is_a_usage_error(contacts: Path) -> None:
    done = run("check", str(contacts), "--phone-column", "Mobile", "--phone-column", "Mobile")
    assert done.returncode == 2
    assert "phone-column: 'Mobile' is named twice" in done.stderr.decode()


def test_the_rejects_are_cleaned_with_the_same_columns(contacts: Path, tmp_path: Path) -> None:
    contacts.write_bytes(LIST + b"202-555-01,n/a\n")
    options = ["--phone-column", "Mobile", "--phone-column", "Home", "--region", "US"]
    done = run("clean", str(contacts), *options)
    assert "--phone-column Mobile --phone-column Home" in done.stdout.decode()
    rejects = tmp_path / "contacts.rejects.csv"
    text = rejects.read_text(encoding="utf-8-sig").replace("202-555-01,", "202-555-0103,")
    rejects.write_text(text, encoding="utf-8")
    out = tmp_path / "more.csv"
    done = run("clean", str(rejects), *options, "--suppress", str(tmp_path / "contacts.clean.csv"), "-o", str(out))
    assert done.returncode == 0, done.stdout.decode()
    assert out.read_bytes() == b"Mobile,Home\n+12025550103,n/a\n"
