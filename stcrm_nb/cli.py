"""`stcrm`: the same calls from a shell; `stcrm sandbox` runs the demo tenant by itself."""

import sys
from collections.abc import Sequence

from stcrm_nb.sandbox.__main__ import main as run_sandbox

USAGE = "usage: stcrm sandbox [--port N] [--scale S] [--seed N] [--latency SECONDS] [--rate-limit N]\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the process's exit code: 2 for a wrong call."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["sandbox"]:
        return run_sandbox(words[1:])
    (sys.stdout if words[:1] in (["-h"], ["--help"]) else sys.stderr).write(USAGE)
    return 0 if words[:1] in (["-h"], ["--help"]) else 2


if __name__ == "__main__":
    raise SystemExit(main())
