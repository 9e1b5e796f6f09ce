"""The report on a terminal: short, aligned, and it ends with what to do next."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from csv_preflight import clean_file, preflight
from csv_preflight.model.report import Reason
from csv_preflight.reports import markdown
from csv_preflight.reports.commands import command_line
from csv_preflight.reports.steps import next_steps
from csv_preflight.reports.terminal import render
from tests.samples import ROOT, run

GOOD = b"Name,phone\nAnn,+12025550101\n"
MIXED = b"Name,phone\nAnn,202-555-0102\nBob,asked\n"


def test_all_well_is_one_line() -> None:
    report = preflight(GOOD).report
    assert render(report, checked=True) == "contacts.csv: ready: 1 row\n"
    assert render(report, checked=True, quiet=True) == ""


@pytest.mark.parametrize(
    ("data", "options", "last"),
    [
        pytest.param(
            MIXED,
            {"region": "US"},
            "next: csv-preflight clean contacts.csv --region US",
            id="rejects",
        ),
        pytest.param(MIXED[:27], {"region": "US"}, "next: csv-preflight clean contacts.csv --region US", id="fixes"),
        pytest.param(b"a,a\n1,2\n", {}, "      csv-preflight clean contacts.csv", id="stop"),
    ],
)
def test_check_ends_with_what_to_do(data: bytes, options: dict[str, object], last: str) -> None:
    report = preflight(data, **options).report
    from dataclasses import replace

    checked = replace(report, reasons=(Reason("fixes", 1),))
    assert render(checked, checked=True).splitlines()[-1] == last


def test_clean_ends_with_the_files_and_what_to_do(tmp_path: Path) -> None:
    report = clean_file(MIXED, tmp_path / "a.clean.csv", region="US", name="a.csv")
    rejects = tmp_path / "a.rejects.csv"
    assert render(report, checked=False).splitlines()[-6:] == [
        f"clean:   {tmp_path}/a.clean.csv (1 row, 28 bytes)",
        f"rejects: {rejects} (1 row, {report.outputs[1].bytes} bytes)",
        "in the upload, choose: phone column 'phone'",
        f"next: upload {tmp_path}/a.clean.csv",
        f"or first: correct {rejects}, and make one list of both:",
        f"      csv-preflight clean a.csv --region US --corrections {rejects}",
    ]


def test_the_command_that_is_shown_makes_one_list_of_the_list_and_its_corrected_rejects(tmp_path: Path) -> None:
    source, path = tmp_path / "a.csv", tmp_path / "a.rejects.csv"
    source.write_bytes(b"Name,phone\nAnn,202-555-0101\nAnn,202-555-0101\nBob,asked\nEve,asked\nAnn,2025550101\n")
    report = clean_file(source, tmp_path / "a.clean.csv", region="US", identifier_column="Name")
    step = next_steps(report)[1]
    assert step.title == f"Correct 2 rows in {path}"
    assert step.text.startswith("The other 2 rows need no correction.")
    path.write_bytes(path.read_bytes().replace(b"asked", b"202-555-0103", 1))
    done = run(*shlex.split(step.command)[1:])
    assert done.returncode == 0
    assert (tmp_path / "a.clean.csv").read_bytes() == b"Name,phone\nAnn,+12025550101\nBob,+12025550103\n"
    second = tmp_path / "a.rejects.2.csv"
    second.write_bytes(second.read_bytes().replace(b"asked", b"202-555-0104", 1))
    again = shlex.split(done.stdout.decode().splitlines()[-1])
    assert again[-4:] == ["--corrections", str(path), "--corrections", str(second)]
    done = run(*again[1:])
    assert done.stdout.decode().splitlines()[-1] == f"next: upload {tmp_path}/a.clean.csv"
    rows = b"Name,phone\nAnn,+12025550101\nBob,+12025550103\nEve,+12025550104\n"
    assert (tmp_path / "a.clean.csv").read_bytes() == rows


def test_rejects_by_themselves_are_told_of_the_people_who_are_in_both() -> None:
    rejects = preflight(MIXED, region="US").rejects
    rejects["phone"] = "202-555-0103"
    alone = preflight(rejects, region="US").report
    assert "are called twice" in render(alone, checked=False)


def test_rejects_that_only_repeat_numbers_need_no_correcting(tmp_path: Path) -> None:
    report = clean_file(b"phone\n+12025550101\n+12025550101\n", tmp_path / "a.clean.csv")
    assert [step.title for step in next_steps(report)] == [f"Upload {tmp_path}/a.clean.csv"]
    assert render(report, checked=False).splitlines()[-1] == f"next: upload {tmp_path}/a.clean.csv"


def test_a_list_that_is_too_long_is_split_by_the_command_that_is_shown() -> None:
    report = preflight(b"phone\n+12025550101\n+12025550102\n", max_rows=1).report
    assert next_steps(report)[-1].command == "csv-preflight clean contacts.csv --max-rows 1 --split"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, ["list.csv"]),
        ({"region": "US", "strict": True}, ["list.csv", "--region", "US", "--strict"]),
        ({"no-plus": True}, ["list.csv", "--no-plus"]),
        ({"countries": ["!US", "!CA"]}, ["list.csv", "--countries", "!US,!CA"]),
        ({"suppress": ["a b.csv", "c.csv"]}, ["list.csv", "--suppress", "a b.csv", "--suppress", "c.csv"]),
    ],
)
def test_settings_as_they_are_typed(settings: dict[str, object], words: list[str]) -> None:
    line = command_line("clean", "list.csv", "smallest-atoms", settings)
    assert shlex.split(line) == ["csv-preflight", "clean", *words]
    assert shlex.split(command_line("clean", "-x.csv", "vapi", {}))[-2:] == ["--", "-x.csv"]


def test_the_counts_are_aligned() -> None:
    report = preflight(ROOT / "sample_data" / "contacts.csv", region="US").report
    text = render(report, checked=True)
    lines = [line for line in text.splitlines() if line.startswith("  ") and "csv-preflight" not in line]
    assert [line.split()[0] for line in lines][-2:] == ["…", "…"]
    ends = {line.index(word) for line in lines for word in ("  fixed", "  would be rejected") if word in line}
    assert len(ends) == 1
    assert all(len(line) <= 80 for line in lines)


def test_markdown_says_what_to_do_and_on_which_lines(tmp_path: Path) -> None:
    report = clean_file(MIXED, tmp_path / "a.clean.csv", region="US")
    page = markdown.render(report)
    assert page.startswith("## ⚠️ `contacts.csv`: ready\n\n1 of 2 rows; 1 rejected.\n")
    assert "| P002 Not a phone number | 1 | 3 | Put the phone number in this column. |" in page
    assert f"       csv-preflight clean contacts.csv --region US --corrections {tmp_path}/a.rejects.csv" in page
    assert "| `phone` | `phone` | phone number |" in page


def test_every_form_of_report_is_written_together(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(MIXED)
    reports = [tmp_path / name for name in ("r.json", "r.HTML", "r.md")]
    options = [word for path in reports for word in ("--report", str(path))]
    assert run("clean", str(tmp_path / "a.csv"), "--region", "US", *options).returncode == 0
    assert [path.read_text(encoding="utf-8")[:9] for path in reports] == ['{\n  "sche', "<!DOCTYPE", "## ⚠️ `/t"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in reports)
