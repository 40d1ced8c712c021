"""Tidy frame in, matplotlib Axes out."""

from stcrm_nb.charts.clock import arrivals
from stcrm_nb.charts.conversion import booking_conversion, lead_conversion
from stcrm_nb.charts.trends import booking_trend, lead_trend
from stcrm_nb.charts.worklists import dismissals

__all__ = ["arrivals", "booking_conversion", "booking_trend", "dismissals", "lead_conversion", "lead_trend"]
