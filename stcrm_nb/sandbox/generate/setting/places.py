"""Places: towns with true postal codes and coordinates, streets that do not exist."""

from dataclasses import dataclass
from typing import NamedTuple

from stcrm_nb.sandbox.generate.draws import Dice, Rows


class Town(NamedTuple):
    """One postal code of the service area and how many of the customers live there."""

    city: str
    state: str
    zip: str
    latitude: float
    longitude: float
    zone: int
    tax_zone: int
    weight: float


TOWNS = (
    Town("Chicago", "IL", "60614", 41.9227, -87.6533, 0, 0, 7),
    Town("Chicago", "IL", "60618", 41.9464, -87.7042, 0, 0, 7),
    Town("Chicago", "IL", "60625", 41.9703, -87.7042, 0, 0, 6),
    Town("Chicago", "IL", "60640", 41.9719, -87.6624, 0, 0, 5),
    Town("Chicago", "IL", "60647", 41.9209, -87.7043, 0, 0, 6),
    Town("Evanston", "IL", "60201", 42.0546, -87.6943, 1, 0, 5),
    Town("Skokie", "IL", "60076", 42.0362, -87.7328, 1, 0, 4),
    Town("Arlington Heights", "IL", "60004", 42.1084, -87.9790, 1, 0, 3),
    Town("Waukegan", "IL", "60085", 42.3500, -87.8606, 1, 1, 3),
    Town("Oak Park", "IL", "60302", 41.8949, -87.7890, 2, 0, 4),
    Town("Naperville", "IL", "60540", 41.7662, -88.1410, 2, 1, 4),
    Town("Elmhurst", "IL", "60126", 41.8933, -87.9407, 2, 1, 3),
    Town("Milwaukee", "WI", "53202", 43.0506, -87.8967, 3, 2, 5),
    Town("Milwaukee", "WI", "53207", 42.9866, -87.8990, 3, 2, 6),
    Town("Milwaukee", "WI", "53211", 43.0806, -87.8853, 3, 2, 5),
    Town("Wauwatosa", "WI", "53213", 43.0490, -88.0005, 3, 2, 4),
    Town("Waukesha", "WI", "53186", 43.0117, -88.2315, 3, 3, 4),
    Town("Racine", "WI", "53403", 42.7081, -87.7999, 4, 3, 3),
    Town("Kenosha", "WI", "53140", 42.6061, -87.8298, 4, 3, 3),
    Town("Madison", "WI", "53703", 43.0766, -89.3756, 5, 4, 5),
    Town("Madison", "WI", "53704", 43.1200, -89.3523, 5, 4, 5),
    Town("Madison", "WI", "53711", 43.0354, -89.4531, 5, 4, 5),
    Town("Middleton", "WI", "53562", 43.1044, -89.5046, 5, 4, 3),
    Town("Sun Prairie", "WI", "53590", 43.1836, -89.2137, 5, 4, 3),
    Town("Verona", "WI", "53593", 42.9908, -89.5332, 5, 4, 2),
)
STREET_NAMES = tuple(
    """
    Alder Amberwood Applegate Arbor Ashgrove Aster Barley Basswood Bayberry Beacon Birchmont
    Bluestem Bramble Brookside Butternut Cardinal Cattail Cedarcrest Chestnut Clover Cobblestone
    Copperleaf Cottonwood Creekside Dogwood Driftwood Eastlawn Elderberry Elmcrest Fairhaven
    Fernwood Fieldstone Foxglove Glenhaven Goldenrod Graystone Hackberry Harvest Hawthorne Hazelnut
    Heron Hickory Hillcrest Honeylocust Ironwood Ivy Kestrel Kingfisher Lakecrest Larkspur Laurel
    Linden Longmeadow Lupine Maplecrest Marigold Meadowlark Millrace Mulberry Northgate Oakhurst
    Orchard Osprey Partridge Pinecone Plover Prairieview Quarry Redbud Ridgeline Rosewood Sandpiper
    Sedge Shoreline Silverleaf Spruce Stonebridge Sumac Sycamore Tamarack Thistle Trillium Turnberry
    Walnut Westfield Whitetail Wildrye Willowbrook Windermere Woodbine Wren Yarrow
    """.split()
)
STREET_KINDS = ("St", "Ave", "Rd", "Dr", "Ln", "Court", "Blvd", "Pl", "Way", "Ter")
SIDES = ("", "", "", "", "N ", "S ", "W ", "E ")
UNITS = ("Apt 2", "Apt 3B", "Unit 1", "Unit 4", "#2", "Upper", "Lower", "Ste 200", "Apt 12", "Rear")


class Address(NamedTuple):
    """Where something stands."""

    street: str
    unit: str | None
    town: Town
    country: str | None
    latitude: float | None
    longitude: float | None

    def plain(self) -> dict[str, object]:
        """Return the address as bookings have it: without coordinates."""
        return {
            "street": self.street,
            "unit": self.unit,
            "city": self.town.city,
            "state": self.town.state,
            "zip": self.town.zip,
            "country": self.country,
        }

    def full(self) -> dict[str, object]:
        """Return the address as customers and locations have it."""
        return {**self.plain(), "latitude": self.latitude, "longitude": self.longitude}


@dataclass(frozen=True, slots=True)
class Places:
    """The addresses of one group, such as the locations; row by row.

    Parameters
    ----------
    dice : Dice
        The tenant's draws.
    group : str
        Keeps the draws of different groups apart.
    """

    dice: Dice
    group: str

    def town_indices(self, rows: Rows) -> Rows:
        """Return which of the towns each row lies in."""
        return self.dice.weighted(f"{self.group}.town", rows, [town.weight for town in TOWNS])

    def addresses(self, rows: Rows) -> list[Address]:
        """Return an address a row; some lack the country, few the coordinates."""
        dice, group = self.dice, self.group
        streets = self.streets(rows)
        units = dice.pick(f"{group}.unit", rows, UNITS)
        alone = dice.chance(f"{group}.alone", rows, 0.88).tolist()
        country = dice.weighted(f"{group}.country", rows, (0.84, 0.12, 0.04)).tolist()
        lost = dice.chance(f"{group}.lost", rows, 0.03).tolist()
        towns = self.town_indices(rows).tolist()
        north = (dice.bell(f"{group}.north", rows) * 0.008).tolist()
        east = (dice.bell(f"{group}.east", rows) * 0.010).tolist()
        return [
            Address(
                streets[i],
                None if alone[i] else units[i],
                TOWNS[town],
                ("USA", None, "US")[country[i]],
                None if lost[i] else round(TOWNS[town].latitude + north[i], 6),
                None if lost[i] else round(TOWNS[town].longitude + east[i], 6),
            )
            for i, town in enumerate(towns)
        ]

    def streets(self, rows: Rows) -> list[str]:
        """Return a house number and a street a row."""
        number = (self.dice.below(f"{self.group}.number", rows, 7_800) + 101).tolist()
        side = self.dice.pick(f"{self.group}.side", rows, SIDES)
        name = self.dice.pick(f"{self.group}.street", rows, STREET_NAMES)
        kind = self.dice.pick(f"{self.group}.way", rows, STREET_KINDS)
        return [f"{n} {s}{w} {k}" for n, s, w, k in zip(number, side, name, kind, strict=True)]
