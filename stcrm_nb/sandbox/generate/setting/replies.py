"""How the service writes rows: fields in order, null where nothing is, times with 0, 3 or 7 digits."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import numpy as np

from stcrm_nb.sandbox.generate.draws import Dice, Flags, Rows
from stcrm_nb.sandbox.generate.setting.seasons import AS_OF_SECOND, DAY

Row = dict[str, object]
T = TypeVar("T")
NEVER = "0001-01-01T00:00:00Z"
MADE = {"createdOn": "2023-09-18T14:02:11.5273901Z", "modifiedOn": "2026-02-03T16:44:09.317Z"}
CHUNK = 20_000
_SHARES = (0.25, 0.45, 0.30)
_DIGITS = (0, 3, 7)


def chunks(count: int) -> Iterator[Rows]:
    """Yield the rows from 0 to `count` in pieces, so that memory does not grow with the tenant."""
    for start in range(0, count, CHUNK):
        yield np.arange(start, min(start + CHUNK, count), dtype=np.int64)


def rows_of(columns: Mapping[str, Iterable[object]]) -> list[Row]:
    """Turn columns into rows whose fields have the columns' order."""
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def empty(*fields: str) -> Row:
    """Return fields that hold nothing."""
    return dict.fromkeys(fields)


def where(flags: Flags, values: Iterable[T]) -> list[T | None]:
    """Return the values, and None where the flag is False."""
    return [value if flag else None for value, flag in zip(values, flags.tolist(), strict=True)]


def ids_at(indices: Rows, table: Sequence[int]) -> list[int]:
    """Return the ids that these indices of a table of facts stand for."""
    return [table[index] for index in indices.tolist()]


def stamps(dice: Dice, name: str, rows: Rows, *, at: Rows) -> list[str]:
    """Return these seconds as text, with as many digits as the row happens to have."""
    whole = np.datetime_as_string(at.astype("datetime64[s]")).tolist()
    digits = dice.weighted(f"{name}.digits", rows, _SHARES).tolist()
    fractions = dice.below(f"{name}.fraction", rows, 10**7).tolist()
    return [
        f"{text}.{f'{fraction:07d}'[: _DIGITS[form]]}Z" if form else f"{text}Z"
        for text, form, fraction in zip(whole, digits, fractions, strict=True)
    ]


def plain_stamps(at: Rows) -> list[str]:
    """Return these seconds as text without a fraction, as people's own entries have them."""
    return [f"{text}Z" for text in np.datetime_as_string(at.astype("datetime64[s]")).tolist()]


def not_later(dice: Dice, name: str, rows: Rows, *, since: Rows, wanted: Rows) -> Rows:
    """Return `wanted`, or a moment between `since` and now where that lies in the future."""
    left = np.clip(AS_OF_SECOND - 1 - since, 0, 30 * DAY)
    earlier = since + np.floor(dice.uniform(f"{name}.earlier", rows) * left).astype(np.int64)
    return np.where(wanted < AS_OF_SECOND, wanted, earlier)
