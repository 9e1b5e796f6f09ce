"""Serial numbers of dates and times -> ISO 8601."""

from __future__ import annotations

from datetime import datetime, timedelta

# Excel's calendar has a 29 February 1900, serial number 60; days before it are counted from one day later.
LEAP_DAY_1900 = 60
LAST_DAY = 2_958_465  # 9999-12-31
DAY = 86_400


def iso(serial: float, *, has_date: bool, has_time: bool, from_1904: bool) -> str | None:
    """Return a date, a time or both, as ISO 8601; None for a number that no spreadsheet shows as a date.

    has_date, has_time: what the number format shows.

    >>> iso(45322.0, has_date=True, has_time=False, from_1904=False)
    '2024-01-31'
    >>> iso(0.5, has_date=False, has_time=True, from_1904=False)
    '12:00:00'
    """
    if not 0 <= serial < LAST_DAY + 1:
        return None
    seconds = round(serial % 1 * DAY, 3)
    day = int(serial)
    if not has_date and day == 0:
        return _time(datetime(2000, 1, 1) + timedelta(seconds=seconds))
    if not from_1904 and day in (0, LEAP_DAY_1900):
        return None
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 31 if day < LEAP_DAY_1900 else 30)
    moment = start + timedelta(days=day, seconds=seconds)
    if has_time or seconds:
        return f"{moment.date().isoformat()}T{_time(moment)}"
    return moment.date().isoformat()


def elapsed(days: float) -> str:
    """Return a duration as hours, minutes and seconds.

    >>> elapsed(1.25)
    '30:00:00'
    """
    minutes, seconds = divmod(round(abs(days) * DAY), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{'-' if days < 0 else ''}{hours:02d}:{minutes:02d}:{seconds:02d}"


def _time(moment: datetime) -> str:
    return moment.time().isoformat("milliseconds" if moment.microsecond else "seconds")
