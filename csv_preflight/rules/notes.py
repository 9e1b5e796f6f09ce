"""The texts of notes."""

from __future__ import annotations

from csv_preflight.country_names import in_sentence
from csv_preflight.formulas import spreadsheet_letters
from csv_preflight.model.note import (
    CostlyLines,
    LostPlus,
    Note,
    OptOutsUnused,
    OtherCountry,
    OtherEncoding,
    OtherIdentifier,
    TimezonesKept,
    UnknownCountries,
    VariablesUnknown,
)
from csv_preflight.shell import quoted


def note_text(note: Note) -> str:
    """Return a note as a sentence, without the full stop."""
    match note:
        case LostPlus():
            seem = "seems" if note.count == 1 else "seem"
            region = (
                f"give --region {note.region}, since all of them are numbers in {in_sentence(note.region or '')}, or "
            )
            column = f"give --region-column {quoted(note.region_column or '')}, or "
            given = column if note.region_column else region if note.region else ""
            formula = f'="+"&{spreadsheet_letters(note.column)}2'
            return (
                f"{note.count:,} of the rejected numbers {seem} to have lost the + before a country code: {given}"
                f"beside these rows, and no others, fill an empty column with {formula}, "
                "and paste its values over their numbers"
            )
        case OtherIdentifier():
            have = "has" if note.count == 1 else "have"
            return (
                f"{note.count:,} of {note.duplicates:,} duplicates {have} a different identifier from the row that is "
                "kept"
            )
        case CostlyLines():
            are, them = ("is", "it") if note.count == 1 else ("are", "them")
            return f"{note.count:,} of the clean numbers {are} {note.line_type}: calling {them} costs more"
        case OtherCountry():
            are = "is" if note.count == 1 else "are"
            return (
                f"{note.count:,} of the clean numbers {are} from another country than {note.column!r} says; each has "
                "a country code, so it is kept"
            )
        case UnknownCountries():
            rows = f"{note.count:,} {'row has' if note.count == 1 else 'rows have'}"
            shown = ", ".join(f"{cell} ({count:,})" for cell, count in note.cells)
            return f"{rows} no known country in {note.column!r}: {shown}"
        case OtherEncoding():
            return f"the text is read as {note.encoding}, which it plainly is, not as {note.named}"
        case TimezonesKept():
            return f"the list already has a column {note.column!r}: only its empty cells are filled with time zones"
        case OptOutsUnused():
            names = " and ".join(map(repr, note.columns))
            say = "says" if len(note.columns) == 1 else "say"
            return (
                f"{names} {say} that some people must not be called: the next command leaves them out with "
                "--opt-out-column"
            )
        case VariablesUnknown():
            return (
                f"{note.profile} requires a value for every template variable in every row; to have that checked, name "
                "the variables with --variables"
            )
