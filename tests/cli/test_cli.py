"""The command line as scripts and people meet it: exit codes, files, streams, messages."""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.samples import ROOT, run

READY = b"Name,phone\nAnn,+12025550101\nBob,+442079460958\n"
FIXABLE = b"Name;phone\nAnn;202-555-0101\nBob;+442079460958\n"
FIXED = b"Name,phone\nAnn,+12025550101\nBob,+442079460958\n"
WITH_REJECT = b"Name,phone\nAnn,+12025550101\nBob,asked\n"


@pytest.fixture
def contacts(tmp_path: Path) -> Path:
    path = tmp_path / "contacts.csv"
    path.write_bytes(READY)
    return path


def names(directory: Path) -> set[str]:
    return {path.name for path in directory.iterdir()}


def workbook() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Name", "phone"])
    book.active.append(["Ann", "+12025550101"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        pytest.param(workbook(), "F001", "an Excel workbook (.xlsx)", id="a workbook"),
        pytest.param(gzip.compress(READY), "F001", "a gzip archive", id="gzip"),
        pytest.param(b"", "F004", "the file has no content", id="empty"),
        pytest.param(b"Name,phone\n", "F004", "a header but no rows", id="header only"),
    ],
)
@pytest.mark.parametrize("command", ["check", "clean"])
def test_what_cannot_be_read_is_refused_in_one_sentence(
    command: str, data: bytes, code: str, words: str, contacts: Path
) -> None:
    contacts.write_bytes(data)
    done = run(command, str(contacts))
    out = done.stdout.decode()
    assert done.returncode == 1
    assert code in out
    assert words in out
    assert out.startswith(f"{contacts}:1:1: {code} ")
    assert f"{contacts}: not ready: " in out
    assert "Traceback" not in out + done.stderr.decode()
    assert names(contacts.parent) == {"contacts.csv"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["check", "no-such.csv"], "no-such.csv: No such file or directory", id="no file"),
        pytest.param(["clean", "no-such.csv"], "no-such.csv: No such file or directory", id="no file to clean"),
        pytest.param(["check", "tests"], "tests: Is a directory", id="a directory"),
        pytest.param(["check"], "Missing argument", id="no argument"),
        pytest.param(["chek", "x"], "check", id="no such command"),
        pytest.param(["check", "x", "--regoin", "US"], "--region", id="no such option"),
        pytest.param(["check", "README.md", "--region", "Atlantis"], "region: 'Atlantis' is not", id="no such region"),
        pytest.param(["check", "README.md", "--region", "DE,AT"], "--region-column", id="two regions"),
        pytest.param(["check", "README.md", "--profile", "atoms"], "smallest-atoms", id="no such profile"),
        pytest.param(["check", "README.md", "--max-bytes", "5 apples"], "max-bytes", id="no size"),
        pytest.param(["check", "README.md", "--max-rejects", "many"], "max-rejects", id="no share"),
        pytest.param(["check", "README.md", "--encoding", "utf-9"], "encoding", id="no encoding"),
        pytest.param(["check", "README.md", "--delimiter", "ab"], "delimiter", id="no delimiter"),
        pytest.param(["check", "README.md", "--line-types", "cell"], "line-types", id="no line type"),
        pytest.param(["check", "README.md", "--countries", "US,!CA"], "not both", id="keep and leave out"),
        pytest.param(["check", "README.md", "--config", "no.toml"], "no.toml: No such file", id="no configuration"),
        pytest.param(["clean", "a.csv", "b.csv", "-o", "x.csv"], "--out-dir", id="one name for two lists"),
        pytest.param(
            ["clean", "a.csv", "--in-place", "-o", "x"], "--in-place cannot be used with -o", id="in place elsewhere"
        ),
        pytest.param(
            ["clean", "--in-place", "a.csv", "b.csv", "--report", "r.json"], "--as-one", id="one report of several"
        ),
        pytest.param(
            ["clean", "a.csv", "--split", "-o", "-"], "--split writes several", id="parts to the standard output"
        ),
        pytest.param(["clean", "a.csv", "--split", "--in-place"], "--split writes several", id="parts in place"),
        pytest.param(["clean", "a.csv", "--report", "x.pdf"], "must end in", id="no report format"),
        pytest.param(["check", "a.csv", "--report", "x.sarif"], "--output-format sarif", id="report of SARIF"),
        pytest.param(["check", "a.csv", "--report", "x.XML"], "--output-format junit", id="report of JUnit"),
        pytest.param(
            ["check", "a.csv", "b.csv", "--report", "r.html"], "--output-format json, sarif", id="report of two lists"
        ),
        pytest.param(["rules", "P999"], "there is no rule P999", id="no rule"),
        pytest.param(["profiles", "nobody"], "there is no 'nobody'", id="no profile"),
    ],
)
def test_errors_exit_with_2(arguments: list[str], words: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2, done.stdout.decode()
    assert words in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert not done.stdout


def test_clean_writes_files_for_the_owner_only(contacts: Path) -> None:
    contacts.write_bytes(WITH_REJECT)
    assert run("clean", str(contacts)).returncode == 0
    written = {"contacts.clean.csv", "contacts.rejects.csv", "contacts.report.json"}
    assert names(contacts.parent) == {"contacts.csv"} | written
    for name in written:
        assert stat.S_IMODE((contacts.parent / name).stat().st_mode) == 0o600
    assert contacts.read_bytes() == WITH_REJECT


def test_old_rejects_go_when_there_are_none_now(contacts: Path) -> None:
    contacts.write_bytes(WITH_REJECT)
    run("clean", str(contacts))
    contacts.write_bytes(FIXABLE)
    assert run("clean", str(contacts), "--region", "US").returncode == 0
    assert names(contacts.parent) == {"contacts.csv", "contacts.clean.csv", "contacts.report.json"}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(READY, id="plain"),
        pytest.param(READY.rstrip(b"\n"), id="no final newline"),
        pytest.param(READY.replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(b'"Name","phone"\n"Ann","+12025550101"\n', id="quotes everywhere"),
        pytest.param(b'Name,phone\n"Lee, Ann\r\nJr.",+12025550101\n', id="CRLF in a cell"),
    ],
)
def test_clean_of_a_ready_file_is_the_same_to_the_byte(contacts: Path, data: bytes) -> None:
    contacts.write_bytes(data)
    assert run("check", str(contacts)).returncode == 0
    assert run("clean", str(contacts)).returncode == 0
    assert (contacts.parent / "contacts.clean.csv").read_bytes() == data


