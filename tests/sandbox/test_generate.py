"""The demo tenant: the same every time, shaped as published, whole, and telling what was planted."""

import gzip
import json
import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from stcrm_nb.sandbox.generate.__main__ import main
from stcrm_nb.sandbox.generate.draws import CHILD_SLOTS, ID_STARTS
from stcrm_nb.sandbox.generate.setting.people import MANAGER_LAST

Row = dict[str, Any]
Rows = dict[str, list[Row]]

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "data" / "demo"
SPEC = ROOT.parent / "shared" / "spec"
AS_OF = datetime(2026, 9, 30, 21, tzinfo=UTC)
CHICAGO = ZoneInfo("America/Chicago")
NEVER = "0001-01-01T00:00:00Z"
# File, record of the description, and the key that names its parent.
SHAPES = (
    ("customers", "Crm.V2.Customers.CustomerResponse", None),
    ("locations", "Crm.V2.Locations.LocationResponse", None),
    ("leads", "Crm.V2.LeadResponse", None),
    ("bookings", "Crm.V2.BookingResponse", None),
    ("customer_contacts", "Crm.V2.Customers.CustomerContactWithModifiedOnResponse", "customerId"),
    ("location_contacts", "Crm.V2.LocationContactResponse", "locationId"),
    ("booking_contacts", "Crm.V2.BookingContactResponse", "bookingId"),
    ("customer_notes", "Crm.V2.NoteResponse", "customerId"),
    ("location_notes", "Crm.V2.NoteResponse", "locationId"),
    ("lead_notes", "Crm.V2.NoteResponse", "leadId"),
)
FILES = [name for name, _, _ in SHAPES]
LOOKUPS = {
    "campaigns": "Marketing.V2.CampaignResponse",
    "campaign_categories": "Marketing.V2.CampaignCategoryResponse",
    "business_units": "TenantSettings.V2.BusinessUnitResponse",
    "employees": "TenantSettings.V2.EmployeeResponse",
    "technicians": "TenantSettings.V2.TechnicianResponse",
    "tag_types": "TenantSettings.V2.TagTypeResponse",
    "job_types": "Jpm.V2.JobTypeResponse",
    "call_reasons": "Jbce.V2.CallReasonResponse",
    "zones": "Dispatch.V2.ZoneResponse",
    "payment_terms": "Accounting.V2.PaymentTermAPIModel",
    "tax_zones": "Accounting.V2.TaxZoneResponse",
    "booking_provider_tags": "Crm.V2.GetBookingProviderTagResponse",
    "customer_custom_fields": "Crm.V2.Customers.CustomFieldTypeResponse",
    "location_custom_fields": "Crm.V2.Locations.CustomFieldTypeResponse",
}


def unpacked(folder: Path, name: str) -> bytes:
    return gzip.decompress((folder / f"{name}.jsonl.gz").read_bytes())


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def month(row: Row) -> str:
    return f"{moment(row['createdOn']).astimezone(CHICAGO):%Y-%m}"


def converted(rows: list[Row]) -> float:
    return [row["status"] for row in rows].count("Converted") / len(rows)


def dismissed(rows: list[Row]) -> float:
    return [row["status"] for row in rows].count("Dismissed") / len(rows)


@pytest.fixture(scope="module")
def rows() -> Rows:
    """The committed files."""
    return {name: [json.loads(line) for line in unpacked(DEMO, name).splitlines()] for name in FILES}


@pytest.fixture(scope="module")
def by_id(rows: Rows) -> dict[str, dict[int, Row]]:
    """The committed rows of each kind by id."""
    return {name: {row["id"]: row for row in rows[name]} for name in FILES}


@pytest.fixture(scope="module")
def lookups() -> Rows:
    """The committed look-ups."""
    found: Rows = json.loads((DEMO / "lookups.json").read_text())
    return found


@pytest.fixture(scope="module")
def meta() -> Row:
    """What the tenant tells of itself."""
    found: Row = json.loads((DEMO / "meta.json").read_text())
    return found


