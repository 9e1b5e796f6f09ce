"""The end of the report on a terminal: the verdict, counts by rule, the files, and what to do next.

It fits a screen of 80 × 24 with the message of what stops the list, whatever the list and its paths: that is what
people see when the command has ended.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import PurePath

from csv_preflight.model.report import Report, RuleFindings
from csv_preflight.model.rule import Outcome
from csv_preflight.reports.advice import (
    changed_by,
    counted,
    is_much_rejected,
    leading_steps,
    lowered,
    of_outcome,
    readiness,
    sent_names,
    shown_path,
    to_correct,
    verdict,
)
from csv_preflight.reports.commands import (
    MOST_WAYS,
    clean_command,
    command_after_correction,
    command_for_rejects,
    rules_command,
    stdin_again,
    stops,
    ways_after_stop,
    ways_left_out,
    written,
)
from csv_preflight.reports.printable import printable, printable_path
from csv_preflight.reports.screen import Screen
from csv_preflight.rules.notes import note_text
from csv_preflight.summary import joined

COLORS = {Outcome.STOP: "31;1", Outcome.REJECT: "31", Outcome.FIX: "36", Outcome.WARN: "33"}
ORDER = (Outcome.STOP, Outcome.REJECT, Outcome.WARN, Outcome.FIX)
_WORDS = {
    Outcome.STOP: "stops the list",
    Outcome.REJECT: "rejected",
    Outcome.FIX: "fixed",
    Outcome.WARN: "please review",
}
_WORDS_IF_UNWRITTEN = {**_WORDS, Outcome.REJECT: "would be rejected", Outcome.FIX: "can be fixed"}
# Parts of a split list are named one by one up to this many.
_FILES_SHOWN = 4
# How many renamed columns, and the like, are named.
_NAMES_SHOWN = 3
# Lines of counts that are always shown, and that are enough.
_LEAST_COUNTS, _MOST_COUNTS = 3, 8
# The level of least detail; how many leading steps are given at each level, and in how many lines.
_MINIMAL = 2
_MOST_LEADING, _LONGEST_ADVICE = (2, 2, 1), (4, 3, 2)


def closing(report: Report, screen: Screen, room: int, *, checked: bool, sends: Sequence[str] = ()) -> list[str]:
    """Return the end of the report in at most ``room`` rows of the screen: in full if it fits, else with less detail.

    If its commands alone take more, the verdict is repeated after them.  Lines that are not wrapped, as in a file, are
    for no screen, and have all detail.  sends: the options of an upload that follows, and says itself what is next.
    """
    for level in range(_MINIMAL + 1):
        if level == 1:
            from csv_preflight.reports.nearer import nearer

            report = nearer(report)
        lines = _End(report, screen, level, checked=checked, sends=sends).lines(room)
        if screen.columns is None or screen.height(lines) <= room:
            return lines
    return [*lines, *verdict_lines(report, screen, checked=checked, briefly=True)]


def verdict_lines(report: Report, screen: Screen, *, checked: bool, briefly: bool = False) -> list[str]:
    """Return whether the list is ready, and why.  briefly: name files without their folders."""
    shade = "31;1" if not report.ready else "33;1" if is_much_rejected(report) else "32;1"
    why = printable(verdict(report, checked=checked))
    names = [PurePath(one.path).name for one in (report.inputs if report.as_one else (report.input,))]
    called = printable_path(joined(names) if briefly else report.input.path)
    return screen.lines(f"{called}: {screen.paint(readiness(report), shade)}: {why}", indent=2)


class _End:
    """The end of a report, with less detail at each level.

    0: all.  1: files are named without their folders where these are printed elsewhere, and long texts are cut off.
    2: only what to do next, not what to do instead.
    """

    def __init__(self, report: Report, screen: Screen, level: int, *, checked: bool, sends: Sequence[str]) -> None:
        self.report, self.screen, self.level, self.checked, self.sends = report, screen, level, checked, sends
        self.leading, later = leading_steps(report)
        self.later = later if level < _MINIMAL else None
        self.changed = changed_by(self.leading)

    def lines(self, room: int) -> list[str]:
        """Return all lines; counts and notes take the rows that the others leave."""
        report, screen = self.report, self.screen
        head = verdict_lines(report, screen, checked=self.checked, briefly=self.level > 0)
        # A file that could not be read has one problem, and nothing to count.
        is_counted = bool(report.findings) and report.rows.read > 0
        summary = [screen.paint(_summary(report), "1"), *self.by_file()] if is_counted else []
        following = self.following()
        advice = self.advice(following)
        again = stdin_again(report) if any(" - " in line for line in (*advice, *following)) else ""
        if self.sends and not report.ready:
            # Of a list that is ready, an upload might be the second one.
            from csv_preflight.reports.upload_commands import as_uploads

            advice, following = as_uploads(advice, self.sends), as_uploads(following, self.sends)
        tail = [*summary, *self.outputs(), *advice, *following, *(screen.lines(f"({again})") if again else [])]
        room -= screen.height([*head, *tail])
        notes: list[str] = []
        said = " ".join(step.text for step in self.leading)
        for text in map(note_text, report.notes):
            lines = screen.lines(printable(f"note: {text}"), 4)
            if screen.height([*notes, *lines]) <= room - _LEAST_COUNTS and text not in said:
                notes += lines
        counts = _counts(report, screen, room - screen.height(notes)) if is_counted else []
        return [*head, *counts, *notes, *tail]

    def advice(self, following: Sequence[str]) -> list[str]:
        """Return the leading steps, each with its command unless that follows anyway."""
        result: list[str] = []
        for word, step in zip(("first", "then"), self.leading[: _MOST_LEADING[self.level]], strict=False):
            text = printable(f"{word}: {lowered(step.title)}. {step.text}")
            result += self.screen.lines(text, _LONGEST_ADVICE[self.level])
            if step.command and not any(line.endswith(printable(step.command)) for line in following):
                result.append(f"      {printable(step.command)}")
        return result

    def by_file(self) -> list[str]:
        """Return how many rows of each file are clean, if the list has several."""
        if not self.report.as_one:
            return []
        names = [PurePath(one.path).name for one in self.report.inputs]
        if len(set(names)) < len(names):
            names = [one.path for one in self.report.inputs]
        files = [
            f"{name} {one.rows.clean:,} of {one.rows.read:,}"
            for name, one in zip(names, self.report.inputs, strict=True)
        ]
        return self.screen.lines(printable(f"clean, by file: {'; '.join(files)}"), 1 if self.level else 2)

    def outputs(self) -> list[str]:
        """Return the files written, and the names that the upload needs."""
        report = self.report
        if not report.outputs:
            return []
        lines, phones = [], report.input.phone_columns
        for title, texts in (
            ("columns", [f"{old!r} is now {new!r}" for old, new in report.header_renames.items()]),
            ("left out", list(map(repr, report.left_out))),
            ("variables", [f"{one.variable!r} from column {one.written!r}" for one in report.variables]),
            ("phone columns", [", then ".join(map(repr, phones))] if phones[1:] else []),
        ):
            if texts:
                lines += self.screen.lines(printable(f"{title}: {_some(texts)}"), 1 if self.level else 3)
        return [*lines, *self.files()]

    def files(self) -> list[str]:
        """Return the files written."""
        parts = written(self.report, "clean")
        shown = list(self.report.outputs)
        lines = []
        if len(parts) > _FILES_SHOWN:
            each = counted(parts[0].rows, "row")
            lines.append(f"clean: {len(parts):,} files of about {each} each, the first and last:")
            shown = [parts[0], parts[-1], *written(self.report, "rejects")]
        width = max(len(one.kind) for one in shown) + 1
        for one in shown:
            size = f"({counted(one.rows, 'row')}, {one.bytes:,} bytes)"
            text = f"{one.kind + ':':<{width}} {printable(shown_path(one.path))} {size}"
            lines += [text] if self.level else self.screen.lines(text, indent=width + 1)
        return lines

    def called(self, path: str) -> str:
        """Return an output's path, or only its name where there is little room: the path is printed above."""
        return printable(PurePath(path).name if self.level else shown_path(path))

    def following(self) -> list[str]:
        """Return what to do next."""
        report = self.report
        if stops(report):
            return self.after_stop()
        if self.checked:
            return [] if report.ready and not report.as_one else self.after_check()
        if not report.outputs:
            again = printable(clean_command(report, self.changed))
            return ["next: correct the rows above, then run:", f"      {again}"]
        return [] if self.sends else self.after_clean()

    def after_stop(self) -> list[str]:
        """Return the commands that lead on; where there is little room for several, the first of them."""
        report, first = self.report, next(iter(self.leading), None)
        ways = ways_after_stop(report) or ((first.command,) if first and first.command else ())
        if not ways:
            explained, again = rules_command(stops(report)[0].code), command_after_correction(report)
            return [f"next: fix this ({explained} says how), then run:", f"      {printable(again)}"]
        if len(ways) == 1:
            return [f"next: {printable(ways[0])}"]
        most = 1 if self.level == _MINIMAL else MOST_WAYS
        title = f"next, one of{ways_left_out(report, most)}:"
        return [*self.screen.lines(title), *(f"      {printable(way)}" for way in ways[:most])]

    def after_check(self) -> list[str]:
        """Return the command that writes the list."""
        report = self.report
        if report.ready or of_outcome(report, Outcome.REJECT, Outcome.FIX):
            # A list with rejects is not rewritten in place, so leave out that option to write the other rows.
            is_refused = bool(report.rows.rejected and report.settings.get("in-place"))
            command = clean_command(report, {**self.changed, **({"in-place": None} if is_refused else {})})
            if is_refused and not self.leading:
                name = printable_path(report.input.path)
                these = "this row" if report.rows.rejected == 1 else "these rows"
                text = f"next: correct or delete {these} in {name}; or to write the others to a new file:"
                return [*self.screen.lines(text), f"      {printable(command)}"]
            return [f"next: {printable(command)}", *self.saving(command)]
        return ["next: review the rows above"]

    def after_clean(self) -> list[str]:
        """Return what to upload under which names, and what can be saved or corrected first."""
        report, screen = self.report, self.screen
        clean, rejects = written(report, "clean"), written(report, "rejects")
        if clean[0].path == report.input.path:
            return screen.lines(f"next: review what has changed; {self.called(clean[0].path)} is ready")
        phone, identifier = sent_names(report)
        named = f", identifier column {identifier!r}" if identifier else ""
        upload = self.called(clean[0].path) if len(clean) == 1 else f"these {len(clean):,} files"
        lines = screen.lines(printable(f"in the upload, choose: phone column {phone!r}{named}"))
        lines += [*screen.lines(f"next: upload {upload}"), *self.saving()]
        if rejects and to_correct(report):
            correct = f"or first: correct {self.called(rejects[0].path)}"
            if self.level == _MINIMAL:
                return [*lines, *screen.lines(f"{correct}, and give it with --corrections")]
            lines += screen.lines(f"{correct}, and make one list of both:")
            lines.append(f"      {printable(command_for_rejects(report, self.changed))}")
        return lines

    def saving(self, following: str = "") -> list[str]:
        """Return lines with the command that may save a few rejected rows.  following: the one printed anyway."""
        step = self.later
        if step is None or step.command == following:
            return []
        return [f"or first: {lowered(step.title)}:", f"      {printable(step.command)}"]


