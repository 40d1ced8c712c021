"""`python -m stcrm_nb.sandbox.generate`: write a demo tenant of any size."""

import argparse
import sys
from pathlib import Path

from stcrm_nb.sandbox.generate.write import write

MOST = 250.0


def main(words: list[str] | None = None) -> int:
    """Read the command line, write the tenant, and say what was written; 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog="python -m stcrm_nb.sandbox.generate", description=__doc__)
    parser.add_argument("--seed", type=int, default=7, help="the same seed gives the same tenant (default 7)")
    parser.add_argument(
        "--scale", type=float, default=1.0, help="1 is 4 000 customers, 250 a million (default 1)"
    )
    parser.add_argument("--out", type=Path, default=Path("data/demo"), help="folder (default data/demo)")
    asked = parser.parse_args(words)
    if not 0 < asked.scale <= MOST:
        print(f"--scale must be more than 0 and at most {MOST:g}; nothing was written.", file=sys.stderr)  # noqa: T201
        return 2
    try:
        rows = write(asked.out, seed=asked.seed, scale=asked.scale)
    except OSError as fault:
        print(f"{asked.out} cannot be written: {fault.strerror}. Choose another --out.", file=sys.stderr)  # noqa: T201
        return 2
    for name, count in rows.items():
        print(f"{name:<20}{count:>12,}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