@pytest.fixture(scope="module")
def stories(meta: Row) -> dict[str, Row]:
    """The facts of what was planted, by name."""
    return {story["name"]: story["facts"] for story in meta["stories"]}


@pytest.fixture(scope="module")
def schemas() -> dict[str, Row]:
    """The published records of all modules."""
    files = sorted(SPEC.glob("*.json"))
    if not files:
        pytest.skip("the published descriptions are not beside this checkout")
    found: dict[str, Row] = {}
    for file in files:
        found |= json.loads(file.read_text())["components"]["schemas"]
    return found


def resolved(schema: Row, schemas: dict[str, Row]) -> Row:
    for choice in schema.get("oneOf", [schema]):
        if "$ref" in choice:
            return schemas[choice["$ref"].rsplit("/", 1)[1]]
    return schema


def misshapen(value: Any, schema: Row, schemas: dict[str, Row]) -> Iterator[str]:  # noqa: ANN401 - JSON
    """Say where names, their order, or values of a closed list differ."""
    facts = resolved(schema, schemas)
    if isinstance(value, dict) and "properties" in facts:
        if list(value) != list(facts["properties"]):
            yield f"{list(value)} instead of {list(facts['properties'])}"
        for name, part in value.items():
            yield from misshapen(part, facts["properties"].get(name, {}), schemas)
    elif isinstance(value, list) and "items" in facts:
        for item in value:
            yield from misshapen(item, facts["items"], schemas)
    elif "enum" in facts and value is not None and value not in facts["enum"]:
        yield f"{value} is none of {facts['enum']}"


def test_the_same_seed_writes_the_committed_files(tmp_path: Path) -> None:
    assert main(["--seed", "7", "--scale", "1", "--out", str(tmp_path)]) == 0
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(file.name for file in DEMO.iterdir())
    for name in FILES:
        assert unpacked(tmp_path, name) == unpacked(DEMO, name), name
    for name in ("meta.json", "lookups.json"):
        assert (tmp_path / name).read_bytes() == (DEMO / name).read_bytes()


def test_another_seed_writes_another_tenant_and_a_small_one_is_whole(tmp_path: Path) -> None:
    for seed in ("7", "8"):
        assert main(["--seed", seed, "--scale", "0.01", "--out", str(tmp_path / seed)]) == 0
    assert unpacked(tmp_path / "7", "customers") != unpacked(tmp_path / "8", "customers")
    assert len(unpacked(tmp_path / "8", "customers").splitlines()) == 40
    told = json.loads((tmp_path / "8" / "meta.json").read_text())
    assert (told["seed"], told["scale"]) == (8, 0.01)


