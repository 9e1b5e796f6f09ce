"""Identifiers: names that are missing, damaged or dangerous."""

from __future__ import annotations

from csv_preflight.model.rule import Group, Outcome, Rule

RULES = (
    Rule(
        code="I001",
        name="identifier-missing",
        title="No identifier",
        outcome=Outcome.WARN,
        group=Group.IDENTIFIER,
        message="no identifier",
        why="The agent has no name to greet the person with.",
        example="an empty cell in the identifier column",
        remedy="Add it, or reject such rows with --require-identifier.",
        spreadsheet="Add the name.",
        common_cause="Is {identifier!r} the right column? If not, name it with --identifier-column",
    ),
    Rule(
        code="I002",
        name="identifier-formula",
        title="Formula in the identifier",
        outcome=Outcome.WARN,
        group=Group.IDENTIFIER,
        message="a spreadsheet would run the identifier as a formula",
        why="Whoever opens an export of the audience in a spreadsheet would run what a stranger typed into a form.",
        example="=HYPERLINK(...)",
        remedy="Correct the cell in the list.",
    ),
    Rule(
        code="I003",
        name="identifier-mixed-script",
        title="Look-alike letters",
        outcome=Outcome.WARN,
        group=Group.IDENTIFIER,
        message="a word of the identifier mixes Latin and {script} letters",
        why="The name looks right, but is spoken, searched and sorted wrongly.",
        example="Аnn with a Cyrillic А",
        parameters={"script": "Cyrillic"},
        remedy="Type the name again.",
        facts=frozenset({"script"}),
    ),
    Rule(
        code="I004",
        name="identifier-mojibake",
        title="Garbled text",
        outcome=Outcome.WARN,
        group=Group.IDENTIFIER,
        message="{how}",
        parameters={"how": "misread"},
        words={
            "how": {
                "misread": "the text looks garbled, as if read in the wrong encoding",
                "lost": "letters have become question marks, as if saved in an encoding that lacks them",
                "codes": "HTML codes such as &amp; are in the text",
            }
        },
        why="It was damaged before the export, and would be read aloud like that.",
        example="JosÃ©, ????? ?????, or O&#39;Hara",
        remedy="Export again with the right encoding, or correct the text.",
    ),
    Rule(
        code="I005",
        name="identifier-too-long",
        title="Identifier too long",
        outcome=Outcome.REJECT,
        group=Group.IDENTIFIER,
        message="the identifier has {length} characters, but {profile} takes at most {most}",
        why="The service refuses longer names.",
        example="a company's full legal name with --profile vapi",
        parameters={"length": 54, "most": 40, "profile": "vapi"},
        facts=frozenset({"profile"}),
        remedy="Shorten it in the list.",
    ),
    Rule(
        code="I101",
        name="identifier-cleaned",
        title="Identifier cleaned",
        outcome=Outcome.FIX,
        group=Group.IDENTIFIER,
        message="the identifier has leading or trailing spaces, or invisible characters",
        why="They are spoken as pauses or noise, and keep equal names from matching.",
        example="'Ann ' with a space at the end",
        remedy="clean removes them.",
    ),
)
