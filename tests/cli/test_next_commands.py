"""Every command that is printed to run next works as it is: it is cut into words and run again."""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from csv_preflight import preflight
from csv_preflight.cli import group
from csv_preflight.reports.screen import ROWS, WIDTH, Screen
from csv_preflight.reports.steps import next_steps
from csv_preflight.reports.terminal import render
from tests.commands import BY_NAME
from tests.samples import ROOT, all_samples
from tests.samples import run as in_process

COMMAND = re.compile(r"^(?:next: | {6})(csv-preflight .*)$", re.MULTILINE)
PEOPLE = "Ann,202-555-0101\nBob,202-555-0102\nCy,+44 20 7946 0103\n"
PROFILE = '[profiles.our-dialer]\ntitle = "Our dialer"\nsource = "https://example.com"\nmax_rows = 100\n'


def commands(text: str) -> list[list[str]]:
    return [shlex.split(line)[1:] for line in COMMAND.findall(text)]


def run(*words: str) -> tuple[int, str]:
    """Run the command line in this process; return the exit code and what it printed."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = group.main(list(words), prog_name="csv-preflight", standalone_mode=False, obj=list(words))
    return int(code), out.getvalue()


@pytest.mark.parametrize("sample", all_samples(), ids=lambda sample: sample.code)
def test_every_command_of_a_sample_can_be_parsed(sample, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    report = preflight(sample.path, **sample.settings).report
    shown = commands(render(report, checked=True)) + commands(render(report, checked=False))
    steps = [shlex.split(one)[1:] for step in next_steps(report) for one in (step.command, *step.others) if one]
    for words in (*shown, *steps):
        name, *arguments = words
        with BY_NAME[name].make_context(name, list(arguments)) as context:
            given = context.params.get("files") or context.params.get("file") or context.params.get("workbook")
        assert str(sample.path) in (given if isinstance(given, tuple) else (given,))


@pytest.mark.parametrize("sample", all_samples(), ids=lambda sample: sample.code)
def test_every_command_of_a_sample_runs_whatever_it_is_called(sample, tmp_path: Path) -> None:
    folder = tmp_path / "Björn's lists & more"
    folder.mkdir()
    path = folder / f"-März (1) {sample.path.name}"

    def cleaned() -> list[str]:
        for old in folder.iterdir():
            old.unlink()
        shutil.copy(sample.path, path)
        done = in_process("clean", str(path), *sample.options)
        assert done.returncode < 2, done.stderr
        return COMMAND.findall(done.stdout.decode())

    for place, line in enumerate(cleaned()):
        assert cleaned()[place] == line
        again = in_process(*shlex.split(line)[1:])
        assert again.returncode < 2, (line, again.stderr)


@pytest.mark.parametrize(
    ("data", "options", "count", "code"),
    [
        pytest.param("Name,phone\n" + PEOPLE, ["--region", "US"], 1, 0, id="fixes"),
        pytest.param("Name,phone\n" + PEOPLE + "Eve,none\n", ["--region", "US"], 1, 0, id="rejects"),
        pytest.param("Name,phone,mobile\nAnn,+12025550101,+12025550102\n", [], 2, 0, id="two phone columns"),
        pytest.param("Name,Phone Nr\n" + PEOPLE, ["--phone-column", "phone nr.", "--region", "US"], 1, 0, id="typo"),
        pytest.param(
            "Name,Home Phone\n" + PEOPLE,
            ["--phone-column", "Mobile Phone", "--phone-column", "Home Phone", "--region", "US"],
            1,
            0,
            id="one of two phone columns is missing",
        ),
        pytest.param(
            "Full name,phone\n" + PEOPLE, ["--identifier-column", "Fullname", "--region", "US"], 1, 0, id="a name"
        ),
        pytest.param("Name~Phone\nAnn~+12025550101\nBob~+12025550102\n", [], 1, 0, id="another delimiter"),
        pytest.param(
            "First Name,phone\n" + PEOPLE, ["--variables", "first_name", "--region", "US"], 1, 0, id="a variable"
        ),
        pytest.param(
            "Name,phone\n" + PEOPLE,
            ["--profile", "our-dialer", "--config", "our config.toml", "--region", "US"],
            1,
            0,
            id="own profile",
        ),
        pytest.param("phone\n442079460101\n442079460102\n", [], 1, 0, id="lost plus signs"),
        pytest.param("phone\n+12025550101\n+12025550102\n", ["--max-rows", "1"], 1, 0, id="too many rows"),
        pytest.param(
            "Name,Land,phone\nA,Germany,030 1234567\nB,US,202-555-0101\n", ["--region", "US"], 1, 0, id="countries"
        ),
    ],
)  # fmt: skip
def test_the_command_printed_by_check_makes_a_list_ready(
    data: str, options: list[str], count: int, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("my list.csv").write_text(data, encoding="utf-8")
    Path("our config.toml").write_text(PROFILE, encoding="utf-8")
    checked, text = run("check", "my list.csv", *options)
    assert checked == 1
    shown = commands(text)
    assert len(shown) == count, text
    for words in shown:
        cleaned, text = run(*words)
        assert cleaned == code, text


@pytest.mark.parametrize(
    ("header", "likely"),
    [
        pytest.param("Name,Mobilnummer", ["Mobilnummer"], id="one"),
        pytest.param("Mobilnummer,Telefon", ["Mobilnummer", "Telefon"], id="two"),
        pytest.param("Land,Mobilnummer", ["Mobilnummer"], id="another column has a similar name"),
    ],
)
def test_a_wrong_phone_column_is_replaced_by_each_likely_one(
    header: str, likely: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    first = "USA" if "Land" in header else "+12025550101"
    Path("list.csv").write_text(f"{header}\n{first},+12025550102\n", encoding="utf-8")
    _, text = run("clean", "list.csv", "--region", "US", "--phone-column", "Handy")
    assert [words[words.index("--phone-column") + 1] for words in commands(text)] == likely


WRONG = [
    pytest.param('phone-column = "Handy"', [], "phone-column", id="phone"),
    pytest.param('identifier-column = "Nam"', [], "identifier-column", id="identifier"),
    pytest.param('region-column = "zz"', [], "region-column", id="region, none near"),
    pytest.param('region-column = "Name"', [], "region-column", id="no countries"),
    pytest.param('opt-out-column = ["Mobilnummer"]', [], "opt-out-column", id="no answers"),
    pytest.param('opt-out-column = ["Nme"]', [], "opt-out-column", id="opt-outs"),
    pytest.param('rename = ["Nme=Who"]', [], "rename", id="rename"),
    pytest.param('phone-column = "Handy"', ["--phone-column", "Hand"], None, id="overridden"),
    pytest.param('region = "US"', ["--phone-column", "Handy"], None, id="not saved"),
]


@pytest.fixture
def with_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A list, and a configuration file with what is given."""
    monkeypatch.chdir(tmp_path)
    Path("list.csv").write_text("Name,Mobilnummer\nAnn,+12025550101\nBob,+12025550102\n", encoding="utf-8")
    return lambda saved: Path("csv-preflight.toml").write_text(saved, encoding="utf-8")


