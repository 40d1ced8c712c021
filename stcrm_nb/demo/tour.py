"""Each room once, on the demo tenant."""

from collections.abc import Iterator

from matplotlib.figure import Figure

from stcrm_nb import charts, quality
from stcrm_nb.door import connect


def check() -> Iterator[str]:
    """Use each room once on the demo tenant, and tell what was seen; what fails is raised.

    Yields
    ------
    str
        One line a room: frames, names, a chart, a panel, a plan, findings.
    """
    with connect("demo", writable=True) as crm:
        yield f"connected: {crm.settings.place}"
        leads = crm.leads.list(names=True)
        yield f"frame: {len(leads):,} leads, {leads['campaign'].nunique()} campaigns by name"
        ax = charts.lead_trend(leads, by="status", ax=Figure().subplots())  # no screen is needed
        yield f"chart: {ax.get_title(loc='left')}"
        panel = crm.browse("locations")
        yield f"panel: {len(panel.frame):,} locations"
        home = next(int(each) for each in panel.frame["id"] if len(crm.locations.contacts(each)) > 1)
        change = crm.locations.remove_contact(home, int(crm.locations.contacts(home)["id"].iloc[0]))
        yield f"plan: {change.title}, nothing sent"
        found = quality.findings(crm)
        yield f"findings: {len(found):,}"
    yield "all rooms work"
