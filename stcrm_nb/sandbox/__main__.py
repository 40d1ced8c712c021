"""Run a sandbox by itself: `stcrm sandbox --port 8814 --scale 10 --latency 0.2 --rate-limit 60`."""

import argparse
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from stcrm_nb.errors import StoreError
from stcrm_nb.sandbox.generate.__main__ import MOST
from stcrm_nb.sandbox.generate.write import write
from stcrm_nb.sandbox.serve import Sandbox, start


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until Ctrl-C; return the process's exit code."""
    options = _parser().parse_args(arguments)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="stcrm_nb-sandbox-") as folder,
            _started(options, folder) as sandbox,
        ):
            sys.stdout.write(_card(sandbox))
            sys.stdout.flush()
            threading.Event().wait()
    except KeyboardInterrupt:
        return 0
    except (StoreError, OSError, OverflowError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="stcrm sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 lets the system choose")
    parser.add_argument("--data", type=Path, help="folder of the tenant; the demo tenant if not given")
    parser.add_argument(
        "--scale", type=float, help="make a tenant of this size: 1 is 4 000 customers, up to 250"
    )
    parser.add_argument("--seed", type=int, default=7, help="the same seed makes the same tenant (default 7)")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds that every reply takes longer")
    parser.add_argument("--rate-limit", type=int, default=0, help="calls a second before 429; 0 is none")
    parser.add_argument(
        "--lacking", action="append", default=[], metavar="SCOPE", help="a scope that the app was not given"
    )
    parser.add_argument("--no-contact-management", action="store_true", help="answer 403 to all of contacts")
    return parser


def _started(options: argparse.Namespace, folder: str) -> Sandbox:
    """Start a sandbox of the tenant that is asked for; one of another size is made first."""
    data = options.data
    if options.scale is not None:
        if data is not None or not 0 < options.scale <= MOST:
            raise StoreError(
                f"--scale goes without --data and is more than 0, at most {MOST:g}. Nothing was made."
            )
        sys.stdout.write(f"Making a tenant of scale {options.scale:g} ...\n")
        sys.stdout.flush()
        data = Path(folder)
        write(data, seed=options.seed, scale=options.scale)
    return start(
        data,
        port=options.port,
        latency=options.latency,
        rate_limit=options.rate_limit,
        lacking=options.lacking,
        contact_management=not options.no_contact_management,
    )


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