@pytest.mark.parametrize("how", [["check"], ["check", "-q"], ["clean"], ["clean", "--in-place"]], ids=" ".join)
@pytest.mark.parametrize(("saved", "options", "option"), WRONG)
def test_a_wrong_name_from_a_configuration_file_says_where_it_is_set(
    saved: str, options: list[str], option: str | None, how: list[str], with_saved
) -> None:
    with_saved(saved)
    code, text = run(*how, "list.csv", *options)
    assert code == 1
    assert text.count(" is set in ") == bool(option)
    assert option is None or text.splitlines()[0].endswith(f" ({option} is set in csv-preflight.toml)")


@pytest.mark.parametrize(("saved", "options", "option"), WRONG)
def test_so_does_every_form_of_report(saved: str, options: list[str], option: str | None, with_saved) -> None:
    with_saved(saved)
    for form in ("json", "github", "sarif", "gitlab", "junit"):
        said = run("check", "list.csv", "--output-format", form, *options)[1]
        assert (f"({option} is set in csv-preflight.toml)" in said) == bool(option), form
    for command in ("check", "clean"):
        reports = ["r.json", "r.html", "r.md"]
        run(command, "list.csv", *options, *(word for name in reports for word in ("--report", name)))
        written = {name: Path(name).read_text(encoding="utf-8") for name in reports}
        for text in written.values():
            assert ("is set in" in text.replace("`", "")) == bool(option)
        (stop,) = [found for found in json.loads(written["r.json"])["findings"] if found["outcome"] == "stop"]
        told = stop["samples"][0]["parameters"]
        assert (told.get("option"), told.get("set_in")) == (option, option and "csv-preflight.toml")


