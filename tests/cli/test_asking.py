"""On a terminal, the phone column is asked for; the answer can be kept."""

from __future__ import annotations

import tomllib
from pathlib import Path

import click
import pytest

from csv_preflight.cli import asking, group, running
from csv_preflight.cli.asking import _answer, save_phone_column
from csv_preflight.reports.screen import width

MANY = "Name," + ",".join(f"phone_{place}" for place in range(1, 20)) + "\nAnn" + ",+12025550143" * 19 + "\n"
TWO = "Name,phone,mobile\nAnn,+12025550143,+12025550144\nBob,,+12025550146\n"


@pytest.fixture
def answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is typed: a number or a name, and whether it is to be saved."""
    monkeypatch.chdir(tmp_path)
    Path("two.csv").write_text(TWO, encoding="utf-8")
    typed: list[object] = []
    monkeypatch.setattr(asking, "can_ask", lambda *_: True)
    monkeypatch.setattr(click, "prompt", lambda *_, value_proc, **__: value_proc(typed.pop(0)))
    monkeypatch.setattr(click, "confirm", lambda *_, **__: typed.pop(0))
    return typed


def run(*words: str) -> int:
    return int(group.main(list(words), prog_name="csv-preflight", standalone_mode=False, obj=list(words)))


@pytest.mark.parametrize("command", ["check", "clean"])
def test_the_answer_counts(command: str, answers: list[object], capsys: pytest.CaptureFixture[str]) -> None:
    answers += ["2", False]
    assert run(command, "two.csv") == 0
    out = capsys.readouterr().out
    assert "  1  phone   ••••••••••43\n  2  mobile  ••••••••••44, ••••••••••46\n" in out
    assert "two.csv: ready: 2 rows" in out
    assert "C001" not in out
    assert not Path("csv-preflight.toml").exists()


@pytest.mark.parametrize("command", ["check", "clean"])
def test_lists_with_the_same_columns_are_asked_about_once(command: str, answers: list[object]) -> None:
    for name in ("b.csv", "c.csv"):
        Path(name).write_text(TWO, encoding="utf-8")
    Path("other.csv").write_text(TWO.replace("mobile", "cell"), encoding="utf-8")
    answers += ["2", False, "2", False]
    assert run(command, "two.csv", "b.csv", "c.csv", "other.csv") == 0
    assert answers == []


def test_several_columns_count_in_order(answers: list[object], capsys: pytest.CaptureFixture[str]) -> None:
    answers += ["2,1", True]
    assert run("clean", "two.csv") == 0
    assert "phone columns: 'mobile', then 'phone'" in capsys.readouterr().out
    saved = tomllib.loads(Path("csv-preflight.toml").read_text(encoding="utf-8"))
    assert saved == {"phone-column": ["mobile", "phone"]}


@pytest.mark.parametrize("columns", [40, 80])
def test_the_question_fits_the_screen(
    columns: int, answers: list[object], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(running, "columns_of", lambda _: columns)
    monkeypatch.setattr(click, "confirm", lambda text: asked.append(text) or answers.pop(0))
    answers += ["2,1", False]
    assert run("check", "two.csv") == 0
    lines = [*capsys.readouterr().out.splitlines(), *asked[0].splitlines()]
    assert "If a person can have several numbers, give" in " ".join(" ".join(lines).split())
    assert [line for line in lines if width(line) > columns] == []


SHOWN, COLUMNS = ("phone", "mobile", "2024"), ("Name, full", "phone", "mobile", "2024", "3", "Work Phone")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        *[("2", "mobile"), ("2,1", "mobile phone"), (" 1 , 3 ", "phone 2024"), ("1 2", "phone mobile"), ("0", "")],
        *[("mobile", "mobile"), ("PHONE, 2", "phone mobile"), ("2024", "2024"), ("3", "2024")],
        *((typed, None) for typed in ("4", "1,1", "1,phone", "x", "1,x", "", ",", "0,1", "-1", "phone mobile")),
    ],
)
def test_an_answer_is_read(typed: str, read: str | None) -> None:
    if read is not None:
        assert _answer(SHOWN, COLUMNS)(typed) == tuple(read.split())
        return
    with pytest.raises(click.UsageError):
        _answer(SHOWN, COLUMNS)(typed)


@pytest.mark.parametrize(("typed", "column"), [("work phone", "Work Phone"), ("name, full", "Name, full")])
def test_a_name_may_have_spaces_and_commas(typed: str, column: str) -> None:
    assert _answer(SHOWN, COLUMNS)(typed) == (column,)


def test_of_many_columns_the_others_are_given_by_name(
    answers: list[object], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("many.csv").write_text(MANY, encoding="utf-8")
    answers += ["Phone_12", True]
    assert run("check", "many.csv") == 0
    out = capsys.readouterr().out
    assert "  5  phone_5  ••••••••••43\n  and 14 more; type the name of a column to choose it.\n" in out
    assert "phone_6" not in out
    saved = tomllib.loads(Path("csv-preflight.toml").read_text(encoding="utf-8"))
    assert saved == {"phone-column": "phone_12"}


def test_no_answer_stops_the_list(answers: list[object], capsys: pytest.CaptureFixture[str]) -> None:
    answers += ["0"]
    assert run("clean", "two.csv") == 1
    assert "C001" in capsys.readouterr().out
    assert sorted(path.name for path in Path().iterdir()) == ["two.csv"]


def test_the_answer_is_saved_and_found_the_next_time(answers: list[object]) -> None:
    answers += ["2", True]
    assert run("check", "two.csv") == 0
    assert tomllib.loads(Path("csv-preflight.toml").read_text(encoding="utf-8")) == {"phone-column": "mobile"}
    assert run("check", "two.csv") == 0


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        pytest.param("csv-preflight.toml", None, {"phone-column": 'a "b"'}, id="none yet"),
        pytest.param(
            "csv-preflight.toml",
            '# ours\nregion = "US"\n[profiles.x]\nmax_rows = 1\n',
            {"phone-column": 'a "b"', "region": "US", "profiles": {"x": {"max_rows": 1}}},
            id="before the tables",
        ),
        pytest.param(
            "pyproject.toml",
            '[project]\nname = "x"\n\n[tool.csv-preflight]\nregion = "US"\n[tool.other]\na = 1\n',
            {
                "project": {"name": "x"},
                "tool": {"csv-preflight": {"phone-column": 'a "b"', "region": "US"}, "other": {"a": 1}},
            },
            id="pyproject",
        ),
    ],
)
def test_the_configuration_stays_whole(name: str, before: str | None, after: dict[str, object], tmp_path: Path) -> None:
    path = tmp_path / name
    if before is not None:
        path.write_text(before, encoding="utf-8")
    save_phone_column(path, ['a "b"'])
    assert tomllib.loads(path.read_text(encoding="utf-8")) == after


@pytest.mark.parametrize(
    ("given", "path"),
    [({}, "a.csv"), ({"output_format": "json"}, "a.csv"), ({"quiet": True}, "a.csv"), ({}, "-")],
)
def test_nobody_is_asked_without_a_terminal(given: dict[str, object], path: str) -> None:
    assert not asking.can_ask(given, path)