def test_the_standard_streams(tmp_path: Path) -> None:
    done = run("clean", "-", "-o", "-", "--region", "US", "--out-dir", str(tmp_path), stdin=FIXABLE)
    assert done.returncode == 0
    assert done.stdout == FIXED
    assert b"stdin.csv: ready: 2 rows" in done.stderr
    assert done.stderr.endswith(b"next: upload what went to the standard output\n")
    assert names(tmp_path) == {"stdin.report.json"}


def test_the_standard_input_has_the_name_it_is_given(tmp_path: Path) -> None:
    done = run("clean", "-", "--stdin-name", "june.csv", "--out-dir", str(tmp_path), stdin=WITH_REJECT)
    assert done.returncode == 0
    assert names(tmp_path) == {"june.clean.csv", "june.rejects.csv", "june.report.json"}
    assert b"june.csv:3:2: P002" in done.stdout


def test_a_pipe_can_be_read_twice(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.write(write, b"Name,phone\nAnn,+12025550101\nBob,+12025550101\n")
    os.close(write)
    command = [sys.executable, "-m", "csv_preflight", "clean", "-", "-o", "-", "--keep", "last", "--out-dir", tmp_path]
    done = subprocess.run(command, stdin=read, capture_output=True, check=True, cwd=ROOT)
    os.close(read)
    assert done.stdout == b"Name,phone\nBob,+12025550101\n"


@pytest.mark.skipif(os.name == "nt", reason="SIGTERM cannot be handled there")
def test_the_copy_of_the_standard_input_is_private_and_goes_with_the_process(tmp_path: Path) -> None:
    temporary, out = tmp_path / "temporary", tmp_path / "out"
    temporary.mkdir()
    command = [sys.executable, "-m", "csv_preflight", "clean", "-", "-o", "-", "--keep", "last", "--out-dir", str(out)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    environment = os.environ | {"TMPDIR": str(temporary)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, **pipes) as process:
        # More than the pipe holds: most of it is in the copy once it is written.
        process.stdin.write(b"Name,phone\n" + b"Ann,+12025550101\n" * 200_000)
        process.stdin.flush()
        assert not list(temporary.iterdir())
        for link in Path(f"/proc/{process.pid}/fd").glob("*"):
            if str(link.readlink()).startswith(str(temporary)):
                assert link.stat().st_mode & 0o777 == 0o600
        process.send_signal(signal.SIGTERM)
        output, said = process.communicate()
    assert (process.returncode, output, said) == (128 + signal.SIGTERM, b"", b"csv-preflight: terminated\n")
    assert not list(temporary.iterdir())
    assert not out.exists()


def test_other_lists_are_read_beside_the_standard_input(tmp_path: Path) -> None:
    listed = tmp_path / "audience.csv"
    listed.write_bytes(b"phone\n+12025550101\n")
    data = b"Name,phone\nAnn,+12025550101\nBob,+12025550102\nEve,+12025550102\n"
    options = ("--keep", "last", "--existing", str(listed), "--out-dir", str(tmp_path))
    done = run("clean", "-", "-o", "-", *options, stdin=data)
    assert (done.returncode, done.stdout) == (0, b"Name,phone\nEve,+12025550102\n")


@pytest.mark.parametrize(
    ("data", "after", "code"),
    [
        pytest.param(READY, READY, 0, id="ready"),
        pytest.param(FIXABLE, FIXED, 1, id="fixable"),
        pytest.param(WITH_REJECT, WITH_REJECT, 1, id="rejects"),
        pytest.param(b"PK\x03\x04" + bytes(50), b"PK\x03\x04" + bytes(50), 1, id="binary"),
    ],
)
def test_in_place(contacts: Path, data: bytes, after: bytes, code: int) -> None:
    contacts.write_bytes(data)
    contacts.chmod(0o640)
    done = run("clean", "--in-place", "--region", "US", str(contacts))
    assert done.returncode == code
    assert contacts.read_bytes() == after
    assert stat.S_IMODE(contacts.stat().st_mode) == 0o640
    assert names(contacts.parent) == {"contacts.csv"}
    assert bool(done.stdout) == (code == 1)


def test_several_files_in_place(contacts: Path) -> None:
    other = contacts.with_name("-x é.csv")
    other.write_bytes(FIXABLE)
    assert run("clean", "--in-place", "--region", "US", "--", str(contacts), str(other)).returncode == 1
    assert other.read_bytes() == FIXED


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        ("ValueError('x')", 2, b"ValueError: x\ncsv-preflight: this is a bug; please report it"),
        ("KeyboardInterrupt", 130, b""),
    ],
)
def test_a_bug_is_a_traceback_and_a_second_interrupt_none(error: str, code: int, said: bytes) -> None:
    script = f"from csv_preflight.cli import program\ndef stuck(stream):\n raise {error}\n"
    script += "program._is_stuck = stuck\nprogram.main(['rules'])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False, cwd=ROOT)
    assert done.returncode == code
    assert said in done.stderr
    assert (b"bug" in done.stderr) == bool(said)


