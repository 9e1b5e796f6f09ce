"""The whole way of a list through the page, as a person without a terminal goes it."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.samples import ROOT, run
from tests.web.visitor import Visitor

MAIN = (ROOT / "sample_data" / "contacts.csv").read_bytes()
PLAIN = b"Name,phone\nAnn,+12025550101\nBob,+12025550102\n"
GERMAN = (
    "Kunde;Telefon;Land\n"
    "Jörg Müller;030 23125 012;Deutschland\n"
    "Zoë Gruber;01 234567890;Österreich\n"
    "Beat Züst;044 668 18 00;Schweiz\n"
    "Ohne Nummer;;Schweiz\n"
)


def by_command(commands: list[str], name: str, data: bytes, folder: Path) -> dict[str, bytes]:
    """The files that the shown commands write, by their names."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    for command in commands:
        program, *arguments = shlex.split(command)
        assert program == "csv-preflight"
        run(*(str(folder / word) if (folder / word).exists() else word for word in arguments))
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("name", "data", "answers"),
    [
        pytest.param("contacts.csv", MAIN, {"region": "US", "region_column": ""}, id="one country"),
        pytest.param("contacts.csv", MAIN, {}, id="as it is filled in"),
        pytest.param("june list's.csv", PLAIN, {"identifier_column": "1"}, id="a name to be quoted"),
        pytest.param("-x.csv", PLAIN, {}, id="a name like an option"),
        pytest.param("kunden.csv", GERMAN.encode("cp1252"), {"encoding": "cp1252"}, id="three countries in German"),
        pytest.param("kunden.csv", b"\xef\xbb\xbfName;phone\r\nA;+12025550101\r\n", {"variables": "Name"}, id="BOM"),
        pytest.param("a.csv", PLAIN, {"profile": "vapi"}, id="another destination"),
        pytest.param("a.csv", b"Name,phone,optout\nA,+12025550101,yes\nB,+12025550102,no\n",
                     {"opt_out_column": "3"}, id="opted out"),
        pytest.param("two.csv", b"Name,mobile,landline\nA,+12025550101,\nB,,+12025550102\nC,,\n",
                     {"phone_column": "2", "second_phone_column": "3"}, id="two phone columns"),
        pytest.param("titles.csv", b"Report of June\n\nName,phone\nA,+12025550101\n", {"skip_lines": "2"}, id="titles"),
    ],
)  # fmt: skip
def test_the_page_writes_what_clean_writes(
    visitor: Visitor, tmp_path: Path, name: str, data: bytes, answers: dict[str, str]
) -> None:
    visitor.give(name, data)
    if "skip_lines" in answers:
        visitor.post(f"{visitor.list}/reading", {"skip_lines": answers["skip_lines"]})
    visitor.answer(**answers)
    assert "ready to upload" in visitor.words and "Not ready" not in visitor.words
    cleaned = name.lstrip("-")
    written = by_command(visitor.commands, cleaned, data, tmp_path / "terminal")
    assert visitor.download("clean.csv") == written[cleaned.replace(".csv", ".clean.csv")]
    rejects = written.get(cleaned.replace(".csv", ".rejects.csv"))
    assert ("See who was left out" in visitor.words) == (rejects is not None)
    if rejects is not None:
        assert visitor.download("rejects.csv") == rejects
        assert visitor.download("rejects.xlsx").startswith(b"PK")


def test_what_a_list_tells_is_filled_in(visitor: Visitor) -> None:
    visitor.give("contacts.csv", MAIN)
    filled = visitor.filled_in(visitor.page)
    assert [filled[f"{column}_column"] for column in ("identifier", "phone", "region", "opt_out")] == [
        "1",
        "2",
        "5",
        "",
    ]
    assert filled["profile"] == "smallest-atoms"
    assert "40 rows and 6 columns" in visitor.words


