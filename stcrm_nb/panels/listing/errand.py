"""Work beside the cells of a notebook, so that a panel goes on answering meanwhile."""

import asyncio
from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

from IPython.core.getipython import get_ipython

T = TypeVar("T")


class Errand(Generic[T]):
    """One piece of work. In a kernel it has a thread of its own; elsewhere it is over when `start` returns.

    Parameters
    ----------
    work : callable
        What to do.
    done : callable
        Called once, with the errand, when it is over: in the kernel's loop, or by who calls `join` first.
    """

    def __init__(self, work: Callable[[], T], done: Callable[["Errand[T]"], None]) -> None:
        self.result: T | None = None
        self.error: Exception | None = None
        self._work, self._done = work, done
        self._over = self._telling = False
        self._loop = running_loop()
        self._thread = Thread(target=self._run, name="stcrm-panel", daemon=True)

    def start(self) -> None:
        """Begin; without a kernel, do it."""
        if self._loop is None:
            self._try()
            self._finish()
        else:
            self._thread.start()

    def join(self) -> None:
        """Wait until it is over."""
        if self._thread.is_alive():
            self._thread.join()
        self._finish()

    def tell(self, act: Callable[[], None]) -> None:
        """Have something done in the kernel's loop, unless that is about to happen or all is over."""
        if not self._telling:
            self._telling = True
            self._soon(lambda: self._told(act))

    def _told(self, act: Callable[[], None]) -> None:
        self._telling = False
        if not self._over:
            act()

    def _run(self) -> None:
        self._try()
        self._soon(self._finish)

    def _try(self) -> None:
        try:
            self.result = self._work()
        except Exception as error:  # noqa: BLE001 - told in the panel, by `done`
            self.error = error

    def _finish(self) -> None:
        if not self._over:
            self._over = True
            self._done(self)

    def _soon(self, act: Callable[[], None]) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(act)


def beside(work: Callable[[], object]) -> None:
    """Do something in a kernel that nobody waits for; elsewhere it is done when it is needed."""
    if running_loop() is not None:
        Thread(target=work, name="stcrm-panel", daemon=True).start()


def running_loop() -> asyncio.AbstractEventLoop | None:
    """Return the loop of the kernel this runs in; None elsewhere: a loop alone may be anybody's."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return None
    return loop if get_ipython() is not None else None
