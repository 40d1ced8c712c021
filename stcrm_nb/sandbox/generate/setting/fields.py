"""What the company made up for its records: tags, custom fields, zones, terms and taxes."""

from typing import NamedTuple


class Tag(NamedTuple):
    """A tag type; `share` is the part of the records that carry it."""

    id: int
    name: str
    code: str
    color: str
    on: str
    share: float
    importance: str | None = None
    active: bool = True


class Field(NamedTuple):
    """A custom field; `share` is the part of the records that have a value. Blanks in names are theirs."""

    id: int
    name: str
    type: str
    values: tuple[str, ...]
    share: float


class Term(NamedTuple):
    """A payment term: due after so many days."""

    id: int
    name: str
    days: int
    is_default: bool = False
    active: bool = True


TAGS = (
    Tag(7701, "VIP", "VIP", "#E5B700", "customer", 0.03, "High"),
    Tag(7702, "Comfort Club Member", "CCM", "#2E7D32", "customer", 0.17, "Medium"),
    Tag(7703, "Slow Payer", "SP", "#B71C1C", "customer", 0.03, "High"),
    Tag(7704, "Senior Discount", "SR", "#6A1B9A", "customer", 0.06),
    Tag(7705, "Landlord", "LL", "#00838F", "customer", 0.03),
    Tag(7706, "Spring Mailing 2026", "SM26", "#558B2F", "customer", 0.05),
    Tag(7707, "Dog on Premises", "DOG", "#8D6E63", "location", 0.08, "High"),
    Tag(7708, "Gate Code", "GATE", "#455A64", "location", 0.04),
    Tag(7709, "Warranty", "WTY", "#1565C0", "location", 0.07),
    Tag(7710, "Aging Equipment", "AGE", "#EF6C00", "location", 0.14, "Medium"),
    Tag(7711, "Financing", "FIN", "#283593", "lead", 0.06),
    Tag(7712, "Hot Lead", "HOT", "#D84315", "lead", 0.08, "High"),
    Tag(7713, "Rebate", "REB", "#00695C", "lead", 0.05),
    Tag(7714, "Old System (do not use)", "OLD", "#9E9E9E", "none", 0.0, None, active=False),
)
CUSTOMER_FIELDS = (
    Field(8801, "     Client #", "Text", (), 0.0),
    Field(
        8802,
        " Referred By",
        "Text",
        ("Neighbor", "Sister", "Yelp", "Home show", "Realtor", "O'Brien family"),
        0.07,
    ),
    Field(8803, "Preferred Contact Time", "Dropdown", ("Morning", "Afternoon", "Evening"), 0.10),
    Field(8804, "  Discount %", "Numeric", ("5", "10", "12.5", "7 1/2"), 0.04),
)
CLIENT_NUMBER = 0
LOCATION_FIELDS = (
    Field(8811, "  Filter Size", "Text", ("16x25x1", "16x25x4", "20x25x4", "20x20x1", "7 3/4"), 0.20),
    Field(
        8812,
        "Year Built",
        "Numeric",
        ("1923", "1926", "1938", "1951", "1957", "1964", "1978", "1994", "2006"),
        0.15,
    ),
    Field(8813, " Panel Amps", "Dropdown", ("100", "150", "200", "60 (fuses)"), 0.07),
    Field(8814, "  Salt Settings", "Numeric", ("2.7", "3.0", "3.5"), 0.03),
    Field(8815, "Key on File", "Dropdown", ("True", "False"), 0.05),
    Field(8816, "Access Notes", "Text", ("Side door", "Ring twice", "Lockbox 0420", "Call on the way"), 0.08),
)
ZONES = (
    (9901, "Chicago North"),
    (9902, "North Shore"),
    (9903, "West Suburbs"),
    (9904, "Milwaukee"),
    (9905, "Racine-Kenosha"),
    (9906, "Dane County"),
)
TAX_ZONES = (
    (9801, "IL - Cook County", 0.1025),
    (9802, "IL - Collar Counties", 0.0775),
    (9803, "WI - Milwaukee", 0.079),
    (9804, "WI - State", 0.055),
    (9805, "WI - Dane County", 0.055),
)
TERMS = (
    Term(9701, "Due Upon Receipt", 0, is_default=True),
    Term(9702, "Net 15", 15),
    Term(9703, "Net 30", 30),
    Term(9704, "Net 60 (old)", 60, active=False),
)
TERM_FOR_HOMES, TERMS_FOR_FIRMS = 9701, (9702, 9703, 9703)
