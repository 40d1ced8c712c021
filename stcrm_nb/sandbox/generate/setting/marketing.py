"""Where inquiries come from: campaigns, booking providers, and the reasons why nothing comes of some."""

from typing import NamedTuple


class Campaign(NamedTuple):
    """A campaign: how many inquiries it brings (`suits`: by trade), how willing to buy (`pull`: log odds)."""

    id: int
    name: str
    category: int
    source: str
    medium: str
    weight: float
    pull: float
    phone: str
    active: bool = True
    is_default: bool = False
    suits: tuple[float, float, float, float] = (1, 1, 1, 1)


class Provider(NamedTuple):
    """A booking provider: its share of the bookings, and the share of its bookings that is dismissed."""

    id: int
    name: str
    description: str
    type: str
    source: str
    weight: float
    dismissed: float
    campaign: int
    prefix: str
    web_form: bool = False
    active: bool = True


class Reason(NamedTuple):
    """A call reason. Small ids are built in."""

    id: int
    name: str
    is_lead: bool
    active: bool = True


CATEGORIES = ((3301, "Digital", "Regular"), (3302, "Print & Mail", "Regular"), (3303, "Referral", "Regular"),
              (3304, "Google Home Services", "GoogleHomeServices"), (3305, "Brand", "Regular"))  # fmt: skip
CAMPAIGNS = (
    Campaign(
        4401, "Google Search - HVAC", 0, "Google", "PPC", 17, 0.05, "3125550110", suits=(1.5, 1.5, 0, 0.3)
    ),
    Campaign(4402, "Google Search - Plumbing", 0, "Google", "PPC", 11, 0.0, "3125550111", suits=(0, 0, 3, 0)),
    Campaign(4403, "Google Local Services", 3, "Google", "LSA", 12, 0.35, "3125550112"),
    Campaign(4404, "Website - Organic", 0, "Website", "Organic", 14, 0.2, "3125550113"),
    Campaign(4405, "Facebook & Instagram", 0, "Facebook", "Paid Social", 7, -0.25, "4145550114"),
    Campaign(4406, "Neighbor Referral", 2, "Referral", "Word of Mouth", 8, 0.9, "4145550115"),
    Campaign(4407, "Value Coupon Mailer", 1, "Direct Mail", "Print", 10, -1.75, "6085550116"),
    Campaign(4408, "Spring & Fall Postcards", 1, "Direct Mail", "Print", 5, 0.1, "6085550117"),
    Campaign(4409, "Truck Wraps", 4, "Vehicle", "Outdoor", 4, 0.15, "2625550118"),
    Campaign(
        4410, "Radio - Winter Heat", 4, "Radio", "Broadcast", 3, -0.1, "2625550119", suits=(3, 0.2, 0.2, 0.2)
    ),
    Campaign(4411, "Membership Renewals", 2, "Email", "Email", 5, 0.75, "8475550120"),
    Campaign(4412, "Yard Signs", 4, "Sign", "Outdoor", 2, 0.1, "8475550121"),
    Campaign(4413, "Yellow Book Online", 0, "Directory", "Listing", 1, -0.3, "7735550122", active=False),
    Campaign(4400, "No Campaign", 4, "Unknown", "Unknown", 6, -0.05, "3125550100", is_default=True),
)
BAD_CAMPAIGN = 6
PROVIDERS = (
    Provider(
        5501, "Lakeshore Website Form", "Contact form of the company's site", "V1Api",
        "WebFormIntegration", 0.33, 0.22, 3, "WF", web_form=True,
    ),
    Provider(5502, "Scheduling Pro", "Online scheduler", "V2Api", "SchedulingPro", 0.25, 0.11, 3, "SP"),
    Provider(5503, "HomePro Leads", "Bought inquiries", "V1Api", "HomePro Leads", 0.17, 0.64, 0, "HPL-"),
    Provider(5504, "Google Local Services", "Message leads", "V2Api", "Google LSA", 0.13, 0.20, 2, "lsa_"),
    Provider(
        5505, "Night Owl Answering", "Answering service after hours", "V1Api",
        "Night Owl Answering", 0.11, 0.17, 13, "NO",
    ),
    Provider(
        5506, "Yellow Book Online", "Directory, ended in 2024", "V1Api",
        "YellowBook", 0.01, 0.35, 12, "YB", active=False,
    ),
)  # fmt: skip
DISMISSING_PROVIDER = 2
REASONS = (
    Reason(28, "Wants estimate", is_lead=True),
    Reason(29, "Price shopping", is_lead=True),
    Reason(32, "Not available at requested time", is_lead=True),
    Reason(6601, "Has to talk to spouse", is_lead=True),
    Reason(6602, "Landlord must approve", is_lead=True),
    Reason(6603, "Call back later", is_lead=True),
    Reason(6611, "Went with competitor", is_lead=True),
    Reason(6612, "Too expensive", is_lead=True),
    Reason(6613, "Could not reach", is_lead=True),
    Reason(6614, "Out of service area", is_lead=False),
    Reason(6615, "We do not do this work", is_lead=False),
    Reason(6616, "Fixed it themselves", is_lead=False),
    Reason(6617, "Duplicate", is_lead=False),
    Reason(6618, "Solicitor or spam", is_lead=False),
    Reason(6619, "Booked as lead", is_lead=True),
    Reason(6620, "Wrong number (old)", is_lead=False, active=False),
)
LEAD_REASONS = range(6)
DISMISSAL_WEIGHTS = (0.25, 0.20, 0.28, 0.08, 0.04, 0.07, 0.05, 0.03)
FIRST_DISMISSAL = 6
BOUGHT_WEIGHTS = (0.14, 0.06, 0.30, 0.22, 0.08, 0.02, 0.14, 0.04)
BOOKED_AS_LEAD = 14
