"""Each rule owns all that is said of it, and says it in words."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from csv_preflight.model.finding import Excerpt
from csv_preflight.model.rule import Group, Outcome, Rule
from csv_preflight.rules import BY_CODE, RULES
from csv_preflight.rules.wording import data, example, worded
from tests.samples import ROOT

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
GROUPS = {
    "F": {Group.FILE},
    "C": {Group.HEADER},
    "R": {Group.RECORD, Group.FILE},
    "P": {Group.PHONE},
    "I": {Group.IDENTIFIER},
    "V": {Group.VARIABLE},
    "D": {Group.LISTED, Group.OTHER_LIST},
    "L": {Group.LIMIT},
}
TRANSLATED = re.compile(r"\bcan not\b|\bmend|\bstands?\b|\bamongst\b|in place of")


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_codes_and_names_are_used_once() -> None:
    assert len(BY_CODE) == len(RULES) == len({rule.name for rule in RULES}) == len({rule.title for rule in RULES})


@each_rule
def test_a_rule_is_whole(rule: Rule) -> None:
    assert re.fullmatch(r"[FCRPIVDL][01][0-9]{2}", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert re.fullmatch(r"[A-Z].{2,40}", rule.title)
    assert rule.group in GROUPS[rule.code[0]]
    assert (rule.outcome is Outcome.FIX) == (rule.code[1] == "1") or rule.code in ("P105", "P108", "C009")
    for text in (rule.why, rule.remedy, rule.spreadsheet):
        assert not text or re.fullmatch(r"[A-Zc].*[.)]", text, re.DOTALL)


@each_rule
def test_its_example_is_a_real_message(rule: Rule) -> None:
    said = example(rule)
    assert said
    assert not re.search(r"\{|\}|\b(?:KIND|REMEDY|PROBLEM|FORM|HINT)\b", said)


@each_rule
def test_every_text_of_a_message_can_be_filled(rule: Rule) -> None:
    known = {*rule.parameters, *rule.columns, *rule.facts, *rule.words, "field", "length", "width", "clean", "members"}
    known |= {"line", "number", "count", "rejected", "seems", "skip", "names", "stated", "country", "column"}
    assert placeholders(rule.message) <= {*rule.parameters, *rule.words}
    for texts in rule.words.values():
        assert all(placeholders(text) <= known for text in texts.values())
    assert placeholders(rule.common_cause) <= {"phone", "identifier", "delimiter", "region"}
    assert rule.inspect_helps == ("csv-preflight inspect" in rule.common_cause)


@each_rule
def test_it_is_plain_english(rule: Rule) -> None:
    texts = [rule.title, rule.message, rule.why, rule.example, rule.remedy, rule.spreadsheet, rule.common_cause]
    texts += [text for choice in rule.words.values() for text in choice.values()]
    assert not [text for text in texts if TRANSLATED.search(text)]


@each_rule
def test_a_spreadsheet_remedy_names_no_option(rule: Rule) -> None:
    assert not re.search(r"--[a-z]", rule.spreadsheet)


QUOTING = Rule(
    code="X001",
    name="x",
    title="X",
    outcome=Outcome.WARN,
    group=Group.FILE,
    message="{cell} {column} {fact} {count:,} {kind}",
    why="",
    example="",
    remedy="",
    parameters={"cell": "Ann Lee", "column": "a", "fact": "b", "count": 1, "kind": "k"},
    columns=frozenset({"column"}),
    facts=frozenset({"fact"}),
    words={"kind": {"k": "so {cell}"}},
)


@pytest.mark.parametrize("cell", ["Ann Lee", Excerpt("Ann Lee and others", 7), ("Ann Lee", "Bob Ray")], ids=repr)
def test_what_is_not_declared_is_a_cell_and_masked(cell: object) -> None:
    parameters = {**QUOTING.parameters, "cell": cell, "column": ("Name", "Phone"), "stray": "Ann Lee"}
    said = worded(QUOTING, parameters)
    assert "Ann" not in said
    assert "'Name', 'Phone' b 1 so •" in said
    assert "Ann" not in str(data(QUOTING, parameters))
    assert "Ann Lee" in worded(QUOTING, parameters, show_values=True)


@each_rule
def test_its_advice_is_for_someone_without_a_terminal(rule: Rule) -> None:
    assert rule.advice
    assert "--" not in rule.advice


# What prints, writes and sends: it knows what a rule says of itself, and no rule by its code.
PACKAGE, CODE = ROOT / "csv_preflight", re.compile(r"\b[A-Z][01]\d\d\b")
OUTPUTS = ("cli", "config", "reports", "upload", "web", "workbooks", "writing", "result.py", "findings_table.py")


def codes_in(path: Path) -> list[tuple[str, str]]:
    """What looks like a code in the texts of a module, docstrings aside, and the whole text around each."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docstrings)
    texts = [node.value for node in nodes if isinstance(node.value, str)]
    return [(code, text) for text in texts for code in CODE.findall(text)]


def test_no_output_knows_a_rule_by_its_code() -> None:
    files = [path for name in OUTPUTS for path in (PACKAGE / name, *(PACKAGE / name).rglob("*.py")) if path.is_file()]
    known = [
        f"{path.name}: {code}"
        for path in files
        for code, text in codes_in(path)
        if code in BY_CODE and not text.startswith("csv-preflight rules ")  # the example in that command's help
    ]
    assert len(files) > 80
    assert known == []


def test_every_code_in_the_package_is_a_rule() -> None:
    named = {code for path in PACKAGE.rglob("*.py") for code, text in codes_in(path) if text == code}
    assert named == BY_CODE.keys()
