"""The shell's completion offers commands, options, their choices, files and rules."""

from __future__ import annotations

import pytest

from tests.samples import run


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        pytest.param("csv-preflight ins", "plain,inspect", id="command"),
        pytest.param("csv-preflight check --max-f", "plain,--max-findings", id="option"),
        pytest.param("csv-preflight check --output-format sa", "plain,sarif", id="choice"),
        pytest.param("csv-preflight clean sample", "file,sample", id="file"),
        pytest.param("csv-preflight clean x.csv --report sample", "file,sample", id="file of an option"),
        pytest.param("csv-preflight rules p00", "plain,P001", id="rule"),
        pytest.param("csv-preflight profiles bolna-b", "plain,bolna-batch", id="profile"),
    ],
)
def test_completion(words: str, offered: str) -> None:
    environment = {
        "_CSV_PREFLIGHT_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    assert offered in run(**environment).stdout.decode().splitlines()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell(shell: str) -> None:
    assert b"_CSV_PREFLIGHT_COMPLETE" in run(_CSV_PREFLIGHT_COMPLETE=f"{shell}_source").stdout