def test_the_next_command_overrides_a_saved_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("csv-preflight.toml").write_text('phone-column = "Handy"', encoding="utf-8")
    Path("list.csv").write_text("Name,Mobilnummer\nAnn,+12025550101\n", encoding="utf-8")
    (words,) = commands(run("check", "list.csv")[1])
    assert run(*words)[0] == 0


def test_the_next_command_keeps_the_paths_and_the_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("list.csv").write_text("Name,phone,mobile\nAnn,+12025550101,+12025550102\n", encoding="utf-8")
    Path("c.toml").write_text(PROFILE, encoding="utf-8")
    given = [
        "-o",
        "out.csv",
        "--report",
        "r.html",
        "--config",
        "c.toml",
        "--profile",
        "our-dialer",
        "--rejects",
        "r.csv",
    ]
    stopped, text = run("clean", "list.csv", *given)
    assert stopped == 1
    cleaned, _ = run(*commands(text)[0])
    assert cleaned == 0
    assert Path("out.csv").exists()
    assert not Path("list.clean.csv").exists()


def test_the_command_for_corrected_rejects_keeps_the_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("list.csv").write_text("Name,phone\n" + PEOPLE + "Eve,none\n", encoding="utf-8")
    cleaned, text = run("clean", "list.csv", "-o", "out.csv", "--region", "US")
    assert cleaned == 0
    rejects = Path("list.rejects.csv")
    rejects.write_bytes(rejects.read_bytes().replace(b"none", b"202-555-0104"))
    again, _ = run(*commands(text)[-1])
    assert again == 0
    assert Path("out.csv").read_text(encoding="utf-8").count("+") == 4
    assert not Path("list.clean.csv").exists()


def test_what_closes_a_report_fits_a_screen() -> None:
    names = ",".join(f"a rather long column name, number {place}".replace(",", "") for place in range(60))
    wide = f"Name,phone,{names}\n" + f"Ann,+12025550101,{',' * 59}\nBob,n/a,{',' * 59}\n"
    sample = (ROOT / "sample_data" / "contacts.csv").read_bytes()
    long = "a-directory-with-a-long-name/" * 3 + "contacts.csv"
    for data, options in (
        (sample, {}),
        (sample, {"region": "US", "variables": "Notes,City"}),
        (wide.encode(), {}),
        (wide.replace("phone", "x").encode(), {"phone_column": "y"}),
        (b"Name,phone\n" + b"x,202-555-0101\n" * 30, {}),
    ):
        report = preflight(data, name=long, **options).report
        for checked, columns in itertools.product((True, False), (None, WIDTH)):
            height = Screen(columns).height
            lines = render(report, checked=checked, rows=ROWS, columns=columns).splitlines()
            assert height(lines) < ROWS
            whole = render(report, checked=checked, columns=columns).splitlines()
            verdict = f"{long}:" if columns else f"{long}: "
            closing = whole[[place for place, line in enumerate(whole) if line.startswith(verdict)][-1] :]
            assert height(closing) < ROWS


