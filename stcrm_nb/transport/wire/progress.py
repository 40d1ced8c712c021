"""A bar for walks that take a while."""

from typing import NoReturn, TypeAlias

from tqdm.auto import tqdm

Bar: TypeAlias = "tqdm[NoReturn]"
SHOW_AFTER = 1.0  # seconds until a progress bar appears


def bar(what: str) -> "Bar":
    """Return a bar that counts pages and appears after a second.

    Parameters
    ----------
    what : str
        What is fetched, such as "leads".

    Returns
    -------
    tqdm
    """
    return tqdm(desc=what, unit="page", delay=SHOW_AFTER, leave=False)
