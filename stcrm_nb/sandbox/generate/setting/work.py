"""The work: what people ask for by trade, in their words, and the job types it becomes."""

from typing import NamedTuple

from stcrm_nb.sandbox.generate.draws import Dice, Rows


class JobType(NamedTuple):
    """A kind of job. `trade` and `unit` are indices of trades and business units."""

    id: int
    name: str
    trade: int
    unit: int
    hours: int
    priority: str


class Unit(NamedTuple):
    """A business unit of the company."""

    id: int
    name: str
    trade: str
    division: str


UNITS = (
    Unit(1101, "HVAC Service", "HVAC", "Residential"),
    Unit(1102, "HVAC Install", "HVAC", "Residential"),
    Unit(1103, "Plumbing", "Plumbing", "Residential"),
    Unit(1104, "Electrical", "Electrical", "Residential"),
    Unit(1105, "Commercial Service", "HVAC", "Commercial"),
    Unit(1106, "Drains & Sewer", "Plumbing", "Residential"),
)
COMMERCIAL_UNIT = 4

# The last job type of a trade is the one that is sold after a visit: an installation.
JOB_TYPES = (
    JobType(2201, "No Heat", 0, 0, 2, "Urgent"),
    JobType(2202, "Furnace Repair", 0, 0, 2, "High"),
    JobType(2203, "Furnace Tune-Up", 0, 0, 1, "Normal"),
    JobType(2204, "Furnace Replacement Estimate", 0, 1, 2, "Normal"),
    JobType(2211, "No Cooling", 1, 0, 2, "Urgent"),
    JobType(2212, "AC Repair", 1, 0, 2, "High"),
    JobType(2213, "AC Tune-Up", 1, 0, 1, "Normal"),
    JobType(2214, "AC Replacement Estimate", 1, 1, 2, "Normal"),
    JobType(2221, "Leak", 2, 2, 2, "Urgent"),
    JobType(2222, "Drain Clearing", 2, 5, 2, "High"),
    JobType(2223, "Fixture Repair", 2, 2, 1, "Normal"),
    JobType(2224, "Water Heater Estimate", 2, 2, 2, "Normal"),
    JobType(2231, "No Power", 3, 3, 2, "Urgent"),
    JobType(2232, "Outlet or Switch Repair", 3, 3, 1, "Normal"),
    JobType(2233, "Lighting", 3, 3, 2, "Low"),
    JobType(2234, "Panel Upgrade Estimate", 3, 3, 2, "Normal"),
)
KINDS_PER_TRADE = 4
KIND_WEIGHTS = (0.22, 0.34, 0.24, 0.20)

# By job type: what the caller says. {place} and {since} are filled in.
SUMMARIES = (
    (
        "No heat, furnace blowing cold air {since}",
        "Furnace will not ignite, house is at 54",
        "No heat {place}, thermostat blank {since}",
        "Boiler out, radiators cold {since}; baby in the house",
    ),
    (
        "Furnace short cycles {since}",
        "Loud banging when the heat comes on",
        "Smells like burning dust, heat works off and on",
        "Furnace leaking water {place}",
    ),
    (
        "Annual furnace tune-up, prefers mornings",
        "Wants tune-up special from the mailer",
        "Furnace check before winter, filter is 16x25x4",
    ),
    (
        "Furnace is 22 years old, wants price to replace",
        "Second opinion on new furnace, other quote $7,400",
        "Interested in a heat pump and the rebate",
        "Buying the house, wants estimate for high efficiency furnace",
    ),
    (
        "AC not cooling {since}, unit outside is humming",
        "No cool air {place}, elderly parent at home",
        "AC stopped {since}, breaker trips when it starts",
    ),
    (
        "AC leaking water {place}",
        "Ice on the line, air barely comes out",
        "Outside unit makes grinding noise {since}",
        "Upstairs stays at 82 while downstairs is fine",
    ),
    (
        "AC tune-up before summer",
        "Spring check for two units",
        "Membership visit: cooling maintenance",
    ),
    (
        "R-22 unit from 1998, wants price for new AC",
        "Quote for ductless {place}",
        "Wants financing options for new AC and furnace",
    ),
    (
        "Water coming through the ceiling {place}",
        "Pipe burst {place}, main is shut off",
        "Slow leak under the sink {since}",
        "Water heater leaking {place}",
    ),
    (
        "Basement floor drain backs up {since}",
        "Kitchen drain slow {since}",
        "Sewer smell {place}, wants camera",
        "Both toilets back up when the washer drains",
    ),
    (
        "Toilet runs all night",
        "Faucet {place} drips {since}",
        "Disposal is jammed",
        "Sump pump runs all the time",
    ),
    (
        "Water heater is 14 years old, wants price",
        "Price for tankless",
        "No hot water {since}, decide repair or replace",
    ),
    (
        "Half the house lost power {since}",
        "Breaker trips right away {place}",
        "Burning smell from the panel",
    ),
    (
        "Outlets dead {place}",
        "Switch is warm and buzzes {since}",
        "GFCI will not reset {place}",
    ),
    (
        "Install six can lights {place}",
        "Porch light and fan to hang",
        "Landscape lighting, wants ideas",
    ),
    (
        "Needs 200 amp panel for EV charger",
        "Inspector flagged Federal Pacific panel",
        "Level 2 charger in the garage, wants price",
    ),
)
ROOMS = (
    "in the basement",
    "in the kitchen",
    "upstairs",
    "in the garage",
    "in the hall bath",
    "on the second floor",
)
SINCES = (
    "since last night",
    "since this morning",
    "for two days",
    "since the storm",
    "for a week",
    "on and off",
)


def job_types(dice: Dice, name: str, rows: Rows, *, trades: Rows) -> Rows:
    """Return the index of the job type each row asks for, given the index of its trade."""
    return trades * KINDS_PER_TRADE + dice.weighted(name, rows, KIND_WEIGHTS)


def summaries(dice: Dice, name: str, rows: Rows, *, kinds: Rows) -> list[str]:
    """Return what each caller said, given the index of the job type."""
    line = dice.below(f"{name}.line", rows, 10**6).tolist()
    rooms = dice.pick(f"{name}.room", rows, ROOMS)
    sinces = dice.pick(f"{name}.since", rows, SINCES)
    said = zip(kinds.tolist(), line, rooms, sinces, strict=True)
    return [
        SUMMARIES[kind][number % len(SUMMARIES[kind])].replace("{place}", room).replace("{since}", since)
        for kind, number, room, since in said
    ]
