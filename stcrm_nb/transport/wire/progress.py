"""A bar for walks that take a while."""

from typing import NoReturn, TypeAlias

from tqdm.auto import tqdm

Bar: TypeAlias = "tqdm[NoReturn]"


def bar(what: str, *, unit: str = "page", total: int | None = None) -> "Bar":
    """Return a bar that counts.

    Parameters
    ----------
    what : str
        What is done, such as "leads" for fetching them.
    unit : str
        What is counted.
    total : int, optional
        How many there will be.

    Returns
    -------
    tqdm
    """
    return tqdm(desc=what, unit=unit, total=total, leave=False, delay=0 if total is None else 1)
