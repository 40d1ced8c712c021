"""When things happen: seasons, weekdays, hours, weather and growth, in the tenant's own time zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from stcrm_nb.sandbox.generate.draws import Dice, Floats, Rows

TIME_ZONE = "America/Chicago"
START = datetime(2023, 10, 1, 5, tzinfo=UTC)
AS_OF = datetime(2026, 9, 30, 21, tzinfo=UTC)
START_SECOND = int(START.timestamp())
AS_OF_SECOND = int(AS_OF.timestamp())
HOUR, DAY = 3_600, 86_400

TRADES = ("heating", "cooling", "plumbing", "electrical")
# Inquiries by month, January first. Furnaces fail in January, air conditioners in July.
BY_MONTH = (
    (10.0, 8.0, 4.5, 2.0, 1.0, 0.5, 0.5, 0.7, 2.0, 4.0, 6.0, 9.0),
    (0.3, 0.3, 0.6, 1.6, 4.0, 8.0, 10.0, 8.0, 3.5, 1.0, 0.4, 0.3),
    (4.2, 4.0, 3.8, 3.6, 3.6, 3.7, 3.7, 3.6, 3.5, 3.5, 3.7, 4.0),
    (2.0, 1.9, 1.9, 2.0, 2.1, 2.3, 2.5, 2.4, 2.1, 2.1, 2.1, 2.2),
)
BY_WEEKDAY = (1.30, 1.12, 1.05, 1.00, 1.02, 0.52, 0.28)
CALL_HOURS = (1, 1, 1, 1, 2, 4, 14, 48, 92, 100, 90, 78, 62, 74, 72, 66, 60, 44, 26, 16, 10, 6, 3, 2)
WEB_HOURS = (14, 9, 6, 5, 6, 12, 28, 48, 64, 70, 66, 60, 58, 54, 52, 50, 48, 52, 62, 78, 88, 80, 54, 28)
GROWTH_A_YEAR = 0.09
SLOW_MONTH, SLOW_FACTOR = (2025, 9), 0.5
HOLIDAYS = ((1, 1), (7, 4), (12, 24), (12, 25), (12, 31))
HOLIDAY_FACTOR = 0.35
COLD_SNAPS = (
    (date(2024, 1, 13), date(2024, 1, 17)),
    (date(2025, 1, 19), date(2025, 1, 22)),
    (date(2026, 1, 25), date(2026, 1, 29)),
)
HEAT_WAVES = (
    (date(2024, 6, 17), date(2024, 6, 21)),
    (date(2025, 6, 21), date(2025, 6, 24)),
    (date(2026, 7, 13), date(2026, 7, 17)),
)
WEATHER_FACTOR = 1.9


@dataclass(frozen=True, slots=True)
class Clock:
    """Arrivals over the three years: few at night, many on a January Monday.

    Parameters
    ----------
    edges : Rows
        Starts of the hours, in seconds since 1970 UTC, and the end of the last one.
    shares : Floats
        Share of all arrivals before each edge, from 0 to 1.
    trades : Floats
        For each hour, the running shares of the trades; one row an hour.
    """

    edges: Rows
    shares: Floats
    trades: Floats

    @classmethod
    def of(cls, dice: Dice, hours: tuple[int, ...]) -> Self:
        """Return the clock of a channel whose day looks like `hours`."""
        edges = np.arange(START_SECOND, AS_OF_SECOND + 1, HOUR, dtype=np.int64)
        zone = ZoneInfo(TIME_ZONE)
        local = [datetime.fromtimestamp(second, zone) for second in edges[:-1].tolist()]
        days, day_of_hour = np.unique([moment.toordinal() for moment in local], return_inverse=True)
        by_trade = _by_trade(dice, days)[day_of_hour]
        hourly = np.asarray(hours, dtype=np.float64)[[moment.hour for moment in local]]
        total = np.concatenate(([0.0], np.cumsum(by_trade.sum(axis=1) * hourly)))
        running = np.cumsum(by_trade, axis=1)
        return cls(edges, total / total[-1], running / running[:, -1:])

    def times(self, dice: Dice, name: str, rows: Rows, *, of: int) -> Rows:
        """Return the seconds at which rows of `of` arrive; they rise with the row."""
        share = (rows + dice.uniform(name, rows)) / of
        return np.floor(np.interp(share, self.shares, self.edges)).astype(np.int64)

    def so_far(self, seconds: Rows, *, of: int) -> Rows:
        """Return how many of `of` arrivals surely came before these seconds."""
        return np.floor(np.interp(seconds, self.edges, self.shares) * of).astype(np.int64)

    def trade(self, dice: Dice, name: str, rows: Rows, *, at: Rows) -> Rows:
        """Return the index of the trade asked for at these seconds."""
        hour = np.clip((at - START_SECOND) // HOUR, 0, len(self.trades) - 1)
        asked = dice.uniform(name, rows)
        return np.asarray((asked[:, None] >= self.trades[hour, :-1]).sum(axis=1), dtype=np.int64)


def _by_trade(dice: Dice, days: Rows) -> Floats:
    """Return the expected inquiries of each day, one column a trade."""
    dates = [date.fromordinal(day) for day in days.tolist()]
    middles = np.arange(-1, 13) * 365.25 / 12 + 15.2
    day_of_year = np.array([day.timetuple().tm_yday for day in dates], dtype=np.float64)
    shape = np.stack(
        [np.interp(day_of_year, middles, (year[-1], *year, year[0])) for year in BY_MONTH], axis=1
    )
    shape[_within(dates, COLD_SNAPS), 0] *= WEATHER_FACTOR
    shape[_within(dates, HEAT_WAVES), 1] *= WEATHER_FACTOR
    luck = sum(dice.uniform(f"day/{part}", days) for part in range(3)) / 3
    level = np.array([_level(day) for day in dates]) * (0.55 + 0.9 * luck)
    return np.asarray(shape * level[:, None], dtype=np.float64)


def _level(day: date) -> float:
    """Return how busy a day is, whatever the season."""
    years = (day - START.date()).days / 365.25
    level = BY_WEEKDAY[day.weekday()] * (1 + GROWTH_A_YEAR * years)
    if (day.year, day.month) == SLOW_MONTH:
        level *= SLOW_FACTOR
    thanksgiving = day.month == 11 and day.weekday() == 3 and 22 <= day.day <= 28  # noqa: PLR2004 fourth Thursday
    return level * HOLIDAY_FACTOR if thanksgiving or (day.month, day.day) in HOLIDAYS else level


def _within(dates: list[date], spells: tuple[tuple[date, date], ...]) -> NDArray[np.bool_]:
    return np.array([any(first <= day <= last for first, last in spells) for day in dates])


@dataclass(frozen=True, slots=True)
class Calendar:
    """UTC to the tenant's wall clock and back, for whole arrays."""

    changes: Rows
    offsets: Rows

    @classmethod
    def of_tenant(cls) -> Self:
        """Return the calendar from 2019 to 2027."""
        zone = ZoneInfo(TIME_ZONE)
        hours = np.arange(datetime(2019, 1, 1, tzinfo=UTC).timestamp(), AS_OF_SECOND + 400 * DAY, HOUR)
        offset = np.array([_offset(second, zone) for second in hours.tolist()], dtype=np.int64)
        first = np.concatenate(([True], offset[1:] != offset[:-1]))
        return cls(hours[first].astype(np.int64), offset[first])

    def local(self, seconds: Rows) -> Rows:
        """Return seconds of the wall clock (since 1970, as if it were UTC)."""
        return seconds + self.offsets[np.searchsorted(self.changes, seconds, side="right") - 1]

    def utc(self, local: Rows) -> Rows:
        """Return the moment at which the wall clock shows this."""
        guess = local - self.offsets[np.searchsorted(self.changes, local, side="right") - 1]
        return local - self.offsets[np.searchsorted(self.changes, guess, side="right") - 1]

    def next_workday(self, seconds: Rows, days: Rows) -> Rows:
        """Return the local midnight `days` later, moved from a weekend to Monday; wall clock."""
        midnight = self.local(seconds) // DAY + days
        weekday = (midnight + 3) % 7  # 1970-01-01 was a Thursday
        return (midnight + np.where(weekday == 5, 2, np.where(weekday == 6, 1, 0))) * DAY  # noqa: PLR2004 weekend


def _offset(second: float, zone: ZoneInfo) -> int:
    offset = datetime.fromtimestamp(second, zone).utcoffset() or timedelta()
    return int(offset.total_seconds())