FEW = "".join(f"A,+120255501{place},USA\n" for place in range(10, 30)) + "B,030 23125001,Germany\nC,asked,Germany\n"
FEW_LIST = "Name,phone\n" + FEW.replace(",USA", "").replace(",Germany", "")
LOST = "".join(f"A,120255501{place}\n" for place in range(10, 99)) + "B,asked\nC,+442079460101\n"
OPTIONS_OF_LISTS = {
    "a column of countries": ("Name,phone,Land\n" + FEW, []),
    "opt-outs": ("Name,phone,do_not_call\n" + FEW.replace("USA", "no").replace("Germany", "yes"), ["--region", "DE"]),
    "both": ("Name,phone,do_not_call,Land\n" + FEW.replace("USA", "no,USA").replace("Germany", "yes,Germany"), []),
    "lost plus signs": ("Name,phone\n" + LOST, []),
}


@pytest.mark.parametrize("command", ["check", "clean"])
@pytest.mark.parametrize("named", OPTIONS_OF_LISTS)
def test_all_commands_of_a_run_have_the_same_options(
    named: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data, options = OPTIONS_OF_LISTS[named]
    Path("list.csv").write_text(data, encoding="utf-8")
    _, text = run(command, "list.csv", *options, "--report", "r.md")
    page = re.findall(r"^ +(csv-preflight .*)$", Path("r.md").read_text(encoding="utf-8"), re.MULTILINE)
    printed = [words for words in (*commands(text), *(shlex.split(line)[1:] for line in page)) if words[0] == "clean"]
    assert printed
    same = {tuple(words[: words.index("--corrections")] if "--corrections" in words else words) for words in printed}
    assert len({tuple(word for word in words if word not in ("--report", "r.md")) for words in same}) == 1, text


@pytest.mark.parametrize("command", ["check", "clean", "inspect"])
@pytest.mark.parametrize(
    "data",
    [
        pytest.param("phone,do_not_call\n+12025550101,yes\n+12025550102,no\n", id="clean rows say so"),
        pytest.param("phone,do_not_call\n202-555-0101,yes\n+12025550102,no\n", id="only a rejected row says so"),
        pytest.param("phone,do_not_call\nasked,yes\nask,no\n", id="nothing is left"),
        pytest.param(
            "phone,mobile,opted_in\n+12025550101,+12025550103,no\n+12025550102,+12025550104,yes\n", id="two columns"
        ),
        pytest.param("phone,Name,Name,do_not_call\n+12025550101,Ann,Lee,yes\n", id="two columns of one name"),
    ],
)
def test_every_command_that_cleans_leaves_out_who_must_not_be_called(
    data: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("list.csv").write_text(data, encoding="utf-8")
    _, text = run(command, "list.csv")
    printed = re.findall(r"^(?:next: | +)(csv-preflight clean .*)$", text, re.MULTILINE)
    assert printed or "not ready" not in text
    for line in printed:
        assert f"--opt-out-column {data.splitlines()[0].split(',')[-1]}" in line
    said = [
        line
        for line in text.splitlines()
        if "some people must not be called: the next command leaves them out with --opt-out-column" in line
    ]
    assert len(said) == (command != "inspect" and "C011" not in text and bool(printed))


def test_a_column_in_which_nobody_opted_out_is_not_in_the_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("list.csv").write_text("phone,mobile,do_not_call\n+12025550101,+12025550103,no\n", encoding="utf-8")
    _, text = run("check", "list.csv")
    assert "opt-out" not in text


@pytest.mark.parametrize(
    ("data", "options", "helps"),
    [
        pytest.param(FEW_LIST, [], "inspect list.csv", id="no"),
        pytest.param("Name,phone,Land\n" + FEW, [], "clean list.csv --region-column Land", id="a column"),
        pytest.param("Name,phone,Land\n" + FEW, ["--region", "DE"], None, id="a region"),
        pytest.param("Name,phone,Land\n" + FEW, ["--region-column", "Land"], None, id="a region column"),
    ],
)
def test_a_few_numbers_without_a_country_code_can_be_saved(
    data: str, options: list[str], helps: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("list.csv").write_text(data, encoding="utf-8")
    for command in ("check", "clean"):
        _, text = run(command, "list.csv", *options, "--report", "r.md")
        without_report = text.replace(" --report r.md", "")
        assert (f"csv-preflight {helps}" in without_report) == (helps is not None)
        assert ("or first: try to save 1 row: no country code (P003):" in text) == (
            helps is not None and (command == "clean" or "inspect" in helps)
        )
        page = Path("r.md").read_text(encoding="utf-8")
        assert ("Try to save 1 row: no country code (P003)" in page) == ("or first: try to save" in text)


@pytest.mark.parametrize(
    ("command", "options", "data"),
    [
        ("check", [], FEW_LIST),
        ("clean", [], FEW_LIST),
        ("clean", ["--stdin-name", "june.csv"], FEW_LIST),
        ("clean", ["--phone-column", "phon"], FEW_LIST),
        ("inspect", [], FEW_LIST),
        ("inspect", ["--stdin-name", "june.csv"], FEW_LIST),
        ("inspect", [], "Name,phone,mobile\nAnn,+12025550101,+12025550102\n"),
    ],
)
def test_commands_for_what_came_from_the_standard_input(
    command: str, options: list[str], data: str, tmp_path: Path
) -> None:
    done = in_process(command, "-", *options, stdin=data.encode(), cwd=tmp_path)
    text = done.stdout.decode()
    printed = re.findall(r"^(?:next: | +)(csv-preflight .*)$", text, re.MULTILINE)
    assert printed
    assert text.splitlines()[-1].startswith("(- is the same list, piped in once more; or save it to a file")
    for line in printed:
        again = in_process(*shlex.split(line)[1:], stdin=data.encode(), cwd=tmp_path)
        assert again.returncode < 2, (line, again.stderr)
        assert "-" in shlex.split(line)


def test_a_report_says_how_its_commands_read_the_standard_input(tmp_path: Path) -> None:
    in_process("clean", "-", "--report", "r.md", "--report", "r.html", stdin=FEW_LIST.encode(), cwd=tmp_path)
    assert ": In the command" not in (tmp_path / "r.md").read_text(encoding="utf-8")
    for name in ("r.md", "r.html"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert text.count("is the same list, piped in once more; or save it to a file") == 1


def test_the_first_step_has_its_own_command_beside_that_for_corrections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data, options = OPTIONS_OF_LISTS["opt-outs"]
    Path("list.csv").write_text(data, encoding="utf-8")
    _, text = run("clean", "list.csv", *options)
    own, corrections = commands(text)
    assert corrections == [*own, "--corrections", "list.rejects.csv"]


@pytest.mark.parametrize(
    ("options", "rejects", "named"),
    [
        pytest.param([], "our list.rejects.csv", ["our list.clean.csv"], id="one file"),
        pytest.param(
            ["--max-rows", "1", "--split"],
            "our list.rejects.csv",
            ["our list.clean.001.csv", "our list.clean.002.csv"],
            id="parts",
        ),
        pytest.param([], "our list.rejects.2.csv", ["our list.clean.csv"], id="numbered rejects"),
        pytest.param([], "corrected.csv", [], id="another name"),
    ],
)
@pytest.mark.parametrize("region", [["--region", "DE"], []])
def test_the_commands_for_a_rejects_file_leave_out_the_people_of_the_clean_file(
    options: list[str],
    rejects: str,
    named: list[str],
    region: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    people = "A,+4930901820\nA2,+4930901820\nB,030 901821\nC,+4930901822\n"
    Path("our list.csv").write_text(f"Name,Phone\n{people}", encoding="utf-8")
    run("clean", "our list.csv", *options)
    Path("our list.rejects.csv").rename(rejects)
    checked, text = run("check", rejects, *region)
    assert checked == 1
    shown = [words for words in commands(text) if words[0] == "clean"]
    assert shown
    for words in shown:
        assert [words[place + 1] for place, word in enumerate(words) if word == "--suppress"] == named
    if region and named:
        (words,) = shown
        cleaned, text = run(*words)
        assert cleaned == 0
        assert "2 rows read, 1 clean, 1 rejected" in text
        assert "D003" in text
