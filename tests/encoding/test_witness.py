"""Two witnesses: how far the best reading has to be ahead, by what the second one reads."""

from __future__ import annotations

import math

import pytest

from csv_preflight.encoding import letters, witness
from csv_preflight.encoding.digest import Digest
from csv_preflight.encoding.letters import (
    MARGIN,
    MARGIN_AGREED,
    MARGIN_AGREED_RARE,
    MARGIN_KATAKANA,
    MARGIN_RARE,
    MARGIN_WIDE,
)
from csv_preflight.encoding.ranking import Reading

NAME = "José Muñoz\n"
BEST, OTHER, RARE = (Reading(name, NAME.encode("cp1252").decode(name), 0.0) for name in ("cp1252", "cp1250", "cp850"))
MAC = Reading("mac-roman", NAME, 0.0)
CHINESE = Reading("gb18030", "王小明\n", 0.0)
SIGN = Reading("cp1252", "Don…\n", 0.0)
KANA = Reading("cp1251", "ФПАЮ АЫі\n", 0.0)
THIRD = "another text"


@pytest.mark.parametrize(
    ("best", "other", "witnessed", "least"),
    [
        pytest.param(BEST, OTHER, BEST.text, MARGIN_AGREED, id="both read the same"),
        pytest.param(BEST, RARE, BEST.text, MARGIN_AGREED, id="both read the same, the other is rare"),
        pytest.param(MAC, BEST, MAC.text, MARGIN_AGREED, id="both read the same, in a rare encoding"),
        pytest.param(MAC, RARE, MAC.text, MARGIN_AGREED_RARE, id="both read the same, and both readings are rare"),
        pytest.param(MAC, RARE, THIRD, MARGIN, id="it reads a third, and both readings are rare"),
        pytest.param(BEST, OTHER, OTHER.text, MARGIN, id="it reads the other"),
        pytest.param(BEST, OTHER, THIRD, MARGIN, id="it reads a third"),
        pytest.param(BEST, OTHER, None, MARGIN, id="it knows none"),
        pytest.param(BEST, RARE, RARE.text, MARGIN_RARE, id="it reads a rare one"),
        pytest.param(BEST, RARE, THIRD, MARGIN_RARE, id="it reads a third, the other is rare"),
        pytest.param(CHINESE, OTHER, CHINESE.text, MARGIN_WIDE, id="ideographs"),
        pytest.param(SIGN, RARE, SIGN.text, MARGIN_RARE, id="a sign behind a word"),
        pytest.param(KANA, OTHER, KANA.text, MARGIN_KATAKANA, id="half-width katakana"),
    ],
)
def test_the_distance_depends_on_the_second_witness(
    best: Reading, other: Reading, witnessed: str | None, least: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters, "second_reading", lambda _: witnessed)
    monkeypatch.setattr(letters, "is_credible", lambda *_, **__: True)
    digest = Digest(best.text.encode(best.encoding), (1,))
    for ahead, expected in ((least, True), (math.nextafter(least, 0) - 1e-9, False)):
        behind = Reading(other.encoding, other.text, best.score - ahead)
        assert letters._is_sure(best, behind, digest) is expected


def test_what_makes_no_sense_is_never_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "second_reading", lambda _: BEST.text)
    monkeypatch.setattr(letters, "is_credible", lambda *_, **__: False)
    for other in (None, Reading("cp1250", OTHER.text, -100.0)):
        assert not letters._is_sure(BEST, other, Digest(BEST.text.encode("cp1252"), (1,)))


@pytest.mark.parametrize("rows", [1, 20_000])
def test_chardet_reads_all_of_the_digest_by_its_beginning(rows: int) -> None:
    text = "Иван Петров, улица Ленина, Москва\n" * rows
    assert witness.second_reading(text.encode("cp1251")) == text


@pytest.mark.parametrize("name", [None, "X-UNKNOWN"])
def test_an_answer_that_is_no_encoding_of_python_is_none(name: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chardet.detect", lambda *_, **__: {"encoding": name})
    assert witness.second_reading(b"Jos\xe9\n") is None
