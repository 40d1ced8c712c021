"""The look-ups of other modules, in the shape of their replies: what gives names to ids."""

from collections.abc import Sequence

from stcrm_nb.sandbox.generate.setting.fields import (
    CUSTOMER_FIELDS,
    LOCATION_FIELDS,
    TAGS,
    TAX_ZONES,
    TERMS,
    ZONES,
    Field,
    Tag,
    Term,
)
from stcrm_nb.sandbox.generate.setting.marketing import (
    CAMPAIGNS,
    CATEGORIES,
    PROVIDERS,
    REASONS,
    Campaign,
    Provider,
    Reason,
)
from stcrm_nb.sandbox.generate.setting.places import TOWNS
from stcrm_nb.sandbox.generate.setting.replies import MADE, Row, empty
from stcrm_nb.sandbox.generate.setting.roster import employee_row, technician_row
from stcrm_nb.sandbox.generate.setting.staff import EMPLOYEES, TECHNICIANS
from stcrm_nb.sandbox.generate.setting.work import JOB_TYPES, UNITS, JobType, Unit

TRADES, DIVISIONS = ("HVAC", "Plumbing", "Electrical"), ("Residential", "Commercial")
COMPANY = "Lakeshore Home Comfort"
OFFICE = {
    "street": "2200 Harborlight Blvd", "unit": None, "city": "Milwaukee", "state": "WI", "zip": "53202",
    "country": "USA", "latitude": 43.0412, "longitude": -87.9006, "isManualCoordinates": False,
    "isMilitary": False,
}  # fmt: skip


def lookups() -> dict[str, list[Row]]:
    """Return every look-up table of the tenant."""
    return {
        "campaigns": [_campaign(campaign) for campaign in CAMPAIGNS],
        "campaign_categories": [
            {"id": key, "name": name, "active": True, "type": kind, **MADE} for key, name, kind in CATEGORIES
        ],
        "business_units": [_unit(unit) for unit in UNITS],
        "employees": [employee_row(employee) for employee in EMPLOYEES],
        "technicians": [technician_row(technician) for technician in TECHNICIANS],
        "tag_types": [_tag(tag) for tag in TAGS],
        "job_types": [_job_type(kind) for kind in JOB_TYPES],
        "call_reasons": [_reason(reason) for reason in REASONS],
        "zones": [_zone(index) for index in range(len(ZONES))],
        "payment_terms": [_term(term) for term in TERMS],
        "tax_zones": [_tax_zone(*zone) for zone in TAX_ZONES],
        "booking_provider_tags": [_provider(provider) for provider in PROVIDERS],
        "customer_custom_fields": [_field(field) for field in CUSTOMER_FIELDS],
        "location_custom_fields": [_field(field) for field in LOCATION_FIELDS],
    }


def _campaign(campaign: Campaign) -> Row:
    key, name, _ = CATEGORIES[campaign.category]
    return {
        "id": campaign.id,
        "name": campaign.name,
        "modifiedOn": MADE["modifiedOn"],
        "createdOn": MADE["createdOn"],
        "active": campaign.active,
        "isDefaultCampaign": campaign.is_default,
        "category": {"id": key, "name": name, "active": True},
        "source": campaign.source,
        "otherSource": None,
        "businessUnit": None,
        "medium": campaign.medium,
        "otherMedium": None,
        "campaignPhoneNumbers": [campaign.phone],
    }


def _unit(unit: Unit) -> Row:
    return {
        "id": unit.id,
        "active": True,
        "name": unit.name,
        "officialName": f"{COMPANY} - {unit.name}",
        "email": "office@example.com",
        "currency": "USD",
        "phoneNumber": "4145550100",
        **empty("invoiceHeader", "invoiceMessage", "defaultTaxRate", "authorizationParagraph"),
        "acknowledgementParagraph": None,
        "address": OFFICE,
        **empty("materialSku", "quickbooksClass", "accountCode", "franchiseId", "conceptCode"),
        "corporateContractNumber": None,
        "trade": {"id": 1 + TRADES.index(unit.trade), "name": unit.trade},
        "division": {"id": 11 + DIVISIONS.index(unit.division), "name": unit.division},
        "tagTypeIds": [],
        "tenant": None,
        **MADE,
        "externalData": None,
        "certifiedSentriconSpecialistCode": None,
    }  # fmt: skip