def test_in_place_writes_no_report_that_a_configuration_file_names(contacts: Path) -> None:
    config = contacts.with_name("csv-preflight.toml")
    config.write_text(f"report = ['{contacts.with_name('r.json')}']\nsplit = true\n", encoding="utf-8")
    contacts.write_bytes(FIXABLE)
    done = run("clean", "--in-place", "--region", "US", "--config", str(config), str(contacts))
    assert done.returncode == 1
    assert contacts.read_bytes() == FIXED
    assert names(contacts.parent) == {contacts.name, config.name}


def test_check_of_several_files_goes_on_after_one_that_is_missing(contacts: Path) -> None:
    other = contacts.with_name("other.csv")
    other.write_bytes(contacts.read_bytes())
    done = run("check", str(contacts), str(contacts.parent / "no.csv"), str(other), "--output-format", "json")
    assert done.returncode == 2
    assert ["error" in json.loads(line) for line in done.stdout.splitlines()] == [False, True, False]


def test_what_a_killed_run_left_is_named(contacts: Path) -> None:
    left = contacts.parent / ".csv-preflight-contacts.clean.csv-abc.tmp"
    left.write_bytes(b"Name")
    done = run("clean", str(contacts))
    assert done.returncode == 0
    assert f"{left} was left by a run that was killed" in done.stderr.decode()
    assert left.exists()


