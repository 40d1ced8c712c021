"""Tidy frame in, matplotlib Axes out."""

from stcrm_nb.charts.conversion import booking_conversion, lead_conversion
from stcrm_nb.charts.trends import booking_trend, lead_trend

__all__ = ["booking_conversion", "booking_trend", "lead_conversion", "lead_trend"]
