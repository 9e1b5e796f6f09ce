"""How far the reading is: shown on a terminal, for what takes longer than a second, from the first pass on."""

from __future__ import annotations

import io
import itertools
import sys
import time
from pathlib import Path

import pytest

from csv_preflight.cli import group
from csv_preflight.cli.progress import ProgressLine


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def contacts(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text("Name,phone\n" + "".join(f"P{n},+1202555{n:04}\n" for n in range(100, 200)), encoding="utf-8")
    return path


def shown(monkeypatch: pytest.MonkeyPatch, stderr: io.StringIO, *arguments: str, slow: bool = True) -> str:
    """What a command writes to its standard error while each look at the clock takes a second, if it is slow."""
    if slow:
        ticks = itertools.count()
        monkeypatch.setattr(time, "monotonic", lambda: float(next(ticks)))
    for name in ("CI", "PRE_COMMIT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "stderr", stderr)
    group.main(list(arguments), prog_name="csv-preflight", standalone_mode=False, obj=list(arguments))
    return stderr.getvalue()


COMMANDS = {
    "check": ("check",),
    "keeping the last": ("check", "--keep", "last"),
    "clean": ("clean",),
    "inspect": ("inspect",),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_both_passes_are_shown_and_taken_away(
    command: tuple[str, ...], contacts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = shown(monkeypatch, Terminal(), *command, str(contacts))
    steps = text.replace("\x1b[K", "").split("\r")
    looked = [place for place, step in enumerate(steps) if step.startswith("0 of 0 MB looked at, ")]
    assert looked
    if command != ("inspect",):
        assert looked[0] < next(place for place, step in enumerate(steps) if step.startswith("100 rows read, 100%"))
    assert text.endswith("\r\x1b[K")


def test_the_other_lists_are_shown_too(contacts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = contacts.with_name("other.csv")
    other.write_text("+12025550199\n", encoding="utf-8")
    alone = shown(monkeypatch, Terminal(), "check", str(contacts))
    both = shown(monkeypatch, Terminal(), "check", str(contacts), "--suppress", str(other))
    assert both.count("looked at") > alone.count("looked at")


@pytest.mark.parametrize("quiet", [("--quiet",), ("-q", "--keep", "last")], ids=" ".join)
def test_nothing_is_shown_with_quiet(quiet: tuple[str, ...], contacts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, Terminal(), "check", str(contacts), *quiet) == ""


def test_nothing_is_shown_in_a_pipe(contacts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, io.StringIO(), "check", str(contacts)) == ""


def test_nothing_is_shown_of_what_takes_no_second(contacts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, Terminal(), "check", str(contacts), slow=False) == ""


@pytest.mark.parametrize(
    ("at", "after", "words"),
    [
        pytest.param(25, 10, "5 rows read, 25%, about 30 s left", id="seconds"),
        pytest.param(10, 60, "5 rows read, 10%, about 9 min left", id="minutes"),
        pytest.param(1, 10, "5 rows read, 1%", id="too early"),
        pytest.param(100, 10, "5 rows read, 100%", id="at the end"),
    ],
)
def test_the_share_and_the_time_left_are_shown(
    at: int, after: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    for name in ("CI", "PRE_COMMIT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(time, "monotonic", iter([0.0, float(after)]).__next__)
    with ProgressLine({}) as line:
        line._has_rows = True
        line.bytes(at, 100)
        line.rows(5)
    assert terminal.getvalue().startswith(f"\r{words}\x1b[K")
