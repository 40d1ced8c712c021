"""Which columns of a frame are text, choices, flags, moments, numbers."""

import pandas as pd

FEW = range(2, 61)  # different values that a list of them can show
LISTS = ("tags",)
BETWEEN = "; "
LOOKED_AT = 5000  # rows that are looked at before all are counted


def texts(frame: pd.DataFrame) -> list[str]:
    """Return the columns that hold text."""
    return [str(name) for name, dtype in frame.dtypes.items() if isinstance(dtype, pd.StringDtype)]


def choices(frame: pd.DataFrame) -> list[str]:
    """Return the columns that hold choices."""
    return [str(name) for name, dtype in frame.dtypes.items() if isinstance(dtype, pd.CategoricalDtype)]


def flags(frame: pd.DataFrame) -> list[str]:
    """Return the columns that hold yes or no."""
    return [str(name) for name, dtype in frame.dtypes.items() if pd.api.types.is_bool_dtype(dtype)]


def moments(frame: pd.DataFrame) -> list[str]:
    """Return the columns that hold moments in time."""
    return [str(name) for name, dtype in frame.dtypes.items() if isinstance(dtype, pd.DatetimeTZDtype)]


def numbers(frame: pd.DataFrame) -> list[str]:
    """Return the columns that hold numbers, ids among them."""
    kinds = pd.api.types
    return [
        str(name)
        for name, dtype in frame.dtypes.items()
        if kinds.is_numeric_dtype(dtype) and not kinds.is_bool_dtype(dtype)
    ]


def lists(frame: pd.DataFrame) -> list[str]:
    """Return the columns that hold several values each, as text with a mark between them."""
    return [name for name in texts(frame) if name in LISTS]


def narrow(frame: pd.DataFrame) -> list[str]:
    """Return the text columns of few different values, such as cities."""
    sample = frame.head(LOOKED_AT)
    few = [name for name in texts(frame) if name not in LISTS and sample[name].nunique() <= FEW[-1]]
    counts = {name: frame[name].nunique() for name in few}
    return [name for name, count in counts.items() if count in FEW and 2 * count <= len(frame)]