def _tag(tag: Tag) -> Row:
    return {
        "id": tag.id,
        "name": tag.name,
        "color": tag.color,
        "code": tag.code,
        "importance": tag.importance,
        "isConversionOpportunity": tag.code in {"AGE", "FIN"},
        "allowToUseOnTimesheetActivity": False,
        "isVisibleOnDispatchBoard": True,
        "active": tag.active,
        **MADE,
    }


def _job_type(kind: JobType) -> Row:
    return {
        "id": kind.id,
        "name": kind.name,
        "businessUnitIds": [UNITS[kind.unit].id],
        "skills": [],
        "tagTypeIds": [],
        "priority": kind.priority,
        "duration": kind.hours * 3600,
        "soldThreshold": None,
        "class": "Estimate" if kind.name.endswith("Estimate") else "Service",
        "summary": "",
        "noCharge": kind.name.endswith("Estimate"),
        "enforceRecurringServiceEventSelection": None,
        "invoiceSignaturesRequired": False,
        "modifiedOn": MADE["modifiedOn"],
        "createdOn": MADE["createdOn"],
        "externalData": [],
        "active": True,
        "isSmartDispatched": False,
        "defaultEstimateSoldAction": "None",
        "customFieldTypeIds": [],
    }


def _reason(reason: Reason) -> Row:
    return {"id": reason.id, "name": reason.name, "isLead": reason.is_lead, "active": reason.active, **MADE}


def _zone(index: int) -> Row:
    towns = [town for town in TOWNS if town.zone == index]
    return {
        "id": ZONES[index][0],
        "active": True,
        "name": ZONES[index][1],
        "zips": [town.zip for town in towns],
        "cities": sorted({town.city for town in towns}),
        "territoryNumbers": [],
        "locnNumbers": [],
        "createdBy": 18011,
        **MADE,
        "serviceDaysEnabled": False,
        "serviceDays": [],
        "businessUnits": [unit.id for unit in UNITS],
        "technicians": [technician.id for technician in TECHNICIANS if technician.zone == index],
    }


def _term(term: Term) -> Row:
    return {
        "id": term.id,
        "name": term.name,
        "dueDayType": "NumberOfDays",
        "dueDay": term.days,
        "isCustomerDefault": term.is_default,
        "isVendorDefault": False,
        "active": term.active,
        "inUse": True,
        "modifiedOn": MADE["modifiedOn"],
        "createdOn": MADE["createdOn"],
        "paymentTermDiscountModel": empty("id", "discountApplyTo", "discount", "discountType", "account",
                                           "applyBy", "applyByValue"),
        "interestSettings": {
            "id": None, "rateType": "Flat", "flatRateValue": None, "percentageRateValue": None,
            "chargeMethod": None, "frequency": "Once", "gracePeriod": None, "targetInvoices": [],
            "taskId": 0, "taskDisplayName": "",
        },
    }  # fmt: skip


def _tax_zone(key: int, name: str, rate: float) -> Row:
    tax: Row = {
        "id": key + 50,
        "taxName": name,
        "taxBaseType": ["Subtotal"],
        "taxRate": rate,
        "salesTaxItem": None,
    }
    return {
        "id": key,
        "name": name,
        "color": None,
        "isTaxRateSeparated": False,
        "isMultipleTaxZone": False,
        "rates": [tax],
        **MADE,
        "active": True,
    }


def _provider(provider: Provider) -> Row:
    return {
        "id": provider.id,
        "tagName": provider.name,
        "description": provider.description,
        "type": provider.type,
        **MADE,
        "active": provider.active,
    }


def _field(field: Field) -> Row:
    options: Sequence[str] | None = list(field.values) if field.type == "Dropdown" else None
    return {"id": field.id, "name": field.name, "dataType": field.type, "dataTypeOptions": options, **MADE}
