"""What a terminal of 80 columns shows: lines are broken at blanks, and commands, paths and names never."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from csv_preflight.cli import running
from csv_preflight.destinations import built_in_profiles
from csv_preflight.reports.screen import ROWS, WIDTH, Screen, width, wrapped
from csv_preflight.rules import RULES
from tests.samples import ROOT, Sample, all_samples, run

MASKED = re.compile(r"\([^()]*•[^()]*\)")


@pytest.fixture
def in_columns(monkeypatch: pytest.MonkeyPatch):
    """Say how wide the terminal is; None for no terminal."""

    def set_width(columns: int | None) -> None:
        monkeypatch.setattr(running, "columns_of", lambda _: columns)

    return set_width


def words_of(text: str) -> list[str]:
    """The words of a text, without cells, of which a screen shows less."""
    return MASKED.sub("", text).split()


def too_wide(line: str, path: str) -> bool:
    """Whether a line is wider than the screen although it could have been broken."""
    bare = line.replace(path.removesuffix(".csv"), "")
    return width(line) > WIDTH and "csv-preflight " not in bare and len(bare.split()) > 1


@pytest.mark.parametrize("command", ["check", "clean", "inspect"])
@pytest.mark.parametrize("sample", all_samples(), ids=lambda sample: sample.code)
def test_no_word_command_or_path_is_broken(sample: Sample, command: str, tmp_path: Path, in_columns) -> None:
    folder = "Björn's lists & more"
    (tmp_path / folder).mkdir()
    (tmp_path / "sample_data").symlink_to(ROOT / "sample_data")
    path = Path(folder, f"März (1) {sample.path.name}")
    shutil.copy(sample.path, tmp_path / path)
    options = [] if command == "inspect" else list(sample.options)

    def printed(columns: int | None) -> list[str]:
        in_columns(columns)
        for old in set((tmp_path / folder).iterdir()) - {tmp_path / path}:
            old.unlink()
        done = run(command, str(path), *options, cwd=tmp_path)
        return [stream.decode() for stream in (done.stdout, done.stderr)]

    for plain, shown in zip(printed(None), printed(WIDTH), strict=True):
        assert words_of(shown) == words_of(plain)
        assert shown.count(str(path)) == plain.count(str(path))
        assert [line for line in shown.splitlines() if too_wide(line, str(path))] == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("the list is fine", ["the list", "  is fine"], id="at blanks"),
        pytest.param("a verylongpath.csv", ["a", "  verylongpath.csv"], id="a long word"),
        pytest.param("x: my list.csv is", ["x:", "  my list.csv", "  is"], id="a path"),
        pytest.param("is 'a bc' there?", ["is 'a bc'", "  there?"], id="a name"),
        pytest.param("isn't it that we don't", ["isn't it", "  that we", "  don't"], id="no names"),
        pytest.param("give --x 'a b c'", ["give", "  --x 'a b c'"], id="an option"),
        pytest.param("csv-preflight check list.csv", ["csv-preflight check list.csv"], id="a command"),
        pytest.param("next: csv-preflight check", ["next: csv-preflight check"], id="the next command"),
        pytest.param(
            "run csv-preflight rules C001 now", ["run", "  csv-preflight rules C001", "  now"], id="in a text"
        ),
        pytest.param("電話 番号 は", ["電話 番号", "  は"], id="wide letters"),
        pytest.param("  laid out as it is", ["  laid out", "  as it is"], id="set in"),
    ],
)
def test_lines_are_broken_between_words(text: str, lines: list[str]) -> None:
    assert wrapped(text, 10, indent=2, whole=["my list.csv"]) == lines


def test_an_error_is_broken_between_words(tmp_path: Path, in_columns) -> None:
    in_columns(40)
    path = tmp_path / "a list of everybody.csv"
    missing = run("check", str(path)).stderr.decode()
    assert f"csv-preflight: {path}: No such" in missing.replace("\n ", "")
    for words in (
        ["--region", "Atlantis and more"],
        ["--max-rejects"],
        ["--keep", "best"],
        ["--rename", "Phone number"],
    ):
        shown = run("check", "sample_data/contacts.csv", *words)
        assert shown.returncode == 2
        said = shown.stderr.decode().splitlines()
        assert len(said) > 1
        assert all(width(line) <= 40 or line.startswith(("Usage:", "Try ")) for line in said)


@pytest.mark.parametrize(
    "words",
    [
        ("check", "Kunden", "für", "Juni.csv"),
        ("check", "other.csv", "Kunden", "für", "Juni.csv", "--region", "DE"),
        ("inspect", "Kunden", "für", "Juni.csv"),
        ("convert", "Kunden", "für", "Juni.csv"),
        ("clean", "other.csv", "--suppress", "Kunden", "für", "Juni.csv"),
    ],
)
def test_a_name_with_spaces_and_no_quotes_is_seen(words: tuple[str, ...], tmp_path: Path) -> None:
    for name in ("Kunden für Juni.csv", "other.csv"):
        (tmp_path / name).write_text("Name,phone\nAnn,+12025550101\n", encoding="utf-8")
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2
    hint = "csv-preflight: Kunden für Juni.csv is one file: put its name in quotes, 'Kunden für Juni.csv'"
    assert done.stderr.decode().splitlines()[-1] == hint
    assert "put its name in quotes" not in run("check", "Kunden", "im", "Juni.csv", cwd=tmp_path).stderr.decode()


@pytest.mark.parametrize("words", [("profiles",), *(("profiles", name) for name in built_in_profiles()), ("rules",)])
def test_what_explains_destinations_and_rules_fits_the_screen(words: tuple[str, ...]) -> None:
    lines = run(*words).stdout.decode().splitlines()
    assert [line for line in lines if width(line) > WIDTH and "https://" not in line] == []


def test_no_option_is_broken_in_the_explanation_of_a_rule() -> None:
    lines = run("rules", *(rule.code for rule in RULES)).stdout.decode().splitlines()
    assert [line for line in lines if width(line) > WIDTH or re.search(r"--[a-z-]*-$", line)] == []


VERDICT = re.compile(r"(?:^|: | {2})(not )?ready[:,]", re.MULTILINE)


@pytest.mark.parametrize(
    ("how", "length"),
    [
        pytest.param(["check"], 100, id="check"),
        pytest.param(["clean"], 60, id="clean"),
        pytest.param(["clean", "--as-one"], 100, id="as one"),
    ],
)
def test_the_last_screen_has_the_verdict_what_stops_the_list_and_what_to_do(
    how: list[str], length: int, tmp_path: Path, in_columns, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_columns(WIDTH)
    monkeypatch.setattr(running, "rows_of", lambda _: ROWS)
    (tmp_path / "sample_data").symlink_to(ROOT / "sample_data")
    for sample in all_samples():
        folder = tmp_path / "lists" / sample.code / ("x" * (length - len(f"lists/{sample.code}//{sample.path.name}")))
        folder.mkdir(parents=True)
        count = 3 if "--as-one" in how else 1
        files = [folder.relative_to(tmp_path) / f"{number}{sample.path.name[1:]}" for number in range(count)]
        for file in files:
            shutil.copy(sample.path, tmp_path / file)
        text = run(*how, *map(str, files), *sample.options, cwd=tmp_path).stdout.decode()
        assert Screen(WIDTH).height(text.splitlines()) < ROWS, sample.code
        verdict = VERDICT.search(text)
        assert verdict, sample.code
        if stop := re.search(r"not ready: .* \(([A-Z]\d{3})\)$", text, re.MULTILINE):
            assert re.search(rf"^(.*: | +){stop[1]}( \S|$)", text, re.MULTILINE), sample.code
        assert re.search("^(next|first)", text, re.MULTILINE) or not verdict[1], sample.code


def test_in_a_file_and_on_a_large_screen_every_path_is_whole(
    tmp_path: Path, in_columns, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / ("a-folder-with-a-long-name" * 4) / "list.csv"
    path.parent.mkdir()
    path.write_text("Name,phone\nAnn,202-555-0101\nBob,none\nCy,none\n", encoding="utf-8")

    def endings() -> str:
        return run("clean", str(path), "--region", "US", cwd=tmp_path).stdout.decode()

    for columns, rows in ((None, None), (WIDTH, 60)):
        in_columns(columns)
        monkeypatch.setattr(running, "rows_of", lambda _, rows=rows: rows)
        text = " ".join(endings().split())
        assert f"next: upload {path.parent}/list.clean.csv" in text
        assert f"or first: correct {path.parent}/list.rejects.csv" in text
    monkeypatch.setattr(running, "rows_of", lambda _: ROWS)
    assert "next: upload list.clean.csv" in endings()


def test_the_verdict_follows_commands_that_take_more_than_a_screen(
    tmp_path: Path, in_columns, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_columns(WIDTH)
    monkeypatch.setattr(running, "rows_of", lambda _: ROWS)
    files = [f"{'a-long-name-' * 7}{number}.csv" for number in range(30)]
    for number, file in enumerate(files):
        (tmp_path / file).write_text(f"Name,phone\nAnn,202-555-01{number:02d}\nBob,none\n", encoding="utf-8")
    lines = run("check", *files, "--as-one", "--region", "US", cwd=tmp_path).stdout.decode().splitlines()
    place = next(place for place, line in enumerate(lines) if line.startswith("next: csv-preflight clean "))
    assert Screen(WIDTH).height([lines[place]]) > ROWS
    end = " ".join(" ".join(lines[place + 1 :]).split())
    assert end.endswith("+ 28 more: not ready: 30 of 60 rows would be rejected; clean can fix the rest")


def test_where_there_is_little_room_paths_below_the_working_directory_are_relative(
    tmp_path: Path, in_columns, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_columns(WIDTH)
    monkeypatch.setattr(running, "rows_of", lambda _: ROWS)
    folder = tmp_path / ("a-folder-with-a-long-name" * 3)
    folder.mkdir()
    rows = "".join(f"A,+1202555{number},no\n" for number in range(1000, 1010))
    (folder / "list.csv").write_text(
        f"Name,phone,do_not_call\n{rows}B,030 23125001,yes\nC,asked,no\n", encoding="utf-8"
    )
    (folder / "never.csv").write_text("phone\n+12025550199\n", encoding="utf-8")
    words = ["clean", str(folder / "list.csv"), "--suppress", str(folder / "never.csv")]
    text = run(*words, cwd=tmp_path).stdout.decode()
    end = text[text.rindex("list.csv: ready") :]
    assert str(tmp_path) not in end
    assert Screen(WIDTH).height(text.splitlines()) < ROWS
    printed = re.findall("^ +(csv-preflight .*)$", end, re.MULTILINE)
    assert printed
    for line in printed:
        assert run(*shlex.split(line)[1:], cwd=tmp_path).returncode == 0
    short = run("check", str(folder / "list.csv"), cwd=tmp_path).stdout.decode()
    assert f"next: csv-preflight clean {folder}/list.csv" in short


def test_each_of_several_lists_takes_its_share_of_the_screen(
    tmp_path: Path, in_columns, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_columns(WIDTH)
    monkeypatch.setattr(running, "rows_of", lambda _: ROWS)
    rows = "".join(f"N{number},asked\n" for number in range(30))
    for name in ("a.csv", "b.csv", "c.csv"):
        (tmp_path / name).write_text(f"Name,phone\nAnn,+12025550101\n{rows}", encoding="utf-8")
    lines = run("check", "a.csv", "b.csv", "c.csv", cwd=tmp_path).stdout.decode().splitlines()
    assert Screen(WIDTH).height(lines) < 2 * ROWS
    assert sum(": not ready: 30 of 31 rows would be rejected" in line for line in lines) == 3
