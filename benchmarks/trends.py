"""`make bench-analysis`: weekly trends on a million leads, findings on a hundred thousand customers.

    python benchmarks/trends.py [--scale N]

Writes docs/benchmarks-analysis.md. `--scale` 25 is 100 000 customers; another one writes nothing.
"""

import argparse
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
from panels import ROWS, leads, line, took

import stcrm_nb as stcrm
from stcrm_nb.door import open_sandbox
from stcrm_nb.sandbox.generate.write import write
from stcrm_nb.sandbox.serve import start

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks-analysis.md"
ZONE = "America/Chicago"
SCALE = 25
ROUNDS = 9


def grouper(frame):
    """The usual way: times made local, a Grouper of weeks, and the attribute."""
    local = frame.assign(created_on=frame["created_on"].dt.tz_convert(ZONE))
    return local.groupby([pd.Grouper(key="created_on", freq="W"), "status"], observed=True).size()


def trends():
    """Milliseconds of a weekly trend by status, ours and the usual way, round by round."""
    frame = leads(ROWS)
    frame.attrs["stcrm"] = {"time_zone": ZONE}
    ours, usual, others = [], [], {}
    for _ in range(ROUNDS):
        ours.append(took(lambda: stcrm.analysis.lead_trend(frame, by="status")))
        usual.append(took(lambda: grouper(frame)))
    for name in ("campaign", "job_type"):
        others[name] = statistics.median(
            took(lambda name=name: stcrm.analysis.lead_trend(frame, by=name)) for _ in range(ROUNDS)
        )
    each = [pair[1] / pair[0] for pair in zip(ours, usual, strict=True)]
    return {
        "ours": statistics.median(ours),
        "usual": statistics.median(usual),
        "ratio": statistics.median(each),
        "by": others,
    }


def findings(scale):
    """Seconds that findings take, of records that were read before, and how many there are."""
    with tempfile.TemporaryDirectory() as name:
        write(Path(name) / "data", seed=7, scale=scale)
        with open_sandbox(start(Path(name) / "data"), Path(name) / "home") as crm:
            began = time.perf_counter()
            for resource in (crm.customers, crm.locations):
                resource.list(active="Any")
            crm.customers.all_contacts(modified_on_or_after="2000-01-01")
            crm.leads.list()
            read = time.perf_counter() - began
            began = time.perf_counter()
            found = stcrm.quality.findings(crm)
            took_them = time.perf_counter() - began
            return {
                "read": read,
                "took": took_them,
                "found": len(found),
                "customers": len(crm.customers.list(active="Any")),
            }


def written(trend, clean):
    others = ", ".join(f"{took:.0f} ms by {name.replace('_', ' ')}" for name, took in trend["by"].items())
    return "\n".join(
        [
            "# Speed of analyses",
            "",
            f"`make bench-analysis`, {datetime.now(UTC):%Y-%m-%d}, medians of {ROUNDS} rounds in one run on 2 cores.",
            "",
            "| what | measured | to reach | reached |",
            "|---|---|---|---|",
            line(f"weekly trend by status of {ROWS:,} leads", f"{trend['ours']:.0f} ms", "150 ms", trend["ours"] <= 150),
            line('against `groupby([pd.Grouper(freq="W"), "status"])` on local times',
                 f"{trend['ratio']:.1f} x ({trend['usual']:.0f} ms)", "8 x", trend["ratio"] >= 8),
            line(f"findings on {clean['customers']:,} customers, records kept from before ({clean['found']:,} found)",
                 f"{clean['took']:.1f} s", "20 s", clean["took"] <= 20),
            "",
            f"By other columns: {others}. Reading the records of the findings took {clean['read']:.0f} s before.",
            "",
        ]
    )  # fmt: skip


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--scale", type=float, default=SCALE)
    scale = asked.parse_args().scale
    page = written(trends(), findings(scale))
    print(page)
    if scale == SCALE:
        PAGE.write_text(page)


if __name__ == "__main__":
    main()
