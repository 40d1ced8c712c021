"""`make bench`: every figure of docs/benchmarks.md in one run, as medians and ratios.

    python benchmarks/bench.py [--large] [--rounds N] [--quick]

`--large` takes a million rows, `--quick` one round of the shortest measures and writes nothing.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
LISTS = ("customers", "leads", "customers/contacts")
SLOW = ("loop", "servicepytan")  # measured once where a run takes long


@contextmanager
def served(rows: int, delay: float) -> Iterator[str]:
    server = subprocess.Popen(
        [sys.executable, HERE / "server.py", str(rows), str(delay)], stdout=subprocess.PIPE, text=True
    )
    try:
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def measured(name: str, url: str, rows: int, size: int, home: str) -> dict[str, float]:
    began = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, HERE / "measure.py", name, url, str(rows), str(size), home],
        capture_output=True,
        text=True,
        env=os.environ | {"STCRM_HOME": home},
        check=False,
    )
    wall = time.perf_counter() - began
    if ran.returncode:
        raise SystemExit(f"{name}: {ran.stderr}")
    return json.loads(ran.stdout) | {"wall": wall}


class Figures:
    """All runs of all measures; a figure is the median of its runs."""

    def __init__(self) -> None:
        self.runs: dict[str, list[dict[str, float]]] = {}

    def take(self, key: str, run: dict[str, float]) -> None:
        self.runs.setdefault(key, []).append(run)
        print(f"{key:40} {run['seconds']:8.3f} s  {run['peak']:6.0f} MB", flush=True)

    def of(self, key: str, what: str = "seconds") -> float:
        return statistics.median(run[what] for run in self.runs[key])


def parsing(figures: Figures, rows: int, rounds: int) -> None:
    for _ in range(rounds):
        for name in LISTS:
            for size in (500, 5000):
                for how in ("orjson", "arrow", "ours", "normalize"):
                    run = measured(f"{how}:{name}", "-", rows, size, "-")
                    figures.take(f"{how}:{name}:{size}", run)


def fetching(figures: Figures, rows: int, rounds: int, delay: float) -> None:
    mark = round(delay * 1000)
    with served(rows, delay) as url:
        for number in range(rounds):
            for size in (5000, 500):
                home = tempfile.mkdtemp(prefix="stcrm_nb-bench-")
                for name in ("floor", "paced"):
                    figures.take(f"{name}:{size}:{mark}", measured(name, url, rows, size, home))
                figures.take(f"cold:{size}:{mark}", measured("ours", url, rows, size, home))
                figures.take(f"second:{size}:{mark}", measured("ours", url, rows, size, home))
                measured("keep_parquet", url, rows, size, home)
                figures.take(f"parquet:{size}:{mark}", measured("parquet", url, rows, size, home))
                for name in SLOW:
                    if number == 0 or size == 5000:
                        figures.take(f"{name}:{size}:{mark}", measured(name, url, rows, size, home))
                shutil.rmtree(home)


def importing(rounds: int) -> float:
    def took(code: str) -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return time.perf_counter() - began

    alone = statistics.median(took("pass") for _ in range(rounds * 5))
    return statistics.median(took("import stcrm_nb") for _ in range(rounds * 5)) - alone


def targets(figures: Figures, rows: int, body: float, imports: float) -> list[tuple[str, str, str, bool]]:
    """What is to be reached, the figure, the limit, and whether it is."""
    of = figures.of
    found = []

    def row(what: str, got: float, limit: float, *, least: bool = False, unit: str = "x") -> None:
        sign = "at least" if least else "at most"
        found.append(
            (what, f"{got:.2f} {unit}", f"{sign} {limit:g} {unit}", got >= limit if least else got <= limit)
        )

    for name in LISTS:
        for size in (500, 5000):
            ratio = of(f"normalize:{name}:{size}") / of(f"ours:{name}:{size}")
            row(f"{name}, pages of {size}: faster than `json_normalize` + `concat`", ratio, 8, least=True)
    cold, bare, pace = (of(f"{name}:5000:100") for name in ("cold", "floor", "paced"))
    row("cold walk, 100 ms, pages of 5000, against the bare wire", cold / bare, 1.6)
    row("the same against the bare wire at the pace allowed", cold / pace, 1.6)
    best = min(of("servicepytan:5000:100"), of("servicepytan:500:100"))
    row("the same: faster than servicepytan at its best", best / cold, 5, least=True)
    allowed = (rows / 500 - 5) / 50 + 0.1
    row("cold walk, pages of 500, against what the pace allows", of("cold:500:100") / allowed, 1.15)
    second = of("servicepytan:500:100", "wall") / of("second:5000:100", "wall")
    row("second run with imports: faster than servicepytan, pages of 500", second, 40, least=True)
    row(
        "second run without imports, against `read_parquet`",
        of("second:5000:100") / of("parquet:5000:100"),
        3,
    )
    row("peak memory of the cold walk", of("cold:5000:100", "peak"), 2.5 * body + 120, unit="MB")
    row("`import stcrm_nb` beyond the interpreter", imports * 1000, 20, unit="ms")
    return found


def written(figures: Figures, rows: int, rounds: int, reached: list[tuple[str, str, str, bool]]) -> str:
    of = figures.of
    alone = {size: of(f"normalize:leads:{size}") / of(f"arrow:leads:{size}") for size in (500, 5000)}
    lines = [
        "# Benchmarks",
        "",
        f"Made by `make bench` on {datetime.now(UTC):%Y-%m-%d}: {rows:,} rows, {rounds} rounds, medians;",
        f"{os.cpu_count()} cores, Python {platform.python_version()}. Seconds differ from machine to machine and",
        "from day to day; the ratios are what to look at. Rows are made up in the shape of the published",
        "description and served by a process of its own that waits before each reply.",
        "",
        "## What is to be reached",
        "",
        "| what | measured | to reach | reached |",
        "|---|---|---|---|",
        *(f"| {what} | {got} | {limit} | {'yes' if ok else '**no**'} |" for what, got, limit, ok in reached),
        "",
        "No parse is faster than its parser: pyarrow's alone, on as many threads, nothing checked and the",
        f"result dropped, beats `json_normalize` by {alone[500]:.1f} x on leads in pages of 500 and by",
        f"{alone[5000]:.1f} x in pages of 5000. Leads are flat, which `json_normalize` likes best.",
        "",
        "The bare wire knows no pace. At 50 calls a second and 5 at once, which the service's limit of 60 asks",
        "for, the last of 20 pages leaves after 0.3 s, so a walk of 20 pages cannot end before 0.4 s. The line",
        "below it, bytes only at the same pace, is what can be reached.",
        "",
        "## Bytes to a typed frame, nothing sent",
        "",
        "| rows | page | ours | `json_normalize` | pyarrow alone | `orjson.loads`, dropped | ours / `orjson` |",
        "|---|---|---|---|---|---|---|",
    ]
    for name in LISTS:
        for size in (500, 5000):
            ours, normal, alone, dropped = (
                figures.of(f"{how}:{name}:{size}") for how in ("ours", "normalize", "arrow", "orjson")
            )
            lines.append(
                f"| {name} | {size} | {ours:.3f} s | {normal:.2f} s | {alone:.3f} s | {dropped:.3f} s "
                f"| {ours / dropped:.2f} |"
            )
    lines += [
        "",
        "## Over the wire, imports not counted",
        "",
        "| wait | page | bytes only | bytes, paced | cold | second run | `read_parquet` | loop | servicepytan |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    names = ("floor", "paced", "cold", "second", "parquet", *SLOW)
    for mark in (0, 100):
        for size in (5000, 500):
            cells = " | ".join(f"{figures.of(f'{name}:{size}:{mark}'):.3f} s" for name in names)
            lines.append(f"| {mark} ms | {size} | {cells} |")
    peaks = ", ".join(
        f"{name} {figures.of(f'{name}:5000:100', 'peak'):.0f} MB" for name in ("cold", "second", *SLOW)
    )
    lines += ["", f"Peak memory of the whole process, pages of 5000 at 100 ms: {peaks}.", ""]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    rows = 1_000_000 if asked.large else 100_000
    rounds = 1 if asked.quick else asked.rounds
    figures = Figures()
    parsing(figures, rows, rounds)
    for delay in (0.0, 0.1):
        fetching(figures, rows, rounds, delay)
    body = figures.runs["floor:5000:0"][0]["rows"] / 1e6
    reached = targets(figures, rows, body, importing(rounds))
    text = written(figures, rows, rounds, reached)
    print(text)
    if not asked.quick:
        page = PAGE.with_stem("benchmarks-large") if asked.large else PAGE
        page.write_text(text)


if __name__ == "__main__":
    main()