def test_the_output_is_never_the_input(contacts: Path) -> None:
    done = run("clean", str(contacts), "-o", str(contacts))
    assert done.returncode == 2
    assert b"is the input itself" in done.stderr
    assert contacts.read_bytes() == READY
    assert names(contacts.parent) == {"contacts.csv"}


def test_links_are_no_outputs(contacts: Path) -> None:
    (contacts.parent / "contacts.clean.csv").symlink_to(contacts)
    done = run("clean", str(contacts))
    assert done.returncode == 2
    assert b"is a link" in done.stderr
    assert contacts.read_bytes() == READY


def test_a_stop_writes_only_a_report_that_was_asked_for(contacts: Path) -> None:
    contacts.write_bytes(b"Name,phone\nAnn,202-555-0101\n")
    report = contacts.parent / "x.json"
    assert run("clean", str(contacts), "--report", str(report)).returncode == 1
    assert names(contacts.parent) == {"contacts.csv", "x.json"}
    assert json.loads(report.read_text())["ready"] is False


def test_the_report_is_what_the_contract_says(contacts: Path) -> None:
    contacts.write_bytes(WITH_REJECT)
    run("clean", str(contacts), "--identifier-column", "Name", "--max-rows", "5")
    report = json.loads((contacts.parent / "contacts.report.json").read_text())
    assert list(report)[:14] == [
        "schema_version", "ready", "tool", "created_at", "reasons", "input", "profile", "settings", "rows", "findings",
        "countries", "line_types", "header_renames", "names_to_send",
    ]  # fmt: skip
    assert set(report["tool"]) == {"name", "version", "phonenumbers"}
    assert set(report["input"]) == {
        "phone_columns", "path", "bytes", "sha256", "encoding", "encoding_source", "delimiter", "line_ending",
        "columns", "phone_column", "identifier_column",
    }  # fmt: skip
    assert report["settings"] == {"identifier-column": "Name", "max-rows": 5}
    assert report["findings"] == [
        {
            "code": "P002",
            "name": "phone-not-a-number",
            "title": "Not a phone number",
            "outcome": "reject",
            "count": 1,
            "samples": [
                {
                    "line": 3,
                    "record": 2,
                    "column": "phone",
                    "value": "•••ed",
                    "detail": "not a phone number",
                    "parameters": {"hint": ""},
                    "field": 2,
                    "path": "",
                },
            ],
        }
    ]
    assert [(output["kind"], output["rows"]) for output in report["outputs"]] == [("clean", 1), ("rejects", 1)]


def test_values_are_shown_when_asked_for(contacts: Path) -> None:
    contacts.write_bytes(WITH_REJECT)
    assert b"asked" not in run("check", str(contacts)).stdout
    assert b"(asked)" in run("check", str(contacts), "--show-values").stdout


def test_counts_are_complete_and_findings_are_capped(contacts: Path) -> None:
    contacts.write_bytes(b"phone\n" + b"x\n" * 30)
    out = run("check", str(contacts), "--max-findings", "3", "--phone-column", "phone").stdout.decode()
    assert out.count("P002 not a phone number") == 3
    assert "… and 27 more P002" in out
    everything = run("check", str(contacts), "--max-findings", "0", "--phone-column", "phone").stdout.decode()
    assert everything.count("P002 not a phone number") == 30


