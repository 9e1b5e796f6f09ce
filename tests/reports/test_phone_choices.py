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


MANY = "Name," + ",".join(f"Phone {place}" for place in range(1, 20)) + "\nAnn" + ",+12025550143" * 19 + "\n"
FIVE = "'Phone 1', 'Phone 2', 'Phone 3', 'Phone 4', 'Phone 5'"


def test_of_many_columns_it_is_said_how_many_are_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text(MANY, encoding="utf-8")
    said = run("check", str(path)).stdout.decode()
    assert f"could be the phone numbers: {FIVE} and 14 more; choose one" in said
    assert said.count("csv-preflight clean") == 4
    assert "\nnext, one of (4 of 19; --phone-column takes any of them):\n      csv-preflight clean" in said
    (step,) = next_steps(preflight(MANY.encode()).report)
    assert step.title == "Choose one of these commands (4 of 19; --phone-column takes any of them)"


def test_of_many_columns_that_may_be_meant_it_is_said_how_many_are_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text(MANY, encoding="utf-8")
    said = run("check", str(path), "--phone-column", "Number").stdout.decode()
    assert f"did you mean {FIVE} or one of 14 more?" in said
    assert "\nnext, one of (4 of 19; --phone-column takes any of them):\n" in said


def test_of_few_columns_all_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(OUTLOOK, encoding="utf-8")
    assert "more" not in run("check", str(path)).stdout.decode().partition("C001")[2].replace("more than one", "")
