"""View -> the Python that gives the same rows, for a cell of one's own. Pure."""

from collections.abc import Callable, Collection

from stcrm_nb.panels.find.columns import BETWEEN
from stcrm_nb.panels.find.masks import Calendar
from stcrm_nb.panels.find.presets import days_of
from stcrm_nb.panels.view import Filter, Sort, View


def as_code(
    view: View, call: str, *, texts: Collection[str], choices: Collection[str], calendar: Calendar
) -> str:
    """Return the Python that gives the rows of a view.

    Parameters
    ----------
    view : View
        Page and selection do not matter.
    call : str
        The expression that fetches the frame.
    texts, choices : collection of str
        Columns that a text is looked for in; texts are sorted in either case.
    calendar : Calendar
        Where days begin, and the day that presets count from.

    Returns
    -------
    str
        Lines that leave the rows in `frame`.
    """
    lines = [f"frame = {call}"]
    if any(each.kind in ("between", "preset") for each in view.filters):
        lines.insert(0, "import pandas as pd\n")
    for each in view.filters:
        lines += [f"frame = frame[{condition}]" for condition in CONDITIONS[each.kind](each, calendar)]
    if view.text:
        columns = [*texts, *choices, "id"]
        lines.append(f"texts = frame[{columns!r}].astype('str')")
        lines.append(
            f"frame = frame[texts.apply(lambda column: column.str.lower().str.contains("
            f"{view.text.lower()!r}, regex=False, na=False)).any(axis=1)]"
        )
    return "\n".join([*lines, *(_sorted(each, texts) for each in reversed(view.sorts))])


def _sorted(sort: Sort, texts: Collection[str]) -> str:
    """Return one stable sort; the last one of several decides, so they stand in reverse."""
    key = ", key=lambda column: column.str.lower()" if sort.column in texts else ""
    how = f"{sort.column!r}, ascending={not sort.descending}, kind='stable'"
    return f"frame = frame.sort_values({how}{key})"


def _among(given: Filter, _calendar: Calendar) -> list[str]:
    column = f"frame[{given.column!r}]"
    values = [value for value in given.wanted if value]
    if "" not in given.wanted:
        return [f"{column}.isin({values!r})"]
    return [f"{column}.isin({values!r}) | {column}.isna()" if values else f"{column}.isna()"]


def _flag(given: Filter, _calendar: Calendar) -> list[str]:
    return [f"frame[{given.column!r}].eq({given.wanted[0] == 'yes'}).fillna(False)"]


def _between(given: Filter, calendar: Calendar) -> list[str]:
    column, zone = f"frame[{given.column!r}]", calendar.zone
    first, last = days_of(given.wanted[0], calendar.today) if given.kind == "preset" else given.wanted
    end = f"pd.Timestamp({last!r}, tz={zone!r}) + pd.DateOffset(days=1)"
    conditions = [(first, f"{column} >= pd.Timestamp({first!r}, tz={zone!r})"), (last, f"{column} < {end}")]
    return [condition for day, condition in conditions if day]


def _number(given: Filter, _calendar: Calendar) -> list[str]:
    column = f"frame[{given.column!r}]"
    ends = zip((">=", "<="), given.wanted, strict=True)
    return [f"({column} {sign} {float(value):g}).fillna(False)" for sign, value in ends if value]


def _empty(given: Filter, _calendar: Calendar) -> list[str]:
    column = f"frame[{given.column!r}]"
    return [
        f"{column}.isna() | {column}.eq('')" if given.wanted[0] == "yes" else f"{column}.fillna('').ne('')"
    ]


def _any(given: Filter, _calendar: Calendar) -> list[str]:
    column = f"frame[{given.column!r}]"
    values = [value for value in given.wanted if value]
    split = f"{column}.dropna().str.split({BETWEEN!r})"
    held = f"frame.index.isin({split}.explode().isin({values!r}).loc[lambda held: held].index)"
    if "" not in given.wanted:
        return [held]
    return [f"{held} | {column}.isna()" if values else f"{column}.isna()"]


CONDITIONS: dict[str, Callable[[Filter, Calendar], list[str]]] = {
    "among": _among,
    "flag": _flag,
    "between": _between,
    "preset": _between,
    "number": _number,
    "empty": _empty,
    "any": _any,
}
