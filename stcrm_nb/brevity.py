"""What notebooks show: short errors, whole on request; warnings with the page that explains them."""

import linecache
import sys
import traceback
from types import FrameType

CELLS = ("ipykernel_", "<ipython-input")  # what the files of cells are called
GUIDES = {  # pages of the documentation, by the warning they explain
    "CacheWarning": "safety.md",
    "DriftWarning": "limits.md",
    "MissingScopeWarning": "credentials.md",
    "PartialResultWarning": "fetch.md",
    "StaleDataWarning": "fetch.md",
}
HINT = "stcrm.show_tracebacks() shows where it came from; run the cell again."

_whole = False


def show_tracebacks(whole: bool = True) -> None:  # noqa: FBT001, FBT002 - reads as a sentence
    """Let notebooks show the whole traceback of this package's errors, or only what happened and where.

    Parameters
    ----------
    whole : bool
        True shows everything, False is short again: the default.

    Examples
    --------
    >>> show_tracebacks()
    >>> show_tracebacks(False)
    """
    global _whole  # noqa: PLW0603 - one switch for a session
    _whole = whole


def lines_of(error: BaseException) -> list[str]:
    """Return what IPython shows of an error: its kind, message and line of the cell; or all of it."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if _whole and shell is not None:
        whole: list[str] = shell.InteractiveTB.structured_traceback(type(error), error, error.__traceback__)
        return whole
    where = _cell_line(error)
    place = [f"  in your cell, {where}"] if where else []
    return [f"{type(error).__name__}: {error}", *place, f"  {HINT}"]


def guided(warning: Warning) -> str:
    """Return the text of a warning with the page that explains it.

    >>> guided(UserWarning("No page for this."))
    'No page for this.'
    """
    text, page = " ".join(map(str, warning.args)), GUIDES.get(type(warning).__name__)
    return f"{text} (Guide: docs/{page})" if page else text


def _cell_line(error: BaseException) -> str:
    """Return the last line of a cell that was running."""
    frames = [(frame, number) for frame, number in traceback.walk_tb(error.__traceback__) if _is_cell(frame)]
    if not frames:
        return ""
    frame, number = frames[-1]
    return f"line {number}: {linecache.getline(frame.f_code.co_filename, number).strip()}"


def _is_cell(frame: FrameType) -> bool:
    return any(part in frame.f_code.co_filename for part in CELLS)
