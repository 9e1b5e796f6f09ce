"""A report in sentences: the verdict, what to do first, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from csv_preflight.formulas import spreadsheet_letters
from csv_preflight.model.report import Report, RuleFindings
from csv_preflight.model.rule import MANY, Group, Outcome, Rule
from csv_preflight.reports.commands import (
    clean_command,
    clean_files,
    inspect_command,
    lost_plus,
    may_be_called_twice,
    stops,
    unused_columns,
)
from csv_preflight.reports.printable import named
from csv_preflight.rules import BY_CODE
from csv_preflight.rules.notes import note_text
from csv_preflight.stages.columns import named_like_area_code
from csv_preflight.summary import common_cause

_STRICT = "there are warnings, and --strict was given"
# In a ready list, a larger share of rows to correct is mentioned before anything else.
MUCH_REJECTED = 0.1


class Step(NamedTuple):
    """Something to do: what, why or how in a sentence, and its command, if there is one.

    others: commands to choose one of instead.  changed: options of the command that the run did not have; later
    commands have them as well.
    """

    title: str
    text: str
    command: str = ""
    others: tuple[str, ...] = ()
    changed: Mapping[str, object] = {}


def of_outcome(report: Report, *outcomes: Outcome) -> list[RuleFindings]:
    """Return the findings of some outcomes, the most common first."""
    return sorted((found for found in report.findings if found.outcome in outcomes), key=lambda found: -found.count)


def correctable_first(found: Iterable[RuleFindings]) -> list[RuleFindings]:
    """Return findings in their order, but those of rows that need no correction at the end."""
    return sorted(found, key=lambda one: BY_CODE[one.code].group is Group.LISTED)


def sentence(text: str) -> str:
    """Return text as a sentence, with its full stop.

    >>> sentence("It is ready"), sentence("Is it ready?")
    ('It is ready.', 'Is it ready?')
    """
    return text if text.endswith(("?", ".", ":")) else f"{text}."


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "row"), counted(2000, "row")
    ('1 row', '2,000 rows')
    """
    return f"{number:,} {noun}{'s' * (number != 1)}"


def verdict(report: Report, *, checked: bool) -> str:
    """Return a sentence that says why a list is ready or not.

    checked: the run was only a check.
    """
    rows = report.rows
    if stopping := stops(report):
        return f"{lowered(stopping[0].title)} ({stopping[0].code})"
    if not report.ready:
        return needed(report) if checked else _STRICT
    if not rows.rejected:
        return counted(rows.clean, "row")
    return f"{rows.clean:,} of {counted(rows.read, 'row')}; {rows.rejected:,} rejected{repeated(report)}"


def readiness(report: Report) -> str:
    """Return whether a list is ready, in words, with emphasis if most rows are missing."""
    if not report.ready:
        return "not ready"
    return "ready, but most rows were rejected" if mostly_rejected(report) else "ready"


def mostly_rejected(report: Report) -> bool:
    """Whether more rows need correction than are ready."""
    return to_correct(report) > report.rows.clean


def is_much_rejected(report: Report) -> bool:
    """Whether so many rows need correction that even a ready list deserves a second look."""
    return to_correct(report) > MUCH_REJECTED * report.rows.read


def needed(report: Report) -> str:
    """Return a sentence about what clean would do to a file that is not ready."""
    fixed = bool(of_outcome(report, Outcome.FIX))
    parts = []
    if report.rows.rejected:
        parts.append(
            f"{report.rows.rejected:,} of {counted(report.rows.read, 'row')} would be rejected{repeated(report)}"
        )
    if fixed:
        parts.append("clean can fix the rest" if parts else "clean can fix all of it")
    return "; ".join(parts) or _STRICT


def repeated(report: Report) -> str:
    """Return a sentence about the rejected rows that only repeat a number, "" if there are none."""
    again = sum(found.count for found in report.findings if BY_CODE[found.code].is_repeat)
    if not again:
        return ""
    if again == report.rows.rejected:
        return " as duplicates" if again > 1 else " as a duplicate"
    return f", {again:,} of them {'duplicates' if again > 1 else 'a duplicate'}"


def to_correct(report: Report) -> int:
    """Return how many rejected rows have a fault, other than that their number is on a list already."""
    return report.rows.rejected - _count(report, Group.LISTED)


def _count(report: Report, group: Group) -> int:
    chosen = (found for found in report.findings if BY_CODE[found.code].group is group)
    return sum(found.count for found in chosen if found.outcome in (Outcome.REJECT, Outcome.WARN))


def leading_steps(report: Report) -> tuple[tuple[Step, ...], Step | None]:
    """Return the steps that come before all others, and the one that may save a few rows, which comes later.

    Every output has them in this order.
    """
    first = first_step(report)
    saving = None if stops(report) else _saving_step(report, first)
    if saving is None or not mostly_rejected(report):
        return ((first,) if first else ()), saving
    # A setting that is known goes before a question.
    is_question = saving.command == inspect_command(report)
    return tuple(step for step in ((first, saving) if is_question else (saving, first)) if step), None


def changed_by(steps: Sequence[Step]) -> dict[str, object]:
    """Return the options of these steps, which later commands have as well."""
    return {option: value for step in steps for option, value in step.changed.items()}


