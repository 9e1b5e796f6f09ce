"""The words of the page: no option of the command line, in any list that has something wrong with it."""

from __future__ import annotations

import re

import pytest

from csv_preflight.config.table import OPTIONS
from csv_preflight.web.words import in_page
from tests.samples import Sample, all_samples
from tests.web.visitor import Visitor

OPTION = re.compile("|".join(["csv-preflight (clean|inspect)", *(f"--{option.name}" for option in OPTIONS)]))


def without_commands(page: str) -> str:
    """The words of a page, except for the commands that it shows."""
    return re.sub(r"<pre.*?</pre>", "", page, flags=re.DOTALL)


@pytest.mark.parametrize("sample", all_samples(), ids=lambda sample: sample.code)
def test_no_option_of_the_command_line_is_named(visitor: Visitor, sample: Sample) -> None:
    visitor.give(sample.path.name, sample.path.read_bytes())
    assert not OPTION.search(without_commands(visitor.page))
    if "What only you can know" in visitor.words:
        visitor.answer()
        visitor.page = without_commands(visitor.page)
        assert not OPTION.search(visitor.words)
        assert "In a terminal" not in visitor.words


def test_what_most_rows_have_in_common_is_the_first_thing_to_do(visitor: Visitor) -> None:
    visitor.give("a.csv", b"Name,phone\nA,202-555-0101\nB,202-555-0102\nC,+12025550103\n")
    visitor.answer(region="")
    assert "2 of 3 rows: no country code" in visitor.words
    assert "give it with “Numbers without a country code are from”" in visitor.words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("give the right one with --encoding", "give the right one with “Special letters are written as”"),
        ("a--region and --regional", "a--region and --regional"),
        ("nothing of the kind", "nothing of the kind"),
    ],
)
def test_options_have_the_labels_of_the_form(text: str, shown: str) -> None:
    assert in_page(text) == shown
