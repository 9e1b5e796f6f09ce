"""Quote cells as in RFC 4180."""

from __future__ import annotations


def quoted(cell: str, delimiter: str = ",") -> str:
    """Return a cell in quotes if it needs them.

    >>> quoted("Rome, Italy"), quoted('5" pipe'), quoted("Ann")
    ('"Rome, Italy"', '"5"" pipe"', 'Ann')
    """
    if delimiter in cell or '"' in cell or "\n" in cell or "\r" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell
