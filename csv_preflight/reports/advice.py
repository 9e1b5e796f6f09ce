"""What a report comes to, in sentences: the verdict, what to do first, and what to do next."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from csv_preflight.model.layout import REJECTS_COLUMNS
from csv_preflight.model.note import LostPlus
from csv_preflight.model.report import Output, Report, RuleFindings
from csv_preflight.model.rule import Group, Outcome
from csv_preflight.model.settings import DEFAULT_PROFILE
from csv_preflight.reports.printable import named
from csv_preflight.rules import BY_CODE
from csv_preflight.rules.notes import note_text
from csv_preflight.summary import common_cause

# Settings whose value is a list: given once with commas, or as often as there are values.
_WITH_COMMAS = ("line-types", "countries", "variables")


_STRICT = "there are warnings, and --strict was given"


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do: what, why or how in a sentence, and the command for it where there is one."""

    title: str
    text: str
    command: str = ""


def of_outcome(report: Report, *outcomes: Outcome) -> list[RuleFindings]:
    """Return the findings of some outcomes, the commonest first."""
    return sorted((found for found in report.findings if found.outcome in outcomes), key=lambda found: -found.count)


def stops(report: Report) -> list[RuleFindings]:
    """Return the findings that let nothing be written, in the order of the stages."""
    return [found for found in report.findings if found.outcome is Outcome.STOP]


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "row"), counted(2000, "row")
    ('1 row', '2,000 rows')
    """
    return f"{number:,} {noun}{'s' * (number != 1)}"


def verdict(report: Report, *, checked: bool) -> str:
    """Say in a sentence why a report is ready or not; "" where nothing could be read.

    checked: the file was only checked, nothing was to be written.
    """
    if stopping := stops(report):
        return stopping[0].samples[0].detail if report.rows.read else ""
    if report.ready:
        rejected = f" of {report.rows.read:,}; {report.rows.rejected:,} rejected" if report.rows.rejected else ""
        return counted(report.rows.clean, "row") + rejected
    return needed(report) if checked else _STRICT


def needed(report: Report) -> str:
    """Say what clean would do to a file that is not ready as it is."""
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
    """Say how many of the rejected rows only repeat a number; "" if none does."""
    again = sum(found.count for found in report.findings if found.code == "D001")
    if not again:
        return ""
    if again == report.rows.rejected:
        return " as duplicates" if again > 1 else " as a duplicate"
    return f", {again:,} of them {'duplicates' if again > 1 else 'a duplicate'}"


def to_correct(report: Report) -> int:
    """Return how many of the rejected rows have another fault than that their number is in a list already."""
    return report.rows.rejected - _count(report, Group.LISTED)


def _count(report: Report, group: Group) -> int:
    chosen = (found for found in report.findings if BY_CODE[found.code].group is group)
    return sum(found.count for found in chosen if found.outcome in (Outcome.REJECT, Outcome.WARN))


def _lost_plus(report: Report) -> LostPlus | None:
    return next((note for note in report.notes if isinstance(note, LostPlus)), None)


def first_step(report: Report) -> Step | None:
    """Say what happened to most rows, with the remedy; or who may be called by mistake.

    None where neither is so, or where no row is left and L003 says why.
    """
    rows = report.rows
    for found in report.findings:
        rule = BY_CODE[found.code]
        if not rows.clean or found.outcome is not Outcome.REJECT or found.count * 2 <= rows.read:
            continue
        lost = _lost_plus(report) if rule.lost_plus else None
        remedy = note_text(lost) if lost else common_cause(rule, report.input, report.settings.get("region"))
        if remedy:
            text = (
                f"most rows ({found.count:,} of {rows.read:,}) are {rule.code}, {_lower(rule.title)}: {_lower(remedy)}"
            )
            return Step("Check first whether most rows need the same thing", text)
    if unread := _unread_lists(report):
        many = "" if len(unread) == 1 else "s"
        rows_unread = counted(sum(unread.values()), "row")
        text = f"people may be called who should not be: {rows_unread} of {named([*unread])} could not be read (D004)"
        return Step(f"Check the list{many} of people who are not to be called first", text)
    if REJECTS_COLUMNS[0] in report.input.columns and not {"suppress", "existing"} & report.settings.keys():
        text = "these are rejects: give their clean file with --suppress, or people who are in both are called twice"
        return Step("Make sure first that nobody is called twice", text)
    return None


def _unread_lists(report: Report) -> dict[str, int]:
    """Return how many rows could not be read of each list of people who must not be called, or not again."""
    found = [one.parameters for entry in report.findings if entry.code == "D004" for one in entry.samples]
    return {str(one["path"]): int(str(one["count"])) for one in found if one["option"] != "only"}


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def sent_names(report: Report) -> tuple[str | None, str | None]:
    """Return the names of the phone and the identifier column as they are written: those to send with an upload."""
    return report.names_to_send.phone_column, report.names_to_send.identifier_column


def written(report: Report, kind: str) -> list[Output]:
    """Return the files of a kind ("clean", "rejects") that were written."""
    return [output for output in report.outputs if output.kind == kind]


def command(report: Report, **settings: object) -> str:
    """Return the command that cleans the list that the report is about; settings: more of them, by the options."""
    as_one = {"as-one": True} if report.as_one else {}
    paths = [one.path for one in report.inputs] if as_one else report.input.path
    return command_line(
        "clean", paths, report.profile, {**as_one, **report.settings, **_unused_column(report), **settings}
    )


def phone_commands(report: Report) -> tuple[str, ...]:
    """Return a command for each choice where several columns may be the phone numbers; first, all in their order."""
    asked = next((found.samples[0].parameters for found in stops(report) if found.code == "C001"), {})
    choices = [asked["in_order"]] if asked.get("in_order") else []
    choices += list(asked.get("candidates", ()))  # type: ignore[call-overload]
    ways = [{**report.settings, "phone-column": choice} for choice in choices]
    return tuple(command_line("clean", report.input.path, report.profile, way) for way in ways)


def _unused_column(report: Report) -> dict[str, object]:
    """Return the option for the column that says which country each person is in, where it is not used."""
    unused = next((found for found in report.findings if found.code == "C007"), None)
    return {} if unused is None else {"region-column": unused.samples[0].column}


def convert_command(report: Report) -> str:
    """Return the command that makes a CSV of what turned out to be a workbook; "" for anything else."""
    samples = (sample for found in stops(report) for sample in found.samples)
    found = next((sample for sample in samples if sample.parameters.get("converts")), None)
    return command_line("convert", found.path or report.input.path, DEFAULT_PROFILE, {}) if found else ""


def command_for_rejects(report: Report) -> str:
    """Return the command that makes one list of the list and its corrected rejects, those of earlier runs too.

    The rejects of several files are cleaned by themselves, without the people who are in the clean file already.
    """
    rejects, settings = written(report, "rejects")[0].path, dict(report.settings)
    if report.as_one:
        clean = [output.path for output in written(report, "clean") if output.path != "-"]
        settings["suppress"] = [*_listed(settings.get("suppress")), *clean]
        return command_line("clean", rejects, report.profile, settings)
    settings["corrections"] = [*_listed(settings.get("corrections")), rejects]
    return command_line("clean", report.input.path, report.profile, settings)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def command_line(name: str, paths: str | Sequence[str], profile: str, settings: Mapping[str, object]) -> str:
    """Return a command as it is typed; settings: by the names of the options, as in a report."""
    files = [paths] if isinstance(paths, str) else list(paths)
    options = [] if profile == DEFAULT_PROFILE else ["--profile", profile]
    for option, value in settings.items():
        if value is True:
            options.append(f"--{option}")
        elif option in _WITH_COMMAS and isinstance(value, list):
            options += [f"--{option}", ",".join(value)]
        elif isinstance(value, list):
            options += [part for one in value for part in (f"--{option}", str(one))]
        else:
            options += [f"--{option}", str(value)]
    is_odd = any(path.startswith("-") for path in files)
    with_options = [*options, "--", *files] if is_odd else [*files, *options]
    return shlex.join(["csv-preflight", name, *with_options])


def next_steps(report: Report) -> tuple[Step, ...]:
    """Return what to do after a run, the first thing first."""
    again = command(report)
    if stopping := stops(report):
        remedies = [Step(f"Fix this: {found.samples[0].detail}", BY_CODE[found.code].remedy) for found in stopping]
        lost = _lost_plus(report)
        if lost and lost.region and not lost.region_column and "region" not in report.settings:
            again = command(report, region=lost.region)
        if all(BY_CODE[found.code].split_helps for found in stopping):
            again = command(report, split=True)
        if conversion := convert_command(report):
            text = "Nothing was written, and nothing was changed. This writes a CSV in which no digit is lost:"
            return (*remedies, Step("Convert the workbook", text, conversion))
        if choices := phone_commands(report):
            asked = [Step("Choose one of these commands", remedies[0].text, choices[0])]
            return (*asked, *(Step("Or", "This column alone:", choice) for choice in choices[1:]))
        return (*remedies, Step("Then run it again", "Nothing was written, and nothing was changed.", again))
    steps = _after_writing(report) if report.outputs else _before_writing(report, again)
    warned = sum(found.count for found in of_outcome(report, Outcome.WARN))
    if warned:
        text = "These rows are kept, but something about them is unusual: see the rows to review."
        steps.insert(0, Step(f"Review {counted(warned, 'finding')} first", text))
    first = first_step(report)
    if first:
        steps.insert(0, Step(first.title, f"{first.text[0].upper()}{first.text[1:]}."))
    return tuple(steps)


def shown_path(path: str) -> str:
    """Return what a person calls an output."""
    return "what went to the standard output" if path == "-" else path


def _after_writing(report: Report) -> list[Step]:
    clean, rejects = written(report, "clean"), written(report, "rejects")
    steps = []
    if clean:
        phone, identifier = sent_names(report)
        names = f"In the upload, choose: phone column {phone}" + (
            f", identifier column {identifier}" if identifier else ""
        )
        rows = counted(sum(one.rows for one in clean), "row")
        if len(clean) == 1:
            steps.append(Step(f"Upload {shown_path(clean[0].path)}", f"It has the {rows} that can be called. {names}."))
        else:
            span = f"{clean[0].path} to {clean[-1].path}"
            steps.append(Step(f"Upload {len(clean):,} files", f"{span}, {rows} in all, an audience each. {names}."))
    correct = to_correct(report)
    if rejects and correct:
        text = (
            "Open the file in a spreadsheet, with the phone column as text, so that no + or leading 0 is lost. "
            "The last columns give the line of each row in the list, and why it was rejected. "
        )
        if any(
            found.outcome is Outcome.REJECT and BY_CODE[found.code].group is Group.RECORD for found in report.findings
        ):
            text += "Rows that could not be split are in preflight_raw: copy their pieces into the columns. "
        if rejects[0].path.lower().endswith(".xlsx"):
            text = text.replace("with the phone column as text, so that no + or leading 0 is lost", "such as Excel")
        text += "Correct the cells, save the file, and have the corrected rows put in their places in the list:"
        if listed := rejects[0].rows - correct:
            text = f"The other {counted(listed, 'row')} can stay as they are: the number is already in a list. {text}"
        title = f"Correct {counted(correct, 'row')} in {rejects[0].path}"
        steps.append(Step(title, text, command_for_rejects(report)))
    return steps


def _before_writing(report: Report, again: str) -> list[Step]:
    rejected = report.rows.rejected
    if not report.ready and rejected:
        text = (
            "Nothing was written, so that nobody is lost. Each reason below says on which lines, and what to do. Then:"
        )
        return [Step(f"Correct {counted(rejected, 'row')} in {report.input.path}", text, again)]
    if not report.ready:
        return [Step(f"Correct {report.input.path}", f"{needed(report).capitalize()}.", again)]
    if rejected or of_outcome(report, Outcome.FIX):
        return [Step("Write the rows that are ready", "The rejected ones go to a file of their own.", again)]
    if report.as_one:
        return [Step("Write the files as one list", "Nothing in them has to be changed.", again)]
    return [Step(f"Upload {report.input.path}", "It is ready as it is.")]
