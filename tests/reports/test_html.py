"""The HTML report: what it says, how large it gets, and how it behaves in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from csv_preflight import clean_file, preflight
from csv_preflight.model.report import Report, RuleFindings, Sample
from csv_preflight.reports import places
from csv_preflight.reports.html import page as html
from csv_preflight.rules import BY_CODE
from tests.reports import hostile
from tests.reports.browser import browser, needs_chromium, show
from tests.samples import ROOT, all_samples

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

MANY = 300_000
# Titles of columns that are wider than their column, and so run into the next one.
OUTSIDE = """const right = (one) => one.getBoundingClientRect().right;
return [...document.querySelectorAll("#table th button")].filter((one) => right(one) > right(one.closest("th")) + 1)
    .map((one) => one.innerText)"""
ROWS = "Name,phone\n" + "".join(f"A{place},202-555-{place:04}\n" for place in range(100, 150))


def text_of(page: str) -> str:
    """The words of a page, without markup."""
    without = re.sub(r"<(style|script)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", without).split())


def many(codes: list[str], *, step: int = 7) -> Report:
    """A report with 300,000 findings whose cells and, where the rule says so, details all differ."""
    report = preflight(b"Name,phone\nAnn,+12025550101\n").report
    each = MANY // len(codes)
    findings = []
    for code in codes:
        rule = BY_CODE[code]
        samples = tuple(
            Sample(2 + step * n, 1 + n, "phone", f"202-555-{n:07}", f"{rule.why} {n if '{' in rule.message else ''}")
            for n in range(each)
        )
        findings.append(RuleFindings(code, rule.name, rule.title, rule.outcome, each, samples))
    return replace(report, findings=tuple(findings))


@pytest.mark.parametrize("codes", [["D001"], ["P101"], sorted(BY_CODE)[:40]], ids=["details", "no details", "rules"])
def test_300_000_findings_are_less_than_3_megabytes_and_no_line_is_lost(codes: list[str]) -> None:
    report = many(codes)
    page = html.render(report)
    assert len(page.encode()) < 3_000_000
    for rule, found in zip(places.for_script(report)["rules"], report.findings, strict=True):  # type: ignore[call-overload]
        line, lines = 0, []
        for difference in rule["lines"]:
            line += difference
            lines.append(line)
        assert lines == [sample.line for sample in found.samples]
    assert "300,000 findings" in text_of(page) or len(codes) > 2


def test_which_rows_and_how_stands_in_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    target = tmp_path / "contacts.html"
    clean_file("sample_data/contacts.csv", tmp_path / "c.clean.csv", region="US", report=target)
    words = text_of(target.read_text(encoding="utf-8"))
    assert "22 of 40 rows are ready to upload" in words
    assert "What to do Put the phone number in this column." in words
    assert "••••••••31 not a phone number: it looks like a date 26" in words
    again = "--region US --region-column Country --corrections"
    assert f"csv-preflight clean sample_data/contacts.csv {again} {tmp_path}/c.rejects.csv" in words
    assert "phone column Phone_Number" in words
    assert "Rows 22 of 10,000" in words
    assert "United States +1" in words


def test_an_html_report_has_more_findings_than_are_printed(tmp_path: Path) -> None:
    target = tmp_path / "a.html"
    report = clean_file(
        (ROWS + "Z,none\n").encode(), tmp_path / "a.clean.csv", report=[target, tmp_path / "a.json"], region="US"
    )
    reformatted = next(found for found in report.findings if found.code == "P101")
    assert (reformatted.count, len(reformatted.samples)) == (50, 20)
    assert "max-findings" not in report.settings
    page = target.read_text(encoding="utf-8")
    assert "only the first ones are kept" not in page
    assert '"lines":[2,1,1' in page


def test_what_is_not_kept_is_said() -> None:
    report = preflight((ROWS + "Z,none\n" * 30).encode(), region="US").report
    words = text_of(html.render(report))
    assert "of some rules only the first ones are kept, 40 in all" in words
    assert ", and 10 more, whose lines this report does not keep" in words


@pytest.mark.parametrize(
    ("data", "options", "headline"),
    [
        pytest.param(b"phone\n+12025550101\n", {}, "The row is ready to upload", id="one"),
        pytest.param(b"phone\n+12025550101\n+12025550102\n", {}, "Both rows are ready to upload", id="all"),
        pytest.param(b"phone\nnone\n", {}, "Not ready to upload", id="nothing left"),
        pytest.param(b"\x1f\x8b\x08\x00abc", {}, "Not ready to upload", id="not even text"),
        pytest.param(b"phone\n+12025550101\n", {"max_rows": 1, "max_bytes": 5}, "Not ready to upload", id="too large"),
    ],
)
def test_verdicts(data: bytes, options: dict[str, object], headline: str) -> None:
    report = preflight(data, **options).report
    page = html.render(report)
    assert headline in text_of(page)
    for found in report.findings:
        if found.outcome == "stop":
            assert BY_CODE[found.code].remedy in text_of(page)


@pytest.mark.parametrize("sample", all_samples(), ids=lambda sample: sample.code)
def test_every_rule_has_a_place_in_the_page(sample, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    report = preflight(sample.source, **sample.settings).report
    page = html.render(report)
    for found in report.findings:
        assert f'id="{found.code}"' in page


@pytest.mark.parametrize(
    ("data", "options"),
    [
        pytest.param(ROWS.encode(), {"region": "US"}, id="ready"),
        pytest.param((ROWS + "Z,none\n" * 9).encode(), {}, id="no country codes"),
        pytest.param(b"Name,phone,mobile\nAnn,+12025550143,+12025550144\n", {}, id="two phone columns"),
        pytest.param(b"phone\nnone\n", {}, id="nothing left"),
        pytest.param(
            b"Name,phone,opt_out\nAnn,+12025550143,yes\nBob,+12025550144,\nCy,+12025550144,\n",
            {"opt_out_column": "opt_out", "suppress": ["+12025550145"]},
            id="nothing to correct",
        ),
        pytest.param(b"\x1f\x8b\x08\x00abc", {}, id="not even text"),
        pytest.param(b"Name,phone,phone\nAnn,1,2\n", {}, id="stopped"),
    ],
)
def test_no_sentence_is_said_twice(data: bytes, options: dict[str, object]) -> None:
    page = html.render(preflight(data, **options).report)
    page = page.partition('<table id="table">')[0]
    page = re.sub(r'<table class="places">.*?</table>|<style>.*?</style>|<title>.*?</title>', "", page, flags=re.DOTALL)
    texts = [
        " ".join(text.split()).strip(" .").lower()
        for text in re.split(r"</?(?:p|dd|li|strong|summary|bdi)\b[^>]*>", page)
    ]
    texts = [sentence for text in texts for sentence in text.split(". ")]
    said = [text for text in texts if len(text) > 24 and "<" not in text]
    assert sorted(said) == sorted(set(said))


@pytest.mark.parametrize(
    ("data", "tone"),
    [
        pytest.param("Name,phone\n" + "A,+12025550101\n", "ready", id="all"),
        pytest.param(ROWS + "Z,none\n", "ready", id="a few rejected"),
        pytest.param(ROWS + "Z,none\n" * 9, "partly", id="a sixth rejected"),
        pytest.param("Name,phone\nZ,none\n", "stopped", id="nothing left"),
    ],
)
def test_the_page_is_amber_where_much_was_rejected(data: str, tone: str) -> None:
    page = html.render(preflight(data.encode(), region="US").report)
    assert f'<header class="{tone}">' in page


def test_the_setting_that_saves_most_rows_is_the_first_step() -> None:
    rows = "".join(f"A{place},Germany,030 1234{place:03}\n" for place in range(40))
    data = "Name,Country,phone\n" + rows + "".join(f"B{place},US,+1202555{place:04}\n" for place in range(101, 151))
    page = text_of(html.render(preflight(data.encode()).report))
    steps = page.partition("What to do next")[2]
    assert "1 40 of 90 rows" not in steps
    assert steps.index("40 of 90 rows: no country code (P003)") < steps.index("--region-column Country")
    assert steps.index("--region-column Country") < steps.index("Write the rows that are ready")


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    yield from browser(tmp_path_factory.mktemp("profile"))


def opened(driver: Chrome, path: Path, page: str) -> None:
    path.write_text(page, encoding="utf-8")
    driver.get(path.as_uri())
    errors = driver.get_log("browser")
    assert errors == []


def column(driver: Chrome, number: int) -> list[str]:
    return [
        str(text)
        for text in driver.execute_script(
            "return [...document.querySelectorAll(`#table tbody td:nth-child(${arguments[0]})`)].map(c => c.innerText)",
            number,
        )
    ]


@needs_chromium
@pytest.mark.parametrize("shown", [False, True], ids=["masked", "shown"])
def test_a_hostile_cell_shows_as_text(chromium: Chrome, tmp_path: Path, shown: bool) -> None:
    opened(chromium, tmp_path / "a.html", html.render(hostile.report(show_values=shown)))
    assert "pwned" not in chromium.title
    cells = column(chromium, 2)
    assert any(cell.startswith("<script>document.title") for cell in cells) == shown
    assert any("\\u202egnp.exe" in cell for cell in cells) == shown
    assert chromium.execute_script("return document.querySelectorAll('#table img, #table script').length") == 0
    assert chromium.get_log("browser") == []


@needs_chromium
def test_the_policy_stops_what_is_not_the_page_s_own(chromium: Chrome, tmp_path: Path) -> None:
    page = html.render(preflight(b"phone\nnone\n").report)
    own = "<p onclick=\"document.title='pwned'\" id=own>x</p><script>document.title='pwned'</script>"
    (tmp_path / "a.html").write_text(page.replace("</main>", own + "</main>"), encoding="utf-8")
    chromium.get((tmp_path / "a.html").as_uri())
    chromium.execute_script("document.getElementById('own').click()")
    assert "pwned" not in chromium.title
    assert len(chromium.get_log("browser")) == 2


@needs_chromium
def test_the_table_filters_and_sorts(chromium: Chrome, tmp_path: Path) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import Select, WebDriverWait

    report = preflight(ROOT / "sample_data" / "contacts.csv", region="US", max_findings=0).report
    opened(chromium, tmp_path / "a.html", html.render(report))
    total = sum(found.count for found in report.findings)
    status = chromium.find_element(By.ID, "status")
    assert status.text == f"1–{total} of {total}"
    rejected = report.rows.rejected
    lines = [int(line) for line in column(chromium, 4)]
    assert lines[:rejected] == sorted(lines[:rejected])
    assert all(code[0] in "RPD" and code[1] == "0" for code in column(chromium, 5)[:rejected])
    chromium.find_element(By.CSS_SELECTOR, "th[data-sort=line] button").click()
    lines = [int(line) for line in column(chromium, 4)]
    assert lines == sorted(lines)

    Select(chromium.find_element(By.ID, "rule")).select_by_value("P002")
    assert column(chromium, 4) == ["26", "27"]
    chromium.find_element(By.ID, "words").send_keys("E-MAIL")
    WebDriverWait(chromium, 5).until(lambda _: status.text == "1–1 of 1")
    assert column(chromium, 4) == ["27"]
    chromium.find_element(By.ID, "words").clear()
    chromium.find_element(By.ID, "words").send_keys("26")
    WebDriverWait(chromium, 5).until(lambda _: column(chromium, 4) == ["26"])
    chromium.find_element(By.ID, "words").clear()
    chromium.find_element(By.ID, "words").send_keys("nowhere")
    WebDriverWait(chromium, 5).until(lambda _: status.text.startswith("No match"))
    chromium.find_element(By.ID, "words").clear()

    Select(chromium.find_element(By.ID, "rule")).select_by_value("reject")
    WebDriverWait(chromium, 5).until(lambda _: len(column(chromium, 4)) == rejected)
    chromium.find_element(By.CSS_SELECTOR, "th[data-sort=rule] button").click()
    codes = column(chromium, 5)
    assert codes == sorted(codes)
    chromium.find_element(By.CSS_SELECTOR, "th[data-sort=rule] button").click()
    assert column(chromium, 5) == sorted(codes, reverse=True)
    head = chromium.find_element(By.CSS_SELECTOR, "th[data-sort=rule]")
    assert head.get_attribute("aria-sort") == "descending"

    chromium.execute_script("document.getElementById('D001').open = true")
    chromium.find_element(By.CSS_SELECTOR, "#D001 a.show").click()
    assert column(chromium, 4) == ["28", "29"]
    assert chromium.get_log("browser") == []


@needs_chromium
def test_long_tables_have_pages_and_every_line(chromium: Chrome, tmp_path: Path) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import WebDriverWait

    opened(chromium, tmp_path / "a.html", html.render(many(["P101", "D001"], step=3)))
    status = chromium.find_element(By.ID, "status")
    assert status.text == "1–100 of 300,000"
    chromium.find_element(By.ID, "after").click()
    assert status.text == "101–200 of 300,000"
    last = str(2 + 3 * (MANY // 2 - 1))
    chromium.find_element(By.ID, "words").send_keys(last)
    WebDriverWait(chromium, 10).until(lambda _: column(chromium, 4) == [last, last])


@needs_chromium
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_it_fits_the_window_and_can_be_read(chromium: Chrome, tmp_path: Path, width: int, dark: bool) -> None:
    show(chromium, width=width, dark=dark)
    opened(chromium, tmp_path / "a.html", html.render(hostile.report(show_values=True)))
    assert chromium.execute_script("return document.documentElement.scrollWidth") <= width
    faint = chromium.execute_script((Path(__file__).parent / "contrast.js").read_text(encoding="utf-8"))
    assert faint == []
    assert chromium.execute_script(OUTSIDE) == []
    show(chromium)


@needs_chromium
def test_it_can_be_read_with_scripts_off(tmp_path: Path) -> None:
    for driver in browser(tmp_path / "profile", scripts=False):
        report = preflight(ROOT / "sample_data" / "contacts.csv", region="US").report
        opened(driver, tmp_path / "a.html", html.render(report))
        from selenium.webdriver.common.by import By

        words = driver.find_element(By.TAG_NAME, "body").text
        assert "not a phone number: it looks like a date" in words
        assert "United States" in words
        assert "Copy" not in words
        assert not driver.find_element(By.ID, "filter").is_displayed()
        assert not driver.find_element(By.ID, "pages").is_displayed()
