"""A bar for walks that take a while."""

from threading import current_thread, main_thread
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
    beside = current_thread() is not main_thread()  # a panel tells itself how far its threads are
    return tqdm(
        desc=what, unit=unit, total=total, leave=False, delay=0 if total is None else 1, disable=beside
    )