def _counts(report: Report, screen: Screen, room: int) -> list[str]:
    """Return the count of findings by rule; rules that do not fit share one line, and fixes another."""
    words = _WORDS if report.outputs else _WORDS_IF_UNWRITTEN
    found = [one for outcome in ORDER for one in of_outcome(report, outcome)]
    most = max(_LEAST_COUNTS, min(room, _MOST_COUNTS))
    if len(found) <= most:
        return _table(found, [], words, screen)
    fixes = [one for one in found if one.outcome is Outcome.FIX]
    others = found[: len(found) - len(fixes)]
    most -= bool(fixes)
    shown = others if len(others) <= most else others[: most - 1]
    sums = []
    if rest := others[len(shown) :]:
        sums.append((f"{len(rest)} other rules", sum(one.count for one in rest), ""))
    if fixes:
        title = fixes[0].title if len(fixes) == 1 else f"{len(fixes)} kinds of fixes"
        sums.append((title, sum(one.count for one in fixes), words[Outcome.FIX]))
    return _table(shown, sums, words, screen)


def _table(
    found: Sequence[RuleFindings],
    sums: Sequence[tuple[str, int, str]],
    words: Mapping[Outcome, str],
    screen: Screen,
) -> list[str]:
    rows = [(screen.paint(one.code, COLORS[one.outcome]), one.title, one.count, words[one.outcome]) for one in found]
    rows += [("…   ", *one) for one in sums]
    names, width = max(len(title) for _, title, _, _ in rows), max(len(f"{count:,}") for _, _, count, _ in rows)
    return [f"  {code}  {title:<{names}}  {count:>{width},}  {word}".rstrip() for code, title, count, word in rows]


def _summary(report: Report) -> str:
    rows = report.rows
    text = f"{counted(rows.read, 'row')} read, {rows.clean:,} clean, {rows.rejected:,} rejected"
    return text + (f", {counted(rows.blank, 'blank line')}" if rows.blank else "")


def _some(texts: Sequence[str]) -> str:
    more = f" and {len(texts) - _NAMES_SHOWN:,} more" if len(texts) > _NAMES_SHOWN else ""
    return ", ".join(islice(texts, _NAMES_SHOWN)) + more