def test_each_answer_shows_how_many_rows_would_be_ready(visitor: Visitor) -> None:
    visitor.give("contacts.csv", MAIN)
    visitor.answer("count", region="US", region_column="")
    assert "With these answers, 22 of 40 rows are ready." in visitor.words
    answer = visitor.client.post(f"{visitor.base}{visitor.list}/count", data={"phone_column": "2", "region": ""})
    assert answer.json() == {"text": "With these answers, 13 of 40 rows are ready."}


def test_people_in_the_audience_are_left_out(visitor: Visitor) -> None:
    visitor.give("a.csv", PLAIN)
    visitor.answer(files=[("existing", ("june.csv", b"phone\n+12025550101\n"))])
    assert "1 of 2 rows are ready" in visitor.words
    assert "--existing june.csv" in visitor.commands[0]


def test_the_columns_of_an_address_book_are_filled_in(visitor: Visitor) -> None:
    head = b"First Name,Home Phone,Mobile Phone,Business Phone\n"
    visitor.give("book.csv", head + b"Ann,,+12025550101,\nBob,+12025550102,,+12025550103\n")
    filled = visitor.filled_in(visitor.page)
    assert (filled["phone_column"], filled["second_phone_column"]) != (filled["phone_column"], "")


def test_people_who_must_not_be_called_are_left_out(visitor: Visitor, tmp_path: Path) -> None:
    visitor.give("a.csv", PLAIN)
    visitor.answer(files=[("suppress", ("never.csv", b"phone\n+12025550101\n"))])
    assert "1 of 2 rows are ready" in visitor.words
    assert "--suppress never.csv" in visitor.commands[0]
    (tmp_path / "terminal").mkdir()
    (tmp_path / "terminal" / "never.csv").write_bytes(b"phone\n+12025550101\n")
    written = by_command(visitor.commands, "a.csv", PLAIN, tmp_path / "terminal")
    assert visitor.download("clean.csv") == written["a.clean.csv"]
    assert visitor.download("rejects.csv") == written["a.rejects.csv"]
    visitor.get(f"{visitor.list}/")
    assert "everyone in never.csv" in visitor.words
    forget = visitor.page.split('name="forget" value="')[1].split('"')[0]
    visitor.answer(forget=forget)
    assert "Both rows are ready" in visitor.words


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        pytest.param("a.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "Not a text file", id="PDF"),
        pytest.param("a.csv", b"", "Nobody in the list", id="empty"),
        pytest.param("a.csv", b"<!DOCTYPE html><html><body>", "Not a table", id="HTML"),
    ],
)
def test_what_is_no_list_is_said_with_a_way_out(visitor: Visitor, name: str, data: bytes, said: str) -> None:
    visitor.give(name, data)
    assert said in visitor.words
    assert "Choose the list again" in visitor.words
    assert "--" not in visitor.words


def test_a_list_that_only_a_person_can_read_is_shown_both_ways(visitor: Visitor) -> None:
    sample = ROOT / "sample_data" / "rules" / "F002.csv"
    visitor.give("a.csv", sample.read_bytes())
    assert "can be read in two ways" in visitor.words
    encodings = [found.split('"')[0] for found in visitor.page.split('name="encoding" value="')[1:]]
    assert len(encodings) == 2
    visitor.post(f"{visitor.list}/reading", {"encoding": encodings[0]})
    assert "What only you can know" in visitor.words
    visitor.answer()
    assert f"--encoding {encodings[0]}" in visitor.commands[0]


def test_pasted_rows_are_a_list(visitor: Visitor) -> None:
    visitor.paste("Name\tphone\r\nAnn\t+1 202 555 0101\r\n")
    visitor.answer()
    assert visitor.download("clean.csv") == b"Name,phone\r\nAnn,+12025550101\r\n"


def test_nothing_chosen_is_said(visitor: Visitor) -> None:
    visitor.post("/lists", {"rows": " "})
    assert (visitor.status, "Choose a file first" in visitor.words) == (400, True)


