"""`stcrm`: the same calls from a shell. Each command is one call that a script would make."""

import argparse
import sys
from collections.abc import Callable, Sequence

from stcrm_nb.cli import care, keys, pages, reading
from stcrm_nb.errors import StcrmError
from stcrm_nb.sandbox.__main__ import main as run_sandbox

WRONG, FAILED = 2, 1  # exit codes
EPILOG = "Exit codes: 0 all went well, 1 something failed or was found, 2 the call was wrong."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the process's exit code: 2 for a wrong call, 1 for what went wrong."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["sandbox"]:  # it reads its own options
        return run_sandbox(words[1:])
    try:
        given = _parser().parse_args(words)
        run: Callable[[argparse.Namespace], int | None] = given.run
        return run(given) or 0
    except SystemExit as ended:  # argparse has said what was wrong
        return int(ended.code or 0)
    except StcrmError as fault:
        sys.stderr.write(f"stcrm: {' '.join(str(fault).split())}\n")
        return FAILED
    except KeyboardInterrupt:
        sys.stderr.write("stcrm: stopped\n")
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="stcrm", description="The ServiceTitan CRM from a shell.", epilog=EPILOG
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    sandbox = commands.add_parser("sandbox", help="run the demo tenant by itself", add_help=False)
    sandbox.set_defaults(run=lambda _: None)
    for each in (pages, keys, care, reading):
        each.add(commands)
    return parser
