"""The steps to take after a run, for the pages."""

from __future__ import annotations

from collections.abc import Mapping

from csv_preflight.model.report import Report
from csv_preflight.model.rule import Group, Outcome
from csv_preflight.reports.advice import (
    Step,
    changed_by,
    counted,
    leading_steps,
    needed,
    of_outcome,
    sent_names,
    sentence,
    shown_path,
    to_correct,
    wants_countries,
)
from csv_preflight.reports.commands import (
    clean_command,
    command_after_correction,
    command_for_rejects,
    convert_command,
    inspect_command,
    stdin_again,
    stops,
    unused_columns,
    ways_after_stop,
    ways_left_out,
    written,
)
from csv_preflight.rules import BY_CODE


def next_steps(report: Report) -> tuple[Step, ...]:
    """Return the steps to take after a run, in order."""
    steps = _steps(report)
    again = stdin_again(report)
    place = next((place for place, step in enumerate(steps) if step.command), None)
    if not again or place is None:
        return steps
    text = sentence(steps[place].text)
    # The mark before the command stays at the end.
    said = f"{text[:-1]}. In the command, {again}:" if text.endswith(":") else f"{text} In the command, {again}."
    step = steps[place]._replace(text=said)
    return (*steps[:place], step, *steps[place + 1 :])


def _steps(report: Report) -> tuple[Step, ...]:
    leading, later = leading_steps(report)
    if stops(report):
        return _after_stop(report, leading[0] if leading else None)
    changed = changed_by(leading)
    steps = _after_writing(report, changed, later) if report.outputs else _before_writing(report, changed, later)
    # The command that cleans the list uses the unused columns.
    is_covered = any(step and step.command not in ("", inspect_command(report)) for step in (*leading, later))
    if look := review(report, is_covered=is_covered):
        # Before an upload; for a list that is not written yet, after the steps that make it ready.
        steps.insert(0 if report.outputs else len(steps), look)
    return (*map(_sentence, leading), *steps)


def review(report: Report, *, is_covered: bool = False) -> Step | None:
    """Return the step that looks at the warnings, None without one.

    is_covered: the command of another step uses the columns that the run did not.
    """
    warnings = [
        found for found in of_outcome(report, Outcome.WARN) if not (is_covered and BY_CODE[found.code].unused_option)
    ]
    if not warnings:
        return None
    columns = [] if is_covered else unused_columns(report, "region-column")
    if columns and any(wants_countries(BY_CODE[found.code]) for found in of_outcome(report, Outcome.REJECT)):
        text = f"Rows may have been rejected because the column {columns[0]!r} is not used: see the rows to review."
    else:
        text = "Nothing was rejected because of this, but please look: see the rows to review."
    return Step(f"Review {counted(sum(found.count for found in warnings), 'warning')}", text)


def _sentence(step: Step) -> Step:
    return step._replace(text=sentence(step.text))


def _after_stop(report: Report, first: Step | None) -> tuple[Step, ...]:
    stopping = stops(report)
    ways = ways_after_stop(report)
    if conversion := convert_command(report):
        return (Step("Convert the workbook", "This writes a CSV in which no digit is lost:", conversion),)
    if ways:
        title = f"Choose one of these commands{ways_left_out(report)}" if len(ways) > 1 else "Run this command"
        step = Step(title, BY_CODE[stopping[0].code].remedy, ways[0], ways[1:])
        return (_sentence(first), step) if first else (step,)
    rules = [BY_CODE[found.code] for found in stopping]
    steps = [Step(rule.title, rule.remedy) for rule in rules if not (rule.follows and first)]
    if first and first.command and not steps:
        # The same command would stop again: that of the first step leads on.
        text = "Nothing was written, and your list was not changed."
        return (first._replace(text=f"{_sentence(first).text} {text}"),)
    command = command_after_correction(report)
    again = Step("Then run the command again", "Nothing was written, and your list was not changed.", command)
    return (*([_sentence(first)] if first else []), *steps, again)


def _after_writing(report: Report, changed: Mapping[str, object], saving: Step | None) -> list[Step]:
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
    if saving:
        steps.append(_sentence(saving))
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
            others = "row needs" if listed == 1 else f"{listed:,} rows need"
            text = f"The other {others} no correction. {text}"
        title = f"Correct {counted(correct, 'row')} in {rejects[0].path}"
        steps.append(Step(title, text, command_for_rejects(report, changed)))
    return steps


def _before_writing(report: Report, changed: Mapping[str, object], saving: Step | None) -> list[Step]:
    again = clean_command(report, changed)
    if report.as_one and report.ready and not report.rows.rejected:
        return [Step("Write the files as one list", "Nothing in them has to be changed.", again)]
    rejected = report.rows.rejected
    if not report.ready and rejected and report.settings.get("in-place"):
        text = "Nothing was written, so that nobody is lost. Without --in-place, these rows go to a file of their own:"
        title = f"Write the other rows of {report.input.path} to a new file"
        return [Step(title, text, clean_command(report, {**changed, "in-place": None}))]
    if not report.ready and rejected:
        text = (
            "Nothing was written, so that nobody is lost. Each reason below says on which lines, and what to do. Then:"
        )
        steps = [Step(f"Correct {counted(rejected, 'row')} in {report.input.path}", text, again)]
        return [_sentence(saving), *steps] if saving and saving.command != again else steps
    if not report.ready:
        return [Step(f"Correct {report.input.path}", f"{needed(report).capitalize()}.", again)]
    if rejected or of_outcome(report, Outcome.FIX):
        return [Step("Write the rows that are ready", "The rejected ones go to a file of their own.", again)]
    if report.as_one:
        return [Step("Write the files as one list", "Nothing in them has to be changed.", again)]
    return [Step(f"Upload {report.input.path}", "It is ready as it is.")]
