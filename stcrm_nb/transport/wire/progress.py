"""A bar for walks that take a while."""

from typing import NoReturn, TypeAlias

from tqdm.auto import tqdm

Bar: TypeAlias = "tqdm[NoReturn]"


def bar(what: str) -> "Bar":
    """Return a bar that counts pages.

    Parameters
    ----------
    what : str
        What is fetched, such as "leads".

    Returns
    -------
    tqdm
    """
    return tqdm(desc=what, unit="page", leave=False)