def test_strict_lets_warnings_fail(contacts: Path) -> None:
    contacts.write_bytes(b"Name,phone\n,+12025550101\n")
    options = ("--identifier-column", "Name")
    assert run("check", str(contacts), *options).returncode == 0
    assert run("check", str(contacts), *options, "--strict").returncode == 1
    assert run("clean", str(contacts), *options, "--strict").returncode == 1
    assert names(contacts.parent) == {"contacts.csv"}


def test_exit_zero(contacts: Path) -> None:
    contacts.write_bytes(WITH_REJECT)
    assert run("check", str(contacts), "--exit-zero").returncode == 0
    assert run("check", "no-such.csv", "--exit-zero").returncode == 2


def test_quiet_prints_findings_only(contacts: Path) -> None:
    assert run("check", str(contacts), "--quiet").stdout == b""
    contacts.write_bytes(WITH_REJECT)
    lines = run("check", str(contacts), "--quiet").stdout.decode().splitlines()
    assert [line.partition(": ")[2][:4] for line in lines] == ["P002"]


def test_color(contacts: Path) -> None:
    assert b"\x1b[" not in run("check", str(contacts)).stdout
    assert b"\x1b[" in run("check", str(contacts), "--color", "always").stdout
    assert b"\x1b[" not in run("check", str(contacts), NO_COLOR="1").stdout


def test_nothing_of_a_cell_steers_the_terminal(contacts: Path) -> None:
    contacts.write_bytes("Na\x1b[31mme,phone\nAnn,\x1b[2J\u202e9\n".encode())
    out = run("check", str(contacts), "--show-values", "--phone-column", "phone").stdout.decode()
    assert "\x1b" not in out
    assert "\u202e" not in out


@pytest.mark.parametrize("command", ["check", "rules", "clean"])
def test_a_closed_pipe_is_an_error_and_leaves_no_report(command: str, contacts: Path) -> None:
    contacts.write_bytes(FIXABLE)
    arguments = [] if command == "rules" else [str(contacts), "--region", "US"]
    arguments += ["-o", "-"] if command == "clean" else []
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "csv_preflight", command, *arguments],
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
        cwd=ROOT,
    )
    os.close(write)
    assert done.returncode == 2
    assert done.stderr == b"csv-preflight: the output was closed before all was written\n"
    assert names(contacts.parent) == {"contacts.csv"}


def test_inspect() -> None:
    done = run("inspect", "sample_data/contacts.csv", "--output-format", "json")
    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert set(found) >= {"input", "columns", "regions", "suggested_command"}
    looks = {column["name"]: column["looks_like"] for column in found["columns"]}
    assert looks["Phone Number"] == "phone"
    assert looks["Email"] == "email"
    assert found["regions"][0]["region"] == "US"
    assert "--phone-column 'Phone Number'" in found["suggested_command"]
    assert b"next:" in run("inspect", "sample_data/contacts.csv").stdout


