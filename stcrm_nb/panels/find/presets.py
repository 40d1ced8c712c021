"""Ranges of days that move with the calendar, by name. Pure."""

from collections.abc import Callable
from datetime import date, timedelta

Days = tuple[date, date]


def _back(days: int) -> Callable[[date], Days]:
    return lambda today: (today - timedelta(days=days - 1), today)


def _last_month(today: date) -> Days:
    end = today.replace(day=1) - timedelta(days=1)
    return end.replace(day=1), end


PRESETS: dict[str, Callable[[date], Days]] = {
    "today": _back(1),
    "last 7 days": _back(7),
    "last 30 days": _back(30),
    "last 90 days": _back(90),
    "month to date": lambda today: (today.replace(day=1), today),
    "last month": _last_month,
    "year to date": lambda today: (today.replace(month=1, day=1), today),
}


def days_of(name: str, today: date) -> tuple[str, str]:
    """Return the first and the last day of a preset, ISO.

    >>> days_of("last month", date(2026, 3, 15))
    ('2026-02-01', '2026-02-28')
    """
    first, last = PRESETS[name](today)
    return first.isoformat(), last.isoformat()
