"""`stcrm`: the same calls from a shell; `stcrm sandbox` runs the demo tenant by itself."""

import argparse
import sys
from collections.abc import Callable, Sequence

from stcrm_nb.errors import StcrmError
from stcrm_nb.sandbox.__main__ import main as run_sandbox
from stcrm_nb.serving import KINDS, serve

WRONG, FAILED = 2, 1  # exit codes


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the process's exit code: 2 for a wrong call, 1 for what went wrong."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["sandbox"]:  # it reads its own options
        return run_sandbox(words[1:])
    try:
        given = _parser().parse_args(words)
        run: Callable[[argparse.Namespace], None] = given.run
        run(given)
    except SystemExit as ended:  # argparse has said what was wrong
        return int(ended.code or 0)
    except StcrmError as fault:
        sys.stderr.write(f"stcrm: {fault}\n")
        return FAILED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="stcrm", description="The ServiceTitan CRM from a shell.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    sandbox = commands.add_parser("sandbox", help="run the demo tenant by itself", add_help=False)
    sandbox.set_defaults(run=lambda _: None)
    page = commands.add_parser(
        "serve",
        help="panels as a page for colleagues without notebooks",
        description="Serve panels as a page on this machine, read-only unless told otherwise.",
    )
    page.add_argument(
        "kinds", nargs="*", metavar="KIND", help=f"what to show, of {', '.join(KINDS)}; default: all"
    )
    page.add_argument("--profile", help='"demo" for the demo tenant; else as the environment says')
    page.add_argument("--port", type=int, default=0, help="default: one that is free")
    page.add_argument("--writable", action="store_true", help="let records be changed, after a plan each")
    page.add_argument("--no-browser", action="store_true", help="only say the address")
    page.set_defaults(run=_serve)
    return parser


def _serve(given: argparse.Namespace) -> None:
    serve(
        given.kinds or KINDS,
        profile=given.profile,
        writable=given.writable,
        port=given.port,
        show=not given.no_browser,
    )


if __name__ == "__main__":
    raise SystemExit(main())
