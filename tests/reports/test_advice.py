"""What most rejected rows have in common is said first, with the option that mends it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from csv_preflight import clean_file, preflight
from csv_preflight.model.report import Reason
from csv_preflight.reports import markdown
from csv_preflight.reports.advice import first_step
from csv_preflight.reports.html import page
from csv_preflight.reports.steps import next_steps, review
from csv_preflight.reports.terminal import render
from tests.samples import ROOT, all_samples

GOOD = "Z,+12025550199\n"


@pytest.mark.parametrize(
    ("rows", "options", "words"),
    [
        pytest.param("A,202-555-0101\nB,202-555-0102\n", {}, "--region US", id="no country"),
        pytest.param("A,asked\nB,ask\n", {}, "Is 'phone' the right phone column?", id="no numbers"),
        pytest.param("A,020 7946 0101\nB,020 7946 0102\n", {"region": "US"}, "the United States?", id="wrong region"),
        pytest.param("A,442079460101\nB,442079460102\n", {}, "lost the + before a country code", id="lost plus signs"),
        pytest.param("A,44 20 7946 0101\nB,442079460102\n", {"region": "US"}, "the + before a", id="and a region"),
        pytest.param("A,4.15555E+09\nB,4.15556E+09\n", {}, "as text", id="spreadsheet damage"),
        pytest.param("A;+12025550101\nB;+12025550102\n", {}, "--delimiter", id="another delimiter"),
        pytest.param("A,+12025550101\nB,+12025550102\n", {"countries": "!US"}, "Is --countries", id="none left"),
        pytest.param("A,202-555-0101\nB,+12025550102\n", {}, "--region US", id="fewer, for want of a setting"),
        pytest.param("A,asked\nB,+12025550102\n", {}, None, id="the smaller part"),
        pytest.param("A,+12025550101\n", {}, None, id="all well"),
    ],
)  # fmt: skip
def test_first_step(rows: str, options: dict[str, object], words: str | None) -> None:
    report = preflight(("Name,phone\n" + rows + GOOD).encode(), delimiter=",", phone_column="phone", **options).report
    said = first_step(report)
    if words is None:
        assert said is None
        return
    assert said is not None
    assert words in said.text
    assert f"first: {said.title[0].lower()}{said.title[1:]}. {said.text}"[:300] in render(report, checked=True)
    step = next_steps(report)[0]
    assert (step.title, step.text.rstrip("."), step.command) == (said.title, said.text, said.command)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        pytest.param("Name,Area Code,phone", "=B2&C2", id="before the number"),
        pytest.param("Name,phone,Vorwahl", "=C2&B2", id="behind it"),
        pytest.param("Name,Region,phone", "Are the leading zeros or the area codes gone?", id="none"),
    ],
)
def test_area_codes_in_a_column_of_their_own_are_told_of(header: str, words: str) -> None:
    place = header.split(",").index("phone")
    rows = [["Ann", "212"], ["Bob", "646"]]
    data = "\n".join([header, *(",".join([*row[:place], f"555010{n}", *row[place:]]) for n, row in enumerate(rows))])
    first = first_step(preflight(data.encode(), region="US", phone_column="phone").report)
    assert first is not None
    assert words in first.text
    assert ("seems to hold the area codes" in first.text) == words.startswith("=")


def test_lost_plus_signs_are_told_even_where_nothing_is_left() -> None:
    report = preflight(b"phone\n442079460101\n442079460102\n").report
    text = render(report, checked=True)
    advice = "give --region GB, since all of them are numbers in the United Kingdom, or beside these rows"
    assert text.count(advice) == 1
    assert next_steps(report)[-1].command == "csv-preflight clean contacts.csv --region GB"


def test_what_is_odd_is_looked_at_before_the_upload_and_broken_rows_are_told_of(tmp_path) -> None:
    rows = b"Name,phone\nAnn,+12025550101 ext 5\nBob\nCy,+12025550102\n"
    steps = next_steps(clean_file(rows, tmp_path / "a.clean.csv"))
    assert [step.title.partition("/")[0] for step in steps] == [
        "Review 1 warning", "Upload ", "Correct 1 row in "
    ]  # fmt: skip
    assert "preflight_raw" in steps[-1].text


OPTED_OUT = (
    b"Name,phone,opt_out\n"
    + b"".join(b"N,+1202555010%d,yes\n" % n for n in range(5))
    + b"Bob,asked,\nCy,+12025550109,\n"
)


def test_rows_to_correct_come_before_those_that_need_no_correction(tmp_path) -> None:
    report = clean_file(OPTED_OUT, tmp_path / "a.clean.csv", opt_out_column="opt_out")
    (step,) = [one for one in next_steps(report) if one.title.startswith("Correct 1 row in ")]
    assert step.text.startswith("The other 5 rows need no correction. ")
    for text in (
        render(report, checked=False),
        render(report, checked=False, columns=80, rows=60),
        page.render(report).partition("<style")[0] + page.render(report).partition("</style>")[2],
        markdown.render(report),
    ):
        assert 0 < text.index("P002") < text.index("D005")


def test_a_warning_that_keeps_no_row_does_not_say_so() -> None:
    report = preflight(b"Name,phone,Country\nAnn,+12025550101,US\nBob,202-555-0102,US\nCy,202-555-0103,US\n").report
    assert "  C007  Column of countries not used  1  please review\n" in render(report, checked=False)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        pytest.param(
            "suppress",
            "first: check the list of people who must not be called. People may be called who should not be: 1 row of",
            id="suppression list",
        ),
        pytest.param(
            "existing",
            "first: check the list of people who are already in the audience. People may be uploaded once more: 1",
            id="audience",
        ),
    ],
)
def test_unread_rows_of_another_list_are_told_first(option: str, said: str, tmp_path) -> None:
    never = tmp_path / "never.csv"
    never.write_text("phone\n+12025550101\n555-0102\n")
    report = preflight(("Name,phone\n" + GOOD).encode(), **{option: never}).report
    assert report.ready
    assert said in render(report, checked=False)


@pytest.mark.parametrize(
    "below",
    [
        pytest.param("phone,Name\n+12025550102,Bob\n+12025550103,Cid\n", id="other order"),
        pytest.param("Name,city,phone\nBob,Bari,+12025550102\nCid,Rome,+12025550103\n", id="more columns"),
    ],
)
def test_where_another_table_begins_nothing_else_is_asked_about_its_rows(below: str) -> None:
    text = render(preflight(f"Name,phone\n{GOOD}{below}".encode()).report, checked=False)
    assert "another table in the middle (R008)" in text
    assert "first:" not in text
    assert "--delimiter" not in text


def test_who_must_not_be_called_is_told_first_with_the_command() -> None:
    rows = b"Name,phone,do_not_call\nAnn,+12025550101,yes\nBob,+12025550102,no\nCy,+12025550103,yes\n"
    report = preflight(rows).report
    text = render(report, checked=False)
    command = "csv-preflight clean contacts.csv --opt-out-column do_not_call"
    assert "first: leave out 2 people who must not be called. The list says so in 'do_not_call' (C011)" in text
    assert command in text
    assert "more C011" not in text
    assert next_steps(report)[0].title == "Leave out 2 people who must not be called"
    assert next_steps(report)[0].command == command
    assert not any("warning" in step.title for step in next_steps(report))


def test_who_must_not_be_called_is_told_beside_a_common_fault() -> None:
    rows = b"Name,phone,do_not_call\nAnn,+12025550101,yes\nBob,ask,no\nCy,asked,no\n"
    step = first_step(preflight(rows).report)
    assert step is not None
    assert step.title == "2 of 3 rows: not a phone number (P002)"
    assert step.text.endswith(
        "Leave out 1 person who must not be called, too: the list says so in 'do_not_call' (C011)"
    )
    assert step.command == "csv-preflight clean contacts.csv --opt-out-column do_not_call"


@pytest.mark.parametrize(
    ("rows", "command"),
    [
        pytest.param("A,030 23125001\nB,030 23125002\n", "csv-preflight inspect contacts.csv", id="no country"),
        pytest.param("A,asked\nB,ask\n", "csv-preflight clean contacts.csv", id="nothing but the list to change"),
    ],
)
def test_after_a_stop_the_same_command_is_named_only_for_a_changed_list(rows: str, command: str) -> None:
    steps = next_steps(preflight(f"Name,phone\n{rows}".encode()).report)
    assert [step.command for step in steps if step.command] == [command]
    assert any("Nothing was written" in step.text for step in steps)


def landed(*groups: tuple[int, str, str]) -> bytes:
    """Return a list with a column of countries.  groups: rows, the start of their phone numbers, and their country."""
    rows = [
        f"{land}{at},{start if start == NO_NUMBER else f'{start}{at:02d}'},{land}"
        for count, start, land in groups
        for at in range(count)
    ]
    return "\n".join(["Name,Phone,Land", *rows, ""]).encode()


GERMAN, AUSTRIAN, NO_NUMBER = "0171 23456", "030 9018", "abc"
MOSTLY_REJECTED = landed((20, GERMAN, "DE"), (5, AUSTRIAN, "AT"), (30, NO_NUMBER, "DE"))


@pytest.mark.parametrize(
    ("data", "region", "title"),
    [
        pytest.param(
            MOSTLY_REJECTED, "DE", "Try to save 5 rows: country does not match the row (P014)", id="beside a question"
        ),
        pytest.param(
            landed((20, GERMAN, "DE"), (9, AUSTRIAN, "AT"), (30, NO_NUMBER, "DE")),
            "DE",
            "Try to save 9 rows: country does not match the row (P014)",
            id="common, but less so than another fault",
        ),
        pytest.param(
            landed((10, "+49171 23456", "DE"), (2, GERMAN, "DE"), (6, NO_NUMBER, "DE"), (6, "+4917", "DE")),
            None,
            "Try to save 2 rows: no country code (P003)",
            id="beside several faults",
        ),
    ],
)
def test_where_most_rows_were_rejected_the_setting_that_saves_rows_is_the_first_step(
    data: bytes, region: str | None, title: str, tmp_path
) -> None:
    for report in (clean_file(data, tmp_path / "a.clean.csv", region=region), preflight(data, region=region).report):
        steps = next_steps(report)
        assert steps[0].title == title
        assert steps[0].text == "The column 'Land' says which country each person is in."
        assert steps[0].command.endswith("--region-column Land")
        assert [step.title for step in steps].count(title) == 1
        assert not any("warning" in step.title for step in steps)


def test_a_question_about_the_country_comes_after_that_about_most_rows(tmp_path) -> None:
    rows = b"Name,phone\nA,+12025550101\nB,abc\nC,abd\nD,abe\nE,abf\nF,202-555-0102\nG,+12025550103\n"
    titles = [step.title for step in next_steps(clean_file(rows, tmp_path / "a.clean.csv"))]
    assert titles[0] == "4 of 7 rows: not a phone number (P002)"
    assert titles[1] == "Try to save 1 row: no country code (P003)"
    assert titles[2].startswith("Upload ")


@pytest.mark.parametrize(
    ("data", "region"),
    [
        pytest.param(MOSTLY_REJECTED, "DE", id="a known setting beside a question"),
        pytest.param(
            landed((1, "+49171 23456", "DE"), (8, "4930 9018", "DE"), (30, NO_NUMBER, "DE")).replace(b"Land", b"x"),
            None,
            id="no country code beside a question",
        ),
        pytest.param(landed((20, GERMAN, "DE"), (2, AUSTRIAN, "AT")), "DE", id="a few rows"),
        pytest.param(landed((20, GERMAN, "DE"), (9, AUSTRIAN, "AT")), "DE", id="one step"),
    ],
)
def test_a_terminal_has_the_steps_in_the_order_of_the_pages(data: bytes, region: str | None, tmp_path) -> None:
    written = clean_file(data, tmp_path / "a.clean.csv", region=region)
    unwritten = replace(preflight(data, region=region).report, reasons=(Reason("rejects", 1),))
    for report, checked in ((written, False), (unwritten, True)):
        text = render(report, checked=checked)
        titles = [f"{step.title[0].lower()}{step.title[1:]}" for step in next_steps(report)]
        places = [text.index(f" {title}") for title in titles if f" {title}" in text]
        assert len(places) > 1 or checked
        assert places == sorted(places)
        first = next(step.command for step in next_steps(report) if step.command)
        assert first == re.findall("csv-preflight [a-z]+ .*", text)[0]


def test_a_setting_beside_a_common_fault_comes_before_the_upload(tmp_path) -> None:
    report = clean_file(MOSTLY_REJECTED, tmp_path / "a.clean.csv", region="DE")
    lines = render(report, checked=False, columns=80, rows=24).splitlines()
    begins = [line.split(":")[0] for line in lines if re.match("(first|then|next|or first):", line)]
    assert begins == ["first", "then", "next", "or first"]
    place = next(place for place, line in enumerate(lines) if line.startswith("then:"))
    assert lines[place - 1] == "      csv-preflight clean contacts.csv --region DE --region-column Land"


def test_opt_outs_after_a_question_begin_a_sentence_of_their_own() -> None:
    rows = b"Name,phone,do_not_call\nAnn,+442079460101,yes\nBob,+12025550102,no\nCy,+12025550103,no\n"
    step = first_step(preflight(rows, countries="!US").report)
    assert step is not None
    assert "what you want? Leave out 1 person who must not be called, too: the list says so" in step.text


def test_a_few_rows_are_saved_after_the_upload_of_most(tmp_path) -> None:
    data = landed((20, GERMAN, "DE"), (2, AUSTRIAN, "AT"))
    titles = [step.title for step in next_steps(clean_file(data, tmp_path / "a.clean.csv", region="DE"))]
    assert [title.split()[0] for title in titles] == ["Upload", "Try", "Correct"]


def test_a_command_that_is_printed_first_is_not_printed_again_to_save_rows() -> None:
    data = landed((20, GERMAN, "DE"), (9, AUSTRIAN, "AT"))
    text = render(preflight(data, region="DE").report, checked=False)
    assert "first: 9 of 29 rows: country does not match the row (P014)" in text
    assert "try to save" not in text


def test_opt_outs_beside_numbers_without_a_country_are_still_to_review() -> None:
    rows = b"Name,phone,do_not_call\nAnn,+12025550101,yes\nBob,202-555-0102,no\nCy,202-555-0103,no\n"
    steps = next_steps(preflight(rows).report)
    assert any("do_not_call" in step.text or "--opt-out-column do_not_call" in step.command for step in steps)


@pytest.mark.parametrize(
    ("data", "region", "said"),
    [
        pytest.param(landed((9, GERMAN, "DE"), (2, AUSTRIAN, "AT")), "DE", False, id="rows of another country"),
        pytest.param(landed((9, "+49171 23456", "DE"), (2, GERMAN, "DE")), None, False, id="no country code"),
        pytest.param(b"Name,phone\nAnn,+12025550101 ext 5\n", None, True, id="another warning"),
    ],
)
def test_that_nothing_was_rejected_is_not_said_of_a_column_whose_rows_were(
    data: bytes, region: str | None, said: bool
) -> None:
    report = preflight(data, region=region).report
    step = review(report)
    assert step is not None
    assert ("Nothing was rejected because of this" in step.text) == said
    assert ("the column 'Land' is not used" in step.text) != said


def test_the_command_for_opt_outs_beside_lost_plus_signs_has_the_region_too() -> None:
    rows = "Ann,442079460101,yes\nBob,442079460102,no\nCy,442079460103,no\nDan,+12025550101,yes\n"
    step = first_step(preflight(f"Name,phone,do_not_call\n{rows}".encode()).report)
    assert step is not None
    assert "give --region GB" in step.text
    assert step.command == "csv-preflight clean contacts.csv --opt-out-column do_not_call --region GB"


@pytest.mark.parametrize("sample", all_samples(), ids=lambda sample: sample.code)
def test_a_step_is_sentences_and_goes_on_in_small_letters(sample, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    report = preflight(sample.path, **sample.settings).report
    for step in next_steps(report):
        assert step.title[:1].isupper() or step.title[:1].isdecimal()
        assert step.text.endswith((".", "?", ":"))
        assert not re.search(r"[.?:][.:]|[.?] (?!clean |csv-preflight )[a-z]", f"{step.title} {step.text}")
    for line in render(report, checked=True).splitlines():
        assert not re.match(r"(or first|first|then|next): [A-Z]", line)