def test_values_are_masked_until_they_are_asked_for(visitor: Visitor) -> None:
    visitor.give("contacts.csv", MAIN)
    for page in ("", "result"):
        if page:
            visitor.answer()
        assert "Ann Carter" not in visitor.page
        assert "bob@example" not in visitor.page
        visitor.post(f"{visitor.list}/values", {"show": "yes", "page": page})
        assert ("Ann Carter" in visitor.page) == (not page)
        assert "Hide the values" in visitor.words
        visitor.post(f"{visitor.list}/values", {"show": "", "page": page})
        assert "Ann Carter" not in visitor.page
    assert b"Carter" not in visitor.download("report.html")


def test_two_lists_at_once_do_not_meet(visitor: Visitor) -> None:
    visitor.give("first.csv", PLAIN)
    first = visitor.list
    visitor.give("second.csv", b"Name,phone\nCid,+442079460001\n")
    second = visitor.list
    assert first != second
    visitor.answer()
    visitor.get(f"{first}/")
    visitor.answer()
    assert visitor.download("clean.csv") == PLAIN
    visitor.get(f"{second}/result")
    assert visitor.download("clean.csv") == b"Name,phone\nCid,+442079460001\n"
    visitor.get("/")
    assert "first.csv" in visitor.words and "second.csv" in visitor.words


def test_a_list_can_be_deleted_and_the_page_ended(visitor: Visitor, tmp_path: Path) -> None:
    visitor.give("a.csv", PLAIN)
    visitor.answer()
    here = visitor.list
    visitor.post(f"{here}/forget")
    visitor.get(f"{here}/result")
    assert (visitor.status, "There is no such page" in visitor.words) == (404, True)
    visitor.give("b.csv", PLAIN)
    visitor.post("/end")
    assert visitor.ended == 1
    assert "Finished" in visitor.words
    assert not list((tmp_path / "session").iterdir())


def test_a_column_of_opt_outs_is_filled_in(visitor: Visitor) -> None:
    visitor.give("a.csv", b"Name,phone,do_not_call\nA,+12025550101,yes\nB,+12025550102,no\nC,+12025550103,no\n")
    assert visitor.filled_in(visitor.page)["opt_out_column"] == "3"
    visitor.answer()
    assert "2 of 3 rows are ready" in visitor.words
    assert "--opt-out-column do_not_call" in visitor.commands[0]


def test_so_it_is_below_titles(visitor: Visitor) -> None:
    visitor.give("a.csv", b"June\n\nName,phone,do_not_call\nA,+12025550101,yes\nB,+12025550102,no\nC,+12025550103,no\n")
    assert "The list begins with something else, such as a title." in visitor.words
    assert "on line 3. Leave out the first 2 lines" in visitor.words
    visitor.post(f"{visitor.list}/reading", {"skip_lines": "2"})
    assert visitor.filled_in(visitor.page)["opt_out_column"] == "3"


def test_without_scripts_the_first_count_is_there_at_once(visitor: Visitor) -> None:
    visitor.give("contacts.csv", MAIN)
    assert "With these answers, 22 of 40 rows are ready." in visitor.words


@pytest.mark.parametrize(
    ("profile", "text", "option"),
    [
        ("smallest-atoms", "Name, city", "--variables Name,city"),
        ("smallest-atoms", "Hello {{Name}}, how is {{ city }}? {no}", "--variables Name,city"),
        ("bolna-batch", "Hello {Name}, how is {city}?", "--variables Name,city"),
    ],
)
def test_variables_are_names_or_the_script_itself(visitor: Visitor, profile: str, text: str, option: str) -> None:
    visitor.give("a.csv", b"Name,contact_number,city\nA,+12025550101,Rome\n")
    visitor.answer(profile=profile, variables=text, identifier_column="")
    assert option in visitor.commands[0]
