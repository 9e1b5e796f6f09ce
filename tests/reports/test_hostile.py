"""Whatever cells, column names and paths hold, every output is harmless; and cells are masked unless asked for."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from csv_preflight.config.settings import build_settings
from csv_preflight.inspection import Inspection, inspect_file
from csv_preflight.inspection.text import render
from csv_preflight.model.report import Report
from csv_preflight.reports import github, markdown, sarif
from csv_preflight.reports import json as json_report
from csv_preflight.reports import terminal as text
from csv_preflight.reports.html import page as html_report
from tests.reports import hostile
from tests.samples import run

OUTPUTS: dict[str, Callable[[Report], str]] = {
    "text": lambda report: text.render(report, checked=True),
    "colored text": lambda report: text.render(report, checked=False, color=True),
    "github": lambda report: github.render(report, checked=True),
    "sarif": lambda report: sarif.render([report]),
    "markdown": markdown.render,
    "html": html_report.render,
    "json": json_report.render,
    "inspect": lambda report: inspected(shown=bool(report.settings.get("show-values"))),
    "inspect as json": lambda report: json_report.dumps(inspection(bool(report.settings.get("show-values"))).to_dict()),
}


def inspection(shown: bool) -> Inspection:
    return inspect_file(io.BytesIO(hostile.data()), hostile.PATH, build_settings({"show_values": shown}))


def inspected(*, shown: bool) -> str:
    return render(inspection(shown))


REPORTS = {shown: hostile.report(show_values=shown) for shown in (False, True)}
each_output = pytest.mark.parametrize("output", OUTPUTS)
masked_or_not = pytest.mark.parametrize("shown", [False, True], ids=["masked", "shown"])


class Elements(HTMLParser):
    """The elements of a page, as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def rendered(output: str, shown: bool) -> str:
    return OUTPUTS[output](REPORTS[shown])


def test_the_list_attacks_with_every_cell() -> None:
    values = [sample.value for found in REPORTS[True].findings for sample in found.samples]
    for name, cell in hostile.CELLS.items():
        assert any(cell[:8] in value for value in values), name


@each_output
@masked_or_not
def test_nothing_steers_a_terminal_or_hides(output: str, shown: bool) -> None:
    printed = rendered(output, shown)
    if output == "colored text":
        printed = re.sub(r"\x1b\[[0-9;]+m", "", printed)
    steering = {c for c in printed if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"}
    assert not steering


@each_output
@masked_or_not
def test_no_line_is_a_command_to_a_runner(output: str, shown: bool) -> None:
    printed = rendered(output, shown)
    commands = [line for line in printed.splitlines() if line.lstrip().startswith("::")]
    assert (output == "github") == bool(commands)
    for command in commands:
        assert re.fullmatch(r"::(error|warning|notice) file=[^:,]*,line=\d+,title=[^:,]*::[^\r\n]*", command)
    assert not re.search(r"##[A-Za-z]*\[", printed)


@each_output
def test_cells_are_masked(output: str) -> None:
    printed = rendered(output, False)
    for part in ("pwned", "gnp.exe", "everyone", 'HYPERLINK("', "add-mask", "7 * 7", "x202e"):
        assert part not in printed


@pytest.mark.parametrize("output", ["github", "sarif"])
@masked_or_not
def test_annotations_hold_no_cell(output: str, shown: bool) -> None:
    printed = rendered(output, shown)
    values = {sample.value for found in REPORTS[shown].findings for sample in found.samples if sample.value}
    assert values
    assert not [value for value in values if len(value) > 4 and json.dumps(value)[1:-1] in printed]
    assert "•" not in printed.encode().decode("unicode_escape")
    assert "pwned" not in printed


@pytest.mark.parametrize("output", ["text", "json", "html"])
def test_values_are_shown_where_they_are_asked_for(output: str) -> None:
    printed = rendered(output, True)
    assert "pwned" in printed
    assert "gnp.exe" in printed


@masked_or_not
def test_no_tag_of_a_cell_is_in_the_page(shown: bool) -> None:
    page = rendered("html", shown)
    _, _, data = page.partition('<script type="application/json" id="data">')
    data, _, script = data.partition("</script>")
    assert not re.search(r"[<>&]", data)
    assert json.loads(data)["rules"]
    parser = Elements()
    parser.feed(page)
    parser.close()
    assert [tag for tag, _ in parser.found].count("script") == 2
    assert {tag for tag, _ in parser.found} & {"img", "iframe", "object", "embed", "base", "link", "b"} == set()
    names = {name for _, attributes in parser.found for name in attributes}
    assert not [name for name in names if name.startswith("on") or name in ("style", "src", "srcdoc", "formaction")]
    links = [attributes["href"] for _, attributes in parser.found if "href" in attributes]
    assert links
    assert all(re.fullmatch(r"#[A-Za-z0-9]+", str(link)) for link in links)
    assert script


def test_markdown_keeps_what_it_quotes_in_code() -> None:
    page = rendered("markdown", True)
    prose = re.sub(r"^ {7}.*$", "", page, flags=re.MULTILINE)
    prose = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", prose)
    assert not re.search(r"<(?!/?sub>)|\]\(|@|\x1b", prose)
    tables = [line for line in page.splitlines() if line.startswith("|")]
    for table in re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1
    assert tables


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", hostile.MISSING),
        ("check", hostile.MISSING, hostile.MISSING),
        ("clean", "sample_data/contacts.csv", "-o", f"{hostile.MISSING}/x.csv"),
        ("check", "sample_data/contacts.csv", "--config", hostile.MISSING),
        ("clean", "sample_data/contacts.csv", "--report", hostile.MISSING),
        ("rules", hostile.MISSING),
        ("profiles", hostile.MISSING),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_complaint_about_a_name_steers_nothing(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    said = done.stderr.decode()
    assert "evil" in said
    assert "\x1b" not in said
    assert not [line for line in said.splitlines() if line.startswith("::")]
