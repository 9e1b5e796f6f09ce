"""Identifiers: what is cleaned, what is only named, and what is a name like any other."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from faker import Faker

from csv_preflight import preflight
from csv_preflight.rfc4180 import quoted
from csv_preflight.stages.identifiers import column
from csv_preflight.stages.identifiers.mojibake import how_garbled, is_mojibake

CASES = [
    # noop
    ("Ann", "Ann", set()),
    ("José Álvarez", "José Álvarez", set()),
    ("山田太郎", "山田太郎", set()),
    ("山田 Taro", "山田 Taro", set()),
    ("Иванов", "Иванов", set()),
    ("Иванов (Ivanov)", "Иванов (Ivanov)", set()),
    ("Παπαδόπουλος", "Παπαδόπουλος", set()),
    ("O'Brien-Smith", "O'Brien-Smith", set()),
    ("+12025550101", "+12025550101", set()),
    ("007", "007", set()),
    ("NA", "NA", set()),
    ("-", "-", set()),
    ("क्\u200dष", "क्\u200dष", set()),
    ("Zoë Ångström", "Zoë Ångström", set()),
    ("Ãngela", "Ãngela", set()),
    # missing
    ("", "", {"I001"}),
    ("  ", "", {"I001", "I101"}),
    # cleaned
    (" Ann", "Ann", {"I101"}),
    ("Ann ", "Ann", {"I101"}),
    ("Ann\u00a0", "Ann", {"I101"}),
    ("Ann\u200b", "Ann", {"I101"}),
    ("\u202aAnn\u202c", "Ann", {"I101"}),
    ("An\x07n", "Ann", {"I101"}),
    ("Ann\nLee", "Ann Lee", {"I101"}),
    ("Ann\tLee", "Ann Lee", {"I101"}),
    ("\ufeffAnn", "Ann", {"I101"}),
    # formulas
    ("=1+2", "=1+2", {"I002"}),
    ("@SUM(A1)", "@SUM(A1)", {"I002"}),
    ("+1+2", "+1+2", {"I002"}),
    ("-2+3", "-2+3", {"I002"}),
    # mixed scripts
    ("\u0410nn", "\u0410nn", {"I003"}),
    ("Pet\u0440ov", "Pet\u0440ov", {"I003"}),
    ("\u0391nna", "\u0391nna", {"I003"}),
    # decoded wrongly
    ("JosÃ©", "JosÃ©", {"I004"}),
    ("MÃ¼ller", "MÃ¼ller", {"I004"}),
    ("Oâ€™Brien", "Oâ€™Brien", {"I004"}),
    ("Jos\ufffd", "Jos\ufffd", {"I004"}),
    ("Ann JosÃ©", "Ann JosÃ©", {"I004"}),
    ("NoÃ\u00a0", "NoÃ", {"I004", "I101"}),
    ("РћР»СЊРіР°", "РћР»СЊРіР°", {"I004"}),
    ("TĂłth", "TĂłth", {"I004"}),
    ("Jos√©", "Jos√©", {"I004"}),
    ("Ø§Ù„Ø³ÙŠØ¯", "Ø§Ù„Ø³ÙŠØ¯", {"I004"}),
    ("Aðólfsson", "Aðólfsson", set()),
    ("Íñigo", "Íñigo", set()),
    ("Рівне", "Рівне", set()),
    ("Plášťovce", "Plášťovce", set()),
    ("NATAN WĘŻYK", "NATAN WĘŻYK", set()),
    ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧", set()),
    ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f Tom",) * 2 + (set(),),
    ("A\U000e0067nn", "Ann", {"I101"}),
    ("\u200fمحمد\u200e", "محمد", {"I101"}),
    ("محمد\u200cعلی", "محمد\u200cعلی", set()),
    ("محمد\u200c", "محمد", {"I101"}),
    ("\u200cمحمد", "محمد", {"I101"}),
    ("7\u200cعلی", "7علی", {"I101"}),
    ("علی\u200c7", "علی7", {"I101"}),
    ("A\U0001f3f4\U000e0067B", "A\U0001f3f4\U000e0067B", set()),
    ("An\x85n", "An n", {"I101"}),
    ("山田Taro", "山田Taro", set()),
    ("Ñ Ã", "Ñ Ã", set()),
]


@pytest.mark.parametrize(("cell", "clean", "codes"), CASES, ids=[ascii(case[0]) for case in CASES])
def test_identifier(cell: str, clean: str, codes: set[str]) -> None:
    data = f"Name,phone\n{quoted(cell)},+12025550101\n"
    result = preflight(data.encode(), identifier_column="Name", phone_column="phone")
    assert result.clean["Name"].tolist() == [clean]
    assert {found.code for found in result.report.findings} == codes


def test_names_that_are_not_examined_one_by_one_need_not_be(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random("odd names")
    alphabet = "Aé \t\u200b=+-@7\x7f~'й"
    cells = ["".join(rng.choice(alphabet) for _ in range(rng.randrange(5))) for _ in range(2_000)]
    numbers = (f"+1{area}55501{last:02}" for area in range(201, 300) if f"{area}"[1] != "9" for last in range(100))
    data = ("Name,phone\n" + "".join(f"{quoted(cell)},{next(numbers)}\n" for cell in cells)).encode()
    options = {"identifier_column": "Name", "phone_column": "phone", "max_findings": 0}
    quick = preflight(data, **options)
    monkeypatch.setattr(column, "_is_odd", lambda cells: np.ones(len(cells), bool))
    whole = preflight(data, **options)
    assert len(quick.clean) > 1_000
    assert quick.clean.equals(whole.clean)
    assert quick.findings.equals(whole.findings)


NAMES_IN = [
    "ar_AA", "bg_BG", "cs_CZ", "de_DE", "el_GR", "es_ES", "fr_FR", "he_IL", "hi_IN", "hu_HU", "is_IS", "ja_JP",
    "ka_GE", "ko_KR", "lv_LV", "pl_PL", "pt_BR", "ru_RU", "th_TH", "tr_TR", "uk_UA", "vi_VN", "zh_CN",
]  # fmt: skip
MISREAD_AS = ("latin-1", "cp1252", "cp1250", "cp1251", "mac_roman", "cp437", "cp850")


@pytest.mark.parametrize("locale", NAMES_IN)
def test_mojibake_is_told_from_names(locale: str) -> None:
    fake = Faker(locale)
    fake.seed_instance(11)
    names = {name for name in (fake.name() for _ in range(200)) if not name.isascii()}
    assert [name for name in names if is_mojibake(name)] == []
    for encoding in MISREAD_AS:
        misread = [name.encode().decode(encoding, errors="replace") for name in names]
        assert all(map(is_mojibake, misread)), encoding


GARBLED = [
    "????? ?????", "???? ??????????", "Nu?ez", "Jos? Nu?ez", "M??ller", "O?Hara", "don?t", "?ngel", "Jean-?ric",
    "JOS? NU?EZ",    "?? Lee", "????", "O&#39;Hara", "Jos&eacute;", "Lee &amp; Co", "Lee &amp;amp; Co",
    "&lt;b&gt;", "M&uuml;ller",
    "Jos&#233;", "Jos&#xE9;", "a&nbsp;b", "JosÃ©", "ZoÃ« Lee", "JosÃƒÂ©", "MÃƒÂ¼ller", "Jos\ufffd", "РћР»СЊРіР°",
    "Jos√©", "Oâ€™Brien", "å¼µ", "SÃ£o Paulo, Brasil", "calls at 5 â€“ not later", "Gar?on in Paris",
    "Èâàí Ïåòðîâ", "Óáñáíôéíüò", "éøàì", "ÇáÑíÇÖ", "(Ìîñêâà)",
]  # fmt: skip
AS_IT_SHOULD_BE = [
    "", "?", "??", "???", "Who?", "Really??", "What?!", "Is it Ann?", "interested ???", "call back?? no answer",
    "Interested?Yes, call", "5?6", "https://x.y/?a=b&c=d", "https://x.y/page?utm=a&amp;b=c", "www.x.y?q",
    "x.y/p?id=7&lang;=d",    "ann?b@example.com", "a=b?c", "AT&T", "R&D; sales", "Lee & Co", "Tom&Jerry;", "&;",
    "&#;", "&unknown;",
    "Q&A?", "¿Qué?",    "¿Quién es?", "José Álvarez", "Иванов", "Зелёный переулок", "«Ромашка» – это Я»",
    "В… общем", "С… нами", "山田太郎", "Ååå", "ÄÖÜ", "Öötöö",
    "Café “Renée”", "naïve «oui»", "Straße 5½", "Íñigo", "5 € – 7 €", "50 °C", "Ελλάδα…", "שלום", "مرحبا", "नमस्ते",
]  # fmt: skip
NAMES_ONLY = ["Jos? Garcia", "??", "???", "Ann ???", "Lee?Ann"]


@pytest.mark.parametrize("text", GARBLED, ids=ascii)
def test_garbled_text_is_told_in_every_column(text: str) -> None:
    data = f"Name,phone,note\nAnn,+12025550101,{quoted(text)}\n{quoted(text)},+12025550102,plain\n".encode()
    for options in ({}, {"identifier_column": "Name"}):
        result = preflight(data, phone_column="phone", **options)
        told = [(finding.code, sample.column) for finding in result.report.findings for sample in finding.samples]
        assert sorted(told) == [("I004", "Name"), ("I004", "note")]
        assert result.upload_file()[1] == data


@pytest.mark.parametrize("text", AS_IT_SHOULD_BE, ids=ascii)
def test_other_text_is_not(text: str) -> None:
    assert not how_garbled(text)
    data = f"Name,phone,note\nAnn,+12025550101,{quoted(text)}\n".encode()
    assert not preflight(data, identifier_column="Name").report.findings


@pytest.mark.parametrize("text", NAMES_ONLY)
def test_in_a_name_a_question_mark_asks_nothing(text: str) -> None:
    assert how_garbled(text, name=True)
    assert not how_garbled(text)


def test_what_is_not_looked_at_cell_by_cell_need_not_be() -> None:
    rng = random.Random("garbled")
    pieces = [*"Aé?&;#3a /=Ãñ©Рћ»»\ufffd√'", "Èâ", "àí", "amp", "eacute", "JosÃ©", "???", "Nu?ez", "&amp;", "山"]
    cells = ["".join(rng.choice(pieces) for _ in range(rng.randrange(7))) for _ in range(3_000)]
    numbers = (f"+1{area}55501{last:02}" for area in range(201, 300) if f"{area}"[1] != "9" for last in range(100))
    rows = [(cell, next(numbers)) for cell in cells]
    data = ("note,phone,n\n" + "".join(f"{quoted(cell)},{number},y\n" for cell, number in rows)).encode()
    result = preflight(data, phone_column="phone", max_findings=0)
    clean = result.clean["note"]
    assert len(clean) > 2_000
    assert set(result.findings.loc[result.findings["code"] == "I004", "line"]) == {
        line for line, cell in clean.items() if how_garbled(cell)
    }


@pytest.mark.parametrize("locale", NAMES_IN)
def test_ordinary_text_is_not_garbled(locale: str) -> None:
    fake = Faker(locale)
    fake.seed_instance(12)
    texts = [made() for made in (fake.address, fake.company, fake.sentence, fake.city) for _ in range(50)]
    around = ("{}", "“{}”", "«{}»", "„{}“", "{}…", "– {}!", "{}?", "¿{}?", "({})", "{} № 5")
    texts = [form.format(text) for form, text in zip(itertools.cycle(around), texts, strict=False)]
    assert [text for text in texts if how_garbled(text)] == []


HOW = {
    "JosÃ©": "the text looks garbled, as if read in the wrong encoding",
    "Jos? Nu?ez": "letters have become question marks, as if saved in an encoding that lacks them",
    "O&#39;Hara": "HTML codes such as &amp; are in the text",
}


@pytest.mark.parametrize(("text", "words"), HOW.items(), ids=["misread", "lost", "codes"])
def test_how_a_text_was_garbled_is_told(text: str, words: str) -> None:
    data = f"Name,phone,note\nAnn,+12025550101,{text}\n{text},+12025550102,plain\n".encode()
    (found,) = preflight(data, phone_column="phone", identifier_column="Name").report.findings
    assert {sample.detail for sample in found.samples} == {words}


def test_a_missing_identifier_can_reject() -> None:
    result = preflight(
        b"Name,phone\n,+12025550101\nB,+12025550102\n", identifier_column="Name", require_identifier=True
    )
    assert result.rejects["preflight_code"].tolist() == ["I001"]
    assert result.clean["Name"].tolist() == ["B"]


def test_a_profile_limits_the_length() -> None:
    data = f"name,number\n{'x' * 40},+12025550101\n{'x' * 41},+12025550102\n{'éa' * 20},+12025550103\n"
    report = preflight(data.encode(), profile="vapi").report
    assert [(found.code, found.samples[0].line) for found in report.findings] == [("I005", 3)]
