"""check, clean and upload with --corrections: exit codes, files, and what is printed."""

from __future__ import annotations

import hashlib
import json
import os
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.corrections.test_corrections import ALL, LIST, corrected
from tests.samples import run


@pytest.fixture
def contacts(tmp_path: Path) -> Path:
    path = tmp_path / "contacts.csv"
    path.write_bytes(LIST)
    return path


def cleaned(contacts: Path, *more: str) -> subprocess.CompletedProcess[bytes]:
    return run("clean", str(contacts), "--out-dir", str(contacts.parent), *more)


def test_clean_writes_one_list_and_leaves_the_corrections(contacts: Path) -> None:
    assert cleaned(contacts).returncode == 0
    rejects = contacts.with_name("contacts.rejects.csv")
    rejects.write_bytes(corrected(ALL | {3: {"phone": "+12"}}))
    before = rejects.read_bytes()
    done = cleaned(contacts, "--region", "US", "--corrections", str(rejects))
    assert done.returncode == 0, done.stderr.decode()
    assert rejects.read_bytes() == before
    left = contacts.with_name("contacts.rejects.2.csv")
    assert len(left.read_text(encoding="utf-8-sig").splitlines()) == 2
    assert "(as corrected in contacts.rejects.csv)" in left.read_text(encoding="utf-8-sig")
    assert len(contacts.with_name("contacts.clean.csv").read_text().splitlines()) == 7
    command = shlex.split(done.stdout.decode().splitlines()[-1])
    words = ["--corrections", str(rejects), "--corrections", str(left)]
    assert any(command[place : place + 4] == words for place in range(len(command)))
    left.write_text(left.read_text(encoding="utf-8-sig").replace("+12,", "+12025550102,"), encoding="utf-8")
    done = run(*command[1:])
    assert done.returncode == 0, done.stderr.decode()
    assert len(contacts.with_name("contacts.clean.csv").read_text().splitlines()) == 8
    assert not contacts.with_name("contacts.rejects.3.csv").exists()


def test_rejects_that_were_edited_are_not_written_over(contacts: Path) -> None:
    assert cleaned(contacts).returncode == 0
    assert cleaned(contacts).returncode == 0  # as they were, they are
    rejects = contacts.with_name("contacts.rejects.csv")
    rejects.write_bytes(corrected(ALL))
    before = rejects.read_bytes()
    done = cleaned(contacts, "--region", "US")
    assert done.returncode == 2
    assert "was edited since it was written, and would be lost: give it with --corrections" in done.stderr.decode()
    assert rejects.read_bytes() == before
    assert cleaned(contacts, "--region", "US", "--corrections", str(rejects)).returncode == 0
    assert cleaned(contacts, "--region", "US").returncode == 2  # the last report says that it holds corrections
    contacts.with_name("contacts.report.json").unlink()
    assert cleaned(contacts).returncode == 0  # nobody can tell


@pytest.mark.parametrize("form", ["json", "html", "md"])
@pytest.mark.parametrize("again", [["--corrections", "{rejects}"], ["--rejects", "{rejects}.2.csv"]])
@pytest.mark.parametrize("runs", [1, 2])
def test_rejects_are_known_as_they_were_written_after_another_run(
    contacts: Path, form: str, again: list[str], runs: int
) -> None:
    rejects, report = contacts.with_name("contacts.rejects.csv"), contacts.with_name(f"contacts.report.{form}")
    given = ("--report", str(report))
    assert cleaned(contacts, *given).returncode == 0
    for _ in range(runs):
        assert cleaned(contacts, *given, *(word.format(rejects=rejects) for word in again)).returncode == 0
    done = cleaned(contacts, *given)
    assert done.returncode == 0, done.stderr.decode()
    assert cleaned(contacts, *given, *(word.format(rejects=rejects) for word in again)).returncode == 0
    rejects.write_bytes(corrected(ALL))
    saved = contacts.with_name("contacts.clean.csv").stat().st_mtime - 60
    os.utime(rejects, (saved, saved))
    assert cleaned(contacts, *given, "--region", "US").returncode == 2
    assert rejects.read_bytes() == corrected(ALL)


@pytest.mark.parametrize("form", ["json", "html", "md"])
def test_rejects_are_known_as_they_were_written_after_a_run_that_wrote_only_its_report(
    contacts: Path, form: str
) -> None:
    rejects, report = contacts.with_name("contacts.rejects.csv"), contacts.with_name(f"june.{form}")
    given = ("--report", str(report))
    assert cleaned(contacts, *given).returncode == 0
    assert run("check", str(contacts), *given, "--corrections", str(rejects)).returncode == 1
    assert cleaned(contacts, *given, "--max-rejects", "0").returncode == 1
    assert cleaned(contacts, *given).returncode == 0
    assert run("check", str(contacts), *given).returncode == 1
    rejects.write_bytes(corrected(ALL))
    assert cleaned(contacts, *given).returncode == 2


