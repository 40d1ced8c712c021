"""`make gallery`: every chart from the demo tenant, and the line that makes it; writes docs/gallery.md."""

import io
from pathlib import Path
from typing import cast

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

import stcrm_nb

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "img" / "gallery"
READING = """\
import stcrm_nb as stcrm

crm = stcrm.connect("demo")
leads, bookings = crm.leads.list(names=True), crm.bookings.list(names=True)
customers, locations = crm.customers.list(active="Any"), crm.locations.list(active="Any")
dated = locations.dropna(subset=["created_on"])
coupon = leads["campaign"] == "Value Coupon Mailer"
"""
BY_UNIT = """\
stcrm.charts.compare_periods(
    leads, ("2025-09-01", "2025-10-01"), ("2024-09-01", "2024-10-01"), by="business_unit"
)"""
# Name of the picture, the question that the chart answers, the line.
CHARTS = (
    (
        "overview",
        "What does a manager ask on Monday? `crm.overview()` is the same as a panel.",
        "stcrm.charts.overview(leads, bookings)",
    ),
    ("lead-trend", "How many leads came in?", 'stcrm.charts.lead_trend(leads, freq="MS", by="status")'),
    (
        "lead-trend-last-year",
        "More than last year, or fewer? A slow month stands out; winter does not.",
        'stcrm.charts.lead_trend(leads, freq="MS", show="last_year")',
    ),
    (
        "lead-trend-rolling",
        "Which campaigns grow?",
        'stcrm.charts.lead_trend(leads, by="campaign", top=4, show="rolling")',
    ),
    (
        "booking-trend",
        "Where do bookings come from?",
        'stcrm.charts.booking_trend(bookings, freq="QS", by="booking_provider", show="share")',
    ),
    (
        "lead-conversion",
        "What becomes of the leads of a month? Hollow months are young, not bad.",
        "stcrm.charts.lead_conversion(leads)",
    ),
    (
        "lead-conversion-by",
        "Which campaigns bring leads that convert?",
        'stcrm.charts.lead_conversion(leads, freq=None, by="campaign")',
    ),
    (
        "booking-conversion",
        "Which providers bring bookings that become jobs?",
        'stcrm.charts.booking_conversion(bookings, freq=None, by="booking_provider")',
    ),
    ("funnel", "What became of inquiries?", "stcrm.charts.funnel(leads, bookings)"),
    ("arrivals", "When must somebody be at the telephone?", "stcrm.charts.arrivals(leads)"),
    (
        "compare",
        "Is one campaign worse than the others, or was it chance?",
        'stcrm.charts.compare(leads[coupon], leads[~coupon], names=("Coupon mailer", "all others"))',
    ),
    (
        "compare-periods",
        "Which kinds of work made the month slow?",
        BY_UNIT,
    ),
    ("waiting-time", "How long do leads stay open?", "stcrm.charts.waiting_time(leads)"),
    ("lead-time", "How far ahead do people book?", "stcrm.charts.lead_time(bookings)"),
    ("open-leads", "Which open leads are old, and which are worth a call?", "stcrm.charts.open_leads(leads)"),
    ("follow-ups-due", "How late are the calls that were promised?", "stcrm.charts.follow_ups_due(leads)"),
    ("new-bookings", "Which bookings has nobody accepted?", "stcrm.charts.new_bookings(bookings)"),
    ("dismissals", "Why are leads dismissed?", "stcrm.charts.dismissals(leads)"),
    (
        "new-and-repeat",
        "New customers, or known ones?",
        'stcrm.charts.new_and_repeat(leads, freq="QS", show="share")',
    ),
    (
        "customer-growth",
        "How many customers are there?",
        'stcrm.charts.customer_growth(customers, freq="QS")',
    ),
    (
        "location-growth",
        "How many locations are there? Old ones bear no date.",
        'stcrm.charts.location_growth(dated, freq="QS")',
    ),
    (
        "locations-per-customer",
        "Who has many locations?",
        "stcrm.charts.locations_per_customer(locations)",
    ),
    ("location-map", "Where are they?", "stcrm.charts.location_map(locations)"),
)
HEAD = """\
# Gallery

Every chart, drawn from the demo tenant; `make gallery` writes this page anew. Each takes frames as they are
fetched, gives matplotlib's `Axes` back, and draws on `ax=` if it is given. The numbers behind a chart are in
`stcrm.analysis` under the same name.

```python
{reading}```
"""


def read() -> dict[str, object]:
    """Return the frames that the lines name."""
    names: dict[str, object] = {}
    exec(READING, names)  # noqa: S102 - the lines of this file
    return names


def drawn(line: str, names: dict[str, object]) -> Axes | Figure:
    """Run one line of the page."""
    return cast("Axes | Figure", eval(line, names))  # noqa: S307 - the lines of this file


def keep(made: Axes | Figure, name: str) -> None:
    """Keep a picture, with few colours: pages load faster."""
    out = io.BytesIO()
    figure = made if isinstance(made, Figure) else made.figure
    figure.savefig(out, format="png", dpi=90)
    with Image.open(out) as picture:
        picture.convert("RGB").quantize(96).save(FOLDER / f"{name}.png", optimize=True)
    plt.close("all")


def page() -> str:
    """Return the page."""
    parts = [
        f"## {question}\n\n```python\n{line}\n```\n\n![{name}](img/gallery/{name}.png)\n"
        for name, question, line in CHARTS
    ]
    return "\n".join([HEAD.format(reading=READING), *parts])


def main() -> None:
    """Draw everything, write the page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    names = read()
    for name, _, line in CHARTS:
        keep(drawn(line, names), name)
    (ROOT / "docs" / "gallery.md").write_text(page())
    (FOLDER / "VERSION").write_text(f"{stcrm_nb.__version__}\n")


if __name__ == "__main__":
    main()
