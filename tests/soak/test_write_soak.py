"""Writes under kill -9 and lost replies: each is there once. `make soak` makes a long campaign of it."""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from faults.relay import Forward, lost_after, lost_before, relaying
from soak.writer import LOCATION, connected

from stcrm_nb.sandbox.serve import Sandbox

LOOPS = int(os.environ.get("SOAK_WRITE_LOOPS", "3"))
TESTS = Path(__file__).parents[1]


def campaign(command: list[object], draw: random.Random) -> int:
    """Start the writer, kill it, start it again; at last let it finish. Return the number of kills."""
    kills = 0
    while True:
        child = subprocess.Popen(  # noqa: S603 - our own code
            [str(word) for word in command],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(TESTS)},
        )
        if kills < LOOPS:
            time.sleep(draw.uniform(0.9, 2.2))
            child.kill()
            kills += 1
        if "finished" in child.communicate()[0]:
            return kills


def test_no_write_is_doubled_or_missing_after_kill_9_and_lost_replies(sandbox: Sandbox, home: Path) -> None:
    draw = random.Random(3)  # noqa: S311 - what gets lost, no secret
    count = 4 * LOOPS

    def unreliable(forward: Forward) -> None:
        chance = draw.random()
        if chance < 0.15:
            lost_before(forward)
        elif chance < 0.3:
            lost_after(forward)
        else:
            forward()

    keys = sandbox.credentials
    secrets = [str(keys.tenant), keys.client_id, keys.client_secret, keys.app_key]
    with relaying(sandbox.api_url) as relay:
        relay.on_write = unreliable
        command = [
            sys.executable,
            TESTS / "soak" / "writer.py",
            relay.url,
            sandbox.auth_url,
            home,
            str(count),
        ]
        kills = campaign([*command, *secrets], draw)
        crm = connected(sandbox.api_url, sandbox.auth_url, home, secrets)
        texts = Counter(crm.locations.notes(LOCATION, refresh=True)["text"].dropna())
        markers = {f"marker {number}": texts[f"marker {number}"] for number in range(count)}
        doubled = sum(number > 1 for number in markers.values())
        missing = sum(number == 0 for number in markers.values())
        left = len(crm.journal.unsettled())
        lines = crm.journal.verify()
        crm.close()
    print(
        f"kill -9 with lost replies: {kills} kills, {count} writes, {doubled} doubled, {missing} missing, "
        f"{left} left open, {lines} lines of the journal sound"
    )
    assert (doubled, missing, left) == (0, 0, 0)