def test_the_report_of_a_run_that_writes_rejects_has_their_hash_once(contacts: Path) -> None:
    rejects, report = contacts.with_name("contacts.rejects.csv"), contacts.with_name("contacts.report.json")
    assert cleaned(contacts).returncode == 0
    assert json.loads(report.read_bytes())["earlier_rejects"] == []
    hashed = hashlib.sha256(rejects.read_bytes()).hexdigest()
    assert cleaned(contacts, "--corrections", str(rejects)).returncode == 0
    assert json.loads(report.read_bytes())["earlier_rejects"] == [{"name": rejects.name, "sha256": hashed}]
    assert cleaned(contacts).returncode == 0
    assert [one["name"] for one in json.loads(report.read_bytes())["earlier_rejects"]] == ["contacts.rejects.2.csv"]


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_report_in_any_form_tells_that_rejects_were_edited(contacts: Path, form: str) -> None:
    rejects, report = contacts.with_name("it's --> my <&> rejects.csv"), contacts.with_name(f"r.{form}")
    given = ("--report", str(report), "--rejects", str(rejects))
    assert cleaned(contacts, *given).returncode == 0
    assert cleaned(contacts, *given).returncode == 0
    rejects.write_bytes(corrected(ALL))
    done = cleaned(contacts, "--region", "US", *given)
    assert done.returncode == 2
    assert "was edited since it was written" in done.stderr.decode()
    others = ("--report", str(report), "--corrections", str(rejects))
    assert cleaned(contacts, "--region", "US", *others).returncode == 0
    assert cleaned(contacts, "--region", "US", *given).returncode == 2


@pytest.mark.parametrize("form", ["html", "md", "json"])
def test_a_report_of_any_name_beside_the_rejects_tells_it_too(contacts: Path, form: str) -> None:
    rejects, report = contacts.with_name("contacts.rejects.csv"), contacts.with_name(f"june.{form}")
    assert cleaned(contacts, "--report", str(report)).returncode == 0
    assert cleaned(contacts).returncode == 0
    report.write_bytes(report.read_bytes())  # the newest, about rejects that were written alike
    rejects.write_bytes(corrected(ALL))
    contacts.with_name("contacts.report.json").unlink()
    assert cleaned(contacts, "--region", "US").returncode == 2
    assert rejects.read_bytes() == corrected(ALL)
    assert cleaned(contacts, "--region", "US", "--corrections", str(rejects)).returncode == 0
    rejects.unlink()
    assert cleaned(contacts).returncode == 0
    assert cleaned(contacts).returncode == 0  # as they were written, though they had been corrections


def test_without_a_report_rejects_that_were_saved_later_count_as_edited(contacts: Path) -> None:
    rejects, elsewhere = contacts.with_name("contacts.rejects.csv"), contacts.parent / "reports"
    elsewhere.mkdir()
    assert cleaned(contacts, "--report", str(elsewhere / "r.html")).returncode == 0
    assert cleaned(contacts, "--report", str(elsewhere / "r.json")).returncode == 0
    rejects.write_bytes(corrected(ALL))
    saved = contacts.with_name("contacts.clean.csv").stat().st_mtime + 60
    os.utime(rejects, (saved, saved))
    done = cleaned(contacts, "--region", "US")
    assert done.returncode == 2
    assert "was edited since it was written" in done.stderr.decode()
    assert rejects.read_bytes() == corrected(ALL)


@pytest.mark.parametrize("command", ["check", "clean"])
def test_corrections_of_another_list_are_a_finding(contacts: Path, command: str) -> None:
    path = contacts.with_name("other.csv")
    path.write_text("name,phone\nAnn,1\n")
    done = run(command, str(contacts), "--corrections", str(path))
    assert done.returncode == 1
    assert "D007" in done.stdout.decode()
    assert sorted(one.name for one in contacts.parent.iterdir()) == ["contacts.csv", "other.csv"]


def test_check_says_what_clean_would_make_of_the_corrected_list(contacts: Path) -> None:
    path = contacts.with_name("edited.csv")
    path.write_bytes(corrected(ALL))
    done = run("check", str(contacts), "--region", "US", "--corrections", str(path))
    assert done.returncode == 1
    assert "R103" in done.stdout.decode()
    assert "0 rejected" in done.stdout.decode()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--corrections", "{there}", "--rejects", "{there}"), "is one of the lists that are read"),
        (("--corrections", "{there}", "-o", "{there}"), "is one of the lists that are read"),
        (("--corrections", "{there}.no"), "No such file"),
    ],
)
def test_what_is_refused_before_anything_is_read(contacts: Path, more: tuple[str, ...], words: str) -> None:
    path = contacts.with_name("edited.csv")
    path.write_bytes(corrected(ALL))
    done = cleaned(contacts, *(word.format(there=path) for word in more))
    assert done.returncode == 2
    assert words in done.stderr.decode()
    assert path.read_bytes() == corrected(ALL)


def test_several_lists_have_no_corrections_in_common(contacts: Path) -> None:
    other = contacts.with_name("other.csv")
    other.write_bytes(LIST)
    for command in ("check", "clean"):
        done = run(command, str(contacts), str(other), "--corrections", "x.csv")
        assert done.returncode == 2
        assert "--corrections goes with the one FILE" in done.stderr.decode()
