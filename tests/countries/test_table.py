"""The table that tools/countries.py makes: no name is dropped, nothing stands twice, and it costs little."""

from __future__ import annotations

import pickle
from collections import Counter

import pytest

from csv_preflight.countries import context_of, table
from csv_preflight.countries.folding import fold
from csv_preflight.country_names import english_names
from csv_preflight.e164 import supported_regions
from tools import countries as tool


def test_every_region_has_its_codes_and_a_name() -> None:
    assert set(table.codes()) == set(english_names()) == supported_regions()
    assert table.codes()["DE"] == ("DEU", "276")
    assert english_names()["CH"] == "Switzerland"


def test_a_name_stands_once() -> None:
    lines = [line.partition("\t")[0] for line in table.NAMES.read_text(encoding="utf-8").split("\n")]
    names = [line for line in lines if line and line[0] not in "=#"]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert len(names) == len(table.names()) > 30_000
    assert [name for name in names if fold(name) not in (name, "") and name.isascii()] == []


def test_the_tool_never_drops_a_name() -> None:
    """Without any other source, the table is made again from itself."""
    present = tool.present()
    names, languages = tool.written(tool.made([present]), tool.english([present]))
    assert names.partition("\n=")[2] == table.NAMES.read_text(encoding="utf-8").partition("\n=")[2]
    assert languages == table.LANGUAGES.read_text(encoding="utf-8")


def test_an_old_name_stays_beside_a_new_one() -> None:
    old, new = [("en", "SH", "St. Helena")], [("en", "SH", "St. Helena, Ascension & Tristan da Cunha")]
    names = tool.made([new, old])
    assert set(names[fold("St. Helena")]) == set(names[fold(new[0][2])]) == {"SH"}


def test_a_newer_source_is_right_where_a_language_has_given_a_name_to_another_country() -> None:
    names = tool.made([[("xx", "AT", "Ostmark")], [("xx", "DE", "Ostmark"), ("yy", "DE", "Ostmark")]])
    assert names["ostmark"] == {"AT": {"xx"}, "DE": {"yy"}}


def test_a_code_of_another_country_is_no_name_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tool, "own_names", lambda: iter([(("AT",), "CH")]))
    with pytest.raises(ValueError, match="CH is the code of another country than AT"):
        tool.made([])


def test_a_context_can_be_sent_to_another_process() -> None:
    context = context_of(["Deutschland", "Kongo"], {"Zentrale": "DE"})
    assert pickle.loads(pickle.dumps(context)) == context  # noqa: S301
