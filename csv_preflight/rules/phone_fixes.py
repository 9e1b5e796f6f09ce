"""Phone numbers: fixes, and warnings about numbers that are kept."""

from __future__ import annotations

from csv_preflight.model.rule import Group, Outcome, Rule

RULES = (
    Rule(
        code="P101",
        name="phone-reformatted",
        title="Number reformatted",
        outcome=Outcome.FIX,
        group=Group.PHONE,
        message="the number is not written in {form}",
        why="The service takes + and digits, without spaces, hyphens or dots.",
        example="(202) 555-0143 becomes +12025550143 with --region US",
        parameters={"form": "e164"},
        remedy="clean rewrites it.",
        words={
            "form": {
                "e164": "E.164 form",
                "digits": "digits alone, with its country code",
                "national": "digits alone, without its country code",
            }
        },
    ),
    Rule(
        code="P102",
        name="phone-decimal-point",
        title="Decimal point removed",
        outcome=Outcome.FIX,
        group=Group.PHONE,
        message="a spreadsheet added a decimal point",
        why="A column of numbers was exported with decimals. Read as digits, the zero would become part of the number.",
        example="2025550143.0",
        remedy="clean removes it. Format the column as text in the spreadsheet.",
    ),
    Rule(
        code="P103",
        name="phone-wrapped",
        title="Text mark removed",
        outcome=Outcome.FIX,
        group=Group.PHONE,
        message="the number has a spreadsheet's text mark",
        why="Such marks keep a spreadsheet from changing the number, but are not part of it.",
        example='\'+12025550143, or ="+12025550143"',
        remedy="clean removes it.",
    ),
    Rule(
        code="P104",
        name="phone-invisible",
        title="Invisible characters removed",
        outcome=Outcome.FIX,
        group=Group.PHONE,
        message="the number contains invisible or unusual characters",
        why="Numbers copied from web pages and chats can carry invisible characters, which make equal numbers look "
        "different.",
        example="a number between U+202A and U+202C",
        remedy="clean removes them.",
    ),
    Rule(
        code="P105",
        name="phone-extension-dropped",
        title="Extension dropped",
        outcome=Outcome.WARN,
        group=Group.PHONE,
        message="the extension is dropped{kept}",
        why="E.164 has no place for an extension: the call reaches the switchboard.",
        example="202-555-0143 ext. 12",
        parameters={"kept": ""},
        remedy="To keep it, give --extension-column NAME: extensions then go into that column.",
        spreadsheet="Put the extension in a column of its own if the agent needs it.",
        words={
            "kept": {
                "": "",
                "kept": " here, and kept in the extension column",
                "other": ", because the extension column holds something else",
            }
        },
    ),
    Rule(
        code="P106",
        name="phone-from-other-column",
        title="Number from another column",
        outcome=Outcome.FIX,
        group=Group.PHONE,
        message="{why}; the number comes from {used}",
        why="You named several phone columns: the first with a number that can be called counts. The service reads one "
        "column, so the number is written in the first of them; the others stay as they are.",
        example="--phone-column Mobile --phone-column Home, and a row without a mobile number",
        parameters={"why": "empty", "used": "Home"},
        remedy="clean writes the number in the first phone column.",
        columns=frozenset({"used"}),
        facts=frozenset({"rule", "title"}),
        words={"why": {"empty": "the cell is empty", "rejected": "this one cannot be called ({rule}, {title})"}},
    ),
    Rule(
        code="P107",
        name="phone-label",
        title="Label removed",
        outcome=Outcome.FIX,
        group=Group.PHONE,
        message="there is a label beside the number",
        why="Words such as mobile and Tel., and prefixes such as p: and whatsapp:, say what kind of number it is. They "
        "are not part of it.",
        example="202-555-0143 (mobile), or p:+12025550143",
        remedy="clean removes it.",
    ),
    Rule(
        code="P108",
        name="phone-placeholder",
        title="Placeholder, not a real number",
        outcome=Outcome.WARN,
        group=Group.PHONE,
        message="this looks like a placeholder: one digit over and over, or digits in a row",
        why="People type such a number to get past a form. Whoever owns it gets everybody's calls.",
        example="9999999999 or 1234567890 with --region IN",
        remedy="Ask for the right number, or remove the row.",
    ),
)
