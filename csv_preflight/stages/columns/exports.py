"""Exports of address books, recognized by the names of their phone columns, and the order in which to call them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from csv_preflight.stages.columns.likely import fold
from csv_preflight.stages.columns.names import clean_name

# The phone columns of Outlook's exports (classic, new and Outlook.com), in English, German and French: a person's own
# numbers first, beginning with the mobile.
_OUTLOOK = (
    "Mobile Phone, Mobile Phone 2, Primary Phone, Home Phone, Home Phone 2, Business Phone, Business Phone 2, "
    "Other Phone, Car Phone",
    "Mobiltelefon, Mobiltelefon 2, Haupttelefon, Telefon privat, Telefon (privat), Telefon privat 2, "
    "Telefon (privat 2), Telefon geschäftlich, Telefon (geschäftlich), Telefon geschäftlich 2, "
    "Telefon (geschäftlich 2), Weiteres Telefon, Autotelefon",
    "Tél. mobile, Téléphone mobile, Téléphone principal, Tél. principal, Téléphone (domicile), Téléphone 2 (domicile), "
    "Téléphone (bureau), Téléphone 2 (bureau), Téléphone (autre), Téléphone (voiture)",
)
# Numbers of a switchboard, another person or a machine: used only if the user names the column.
_OTHERS_OF_OUTLOOK = (
    "Company Main Phone, Assistant's Phone, Callback, Radio Phone, TTY/TDD Phone, ISDN, Telex, Pager, "
    "Telefon Firma, Telefon Assistent, Rückmeldung, Funktelefon, Telefon für Hörbehinderte, "
    "Téléphone société, Téléphone de l'assistant(e), Rappel, Radio téléphone, Radiotéléphone, Téléphone TDD/TTY, Télex"
)


def _names(text: str) -> tuple[str, ...]:
    return tuple(map(fold, text.split(", ")))


_ORDERS = tuple(map(_names, _OUTLOOK))
_NOT_FIRST_CHOICE = frozenset(_names(_OTHERS_OF_OUTLOOK))
# Google Contacts: "Phone 1 - Value" next to "Phone 1 - Label", or "Type" before 2024.
_GOOGLE = re.compile(r"phone ([0-9]{1,3}) - value")
_GOOGLE_LABELS = ("phone {} - label", "phone {} - type")


def phones_in_order(header: Sequence[str], candidates: Sequence[int]) -> tuple[int, ...]:
    """Return the phone columns of an address book's export, in the order in which to use them.

    candidates: indices of all columns that look like phone numbers.  () if one of them is not of such an export.

    >>> phones_in_order(["Business Phone", "Mobile Phone", "Assistant's Phone"], [0, 1, 2])
    (1, 0)
    >>> phones_in_order(["Phone 1 - Value", "Phone 2 - Value"], [0, 1])
    (0, 1)
    >>> phones_in_order(["Mobile Phone", "Emergency contact phone"], [0, 1])
    ()
    """
    names = {index: fold(clean_name(header[index])) for index in candidates}
    numbers = {index: match for index, name in names.items() if (match := _GOOGLE.fullmatch(name))}
    if numbers and len(numbers) == len(names):
        return tuple(sorted(numbers, key=lambda index: int(numbers[index][1])))
    for order in _ORDERS:
        places = {index: order.index(name) for index, name in names.items() if name in order}
        if places and all(index in places or name in _NOT_FIRST_CHOICE for index, name in names.items()):
            return tuple(sorted(places, key=lambda index: places[index]))
    return ()


def label_columns(header: Sequence[str], phones: Sequence[int]) -> dict[int, int]:
    """Return the columns with the kind of each number in Google's export, by phone column.

    >>> label_columns(["Name", "Phone 1 - Label", "Phone 1 - Value"], [2])
    {2: 1}
    """
    names = [fold(clean_name(name)) for name in header]
    result = {index: match[1] for index in phones if (match := _GOOGLE.fullmatch(names[index]))}
    return {
        index: names.index(name)
        for index, number in result.items()
        for name in (label.format(number) for label in _GOOGLE_LABELS)
        if name in names
    }
