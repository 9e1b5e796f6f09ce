"""Several FILEs: each by itself, its own outputs, one total; folders, patterns, and outputs of earlier runs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.samples import run

READY = "Name,phone\nAnn,+12025550101\nBob,+442079460958\n"
SEMICOLONS = "Name;phone\nCat;202-555-0103\nDan;asked\n"
STOPPED = "Name,phone\n"
CLEAN = "Name,phone\nAnn,+12025550101\n"


def fill(directory: Path, **files: str) -> None:
    """Write files; _ in a name is a dot."""
    directory.mkdir(exist_ok=True)
    for name, text in files.items():
        (directory / name.replace("_", ".")).write_text(text, encoding="utf-8")


def names(directory: Path) -> set[str]:
    return {path.name for path in directory.iterdir()}


def test_each_list_is_cleaned_by_itself_and_one_total_ends_the_run(tmp_path: Path) -> None:
    fill(tmp_path, a_csv=READY, b_csv=SEMICOLONS, c_csv=STOPPED)
    paths = [str(tmp_path / name) for name in ("a.csv", "c.csv", "b.csv")]
    done = run("clean", *paths, "--region", "US")
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 1
    assert lines[-1] == f"3 files: 2 ready, 1 not ready ({paths[1]}); 4 rows read, 3 ready, 1 rejected"
    assert (tmp_path / "a.clean.csv").read_text() == READY
    assert (tmp_path / "b.clean.csv").read_text() == "Name,phone\nCat,+12025550103\n"
    written = {"a.clean.csv", "a.report.json", "b.clean.csv", "b.rejects.csv", "b.report.json"}
    assert names(tmp_path) == {"a.csv", "b.csv", "c.csv"} | written


SHARED = "note: 1 number is in more than one of these files: this person would be called more than once. With --as-one"


@pytest.mark.parametrize(
    ("command", "others", "said"),
    [
        pytest.param("clean", READY, True, id="ready"),
        pytest.param("check", CLEAN, True, id="checked"),
        pytest.param("clean", "Name,phone,Name\nAnn,+12025550101,x\n", False, id="not written"),
        pytest.param("clean", "Name,phone\nCat,+12025550103\n", False, id="other people"),
        pytest.param("check", "Name,phone\nCat,+12025550103\nDan,+12025550103\n", False, id="twice in one"),
    ],
)
def test_a_number_in_two_lists_is_told(command: str, others: str, said: bool, tmp_path: Path) -> None:
    fill(tmp_path, a_csv=CLEAN, b_csv=others, c_csv=CLEAN.replace("0101", "0109"))
    done = run(command, "a.csv", "b.csv", "c.csv", cwd=tmp_path)
    assert (SHARED in done.stdout.decode().splitlines()[-1]) is said


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    fill(tmp_path / "may", list_csv=READY)
    fill(tmp_path / "june", list_csv=READY)
    done = run("clean", "may/list.csv", "june/list.csv", "--as-one", cwd=tmp_path)
    assert "clean, by file: may/list.csv 2 of 2; june/list.csv 0 of 2\n" in done.stdout.decode()


def many(directory: Path, bad: int) -> list[str]:
    """Forty lists, of which the first few are not ready."""
    for number in range(40):
        text = SEMICOLONS if number < bad else READY
        (directory / f"{number:02}.csv").write_text(text, encoding="utf-8")
    return [f"{number:02}.csv" for number in range(40)]


@pytest.mark.parametrize("form", ["text", "github"])
@pytest.mark.parametrize("bad", [0, 2])
def test_of_many_lists_those_that_are_ready_are_only_counted(bad: int, form: str, tmp_path: Path) -> None:
    lists = many(tmp_path, bad)

    def told(*options: str) -> list[str]:
        return run("check", *lists, "--output-format", form, *options, cwd=tmp_path).stdout.decode().splitlines()

    lines = told()
    assert sum(line.endswith(": ready: 2 rows") for line in lines) == 0
    assert any(line.startswith(f"40 files: {40 - bad} ready") for line in lines)
    assert lines[0] != ""
    assert any(line.startswith("01.csv: not ready") for line in lines) is bool(bad)
    assert sum(line.endswith(": ready: 2 rows") for line in told("--verbose")) == 40 - bad
    few = run("check", *lists[-3:], "--output-format", form, cwd=tmp_path).stdout.decode().splitlines()
    assert sum(line.endswith(": ready: 2 rows") for line in few) == 3


@pytest.mark.parametrize("bad", [5, 6, 7])
def test_of_many_names_more_than_one_is_left_out(bad: int, tmp_path: Path) -> None:
    lists = many(tmp_path, bad)
    total = run("check", *lists, cwd=tmp_path).stdout.decode().partition("40 files: ")[2].splitlines()[0]
    assert ("05.csv" in total) is (bad == 6)
    assert ("and 2 more" in total) is (bad == 7)
    assert "1 more" not in total


def test_folders_in_a_folder_are_named(tmp_path: Path) -> None:
    fill(tmp_path / "lists", a_csv=READY)
    for name in ("june", "july", ".git", "pictures"):
        fill(tmp_path / "lists" / name, **({"x_png": ""} if name == "pictures" else {"a_csv": READY}))
    done = run("check", "lists", cwd=tmp_path)
    left = "lists/july and lists/june have lists, too, and are left out; to take all, name 'lists/**/*.csv'"
    assert (done.returncode, done.stderr.decode()) == (0, f"csv-preflight: {left}\n")
    done = run("check", "lists", "lists/june", cwd=tmp_path)
    assert done.stderr.decode().startswith("csv-preflight: lists/july has lists, too, and is left out; to take all")
    assert not run("check", "lists", "lists/june", "lists/july/", cwd=tmp_path).stderr
    assert not run("check", "lists/**/*.csv", cwd=tmp_path).stderr
    assert run("clean", "lists/june", "--out-dir", "lists/june/done", cwd=tmp_path).returncode == 0
    assert not run("check", "lists/june", cwd=tmp_path).stderr  # what csv-preflight has written is no list


def test_out_dir_takes_the_files_of_all_lists(tmp_path: Path) -> None:
    fill(tmp_path, a_csv=READY, b_csv=SEMICOLONS)
    out = tmp_path / "clean"
    done = run("clean", str(tmp_path / "a.csv"), str(tmp_path / "b.csv"), "--region", "US", "--out-dir", str(out))
    assert done.returncode == 0
    assert names(tmp_path) == {"a.csv", "b.csv", "clean"}
    assert names(out) == {"a.clean.csv", "a.report.json", "b.clean.csv", "b.rejects.csv", "b.report.json"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param(["a.csv", "b.csv", "-o", "x.csv"], "-o cannot name the files of 2 lists; --out-dir", id="-o"),
        pytest.param(["a.csv", "b.csv", "-o", "-"], "-o cannot name", id="the standard output"),
        pytest.param(["a.csv", "b.csv", "--rejects", "r.csv"], "--rejects cannot name", id="--rejects"),
        pytest.param(["a.csv", "b.csv", "-o", "x.csv", "--rejects", "r.csv"], "-o and --rejects cannot", id="both"),
        pytest.param(["a.csv", "b.csv", "--report", "r.json"], "--as-one makes one list of them", id="--report"),
        pytest.param(["a.csv", "a.txt"], "would both be written as", id="two lists of one name"),
        pytest.param(
            ["a.csv", "more/a.csv", "--out-dir", "o"], "would both be written as", id="two directories in one"
        ),
    ],
)
def test_one_name_for_several_files_is_a_usage_error(options: list[str], words: str, tmp_path: Path) -> None:
    fill(tmp_path, a_csv=READY, b_csv=READY, a_txt=READY)
    fill(tmp_path / "more", a_csv=READY)
    before = names(tmp_path)
    arguments = [str(tmp_path / one) if one.endswith((".csv", ".txt", ".json")) else one for one in options]
    done = run("clean", *arguments)
    assert done.returncode == 2
    assert words in done.stderr.decode()
    assert names(tmp_path) == before


@pytest.mark.parametrize(
    ("command", "total"),
    [
        pytest.param(
            "check", "3 files: 1 ready, 2 not ready ({b} and {c}); 4 rows read, 1 would be rejected", id="check"
        ),
        pytest.param("inspect", "3 files: 2 can be read as a table, 1 cannot ({c}); 4 rows", id="inspect"),
    ],
)
def test_check_and_inspect_end_with_a_total(command: str, total: str, tmp_path: Path) -> None:
    fill(tmp_path, a_csv=READY, b_csv=SEMICOLONS, c_csv=STOPPED)
    paths = {name: str(tmp_path / f"{name}.csv") for name in "abc"}
    done = run(command, *paths.values(), "--region", "US")
    assert done.returncode == 1
    assert done.stdout.decode().splitlines()[-1] == total.format(**paths)


@pytest.mark.parametrize(
    ("arguments", "total"),
    [
        pytest.param(["check"], "4 rows read, 2 would be rejected", id="check"),
        pytest.param(["clean"], "4 rows read, 2 ready, 2 rejected", id="clean"),
        pytest.param(
            ["clean", "--in-place"],
            "4 rows read, 1 ready, 0 rejected, 3 in files that are not ready (2 would be rejected)",
            id="left untouched",
        ),
        pytest.param(
            ["clean", "--max-rejects", "1"],
            "4 rows read, 1 ready, 0 rejected, 3 in files that are not ready (2 would be rejected)",
            id="too many rejects",
        ),
    ],
)
def test_a_total_adds_up_to_all_rows_read(arguments: list[str], total: str, tmp_path: Path) -> None:
    fill(tmp_path, a_csv="Name,phone\nAnn,+12025550101\nBob,asked\nEve,ask\n", b_csv="Name,phone\nCat,+12025550103\n")
    done = run(*arguments, "a.csv", "b.csv", cwd=tmp_path)
    assert done.stdout.decode().splitlines()[-1].partition("; ")[2] == total


@pytest.mark.parametrize("command", ["check", "clean", "inspect"])
def test_json_has_a_document_a_line_and_no_total(command: str, tmp_path: Path) -> None:
    fill(tmp_path, a_csv=READY, b_csv=SEMICOLONS)
    done = run(command, str(tmp_path / "a.csv"), str(tmp_path / "b.csv"), "--output-format", "json", "--region", "US")
    found = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [Path(one["input"]["path"]).name for one in found] == ["a.csv", "b.csv"]


def test_a_list_that_cannot_be_read_keeps_no_other_from_being_written(tmp_path: Path) -> None:
    fill(tmp_path, a_csv=READY)
    missing = str(tmp_path / "no.csv")
    done = run("clean", missing, str(tmp_path / "a.csv"))
    assert done.returncode == 2
    assert (tmp_path / "a.clean.csv").exists()
    total = f"2 files: 1 ready, 1 could not be read or written ({missing}); 2 rows read, 2 ready, 0 rejected"
    assert done.stdout.decode().splitlines()[-1] == total


def test_a_quiet_run_and_one_of_hooks_without_changes_print_no_total(tmp_path: Path) -> None:
    fill(tmp_path, a_csv=READY, b_csv=READY)
    paths = [str(tmp_path / "a.csv"), str(tmp_path / "b.csv")]
    assert run("check", "--quiet", *paths).stdout == b""
    assert run("clean", "--in-place", *paths).stdout == b""
    (tmp_path / "b.csv").write_text(SEMICOLONS.replace("Dan;asked\n", ""))
    done = run("clean", "--in-place", "--region", "US", *paths)
    assert done.stdout.decode().splitlines()[-1] == "2 files: 2 ready; 3 rows read, 3 ready, 0 rejected"


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        pytest.param(["."], ["a.csv", "b.txt", "c.TSV"], id="a folder"),
        pytest.param(["*.csv"], ["a.csv"], id="a pattern"),
        pytest.param(["?.*"], ["a.csv", "b.txt", "c.TSV", "d.md"], id="a pattern with ?"),
        pytest.param(["b.txt", "*.csv"], ["b.txt", "a.csv"], id="in the order of the arguments"),
    ],
)
def test_folders_and_patterns_mean_their_lists(arguments: list[str], found: list[str], tmp_path: Path) -> None:
    fill(tmp_path, b_txt=READY, a_csv=READY, c_TSV=READY, d_md=READY, _hidden_csv=READY)
    fill(tmp_path / "more.csv", e_csv=READY)
    done = run("check", *(str(tmp_path / one) for one in arguments), "--output-format", "json")
    paths = [json.loads(line)["input"]["path"] for line in done.stdout.decode().splitlines()]
    assert paths == [str(tmp_path / name) for name in found]


@pytest.mark.parametrize(
    ("arguments", "read"),
    [
        pytest.param(["lists", "lists/a.csv"], ["lists/a.csv", "lists/b.csv"], id="in a folder, too"),
        pytest.param(["lists/b.csv", "lists"], ["lists/b.csv", "lists/a.csv"], id="before its folder"),
        pytest.param(["lists/b.csv", "./lists/b.csv", "lists/b.csv"], ["lists/b.csv"], id="by other paths"),
        pytest.param(["link.csv", "lists/a.csv"], ["link.csv"], id="by a link"),
        pytest.param(["lists/a.csv", "lists/*.csv", "lists"], ["lists/a.csv", "lists/b.csv"], id="by a pattern, too"),
        pytest.param(["june.clean.csv", "./june.clean.csv"], ["june.clean.csv"], id="one that looks like an output"),
    ],
)
@pytest.mark.parametrize("command", ["check", "inspect", "clean", "clean --as-one"])
def test_a_file_that_is_named_twice_is_read_once(
    command: str, arguments: list[str], read: list[str], tmp_path: Path
) -> None:
    fill(tmp_path / "lists", a_csv=READY, b_csv="Name,phone\nCy,+12025550109\n")
    fill(tmp_path, june_clean_csv=CLEAN)
    (tmp_path / "link.csv").symlink_to(Path("lists", "a.csv"))
    done = run(*command.split(), *arguments, "--output-format", "json", cwd=tmp_path)
    reports = [json.loads(line) for line in done.stdout.decode().splitlines()]
    inputs = [one for report in reports for one in report.get("inputs", [report])]
    assert [one["input"]["path"] if "input" in one else one["path"] for one in inputs] == read
    assert (done.returncode, b"left out" in done.stderr) == (0, False)
    done = run(*command.split(), *arguments, cwd=tmp_path)
    assert "more than one of these files" not in done.stdout.decode()


def test_the_standard_input_that_is_named_twice_is_refused() -> None:
    done = run("check", "-", "-", stdin=READY.encode())
    assert (done.returncode, done.stdout) == (2, b"")
    assert "- is given 2 times" in done.stderr.decode()


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        pytest.param("more", "Is a directory, and has no .csv, .tsv or .txt file", id="a folder without lists"),
        pytest.param("x*.csv", "x*.csv: No such file or directory", id="a pattern that matches nothing"),
    ],
)
def test_what_means_no_list_is_an_error(argument: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    done = run("clean", str(tmp_path / argument))
    assert (done.returncode, done.stdout) == (2, b"")
    assert words in done.stderr.decode()


def test_an_empty_name_does_not_mean_this_folder(tmp_path: Path) -> None:
    done = run("clean", "", "--out-dir", str(tmp_path))
    assert (done.returncode, done.stdout, names(tmp_path)) == (2, b"", set())
    assert "the file name is empty" in done.stderr.decode()


def test_a_file_whose_name_is_a_pattern_is_that_file(tmp_path: Path) -> None:
    fill(tmp_path, a_csv=READY, **{"*_csv": CLEAN})
    done = run("check", str(tmp_path / "*.csv"), "--output-format", "json")
    assert json.loads(done.stdout)["rows"]["read"] == 1


@pytest.mark.parametrize(
    ("files", "arguments", "left_out"),
    [
        pytest.param(["a.csv", "a.clean.csv"], ["*"], ["a.clean.csv"], id="a clean file"),
        pytest.param(["a.csv", "a.rejects.csv"], ["."], ["a.rejects.csv"], id="rejects in a folder"),
        pytest.param(["a.csv", "a.clean.001.csv"], ["*.csv"], ["a.clean.001.csv"], id="a part"),
        pytest.param(["a.txt", "a.clean.csv"], ["a.txt", "a.clean.csv"], ["a.clean.csv"], id="both are named"),
        pytest.param(
            ["a.csv", "b.csv", "b.clean.csv"], ["a.csv", "b.clean.csv"], ["b.clean.csv"], id="its list is there"
        ),
        pytest.param(["b.csv", "x.clean.csv", "x.report.json"], ["*.csv"], ["x.clean.csv"], id="its report is there"),
        pytest.param(["b.csv", "x.clean.csv"], ["*.csv"], [], id="its list is not there"),
        pytest.param(["b.csv", "combined.clean.csv"], ["*.csv"], ["combined.clean.csv"], id="of several as one"),
        pytest.param(
            ["b.csv", "x.clean.csv", "x.rejects.csv"], ["*.csv"], ["x.clean.csv", "x.rejects.csv"], id="both outputs"
        ),
        pytest.param(["x.clean.csv", "x.rejects.csv"], ["*.csv"], ["x.rejects.csv"], id="nothing but outputs"),
        pytest.param(["a.csv", "a.report.json"], ["*"], ["a.report.json"], id="a report"),
        pytest.param(["x.clean.csv", "x.report.json"], ["*"], ["x.report.json"], id="a clean file and its report"),
        pytest.param(["a.csv", "a.clean.csv"], ["a.clean.csv"], [], id="named alone"),
        pytest.param(
            ["a.csv", "b.csv", "a.clean.csv", "b.clean.csv"], ["a.clean.csv", "b.clean.csv"], [], id="nothing else"
        ),
    ],
)
def test_outputs_of_earlier_runs_are_left_out(
    files: list[str], arguments: list[str], left_out: list[str], tmp_path: Path
) -> None:
    for name in files:
        (tmp_path / name).write_text(CLEAN)
    done = run("check", *(str(tmp_path / one) for one in arguments), "--output-format", "json")
    checked = {Path(json.loads(line)["input"]["path"]).name for line in done.stdout.decode().splitlines()}
    expected = set(files if set("*.") & {arguments[0][0]} else arguments)
    assert checked == {name for name in expected if name not in left_out and name.endswith(("csv", "txt"))}
    assert [name in done.stderr.decode() for name in left_out] == [True] * len(left_out)
    assert (b"of earlier runs" in done.stderr) == bool(left_out)


@pytest.mark.parametrize(
    ("name", "is_told"),
    [("june.clean.csv", True), ("june.clean.002.csv", True), ("june.rejects.csv", False), ("june.csv", False)],
)
def test_a_clean_file_that_is_cleaned_again_is_told(name: str, is_told: bool, tmp_path: Path) -> None:
    (tmp_path / name).write_text(CLEAN)
    done = run("clean", str(tmp_path / name))
    assert done.returncode == 0
    assert (b"is named like a clean file" in done.stderr) == is_told
    assert b"named like" not in run("clean", str(tmp_path / name), "-o", str(tmp_path / "x.csv")).stderr


@pytest.mark.parametrize(
    ("earlier", "options", "told"),
    [
        pytest.param([], [], ["a.clean.csv", "a.rejects.csv", "a.report.json"], id="all"),
        pytest.param(
            ["--split", "--max-rows", "1"],
            [],
            ["a.clean.001.csv", "a.clean.002.csv", "a.rejects.csv", "a.report.json"],
            id="parts",
        ),
        pytest.param([], ["--report", "a.report.json"], ["a.clean.csv", "a.rejects.csv"], id="not the new report"),
        pytest.param(
            ["-o", "x.csv"], ["-o", "x.csv"], ["x.csv", "a.rejects.csv", "a.report.json"], id="a name of its own"
        ),
        pytest.param(
            ["--out-dir", "o"], ["--out-dir", "o"], ["a.clean.csv", "a.rejects.csv", "a.report.json"], id="a directory"
        ),
    ],
)
def test_files_of_an_earlier_run_are_named_when_a_run_stops(
    earlier: list[str], options: list[str], told: list[str], tmp_path: Path
) -> None:
    def placed(words: list[str]) -> list[str]:
        return [str(tmp_path / word) if word.endswith((".csv", ".json")) or word == "o" else word for word in words]

    fill(tmp_path, a_csv=READY + "Cat,asked\n")
    before = run("clean", str(tmp_path / "a.csv"), *placed(earlier))
    assert b"earlier run" not in before.stderr
    fill(tmp_path, a_csv=STOPPED)
    done = run("clean", str(tmp_path / "a.csv"), *placed(options))
    said = done.stderr.decode()
    assert done.returncode == 1
    assert "from an earlier run: this run wrote no list" in said
    assert {Path(word).name for word in said.replace(",", " ").split() if "/" in word} == set(told)


@pytest.mark.parametrize(
    ("options", "there", "told"),
    [
        pytest.param([], ["a.clean.001.csv", "a.clean.002.csv"], ["a.clean.001.csv", "a.clean.002.csv"], id="parts"),
        pytest.param([], ["a.clean.002.csv"], ["a.clean.002.csv"], id="the first part is gone"),
        pytest.param(
            ["--split", "--max-rows", "1"],
            [f"a.clean.00{number}.csv" for number in (3, 5)],
            ["a.clean.005.csv"],
            id="fewer parts, those without a gap are removed",
        ),
        pytest.param([], ["a.rejects.2.csv", "a.rejects.9.csv"], ["a.rejects.2.csv", "a.rejects.9.csv"], id="rejects"),
        pytest.param(
            ["--corrections", "a.rejects.csv"], ["a.rejects.2.csv", "a.rejects.3.csv"], ["a.rejects.3.csv"],
            id="further corrections",
        ),
        pytest.param(
            ["--corrections", "a.rejects.csv", "--corrections", "a.rejects.2.csv"], ["a.rejects.2.csv"], [],
            id="corrections that are given",
        ),
        pytest.param(["-o", "x.csv"], ["x.001.csv", "a.clean.001.csv"], ["x.001.csv"], id="a name of its own"),
        pytest.param([], ["a.clean.2024.csv", "a.clean.csv", "b.rejects.2.csv"], [], id="other files"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("stops", [False, True], ids=["written", "stopped"])
def test_numbered_files_of_an_earlier_run_are_named(
    options: list[str], there: list[str], told: list[str], stops: bool, tmp_path: Path
) -> None:
    fill(tmp_path, a_csv=READY + "Cat,asked\n")
    run("clean", "a.csv", cwd=tmp_path)
    rejects = (tmp_path / "a.rejects.csv").read_bytes()
    for name in there:
        (tmp_path / name).write_bytes(rejects if "rejects" in name else b"of an earlier run")
    if stops:
        fill(tmp_path, a_csv=STOPPED)
    done = run("clean", "a.csv", *options, cwd=tmp_path)
    said = done.stderr.decode()
    assert done.returncode == int(stops)
    found = re.findall(r"\ba\.[a-z]+\.[0-9]+\.csv|x\.[0-9]+\.csv", said)
    given = [name for name in there if name in options]
    numbered = [name for name in there if re.search(r"\.([0-9]{1,3})\.csv", name) and not name.startswith("b")]
    other = [name for name in numbered if "-o" in options and name.startswith("a.")]
    assert found == ([name for name in numbered if name not in (*given, *other)] if stops else told)
    assert ("this run wrote other files, so do not use" in said) == (bool(told) and not stops)


@pytest.mark.parametrize(
    ("before", "options", "told"),
    [
        pytest.param(["--rejects", "a.rejects.xlsx"], [], "a.rejects.xlsx", id="a workbook, and now a CSV"),
        pytest.param([], ["--rejects", "a.rejects.xlsx"], "a.rejects.csv", id="a CSV, and now a workbook"),
        pytest.param(["--rejects", "r.csv"], [], "", id="a name of its own"),
        pytest.param([], [], "", id="the same"),
    ],
)
def test_rejects_of_an_earlier_run_in_another_form_are_named(
    before: list[str], options: list[str], told: str, tmp_path: Path
) -> None:
    fill(tmp_path, a_csv=READY + "Cat,asked\n")
    run("clean", "a.csv", *before, cwd=tmp_path)
    said = run("clean", "a.csv", *options, cwd=tmp_path).stderr.decode()
    why = "is from an earlier run: this run wrote other files, so do not use it"
    assert said == (f"csv-preflight: {told} {why}\n" if told else "")


def test_each_stopped_list_of_several_names_its_earlier_files(tmp_path: Path) -> None:
    fill(tmp_path, a_csv=READY, b_csv=READY)
    paths = [str(tmp_path / "a.csv"), str(tmp_path / "b.csv")]
    run("clean", *paths)
    fill(tmp_path, b_csv=STOPPED)
    said = run("clean", *paths).stderr.decode()
    assert "b.clean.csv" in said
    assert "a.clean.csv" not in said
