"""Where several columns may be the phone numbers, each command that is offered works as it is."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from csv_preflight import preflight
from csv_preflight.reports.steps import next_steps
from tests.samples import run

OUTLOOK = "First Name,Business Phone,Mobile Phone\nAnn,202-555-0101,\nBob,202-555-0112,(202) 555-0102\n"
# A list, and the phone columns of each command.
OFFERED = {
    "an export": (OUTLOOK, [["Mobile Phone", "Business Phone"], ["Business Phone"], ["Mobile Phone"]]),
    "other names": ("Name,phone,mobile\nAnn,202-555-0101,202-555-0102\n", [["phone"], ["mobile"]]),
}


def columns_of(command: str) -> list[str]:
    words = shlex.split(command)
    return [words[place + 1] for place, word in enumerate(words) if word == "--phone-column"]


@pytest.mark.parametrize("command", ["check", "clean"])
@pytest.mark.parametrize(("text", "offered"), OFFERED.values(), ids=OFFERED.keys())
def test_each_choice_is_a_command_that_works(text, offered, command, tmp_path: Path) -> None:
    path = tmp_path / "my list.csv"
    path.write_text(text, encoding="utf-8")
    done = run(command, str(path), "--region", "US")
    said = done.stdout.decode()
    assert done.returncode == 1
    commands = re.findall(r"^ +(csv-preflight .*)$", said, re.MULTILINE)
    assert list(map(columns_of, commands)) == offered
    for one in commands:
        again = run(*shlex.split(one)[1:], "--out-dir", str(tmp_path))
        assert again.returncode == 0, again.stdout.decode()


@pytest.mark.parametrize(("text", "offered"), OFFERED.values(), ids=OFFERED.keys())
def test_the_reports_offer_the_same(text, offered) -> None:
    report = preflight(text.encode(), region="US").report
    commands = [one for step in next_steps(report) for one in (step.command, *step.others) if one]
    assert list(map(columns_of, commands)) == offered


def test_the_terminal_says_which_columns_count(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(OUTLOOK, encoding="utf-8")
    named = ["--phone-column", "Mobile Phone", "--phone-column", "Business Phone"]
    said = run("clean", str(path), "--region", "US", *named).stdout.decode()
    assert "phone columns: 'Mobile Phone', then 'Business Phone'" in said
