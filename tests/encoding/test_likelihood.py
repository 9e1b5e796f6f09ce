"""What betrays a wrong reading: signs and letters where nobody writes them."""

from __future__ import annotations

import pytest

from csv_preflight.encoding.likelihood import MISPLACED_SYMBOL, SMALL_INITIAL, _form
from csv_preflight.encoding.ranking import ranked

ENGLISH = "Ann Lee,Reno\nBob Moss,Lincoln\nCarol White,Leeds\n"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        pytest.param("Ann’s", "Mar’a", id="an English ending"),
        pytest.param("Dell’acqua", "Let’cia", id="an elided article before a vowel"),
        pytest.param("D’Angelo", "M’nguez", id="a capital behind the apostrophe"),
        pytest.param("Jean\u00a0Luc", "D\u00a0rr", id="a no-break space before a capital"),
        pytest.param("Fcoº", "Nemeº", id="an ordinal sign behind an abbreviation"),
        pytest.param("2ª", "Geiªler", id="an ordinal sign behind a figure"),
        pytest.param("„Mann“", "Mann“", id="a closing quote that was opened"),
    ],
)
def test_a_sign_costs_nothing_where_people_write_it(right: str, wrong: str) -> None:
    assert _form(right) >= SMALL_INITIAL
    assert _form(wrong) <= MISPLACED_SYMBOL


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param("María Díaz\nInés Mínguez\n", "mac-roman", id="Spanish"),
        pytest.param("Sören Löwer\nUlf Dörr\n", "mac-roman", id="German"),
        pytest.param("István Takács\nJános Rácz\n", "cp852", id="Hungarian"),
        pytest.param("Síle Ó Conbá\nMáire Ó Géaráin\n", "cp850", id="Irish, whose Ó is the alpha of cp437"),
        pytest.param("Anne Kjær\nBo Nørgaard\n", "cp850", id="Danish, with the older aa"),
        pytest.param("Ann Preś\nBob Jeżyna\nEwa Żak\n", "cp1250", id="English and Polish"),
    ],
)
def test_names_are_read_in_the_encoding_that_they_are_in(text: str, encoding: str) -> None:
    assert ranked(text.encode(encoding), ENGLISH)[0].text == text
