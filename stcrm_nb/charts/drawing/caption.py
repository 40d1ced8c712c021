"""The small print under a chart: period, rows, filters, time zone. Pure but for the axes it is put on."""

import textwrap
from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from stcrm_nb.catalogue.model import snake
from stcrm_nb.charts.drawing.style import QUIET, shortened, width

SIZE = 9  # of the text, in points; a letter is half as wide
LONGEST = 40  # characters of a filter's value in it


def put(ax: Axes, said: Mapping[str, Any], asked: Mapping[str, Any], *, what: str, more: str = "") -> None:
    """Put the caption under a chart.

    Parameters
    ----------
    ax : Axes
        The chart.
    said : mapping
        What the analysis says of itself: counted, uncounted, tz, since, until.
    asked : mapping
        What the frame says of itself.
    what : str
        What the rows are.
    more : str
        What else must be said.
    """
    letters = int(width(ax) * 72 / (SIZE / 2))
    text = textwrap.fill(written(said, asked, what=what, more=more), max(letters, 30))
    ax.set_xlabel(text, loc="left", fontsize=SIZE, color=QUIET, labelpad=8, parse_math=False)


def written(said: Mapping[str, Any], asked: Mapping[str, Any], *, what: str, more: str = "") -> str:
    """Return the caption."""
    parts = [f"{said['counted']:,} {what}", filters(asked, said["tz"]), f"times in {said['tz']}"]
    if said.get("since") and said.get("until"):
        since, until = (pd.Timestamp(said[name]) for name in ("since", "until"))
        parts.insert(0, f"{since:%Y-%m-%d} to {until:%Y-%m-%d %H:%M}")
    if said["uncounted"]:
        parts.append(f"{said['uncounted']:,} without {said.get('lacking', 'a date')} left out")
    if asked.get("complete") is False:
        parts.append(f"INCOMPLETE: {asked.get('rows')} of {asked.get('total')} rows were fetched")
    return " \N{MIDDLE DOT} ".join([*parts, *([more] if more else [])])


def filters(asked: Mapping[str, Any], zone: str) -> str:
    """Return what restricted the rows, in words, times in the tenant's zone."""
    found = []
    for name, value in (asked.get("parameters") or {}).items():
        shown = shortened(str(value), LONGEST)
        if name.endswith(("Before", "OnOrAfter")):
            shown = f"{pd.Timestamp(value).tz_convert(zone):%Y-%m-%d %H:%M}".removesuffix(" 00:00")
        if name not in ("pageSize", "sort"):
            found.append(f"{words(snake(name))} {shown}")
    return ", ".join(found) or "no filter"


def words(name: str) -> str:
    """Return a column's name for people.

    >>> words("campaign_id"), words("job_type")
    ('campaign', 'job type')
    """
    return name.removesuffix("_id").replace("_", " ")
