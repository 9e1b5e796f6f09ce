"""One table of options: Settings, keywords, the command line, the configuration and the documentation agree with it."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import click
import pytest

from csv_preflight import Settings
from csv_preflight.cli.options import TableOption
from csv_preflight.config.files import read_config
from csv_preflight.config.option import GROUPS
from csv_preflight.config.overrides import Overrides
from csv_preflight.config.table import OPTIONS, SETTINGS, options_of
from tests.commands import BY_NAME
from tests.samples import run

COMMANDS = ("check", "clean", "upload", "inspect", "convert")


def test_every_setting_is_an_option_and_a_keyword() -> None:
    names = {field.name for field in fields(Settings)}
    assert names == {*SETTINGS, "profile"} == set(Overrides.__annotations__)


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)
def test_an_option_is_whole(option) -> None:
    assert option.group in GROUPS
    assert option.help.endswith((".", ")."))
    assert len(option.help) < 80
    assert option.commands or option.name == "country-names"  # a table of the configuration
    if option.setting and option.name != "profile":
        default = next(field.default for field in fields(Settings) if field.name == option.field)
        assert (
            default is False
            if option.is_flag
            else default is None or not option.default or str(default) == option.default
        )


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_its_options_and_no_others_of_the_table(command: str) -> None:
    found = [entry.entry.name for entry in BY_NAME[command].params if isinstance(entry, TableOption)]
    assert found == [option.name for option in options_of(command)]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_groups_the_options_and_shows_an_example(command: str) -> None:
    text = run(command, "--help", COLUMNS="80").stdout.decode()
    assert not re.search("-$", text, re.MULTILINE)  # no name in two
    groups = {option.group for option in options_of(command)}
    assert all(f"\n{name}:\n" in text for name in groups)
    assert f"csv-preflight {command}" in text.partition("\nExample:\n")[2]
    assert max(map(len, text.splitlines())) <= 80


def test_no_summary_of_a_command_is_cut() -> None:
    assert "..." not in run("--help").stdout.decode().partition("Commands:")[2]


@pytest.mark.parametrize(
    "option",
    [option for option in options_of("clean") if not option.is_flag and not option.multiple],
    ids=lambda option: option.name,
)
def test_an_option_of_one_value_is_not_given_twice(option) -> None:
    value = option.choices[0] if option.choices else "x"
    done = run("clean", "x.csv", f"--{option.name}", value, f"--{option.name}", value)
    assert done.returncode == 2
    assert f"--{option.name} is given 2 times; it takes one value" in done.stderr.decode()


@pytest.mark.parametrize("option", [option for option in OPTIONS if option.key], ids=lambda option: option.name)
def test_a_configuration_key_is_known_by_the_name_of_its_option(option, tmp_path: Path) -> None:
    values = {"max-rows": "5", "max-findings": "5", "max-bytes": '"5MB"', "max-rejects": '"5%"'}
    text = values.get(option.name, "true" if option.is_flag else f'"{(option.choices or ("US",))[0]}"')
    path = tmp_path / "csv-preflight.toml"
    path.write_text(f"{option.name} = {text}\n")
    assert option.field in read_config(path)[0]


def test_every_parameter_of_a_click_command_has_help() -> None:
    for command in BY_NAME.values():
        assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_an_option_behind_the_end_of_options_is_explained() -> None:
    done = run("check", "--", "--region", "US", "sample_data/contacts.csv")
    assert done.returncode == 2
    assert "write region = … in csv-preflight.toml" in done.stderr.decode()


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("region = US\n", 'text needs quotes: region = "US"'),
        ("strict = true\nphone-column = Phone Number # x\n", 'text needs quotes: phone-column = "Phone Number"'),
    ],
    ids=["region", "a name of two words"],
)
def test_missing_quotes_are_told(text: str, hint: str, tmp_path: Path) -> None:
    (tmp_path / "csv-preflight.toml").write_text(text)
    (tmp_path / "x.csv").write_text("phone\n+12025550101\n")
    done = run("check", str(tmp_path / "x.csv"), "--config", str(tmp_path / "csv-preflight.toml"))
    assert (done.returncode, hint in done.stderr.decode()) == (2, True)
