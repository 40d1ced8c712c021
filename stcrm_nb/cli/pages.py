"""`stcrm demo` and `stcrm serve`: what opens in a browser."""

import argparse

from stcrm_nb import demo
from stcrm_nb.cli import say
from stcrm_nb.serving import KINDS, serve


def add(commands: "say.Commands") -> None:
    """Add the commands."""
    tour = commands.add_parser(
        "demo",
        help="JupyterLab on the notebooks, with the demo tenant",
        description="Copy the notebooks into a folder, once, and open JupyterLab there; it needs no account.",
    )
    tour.add_argument("--folder", default="stcrm-demo", help="where the copies go (default: stcrm-demo)")
    tour.add_argument("--no-browser", action="store_true", help="only say the address")
    tour.add_argument(
        "--check", action="store_true", help="no JupyterLab: fetch, chart, panel and plan once, and say so"
    )
    tour.set_defaults(run=_demo)
    page = commands.add_parser(
        "serve",
        help="panels as a page for colleagues without notebooks",
        description="Serve panels as a page on this machine, read-only unless told otherwise.",
    )
    page.add_argument(
        "kinds", nargs="*", metavar="KIND", help=f"what to show, of {', '.join(KINDS)}; default: all"
    )
    say.with_profile(page)
    page.add_argument("--port", type=int, default=0, help="default: one that is free")
    page.add_argument("--writable", action="store_true", help="let records be changed, after a plan each")
    page.add_argument("--no-browser", action="store_true", help="only say the address")
    page.set_defaults(run=_serve)


def _demo(given: argparse.Namespace) -> int:
    if not given.check:
        return demo.open_notebooks(given.folder, show=not given.no_browser)
    for told in demo.check():
        say.line(told)
    return 0


def _serve(given: argparse.Namespace) -> None:
    serve(
        given.kinds or KINDS,
        profile=given.profile,
        writable=given.writable,
        port=given.port,
        show=not given.no_browser,
    )