def test_check_names_the_bytes_that_are_too_many_as_the_file_is(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('"phone"\n"+12025550101"\n')
    done = run("check", str(path), "--max-bytes", "22")
    assert done.returncode == 1
    assert b"23 bytes are too many: smallest-atoms takes 22; clean writes the same cells in 19 bytes" in done.stdout
    assert run("clean", "--in-place", str(path), "--max-bytes", "22").returncode == 1
    assert path.read_text() == "phone\n+12025550101\n"
    assert run("check", str(path), "--max-bytes", "22").returncode == 0


def test_inspect_of_what_cannot_be_read(contacts: Path) -> None:
    contacts.write_bytes(gzip.compress(READY))
    done = run("inspect", str(contacts))
    assert done.returncode == 1
    assert b"a gzip archive" in done.stdout


def test_rules_and_profiles() -> None:
    assert b"P008  phone-spreadsheet-damage" in run("rules").stdout
    assert b"Remedy:" in run("rules", "p008").stdout
    assert json.loads(run("rules", "P008", "--output-format", "json").stdout)[0]["name"] == "phone-spreadsheet-damage"
    assert b"10,000 rows" in run("profiles").stdout
    assert b"2026-11" in run("profiles", "vapi").stdout
    (shown,) = json.loads(run("profiles", "interakt", "--output-format", "json").stdout)
    assert (shown["phone_column"], shown["calling_code_column"]) == ("Phone Number", "Country Code")


def test_an_unknown_profile_is_told_the_nearest_names_and_all_of_them() -> None:
    for arguments in (("profiles", "twilio"), ("check", "sample_data/contacts.csv", "--profile", "twilio")):
        done = run(*arguments)
        assert done.returncode == 2
        assert b"did you mean twilio-engage? There are smallest-atoms, vapi" in done.stderr


def test_the_version() -> None:
    from csv_preflight import __version__

    assert run("--version").stdout.decode().strip() == f"csv-preflight, version {__version__}"


@pytest.mark.parametrize(
    ("bad", "options", "stops"),
    [(2, (), False), (3, (), True), (3, ("--max-rejects", "90%"), False)],
    ids=["half", "more than half", "as the user allows"],
)
def test_in_place_stops_where_most_rows_are_rejected(bad: int, options: tuple[str, ...], stops: bool, tmp_path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("phone\n+12025550101\n+12025550102\n" + "12\n" * bad)
    done = run("clean", "--in-place", str(path), *options)
    assert (done.returncode, "L004" in done.stdout.decode()) == (1, stops)


def test_rows_that_another_list_has_are_not_taken_for_faults(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("phone\n+12025550101\n" + "+12025550102\n" * 5)
    assert "L004" not in run("clean", "--in-place", str(path)).stdout.decode()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["contacts.csv"], "csv-preflight check contacts.csv", id="a file"),
        pytest.param(["my list.csv", "--region", "US"], "csv-preflight check 'my list.csv' --region US", id="options"),
        pytest.param(["book.xlsx"], "csv-preflight convert book.xlsx", id="a workbook"),
        pytest.param(["chek", "a.csv"], "did you mean check?", id="misspelt"),
    ],
)
def test_without_a_command_it_says_what_to_type(words: list[str], said: str) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert said in done.stderr.decode()


def test_several_rules_are_explained() -> None:
    out = run("rules", "F101", "f103", "phone-letters", "F101").stdout.decode()
    assert [line[:4] for line in out.splitlines() if line[:1] in "FP" and line[4:5] == " "] == ["F101", "F103", "P010"]
    assert "the text is cp1252, not UTF-8" in out


def test_fixes_are_counted_and_listed_with_verbose(contacts: Path) -> None:
    contacts.write_bytes(FIXABLE)
    short = run("check", str(contacts), "--region", "US").stdout.decode()
    assert "P101  Number reformatted" in short
    assert "P101 the number" not in short
    assert "P101 the number" in run("check", str(contacts), "--region", "US", "--verbose").stdout.decode()


def test_what_stops_comes_first_and_warnings_come_last(contacts: Path) -> None:
    contacts.write_bytes(b"Name,phone\n,+12025550101\nBob,none\n")
    lines = (
        run("check", str(contacts), "--identifier-column", "Name", "--max-rejects", "0").stdout.decode().splitlines()
    )
    codes = [line.partition(": ")[2][:4] for line in lines if line.startswith(f"{contacts}:") and line[-1] != ")"]
    assert codes[:1] == ["L004"]
    assert [code for code in codes if code[0] in "PI"] in (["P002", "I001"], ["I001"])


def test_check_writes_the_report_that_it_is_asked_for(contacts: Path) -> None:
    contacts.write_bytes(WITH_REJECT)
    page = contacts.with_name("page.html")
    assert run("check", str(contacts), "--report", str(page)).returncode == 1
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert names(contacts.parent) == {contacts.name, "page.html"}
    done = run("check", str(contacts), "--report", str(contacts.with_name("page.xlsx")))
    assert done.returncode == 2
