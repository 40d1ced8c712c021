"""Changes that take more than one write: confirmed once, carried out in turn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from stcrm_nb.changes.change import Change, Receipt
from stcrm_nb.errors import ChangeError, StcrmError


class Planner(Protocol):
    """Plans a further write from the receipt of the first."""

    def __call__(self, *, first: Receipt) -> Change:
        """Return the plan."""


@dataclass(frozen=True, slots=True)
class Step:
    """One further write. `plan` gets the receipt of the first one, and so the id of what that created.

    A step that is not `apart` is about what the first write created, and goes when that goes.
    """

    plan: Planner
    apart: bool


def chained(first: Change, steps: Sequence[Step]) -> Change:
    """Return the change, now followed by further steps when it is applied.

    Parameters
    ----------
    first : Change
        Shown and confirmed for all of them.
    steps : sequence of Step
        What follows, in order. The first that fails ends it; its error tells what was done before.

    Returns
    -------
    Change
        The same one.
    """
    if steps:
        first.carry_out = partial(_in_turn, first.carry_out, tuple(steps))
    return first


def _in_turn(begin: Callable[[Change], Receipt], steps: tuple[Step, ...], change: Change) -> Receipt:
    receipt = begin(change)
    done = [receipt]
    apart = [receipt]
    for step in steps:
        try:
            follow = step.plan(first=receipt)
            done.append(follow.carry_out(follow))
        except StcrmError as fault:
            raise ChangeError(
                f"{change.verb}: {len(done)} of {len(steps) + 1} steps were done and read back, the next one "
                f"was not. {fault}",
                effect="done",
            ) from fault
        apart += done[-1:] if step.apart else []
        after = receipt.after if step.apart else done[-1].after
        receipt = replace(receipt, after=after)
    return replace(receipt, reverse=partial(_reversed, apart))


def _reversed(receipts: list[Receipt]) -> Change:
    """Plan what takes all steps back, the last one first."""
    *others, last = receipts
    return chained(last.undo(), [Step(partial(_undone, each), apart=True) for each in reversed(others)])


def _undone(receipt: Receipt, *, first: Receipt) -> Change:  # noqa: ARG001 - what came first is apart from it
    return receipt.undo()
