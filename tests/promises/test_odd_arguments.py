"""What is given by mistake, or by a program, neither lets anybody through nor quotes anybody."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest

from csv_preflight import NotReadyError, SettingsError, preflight
from csv_preflight.shell import quoted
from tests.samples import run

LIST = b"phone,name\n4158675310,Ann\n"


@pytest.mark.parametrize(
    "only",
    [
        pytest.param([], id="list"),
        pytest.param(set(), id="set"),
        pytest.param([None], id="missing"),
        pytest.param(pd.Series([], dtype="str"), id="series"),
    ],
)
def test_an_empty_allow_list_lets_nobody_through(only: Any) -> None:
    with pytest.raises(SettingsError, match="there is no number in it"):
        preflight(LIST, region="US", only=only)


@pytest.mark.parametrize("option", ["--only", "--suppress", "--existing", "--output"])
def test_an_empty_file_name_is_refused(option: str, tmp_path) -> None:
    (tmp_path / "a.csv").write_bytes(LIST)
    done = run("clean", str(tmp_path / "a.csv"), "--region", "US", option, "")
    assert (done.returncode, b"the file name is empty" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    "cells", [np.array([4158675310], "float32"), pd.array([4158675310.0], dtype="Float32")], ids=["numpy", "pandas"]
)
def test_numbers_that_their_type_has_rounded_are_rejected(cells: Any) -> None:
    result = preflight(pd.DataFrame({"phone": cells}), phone_column="phone", region="US")
    assert result.rejects["preflight_code"].tolist() == ["P008"]


@pytest.mark.parametrize("cell", ["tel:+14158675310", "Tel. 415-867-5310", "415-867-5310 x12"])
def test_numbers_with_words_are_numbers_and_no_paths(cell: str) -> None:
    assert preflight(LIST, region="US", suppress=[cell]).rejects["preflight_code"].tolist() == ["D003"]


def test_a_table_is_no_list_of_numbers() -> None:
    with pytest.raises(SettingsError, match="a DataFrame is neither a file nor numbers"):
        preflight(LIST, region="US", existing=pd.DataFrame({"phone": ["+14158675310"]}))  # type: ignore[arg-type]


def test_an_error_with_its_report_can_be_pickled_and_copied() -> None:
    with pytest.raises(NotReadyError) as caught:
        preflight(b"phone\nx\n", phone_column="phone").upload_file()
    for same in (pickle.loads(pickle.dumps(caught.value)), copy.copy(caught.value)):  # noqa: S301 - our own
        assert (str(same), same.report) == (str(caught.value), caught.value.report)


def test_one_column_cannot_have_the_extension_and_the_time_zone() -> None:
    data = b"phone,note\n415 867 5310 x12,\n"
    report = preflight(data, region="US", extension_column="note", add_timezone="note").report
    assert [found.code for found in report.findings if found.outcome == "stop"] == ["C001"]


def test_the_name_of_the_upload_breaks_no_form() -> None:
    assert preflight(LIST, name='x\r\n"y.csv', region="US").upload_file()[0] == "xy.csv"


@pytest.mark.parametrize("header", ["Stop", "Do Not Call", "Bitte nicht"])
def test_a_named_column_that_says_neither_yes_nor_no_rejects(header: str) -> None:
    data = f"Name,Phone,{header}\nAnn,(202) 555-0101,perhaps\nBea,(202) 555-0102,no\n".encode()
    result = preflight(data, region="US", phone_column="Phone", opt_out_column=header)
    assert result.rejects["Name"].tolist() == ["Ann"]


def test_a_name_with_a_line_break_is_quoted_on_one_line() -> None:
    assert quoted("n\nl's.csv", "posix") == r"$'n\012l\'s.csv'"


def test_rejects_of_a_list_that_is_rewritten_lead_to_a_command_that_writes(tmp_path) -> None:
    (tmp_path / "a.csv").write_bytes(b"phone,name\n4158675310,Ann\n12,Bob\n")
    done = run("clean", str(tmp_path / "a.csv"), "--in-place", "--region", "US")
    command = done.stdout.decode().splitlines()[-1].strip()
    assert command.startswith("csv-preflight clean")
    assert "--in-place" not in command


@pytest.mark.parametrize(
    "option",
    [
        ("--encoding", "utf-16"),
        ("--add-timezone", "phone"),
        ("--extension-column", "phone"),
        ("--rename", "name=phone"),
        ("--rename", "Zzz=Qqq"),
        ("--identifier-column", "Zzz"),
        ("--region-column", "Zzz"),
    ],
)
def test_an_option_at_fault_is_not_printed_again(option: tuple[str, str], tmp_path) -> None:
    (tmp_path / "a.csv").write_bytes(LIST)
    done = run("clean", str(tmp_path / "a.csv"), "--region", "US", *option)
    command = done.stdout.decode().splitlines()[-1]
    assert done.returncode == 1
    assert "csv-preflight clean" in command
    assert option[0] not in command


def test_a_list_without_a_region_leads_to_the_command_that_shows_which_fits(tmp_path) -> None:
    (tmp_path / "a.csv").write_bytes(b"Name,phone\nAnn,(202) 555-0101\n")
    last = run("clean", str(tmp_path / "a.csv")).stdout.decode().splitlines()[-1]
    assert last == f"next: csv-preflight inspect {tmp_path / 'a.csv'}"


def test_inspect_says_how_a_workbook_is_converted(tmp_path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "a.csv")
    last = run("inspect", str(tmp_path / "a.csv")).stdout.decode().splitlines()[-1]
    assert last == f"  csv-preflight convert {tmp_path / 'a.csv'}"


def test_of_several_names_only_the_wrong_one_is_left_out(tmp_path) -> None:
    (tmp_path / "a.csv").write_bytes(LIST)
    options = ("--rename", "name=Customer", "--rename", "fone=mobile")
    done = run("clean", "a.csv", "--region", "US", *options, cwd=tmp_path)
    command = done.stdout.decode().splitlines()[-1]
    assert command == "next: csv-preflight clean a.csv --region US --rename name=Customer --rename phone=mobile"
