"""Tidy frame in, matplotlib Axes out."""

from stcrm_nb.charts.clock import arrivals
from stcrm_nb.charts.conversion import booking_conversion, lead_conversion
from stcrm_nb.charts.flow import funnel
from stcrm_nb.charts.growth import customer_growth, location_growth, new_and_repeat
from stcrm_nb.charts.monday import overview
from stcrm_nb.charts.segments import compare, compare_periods
from stcrm_nb.charts.spread import location_map, locations_per_customer
from stcrm_nb.charts.trends import booking_trend, lead_trend
from stcrm_nb.charts.waiting import lead_time, waiting_time
from stcrm_nb.charts.worklists import dismissals, follow_ups_due, new_bookings, open_leads

__all__ = [
    "arrivals",
    "booking_conversion",
    "booking_trend",
    "compare",
    "compare_periods",
    "customer_growth",
    "dismissals",
    "follow_ups_due",
    "funnel",
    "lead_conversion",
    "lead_time",
    "lead_trend",
    "location_growth",
    "location_map",
    "locations_per_customer",
    "new_and_repeat",
    "new_bookings",
    "open_leads",
    "overview",
    "waiting_time",
]
