"""Run a sandbox by itself: `python -m stcrm_nb.sandbox --port 8814 --data data/demo`."""

import argparse
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from stcrm_nb.errors import StoreError
from stcrm_nb.sandbox.serve import Sandbox, start


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until Ctrl-C; return the process's exit code."""
    parser = argparse.ArgumentParser(prog="python -m stcrm_nb.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 lets the system choose")
    parser.add_argument("--data", type=Path, help="folder of the tenant; the demo tenant if not given")
    options = parser.parse_args(arguments)
    try:
        with start(options.data, port=options.port) as sandbox:
            sys.stdout.write(_card(sandbox))
            sys.stdout.flush()
            threading.Event().wait()
    except KeyboardInterrupt:
        return 0
    except (StoreError, OSError, OverflowError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


def _card(sandbox: Sandbox) -> str:
    known = sandbox.credentials
    return (
        f"{sandbox.name}, as of {sandbox.as_of:%Y-%m-%d %H:%M %Z}. Ctrl-C stops it.\n"
        f"api_url        {sandbox.api_url}\n"
        f"auth_url       {sandbox.auth_url}\n"
        f"tenant         {known.tenant}\n"
        f"client_id      {known.client_id}\n"
        f"client_secret  {known.client_secret}\n"
        f"app_key        {known.app_key}\n"
    )


if __name__ == "__main__":
    raise SystemExit(main())
