"""Numbers that are in a list already: this one, the audience, a suppression list."""

from __future__ import annotations

from csv_preflight.model.rule import Group, Outcome, Rule

RULES = (
    Rule(
        code="D001",
        name="duplicate-phone",
        title="Duplicate number",
        outcome=Outcome.REJECT,
        group=Group.LISTED,
        message="the same number as {where}, which is kept{identifier}",
        why="The service refuses a list that has a number twice, and nobody likes to be called twice.",
        example="202-555-0143 and +1 (202) 555-0143",
        parameters={"where": "line", "line": 2, "identifier": "same"},
        remedy="Nothing to do if one call is enough. --keep last keeps the last row instead of the first.",
        spreadsheet="Nothing to do if one call is enough.",
        facts=frozenset({"path"}),
        words={
            "where": {
                "line": "on line {line}",
                "file": "on line {line} of {path}",
                "row": "in another row",
            },
            "identifier": {"same": "", "other": " and has another identifier"},
        },
    ),
    Rule(
        code="D002",
        name="already-in-audience",
        title="Already in the audience",
        outcome=Outcome.REJECT,
        group=Group.LISTED,
        message="the number is already in the audience",
        why="The service refuses numbers that the audience already has.",
        example="a number that is also in the file given as --existing",
        remedy="Nothing to do if these people are in the audience; otherwise check the file given as --existing.",
        spreadsheet="Nothing to do if these people are in the audience.",
    ),
    Rule(
        code="D003",
        name="suppressed",
        title="On the suppression list",
        outcome=Outcome.REJECT,
        group=Group.LISTED,
        message="{which} is on the suppression list",
        why="This person must not be called, by another number neither.",
        example="a number that is also in the file given as --suppress",
        parameters={"which": "called"},
        words={
            "which": {"called": "the number", "other": "another number of this person, in the other phone columns,"}
        },
        remedy="Nothing to do if these people are not to be called; otherwise check the file given as --suppress.",
        spreadsheet="Nothing to do if these people are not to be called.",
    ),
    Rule(
        code="D004",
        name="list-row-unreadable",
        title="Unreadable rows in another list",
        outcome=Outcome.WARN,
        group=Group.OTHER_LIST,
        message="no number could be read in {count:,} of {read:,} rows of {path}{first}",
        why="Such a row matches nobody. If the list says who must not be called, its person may be called; if it says "
        "who may be called, its person is left out.",
        example="a suppression list of national numbers, without --region",
        parameters={
            "count": 3,
            "read": 120,
            "path": "never.csv",
            "option": "suppress",
            "first": "row",
            "line": 8,
            "code": "P003",
            "reason": "no country code, and no region given",
        },
        remedy="Correct these rows. To see what is wrong, run csv-preflight check on that list.",
        facts=frozenset({"path", "option", "code", "reason"}),
        words={"first": {"": "", "row": "; the first on line {line}: {code} {reason}"}},
    ),
    Rule(
        code="D005",
        name="opted-out",
        title="Opted out",
        outcome=Outcome.REJECT,
        group=Group.LISTED,
        message="{said}",
        why="This person has asked not to be called, or has not agreed to it.",
        example="a row with yes in the column given as --opt-out-column",
        parameters={"said": "out", "column": "do_not_call", "cell": ""},
        remedy="Nothing to do if these people are not to be called; otherwise check the column given as "
        "--opt-out-column.",
        spreadsheet="Nothing to do if these people are not to be called.",
        columns=frozenset({"column"}),
        facts=frozenset({"path"}),
        words={
            "said": {
                "out": "{column} says that this person must not be called",
                "unclear": "{column} says {cell}, which is neither yes nor no",
                "number": "this number has opted out on line {line}",
                "file": "this number has opted out on line {line} of {path}",
                "row": "this number has opted out in another row",
            }
        },
    ),
    Rule(
        code="D006",
        name="not-on-the-allow-list",
        title="Not on the allow list",
        outcome=Outcome.REJECT,
        group=Group.LISTED,
        message="the number is not on the list of those that may be called",
        why="Only the numbers on this list may be called: people who have agreed, or those of a trial account.",
        example="a number that is not in the file given as --only",
        remedy="Nothing to do if these people are not to be called; otherwise check the file given as --only.",
        spreadsheet="Nothing to do if these people are not to be called.",
    ),
    Rule(
        code="D007",
        name="wrong-corrections",
        title="Corrections of another list",
        outcome=Outcome.STOP,
        group=Group.OTHER_LIST,
        message="{path}: {problem}",
        why="A row that is replaced by that of another person is called under a wrong name, and somebody is lost.",
        example="corrections of a list that has changed since",
        parameters={"path": "contacts.rejects.csv", "problem": "other", "at": 12, "rows": 1},
        remedy="Give the rejects file that was written for this very list, with the options of that run. If the list "
        "or the options are others now, run clean without --corrections, and correct the new rejects.",
        spreadsheet="Correct the rejects file that was written for this very list, and leave its last columns alone.",
        columns=frozenset({"names"}),
        facts=frozenset({"path", "reason"}),
        words={
            "problem": {
                "unreadable": "it cannot be read: {reason}",
                "no-line-column": "it has no column preflight_line, so it is no rejects file of this list",
                "columns-missing": "it lacks {names}, so it is no rejects file of this list",
                "columns-added": "it has {names}, which is not in this list; delete that column, or give the rejects "
                "file of this list",
                "no-line": "{rows:,} of its rows have no line number in preflight_line; put it back, or delete them",
                "twice": "it has several rows for line {at}; keep one of them",
                "absent": "it has a row for line {at}, and no row of this list begins there",
                "ready": "it changes the row of line {at}, which is not among the rejects of this list",
                "other": "its row for line {at} is about somebody else than the row of this list",
                "raw": "its preflight_raw for line {at} is not the text of this list",
                "raw-edited": "preflight_raw of line {at} was changed; copy its pieces into the columns instead",
            }
        },
    ),
)
