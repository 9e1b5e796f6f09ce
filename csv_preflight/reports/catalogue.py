"""The rules and the options, as text, as JSON and for the documentation."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from csv_preflight.config.table import OPTIONS
from csv_preflight.model.rule import Rule
from csv_preflight.reports.screen import WIDTH, wrapped
from csv_preflight.rules import BY_CODE, RULES
from csv_preflight.rules.wording import example


def rules_text(codes: Sequence[str] = ()) -> str:
    """Return all rules, one line each, or some in full."""
    if codes:
        return "\n".join(_explained(BY_CODE[code]) for code in codes)
    width = max(len(rule.name) for rule in RULES)
    lines = [f"{rule.code}  {rule.name:<{width}}  {rule.outcome:<6}  {rule.title}" for rule in RULES]
    return "\n".join([*lines, "", "csv-preflight rules CODE explains one.", ""])


def _explained(rule: Rule) -> str:
    parts = [f"{rule.code} {rule.title} ({rule.name}, {rule.outcome})", ""]
    for title, text in (
        ("What", example(rule)),
        ("Why", rule.why),
        ("Example", rule.example),
        ("Remedy", rule.remedy),
        ("Sheet", rule.spreadsheet),
    ):
        if text:
            parts += wrapped(f"{title + ':':<9}{text}", WIDTH, indent=9)
    return "\n".join([*parts, ""])


def rules_json(codes: Sequence[str] = ()) -> str:
    """Return all rules, or some, as JSON: a list of objects."""
    chosen = [BY_CODE[code] for code in codes] if codes else list(RULES)
    return json.dumps([_plain(rule) for rule in chosen], indent=2, ensure_ascii=False) + "\n"


def _plain(rule: Rule) -> dict[str, str]:
    names = ("code", "name", "title", "outcome", "group", "message", "why", "example", "remedy", "spreadsheet")
    return {name: str(getattr(rule, name)) for name in names} | {"message": example(rule)}


def rules_markdown() -> str:
    """Return the table of rules, and each rule in full, for the documentation."""
    lines = ["| code | rule | outcome | name |", "| --- | --- | --- | --- |"]
    lines += [
        f"| [{rule.code}](#{rule.code.lower()}) | {rule.title} | {rule.outcome} | {rule.name} |" for rule in RULES
    ]
    return "\n".join([*lines, "", *map(_section, RULES)])


def _section(rule: Rule) -> str:
    """Return a rule in Markdown: what a message looks like, why, an example, what to do."""
    known = [("Why", rule.why), ("For example", rule.example), ("What to do", rule.remedy)]
    known += [("In a spreadsheet", rule.spreadsheet)] if rule.spreadsheet else []
    items = "".join(f"- {title}: {_plain_text(text)}\n" for title, text in known)
    return f"## {rule.code}\n\n**{rule.title}** ({rule.outcome}): {_plain_text(example(rule))}\n\n{items}"


def _plain_text(text: str) -> str:
    """Return text with all Markdown markup escaped."""
    return re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", text)


COMMANDS = ("check", "clean", "upload", "inspect", "convert")


def options_markdown() -> str:
    """Return the table of options for the documentation."""
    lines = ["| option | | commands |", "| --- | --- | --- |"]
    for option in OPTIONS:
        value = f" {'|'.join(option.choices) or option.metavar}".rstrip()
        short = f"-{option.short}, " if option.short else ""
        default = f" Default: `{option.default}`." if option.default else ""
        commands = ", ".join(name for name in COMMANDS if name in option.commands)
        shown = f"`{short}--{option.name}{value}`" if commands else f"`{option.name}`"
        shown = shown.replace("|", "\\|")
        lines.append(f"| {shown} | {option.help}{default} | {commands or 'configuration'} |")
    return "\n".join(lines) + "\n"