def first_step(report: Report) -> Step | None:
    """Return the first step: a setting that saves many rows, or one that keeps people from being called by mistake.

    None if there is neither.
    """
    step, opt_outs = _common_fault(report), _opt_outs_unused(report)
    if step and opt_outs and step.command != inspect_command(report):
        text = f"{sentence(step.text)} {opt_outs.title}, too: {lowered(opt_outs.text)}"
        return step._replace(text=text, command=clean_command(report, step.changed))
    if step := step or opt_outs:
        return step
    if unread := _unread_lists(report):
        return unread
    if may_be_called_twice(report):
        text = "This is a rejects file: give the clean file with --suppress, or people in both are called twice"
        # After a stop, the same command would stop again.
        command = clean_command(report) if clean_files(report) and not stops(report) else ""
        return Step("Make sure that nobody is called twice", text, command)
    return None


def _opt_outs_unused(report: Report) -> Step | None:
    """Return the step that leaves out people who must not be called by the list itself."""
    found = next((one for one in report.findings if BY_CODE[one.code].unused_option == "opt-out-column"), None)
    if found is None:
        return None
    people = "1 person who must not be called" if found.count == 1 else f"{found.count:,} people who must not be called"
    names = " and ".join(f"{sample.column!r}" for sample in found.samples)
    return Step(f"Leave out {people}", f"The list says so in {names} ({found.code})", clean_command(report))


def _unread_lists(report: Report) -> Step | None:
    """Return the step that checks suppression lists and audiences with unreadable rows."""
    entry = next((one for one in report.findings if BY_CODE[one.code].leaves_rows_unread), None)
    samples = [one.parameters for one in entry.samples if one.parameters["option"] != "only"] if entry else []
    if entry is None or not samples:
        return None
    by_path = {str(one["path"]): int(str(one["count"])) for one in samples}
    rows = counted(sum(by_path.values()), "row")
    only_members = all(one["option"] == "existing" for one in samples)
    risk = "People may be uploaded once more" if only_members else "People may be called who should not be"
    people = "are already in the audience" if only_members else "must not be called"
    text = f"{risk}: {rows} of {named([*by_path])} could not be read ({entry.code})"
    return Step(f"Check the list{'' if len(by_path) == 1 else 's'} of people who {people}", text)


def wants_countries(rule: Rule) -> bool:
    """Whether a rule rejects rows for want of a setting: the country of each number."""
    return rule.common_share < MANY


def _common_fault(report: Report) -> Step | None:
    rows = report.rows
    rejects = of_outcome(report, Outcome.REJECT)
    if any(BY_CODE[found.code].explains_rejects for found in stops(report)):
        return None
    for found in rejects:
        rule = BY_CODE[found.code]
        if not _is_common(report, found):
            continue
        text, command, changed = _saving(report, rule)
        if not text and not rows.clean and found is rejects[0]:
            text = rule.remedy
        if text:
            title = f"{found.count:,} of {counted(rows.read, 'row')}: {lowered(rule.title)} ({rule.code})"
            return Step(title, f"{text[0].upper()}{text[1:]}", command, changed=changed)
    return None


def _is_common(report: Report, found: RuleFindings) -> bool:
    return found.count > BY_CODE[found.code].common_share * report.rows.read


def _saving_step(report: Report, first: Step | None) -> Step | None:
    """Return the step for a setting that may save some rows, None if the first step gives its command."""
    for found in of_outcome(report, Outcome.REJECT):
        rule = BY_CODE[found.code]
        if not wants_countries(rule):
            continue
        text, command, changed = _saving(report, rule)
        if first and command == first.command:
            return None
        if command:
            # How many of them have a number of their country is only known with the setting.
            title = f"Try to save {counted(found.count, 'row')}: {lowered(rule.title)} ({rule.code})"
            return Step(title, f"{text[0].upper()}{text[1:]}", command, changed=changed)
    return None


def _saving(report: Report, rule: Rule) -> tuple[str, str, Mapping[str, object]]:
    """Return how to save the rows that a rule rejects, and the command for it, if there is one.

    Also returns the options of this command that the run did not have.
    """
    lost = lost_plus(report) if rule.lost_plus else None
    if lost:
        way: Mapping[str, object] = (
            {"region-column": lost.region_column} if lost.region_column else {"region": lost.region}
        )
        helps = any(way.values()) and not way.keys() & report.settings.keys()
        return (note_text(lost), clean_command(report, way), way) if helps else (note_text(lost), "", {})
    unused = unused_columns(report, "region-column")
    if unused and wants_countries(rule):
        text = f"the column {unused[0]!r} says which country each person is in"
        return text, clean_command(report), {}
    region_column = report.settings.get("region-column")
    if region_column and rule.region_column_cause:
        return rule.region_column_cause.format(region_column=region_column), "", {}
    if rule.area_column_cause and (area := _area_column(report)):
        return rule.area_column_cause.format(area_column=report.input.columns[area[0]], formula=area[1]), "", {}
    cause = common_cause(rule, report.input, report.settings.get("region"))
    return cause, inspect_command(report) if rule.inspect_helps else "", {}


def _area_column(report: Report) -> tuple[int, str] | None:
    """Return the index of a column that seems to hold area codes, and a formula that joins it with the phone column."""
    columns = report.input.columns
    area = next((index for index, name in enumerate(columns) if named_like_area_code(name)), None)
    if area is None or report.input.phone_column not in columns:
        return None
    phone = columns.index(report.input.phone_column)
    return area, f"={spreadsheet_letters(area + 1)}2&{spreadsheet_letters(phone + 1)}2"


def lowered(text: str) -> str:
    """Return a title or a sentence for the middle of another one."""
    return text[:1].lower() + text[1:]


def sent_names(report: Report) -> tuple[str | None, str | None]:
    """Return the names of the phone and identifier columns in the clean file, to send with an upload."""
    return report.names_to_send.phone_column, report.names_to_send.identifier_column


def shown_path(path: str) -> str:
    """Return the name of an output for people."""
    return "what went to the standard output" if path == "-" else path
