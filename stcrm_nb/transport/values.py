"""One value in the form the service reads, or a sentence that says what is wrong with it. Pure."""

import difflib
import math
import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, tzinfo
from typing import SupportsFloat

from stcrm_nb.catalogue import Choices, Parameter

LARGEST = 2**63 - 1  # what the service's ids can be
DIGITS = re.compile(r"[0-9]{1,19}")
GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def unknown(name: object, known: Iterable[str], *, kind: str = "parameter") -> str:
    """Say that there is no such name, and which ones are near."""
    names = list(known)
    near = difflib.get_close_matches(str(name), names, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"it takes {', '.join(names) or 'none'}."
    return f"there is no {kind} {name!r}; {hint}"


def wire(parameter: Parameter, value: object, *, zone: tzinfo) -> str:
    """Write one value the way the service reads it; a fault is a sentence."""
    if isinstance(parameter.type, Choices):
        return choice(parameter.type, value)
    if parameter.type in ("ids", "texts"):
        return _joined(parameter, value)
    if parameter.type == "time":
        return moment(value, zone=zone)
    if parameter.type == "int":
        return str(whole(value, most=parameter.maximum or LARGEST))
    return _worded(parameter.type, value)


def choice(choices: Choices, value: object) -> str:
    """Return the allowed value that is meant, in any case, or name the nearest."""
    found = {allowed.lower(): allowed for allowed in choices.values}.get(str(value).lower())
    if found is None:
        near = difflib.get_close_matches(str(value).title(), choices.values, n=1, cutoff=0.5)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"{value!r} is not one of {', '.join(map(repr, choices.values))}.{hint}")
    return found


def _joined(parameter: Parameter, value: object) -> str:
    listed = list(value) if isinstance(value, Iterable) and not isinstance(value, str) else [value]
    if not listed:
        raise ValueError("the list is empty; leave it out to ask for all.")
    if parameter.maximum is not None and len(listed) > parameter.maximum:
        raise ValueError(f"{len(listed)} values given, the service takes {parameter.maximum} at most.")
    kind = "id" if parameter.type == "ids" else "text"
    return ",".join(_worded(kind, item) for item in listed)


def moment(value: object, *, zone: tzinfo) -> str:
    """Return a date or time as UTC text; one without a zone is meant in `zone`."""
    if hasattr(value, "item"):  # numpy's own moments
        value = value.item()
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise ValueError(
                f"{value!r} is no date; write it like '2026-01-31' or '2026-01-31T08:00'."
            ) from None
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if not isinstance(value, datetime) or value != value:  # noqa: PLR0124 - pandas' missing time alone does
        raise TypeError(f"expected a date or time, got {type(value).__name__}.")
    aware = value if value.tzinfo else value.replace(tzinfo=zone)
    try:
        return aware.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
    except OverflowError:
        raise ValueError("the date is out of the calendar's range.") from None


def flag(value: object) -> bool:
    """Return True or False, or say what was expected."""
    if value not in (True, False):
        raise ValueError(f"expected True or False, got {value!r}.")
    return bool(value)


def text(value: object) -> str:
    """Return text, or say what was expected."""
    if not isinstance(value, str):
        raise TypeError(f"expected text, got {type(value).__name__}.")
    return value


def guid(value: object) -> str:
    """Return a GUID, or say what was expected."""
    if not GUID.fullmatch(text(str(value))):
        raise ValueError(f"expected a GUID such as 1b4e28ba-2fa1-11d2-883f-0016d3cca427, got {value!r}.")
    return str(value)


def number(value: object) -> float:
    """Return a finite number, or say what was expected."""
    try:
        found = float(value) if isinstance(value, SupportsFloat) and not isinstance(value, bool) else math.nan
    except TypeError:
        found = math.nan
    if not math.isfinite(found):
        raise TypeError(f"expected a number, got {value!r}.")
    return found


def whole(value: object, *, most: int = LARGEST) -> int:
    """Return a whole number from 1 on, or say what was expected."""
    digits = str(value)
    found = int(digits) if DIGITS.fullmatch(digits) and not isinstance(value, bool) else 0
    if not 1 <= found <= most:
        wanted = "an id, a whole number above 0" if most == LARGEST else f"a whole number from 1 to {most}"
        raise ValueError(f"expected {wanted}, got {value!r}.")
    return found


def _worded(kind: str, value: object) -> str:
    """Write one plain value for a path or a query; an empty text would ask for all."""
    worded = str(SCALARS[kind](value))
    if not worded.strip():
        raise ValueError("the text is empty; leave it out to ask for all.")
    return worded.lower() if kind == "bool" else worded


SCALARS: dict[str, Callable[[object], object]] = {
    "id": whole,
    "int": whole,
    "float": number,
    "decimal": number,
    "bool": flag,
    "text": text,
    "guid": guid,
}