@pytest.mark.parametrize("scale", ["0", "-1", "250.5", "nan"])
def test_a_scale_out_of_range_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], scale: str
) -> None:
    assert main([f"--scale={scale}", "--out", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert "--scale" in said.err
    assert (said.out, said.err.count("\n"), list(tmp_path.iterdir())) == ("", 1, [])


def test_a_folder_that_cannot_be_written_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file, not a folder")
    assert main(["--scale", "0.01", "--out", str(taken)]) == 2
    assert main(["--scale", "0.01", "--out", str(taken / "below")]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == said.count("cannot be written") == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert main(["--scale", "0.01", "--out", str(tmp_path / "new")]) == 2


@pytest.mark.parametrize(("name", "record", "parent"), SHAPES, ids=FILES)
def test_rows_have_the_published_fields_in_their_order(
    rows: Rows, schemas: dict[str, Row], name: str, record: str, parent: str | None
) -> None:
    bare = [{key: value for key, value in row.items() if key != parent} for row in rows[name]]
    assert sorted({fault for row in bare for fault in misshapen(row, schemas[record], schemas)}) == []


@pytest.mark.parametrize("name", LOOKUPS)
def test_lookups_have_the_published_fields(lookups: Rows, schemas: dict[str, Row], name: str) -> None:
    found = {fault for row in lookups[name] for fault in misshapen(row, schemas[LOOKUPS[name]], schemas)}
    assert sorted(found) == []
    assert len({row["id"] for row in lookups[name]}) == len(lookups[name])


@pytest.mark.parametrize("name", FILES)
def test_ids_rise_and_no_two_kinds_share_one(rows: Rows, name: str) -> None:
    ids = [row["id"] for row in rows[name]]
    assert all(one < other for one, other in pairwise(ids))
    assert all(240_000_001 <= key < 1_000_000_000 for key in ids)
    others = {row["id"] for other in FILES if other != name for row in rows[other]}
    assert not others & set(ids)


def test_the_ids_of_no_two_kinds_meet_at_the_largest_scale() -> None:
    many = {"customer": 1_000_000, "location": 1_300_000, "booking": 2_250_000, "lead": 3_000_000}
    many |= {"call": many["lead"], "job": many["booking"]}
    ends = {
        kind: start + many[kind.removesuffix("s").partition("_")[0]] * (CHILD_SLOTS if "_" in kind else 3)
        for kind, start in ID_STARTS.items()
    }
    ranges = sorted((ID_STARTS[kind], ends[kind]) for kind in ID_STARTS)
    assert all(end < start for (_, end), (start, _) in pairwise(ranges))


def test_counts_are_near_the_targets(rows: Rows, meta: Row) -> None:
    assert meta["rows"] == {name: len(found) for name, found in rows.items()}
    wanted = {"customers": 4_000, "locations": 5_000, "leads": 12_000, "bookings": 9_000}
    for name, count in wanted.items():
        assert abs(len(rows[name]) - count) <= count * 0.05, name
    assert sum(file.stat().st_size for file in DEMO.iterdir()) < 4_500_000


@pytest.mark.parametrize(
    ("child", "key", "parent"),
    [
        ("locations", "customerId", "customers"),
        ("locations", "mergedToId", "locations"),
        ("customers", "mergedToId", "customers"),
        ("leads", "customerId", "customers"),
        ("leads", "locationId", "locations"),
        ("leads", "bookingId", "bookings"),
        ("customer_contacts", "customerId", "customers"),
        ("location_contacts", "locationId", "locations"),
        ("booking_contacts", "bookingId", "bookings"),
        ("customer_notes", "customerId", "customers"),
        ("location_notes", "locationId", "locations"),
        ("lead_notes", "leadId", "leads"),
    ],
)
def test_what_a_row_names_is_there(
    rows: Rows, by_id: dict[str, dict[int, Row]], child: str, key: str, parent: str
) -> None:
    named = [row[key] for row in rows[child] if row[key] is not None]
    assert named
    assert set(named) <= set(by_id[parent])


@pytest.mark.parametrize(
    ("kind", "key", "table", "column"),
    [
        ("leads", "campaignId", "campaigns", "id"),
        ("leads", "businessUnitId", "business_units", "id"),
        ("leads", "jobTypeId", "job_types", "id"),
        ("leads", "callReasonId", "call_reasons", "id"),
        ("leads", "dismissingReasonId", "call_reasons", "id"),
        ("leads", "createdById", "employees", "userId"),
        ("bookings", "campaignId", "campaigns", "id"),
        ("bookings", "businessUnitId", "business_units", "id"),
        ("bookings", "jobTypeId", "job_types", "id"),
        ("bookings", "bookingProviderId", "booking_provider_tags", "id"),
        ("bookings", "dismissingReasonId", "call_reasons", "id"),
        ("locations", "zoneId", "zones", "id"),
        ("locations", "taxZoneId", "tax_zones", "id"),
        ("customers", "paymentTermId", "payment_terms", "id"),
    ],
)
def test_ids_of_other_modules_have_names(
    rows: Rows, lookups: Rows, kind: str, key: str, table: str, column: str
) -> None:
    used = {row[key] for row in rows[kind]} - {None}
    assert used
    assert used <= {row[column] for row in lookups[table]}


@pytest.mark.parametrize("kind", ["customers", "locations", "leads"])
def test_tags_and_custom_fields_have_names(rows: Rows, lookups: Rows, kind: str) -> None:
    tags = {tag for row in rows[kind] for tag in row["tagTypeIds"] or ()}
    assert tags
    assert tags <= {row["id"] for row in lookups["tag_types"]}
    fields = {(each["typeId"], each["name"]) for row in rows[kind] for each in row.get("customFields", ())}
    assert fields <= {(row["id"], row["name"]) for row in lookups.get(f"{kind[:-1]}_custom_fields", ())}


def test_a_lead_stands_at_a_location_of_its_customer(rows: Rows, by_id: dict[str, dict[int, Row]]) -> None:
    for lead in rows["leads"]:
        if lead["customerId"] is None:
            assert lead["locationId"] is None
            assert lead["leadCustomerName"]
        else:
            assert by_id["locations"][lead["locationId"]]["customerId"] == lead["customerId"]
            assert moment(by_id["customers"][lead["customerId"]]["createdOn"]) < moment(lead["createdOn"])


def test_a_booking_that_became_a_lead_is_dismissed_and_older(
    rows: Rows, by_id: dict[str, dict[int, Row]]
) -> None:
    for lead in rows["leads"]:
        if lead["bookingId"] is not None:
            booking = by_id["bookings"][lead["bookingId"]]
            assert booking["status"] == "Dismissed"
            assert moment(booking["createdOn"]).replace(microsecond=0) <= moment(lead["createdOn"])
            assert lead["leadCustomerName"] in {None, booking["name"]}


def test_a_state_has_what_belongs_to_it(rows: Rows, by_id: dict[str, dict[int, Row]]) -> None:
    for booking in rows["bookings"]:
        assert (booking["jobId"] is not None) == (booking["status"] == "Converted")
        assert booking["dismissingReasonId"] is None or booking["status"] == "Dismissed"
        assert moment(booking["start"]) > moment(booking["createdOn"])
    for lead in rows["leads"]:
        assert (lead["dismissingReasonId"] is not None) == (lead["status"] == "Dismissed")
    for kind in ("customers", "locations"):
        for row in rows[kind]:
            assert row["mergedToId"] is None or not row["active"]
    survivors = {row["mergedToId"] for row in rows["customers"]} - {None}
    assert all(by_id["customers"][key]["mergedToId"] is None for key in survivors)


@pytest.mark.parametrize("name", FILES)
def test_nothing_changed_before_it_was_made_or_after_today(rows: Rows, name: str) -> None:
    for row in rows[name]:
        made = moment(row.get("createdOn", NEVER)).replace(microsecond=0)
        assert made <= moment(row["modifiedOn"]) <= AS_OF
    if name in {"leads", "bookings"}:
        assert all(moment(row["createdOn"]) >= datetime(2023, 10, 1, 5, tzinfo=UTC) for row in rows[name])


def test_the_seasons_show(rows: Rows) -> None:
    for kind in ("leads", "bookings"):
        months = Counter(moment(row["createdOn"]).astimezone(CHICAGO).month for row in rows[kind])
        assert min(months[1], months[7]) > 1.3 * max(months[4], months[10])
        locals_ = [moment(row["createdOn"]).astimezone(CHICAGO) for row in rows[kind]]
        assert sum(time.weekday() == 0 for time in locals_) > 3 * sum(time.weekday() == 6 for time in locals_)
    hours = Counter(moment(row["createdOn"]).astimezone(CHICAGO).hour for row in rows["leads"])
    assert hours.most_common(1)[0][0] in {8, 9, 10}
    years = Counter(
        moment(row["createdOn"]).year for row in rows["leads"] if "-01" <= row["createdOn"][4:7] <= "-08"
    )
    assert years[2024] < years[2025] < years[2026]


def test_the_slow_month_is_the_slowest(rows: Rows, stories: dict[str, Row]) -> None:
    for kind in ("leads", "bookings"):
        months = Counter(map(month, rows[kind]))
        assert min(months, key=months.__getitem__) == stories["slow_month"]["month"]


def test_weather_shows(rows: Rows, lookups: Rows, stories: dict[str, Row]) -> None:
    heating = {row["id"] for row in lookups["job_types"] if row["id"] < 2210}
    days = Counter(
        f"{moment(row['createdOn']).astimezone(CHICAGO):%Y-%m-%d}"
        for row in rows["leads"] + rows["bookings"]
        if row["jobTypeId"] in heating
    )
    januaries = [count for day, count in days.items() if day[5:7] == "01"]
    cold = [
        days[day] for first, last in stories["weather"]["cold_snaps"] for day in days if first <= day <= last
    ]
    assert sum(cold) / len(cold) > 1.25 * sum(januaries) / len(januaries)


def test_the_bad_campaign_converts_ten_points_less_than_any_other(
    rows: Rows, stories: dict[str, Row]
) -> None:
    bad = stories["bad_campaign"]["campaign_id"]
    groups: dict[int, list[Row]] = {}
    for lead in rows["leads"]:
        groups.setdefault(lead["campaignId"], []).append(lead)
    others = [converted(group) for campaign, group in groups.items() if campaign != bad]
    assert len(groups[bad]) > 500
    assert converted(groups[bad]) < min(others) - 0.1


def test_one_provider_has_most_bookings_dismissed(rows: Rows, stories: dict[str, Row]) -> None:
    provider = stories["dismissing_provider"]["booking_provider_id"]
    own = [row for row in rows["bookings"] if row["bookingProviderId"] == provider]
    others = [row for row in rows["bookings"] if row["bookingProviderId"] != provider]
    assert dismissed(own) > 0.5 > dismissed(others) + 0.2


def test_a_quick_answer_converts(
    rows: Rows, by_id: dict[str, dict[int, Row]], stories: dict[str, Row]
) -> None:
    assert "answer_time" in stories
    quick: list[Row] = []
    late: list[Row] = []
    for note in rows["lead_notes"]:
        lead = by_id["leads"][note["leadId"]]
        minutes = (moment(note["createdOn"]) - moment(lead["createdOn"])).total_seconds() / 60
        (quick if minutes <= 15 else late).append(lead)
    assert converted(quick) > converted(late) + 0.08


def test_the_wrong_contact_stands_where_the_story_says(
    rows: Rows, by_id: dict[str, dict[int, Row]], stories: dict[str, Row]
) -> None:
    facts = stories["wrong_contact"]
    location = by_id["locations"][facts["location_id"]]
    contacts = [row for row in rows["location_contacts"] if row["locationId"] == location["id"]]
    assert location["active"]
    assert (location["customerId"], location["name"]) == (facts["customer_id"], facts["name"])
    assert 3 <= len(contacts) <= 5
    assert [row["memo"] for row in contacts if row["id"] == facts["contact_id"]] == [facts["memo"]]
    twin, wrong = (
        by_id["customer_contacts"][facts["twin_id"]],
        by_id["location_contacts"][facts["contact_id"]],
    )
    assert (twin["customerId"], twin["value"]) == (facts["customer_id"], wrong["value"])
    assert twin["id"] != wrong["id"]
    found = [row["id"] for row in rows["locations"] if facts["street"] == row["address"]["street"]]
    assert found == [location["id"]]
    boss = by_id["customers"][facts["customer_id"]]
    assert boss["active"]
    assert boss["name"].endswith(MANAGER_LAST)
    assert sum(row["customerId"] == boss["id"] for row in rows["locations"]) > 4


def test_doubles_share_a_phone_and_not_a_spelling(
    rows: Rows, by_id: dict[str, dict[int, Row]], stories: dict[str, Row]
) -> None:
    phones: dict[int, set[str]] = {}
    for contact in rows["customer_contacts"]:
        if contact["phoneSettings"]:
            phones.setdefault(contact["customerId"], set()).add(contact["phoneSettings"]["phoneNumber"])
    for name, merged in (("duplicate_customers", False), ("merged_customers", True)):
        pairs = stories[name]["pairs"]
        assert len(pairs) == 20
        shared = 0
        for later, earlier in pairs:
            one, other = by_id["customers"][later], by_id["customers"][earlier]
            assert one["mergedToId"] == (earlier if merged else None)
            assert one["name"] != other["name"]
            shared += bool(phones[later] & phones[earlier])
        assert shared >= 18  # a few were mistyped


def test_hostile_texts_are_where_the_story_says(
    by_id: dict[str, dict[int, Row]], stories: dict[str, Row]
) -> None:
    marks = ("<script>", "<img", "<svg", "javascript:", "=HYPERLINK", "+1+1", "@SUM", "=cmd")
    for kind, ids in stories["hostile_text"].items():
        assert len(ids) >= 3
        for key in ids:
            text = json.dumps(by_id[kind][key], ensure_ascii=False)
            assert any(mark in text for mark in marks), (kind, key)
    texts = [json.dumps(by_id["locations"][key]) for key in stories["hostile_text"]["locations"]]
    for mark in marks[:3] + marks[4:7]:
        assert any(mark in text for text in texts), mark


def test_the_oddities_of_the_real_service_are_there(rows: Rows, stories: dict[str, Row]) -> None:
    digits = {len(row["createdOn"].partition(".")[2].rstrip("Z")) for row in rows["leads"]}
    assert digits == {0, 3, 7}
    lost = [row for row in rows["locations"] if row["createdOn"] == NEVER]
    assert len(lost) > 500
    assert {row["createdById"] for row in lost} == {0}
    assert any(row["createdOn"] == NEVER for row in rows["customer_contacts"])
    assert any(row["createdOn"] == NEVER for row in rows["location_contacts"])
    assert any(row["address"] is None for row in rows["bookings"])
    assert any(row["address"] and row["address"]["street"] is None for row in rows["bookings"])
    assert {row["customerType"] for row in rows["bookings"]} == {None, "Residential", "Commercial"}
    for kind in ("customers", "locations"):
        assert any(row["address"]["country"] is None for row in rows[kind])
        assert any(row["externalData"] is None for row in rows[kind])
        assert any(row["name"].startswith(" ") for row in rows[kind])
        assert any(field["name"].startswith(" ") for row in rows[kind] for field in row["customFields"])
    for kind in ("customer_contacts", "location_contacts"):
        assert {row["phoneSettings"] is None for row in rows[kind] if row["type"] == "Email"} == {True}
    bulk = [row for row in rows["customers"] if row["modifiedOn"] == stories["bulk_edit"]["modified_on"]]
    assert len(bulk) > 20


def test_web_forms_keep_everything_in_the_summary(rows: Rows) -> None:
    forms = [row for row in rows["bookings"] if row["source"] == "WebFormIntegration"]
    reached = {row["bookingId"] for row in rows["booking_contacts"]}
    assert len(forms) > 2_000
    assert not reached & {row["id"] for row in forms}
    plain = [row for row in forms if "<" not in row["summary"]]
    assert len(plain) > len(forms) - 3
    for form in plain:
        assert form["summary"].startswith("First Name*: ")
        assert "\nEmail*: " in form["summary"]
        assert form["address"] is None or set(form["address"].values()) == {None}


def test_open_leads_are_mostly_recent_and_some_are_forgotten(rows: Rows) -> None:
    ages = [(AS_OF - moment(row["createdOn"])).days for row in rows["leads"] if row["status"] == "Open"]
    assert sum(age < 30 for age in ages) > 100
    assert sum(age > 180 for age in ages) > 50
    late = [row for row in rows["leads"] if row["status"] == "Open" and row["followUpDate"]]
    assert {moment(row["followUpDate"]) < AS_OF for row in late} == {True, False}


def test_no_mail_address_and_no_phone_is_a_real_one(rows: Rows) -> None:
    contacts = rows["customer_contacts"] + rows["location_contacts"] + rows["booking_contacts"]
    mails = [row["value"] for row in contacts if row["type"] == "Email"]
    mails += [row["leadEmail"] for row in rows["leads"] if row["leadEmail"]]
    hosts = Counter(mail.rpartition("@")[2] for mail in mails)
    true = sum(hosts[f"example.{end}"] for end in ("com", "org", "net"))
    assert 0.97 < true / len(mails) < 1
    phones = ["".join(filter(str.isdigit, row["value"])) for row in contacts if row["type"] != "Email"]
    assert {phone[3:5] for phone in phones if len(phone) == 10} <= {"55", "00"}
