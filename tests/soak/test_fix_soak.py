"""Generated fixes: taken back they leave no trace, and nothing is written that was not asked for."""

import os
import random
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from soak.fixes import PREFERENCES, Fixer

import stcrm_nb as stcrm
from stcrm_nb.changes.change import Change, Receipt
from stcrm_nb.client import Client
from stcrm_nb.door import open_sandbox
from stcrm_nb.errors import ChangeError
from stcrm_nb.sandbox.serve import Sandbox

FIXES = int(os.environ.get("SOAK_FIXES", "25"))
ATTEMPTS = int(os.environ.get("SOAK_ATTEMPTS", "25"))
MADE = {f"preferences_{name}" for name in PREFERENCES}  # a new contact gets them
MOVES = {"modified_on", "modified_by", "modified_by_id", "id", "created_on", "created_by", "created_by_id"}
READ_BY_THE_SERVICE = {"phone_settings_phone_number"}  # out of a contact's value


def image(state: Mapping[str, object] | None) -> dict[str, object]:
    """What is compared: everything but what every write moves."""
    kept = {name: value for name, value in (state or {}).items() if name not in MOVES | READ_BY_THE_SERVICE}
    return {name: plain(name, value) for name, value in kept.items()}


def plain(name: str, value: object) -> object:
    """Tags have no order, and an empty text is as good as none."""
    if name == "tag_type_ids" and isinstance(value, list):
        return sorted(value)
    return None if value in ("", []) else value


def writes(sandbox: Sandbox) -> int:
    return sum(each.method != "GET" and each.path != "/connect/token" for each in sandbox.calls)


def test_undo_leaves_no_trace(writable_crm: Client) -> None:
    draw = random.Random(5)  # noqa: S311 - which fixes, no secret
    fixer = Fixer(writable_crm, draw)
    kinds: Counter[str] = Counter()
    differing = []
    while kinds.total() < FIXES:
        change = fixer.fix()()
        if change.idle:
            continue
        undone = change.apply().undo().apply()
        kinds[change.operation.name] += 1
        known, wanted = image(change.look()), image(change.before)
        if change.before is not None and change.after is None:
            known, wanted = made_again(change, undone)
        wrong = [name for name in {**known, **wanted} if known.get(name) != wanted.get(name)]
        differing += [f"{change.operation.operation_id}: {name}" for name in wrong]
    lines = writable_crm.journal.verify()
    told = f"{kinds.total()} fixes applied and taken back, {len(differing)} left a trace"
    seconds = writable_crm.journal.frame()["seconds"]
    usual, long = (seconds * 1000).quantile([0.5, 0.99])
    pace = f"from intent to outcome {usual:.0f} ms, 99 of 100 in {long:.0f} ms"
    print(f"{told}; {lines} lines of the journal sound; {pace}; {dict(kinds)}")
    assert differing == []


def made_again(change: Change, undone: Receipt) -> tuple[dict[str, object], dict[str, object]]:
    """What was removed: as it is again, and as it was but for what the plan said would be lost."""
    known = image(undone.after)
    wanted = {name: value for name, value in image(change.before).items() if name in known}
    said = repr(change)
    if wanted.get("phone_settings_do_not_text"):
        assert "do-not-text mark would be lost" in said
        wanted["phone_settings_do_not_text"] = False
    if wanted.keys() >= MADE and all(wanted[name] is None for name in MADE):
        assert "preferences that the service gives a new contact" in said
        wanted |= {name: known[name] for name in MADE}
    return known, wanted


class Attempts:
    """Ways in which a notebook asks for a write that nobody wants any more.

    Each returns how many writes were wanted; what is more than that was not.
    """

    def __init__(self, crm: Client, other: Client, draw: random.Random) -> None:
        self.crm = crm
        self.other = other
        self.draw = draw
        self.fixer = Fixer(crm, draw)
        self.kinds: list[Callable[[], int]] = [
            self.applied_twice,
            self.applied_twice_at_once,
            self.taken_back_twice,
            self.moved_meanwhile,
            self.grown_old,
            self.read_only,
            self.unconfirmed,
            self.set_twice,
            self.set_without_a_word,
            self.cell_twice,
        ]

    def plan(self) -> Change:
        return self.fixer.added_note()()

    def applied_twice(self) -> int:
        change = self.plan()
        change.apply()
        refused(change.apply)
        return 1

    def applied_twice_at_once(self) -> int:
        change = self.plan()
        threads = [threading.Thread(target=partial(tried, change.apply)) for _ in range(3)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        return 1

    def taken_back_twice(self) -> int:
        receipt = self.plan().apply()
        first, second = receipt.undo(), receipt.undo()
        first.apply()
        refused(second.apply)
        refused(receipt.undo)
        return 2

    def moved_meanwhile(self) -> int:
        key = self.draw.choice(self.fixer.customers)
        change = self.crm.customers.update(key, name=self.fixer.words())
        self.other.customers.update(key, name=f"Theirs {self.draw.random()}").apply()
        refused(change.apply)
        return 1

    def grown_old(self) -> int:
        change = self.plan()
        change.age = lambda: 601.0
        refused(change.apply)
        return 0

    def read_only(self) -> int:
        change = self.plan()
        change.place = replace(change.place, writable=False)
        refused(change.apply)
        return 0

    def unconfirmed(self) -> int:
        change = self.plan()
        change.place = replace(change.place, environment="production")
        refused(change.apply)
        refused(partial(change.apply, confirm=1))
        return 0

    def set_twice(self) -> int:
        planned = stcrm.ChangeSet([self.plan(), self.plan()])
        planned.apply(dry_run=False)
        planned.apply(dry_run=False)
        return 2

    def set_without_a_word(self) -> int:
        stcrm.ChangeSet([self.plan(), self.plan()]).apply()
        return 0

    def cell_twice(self) -> int:
        make = self.fixer.fix()
        for _ in range(2):
            change = make()
            repr(change), change._repr_html_(), change.request(), change.code()
        return 0


def refused(write: Callable[[], object]) -> None:
    with pytest.raises(ChangeError):
        write()


def tried(write: Callable[[], object]) -> None:
    with suppress(ChangeError):
        write()


def test_nothing_is_written_that_was_not_asked_for(
    writable_crm: Client, sandbox: Sandbox, tmp_path: Path
) -> None:
    with open_sandbox(sandbox, tmp_path / "other", writable=True) as other:
        attempts = Attempts(writable_crm, other, random.Random(7))  # noqa: S311 - which, no secret
        unwanted: Counter[str] = Counter()
        for number in range(ATTEMPTS):
            attempt = attempts.kinds[number % len(attempts.kinds)]
            before = writes(sandbox)
            wanted = attempt()
            unwanted[attempt.__name__] += writes(sandbox) - before - wanted
    print(f"{ATTEMPTS} attempts of {len(unwanted)} kinds: {sum(map(abs, unwanted.values()))} unwanted writes")
    assert {name: count for name, count in unwanted.items() if count} == {}
