"""What a report comes to, in sentences: the verdict, what to do first, and what to do next."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

from csv_preflight.model.layout import REJECTS_COLUMNS
from csv_preflight.model.report import Output, Report, RuleFindings
from csv_preflight.model.rule import Outcome
from csv_preflight.model.settings import DEFAULT_PROFILE
from csv_preflight.pipeline import GIVE_REGION, LOST_PLUS
from csv_preflight.stages.columns import clean_name, named_like_phone

# By the rule that took most rows: what all of them probably have in common.
_COMMON_CAUSES: Mapping[str, str] = {
    "P001": "is {phone!r} the right phone column? Name another with --phone-column",
    "P002": "is {phone!r} the right phone column? Name another with --phone-column",
    "P003": "if all these people are in one country, name it with --region, such as --region US; if not, "
    "a column of countries with --region-column. csv-preflight inspect shows which countries fit",
    "P005": "are the leading zeros or the area codes gone? Export the list again with the column as text",
    "P006": "{region}; csv-preflight inspect shows which countries fit",
    "P007": "{region}; csv-preflight inspect shows which countries fit",
    "P008": "a spreadsheet has rounded them: format the column as text in the original and export it again",
    "P011": "are --line-types the ones you want? Numbers of the US and Canada are fixed-line-or-mobile",
    "P012": "are --countries the ones you want?",
    "P013": "write the + and the leading 0 again where they are missing",
    "R001": "is {delimiter!r} the delimiter? Name another with --delimiter",
    "R002": "is {delimiter!r} the delimiter? Name another with --delimiter",
    "R003": "the program that wrote the list does not double the quotes inside cells: export it again",
    "I001": "is {identifier!r} the right column? Name another with --identifier-column",
}
# Rules that reject a number without its plus sign.
_OF_LOST_PLUS = ("P003", "P006", "P007", "P013")
# Rules whose own remedy, which L003 gives where no row is left, is for single rows only.
_OFTEN_ONE_MISTAKE = ("P001", "P002", "P005", "P006", "P007", "R001", "R002")
# Rules that reject a number that stands in this list or in another one.
_LISTED = ("D001", "D002", "D003")
# Rules that reject a row whose cells could not be told apart.
_RAW = ("R001", "R002", "R003", "R004", "R005", "R006", "R007")
# Settings whose value is a list: given once with commas, or as often as there are values.
_WITH_COMMAS = ("line-types", "countries")


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
    return needed(report) if checked else "warnings stand, and --strict was given"


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
    return "; ".join(parts) or "warnings stand, and --strict was given"


def repeated(report: Report) -> str:
    """Say how many of the rejected rows only repeat a number; "" if none does."""
    again = _count(report, "D001")
    if again == report.rows.rejected:
        return ", since the number is there already" if again else ""
    return f", {again:,} of them since the number is there already" if again else ""


def to_correct(report: Report) -> int:
    """Return how many of the rejected rows have another fault than that their number is in a list already."""
    return report.rows.rejected - _count(report, *_LISTED)


def _count(report: Report, *codes: str) -> int:
    return sum(found.count for found in report.findings if found.code in codes)


def first_step(report: Report) -> Step | None:
    """Say what happened to most rows, with the remedy; or who may be called by mistake.

    None where neither is so, or where no row is left and L003 says why.
    """
    rows = report.rows
    lost = next((note for note in report.notes if LOST_PLUS in note), None)
    for found in report.findings:
        if found.code in _COMMON_CAUSES and found.outcome is Outcome.REJECT and found.count * 2 > rows.read:
            if not rows.clean and (lost or found.code not in _OFTEN_ONE_MISTAKE):
                return None
            region = report.settings.get("region")
            remedy = _COMMON_CAUSES[found.code].format(
                phone=report.input.phone_column,
                identifier=report.input.identifier_column,
                delimiter=report.input.delimiter,
                region=f"are they numbers of {region}?" if region else "are these the right numbers?",
            )
            if lost and found.code in _OF_LOST_PLUS:
                remedy = lost
            text = f"most rows ({found.count:,} of {rows.read:,}) are {found.code} {found.name}: {remedy}"
            return Step("See first whether most rows need the same thing", text)
    if unread := _count(report, "D004"):
        people = counted(unread, "row")
        text = f"people may be called who should not be: {people} of the other lists can not be read (D004)"
        return Step("Look first at the lists of people who are not to be called", text)
    if REJECTS_COLUMNS[0] in report.input.columns and not {"suppress", "existing"} & report.settings.keys():
        text = "these are rejects: name their clean file with --suppress, or people who stand in both are called twice"
        return Step("See first that nobody is called twice", text)
    return None


def sent_names(report: Report) -> tuple[str | None, str | None]:
    """Return the names of the phone and the identifier column as they are written: those to send with an upload."""
    phone, identifier = (
        None if name is None else report.header_renames.get(clean_name(name), clean_name(name))
        for name in (report.input.phone_column, report.input.identifier_column)
    )
    return phone, identifier


def written(report: Report, kind: str) -> list[Output]:
    """Return the files of a kind ("clean", "rejects") that were written."""
    return [output for output in report.outputs if output.kind == kind]


def command(report: Report, path: str) -> str:
    """Return the command that cleans a file like the one that the report is about."""
    return command_line("clean", path, report.profile, report.settings)


def command_for_rejects(report: Report) -> str:
    """Return the command that cleans the corrected rejects, without the people who are in the clean files already."""
    clean = [output.path for output in written(report, "clean") if output.path != "-"]
    suppressed = report.settings.get("suppress", [])
    suppress = [*(suppressed if isinstance(suppressed, list) else []), *clean]
    settings = {**report.settings, "suppress": suppress}
    phone = report.input.phone_column
    if phone and [phone] != [name for name in report.input.columns if named_like_phone(name)]:
        # What cells the rejects hold might tell of another column.
        settings = {"phone-column": phone, **settings}
    return command_line("clean", written(report, "rejects")[0].path, report.profile, settings)


def command_line(name: str, path: str, profile: str, settings: Mapping[str, object]) -> str:
    """Return a command as it is typed; settings: by the names of the options, as in a report."""
    options = [] if profile == DEFAULT_PROFILE else ["--profile", profile]
    for option, value in settings.items():
        if option == "plus":
            options.append("--no-plus")
        elif value is True:
            options.append(f"--{option}")
        elif option in _WITH_COMMAS and isinstance(value, list):
            options += [f"--{option}", ",".join(value)]
        elif isinstance(value, list):
            options += [part for one in value for part in (f"--{option}", str(one))]
        else:
            options += [f"--{option}", str(value)]
    named = [*options, "--", path] if path.startswith("-") else [path, *options]
    return shlex.join(["csv-preflight", name, *named])


def next_steps(report: Report) -> tuple[Step, ...]:
    """Return what to do after a run, the first thing first."""
    again = command(report, report.input.path)
    if stopping := stops(report):
        from csv_preflight.rules import BY_CODE

        remedies = [Step(f"Mend this: {found.samples[0].detail}", BY_CODE[found.code].remedy) for found in stopping]
        lost = re.search(f"{GIVE_REGION}([A-Z]{{2}}),", " ".join(report.notes))
        if lost and "region" not in report.settings:
            again = command_line("clean", report.input.path, report.profile, {**report.settings, "region": lost[1]})
        if {found.code for found in stopping} <= {"L001", "L002"}:
            again = command_line("clean", report.input.path, report.profile, {**report.settings, "split": True})
        return (*remedies, Step("Then run it again", "Nothing was written, and nothing was changed.", again))
    steps = _after_writing(report) if report.outputs else _before_writing(report, again)
    warned = sum(found.count for found in of_outcome(report, Outcome.WARN))
    if warned:
        text = "What was found is odd, but kept: see the rows to look at."
        steps.insert(0, Step(f"Look at {counted(warned, 'finding')} first", text))
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
        names = f"Send with it: phone column {phone}" + (f", identifier column {identifier}" if identifier else "")
        rows = counted(sum(one.rows for one in clean), "row")
        if len(clean) == 1:
            steps.append(
                Step(f"Upload {shown_path(clean[0].path)}", f"It holds the {rows} that can be called. {names}.")
            )
        else:
            span = f"{clean[0].path} to {clean[-1].path}"
            steps.append(Step(f"Upload {len(clean):,} files", f"{span}, {rows} in all, an audience each. {names}."))
    correct = to_correct(report)
    if rejects and correct:
        text = (
            "Open the file in a spreadsheet, with the phone column as text, so that no + or leading 0 is lost. "
            "The last columns say for each row on which line of the list it stands, and why it was rejected. "
        )
        if _count(report, *_RAW):
            text += "Rows that could not be split stand in preflight_raw: copy their pieces into the columns. "
        text += "Correct the cells, save it as CSV, and clean it like the list:"
        if listed := rejects[0].rows - correct:
            text = f"The other {counted(listed, 'row')} can stay as they are: the number is in a list already. {text}"
        title = f"Correct {counted(correct, 'row')} in {rejects[0].path}"
        steps.append(Step(title, text, command_for_rejects(report)))
    return steps


def _before_writing(report: Report, again: str) -> list[Step]:
    rejected = report.rows.rejected
    if not report.ready and rejected:
        text = "Nothing was written, so that nobody is lost. Each reason below says on which lines, and how. Then:"
        return [Step(f"Correct {counted(rejected, 'row')} in {report.input.path}", text, again)]
    if not report.ready:
        return [Step(f"Correct {report.input.path}", f"{needed(report).capitalize()}.", again)]
    if rejected or of_outcome(report, Outcome.FIX):
        return [Step("Write the rows that are ready", "The rejected ones go to a file of their own.", again)]
    return [Step(f"Upload {report.input.path}", "It is ready as it is.")]
