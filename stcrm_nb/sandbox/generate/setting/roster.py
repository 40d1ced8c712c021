"""Rows of employees and technicians, which give names to users."""

from stcrm_nb.sandbox.generate.setting.fields import ZONES
from stcrm_nb.sandbox.generate.setting.people import mail
from stcrm_nb.sandbox.generate.setting.replies import MADE, Row, empty
from stcrm_nb.sandbox.generate.setting.staff import Employee, Technician
from stcrm_nb.sandbox.generate.setting.work import UNITS


def employee_row(employee: Employee) -> Row:
    """Return somebody in the office as the settings module tells it."""
    name = f"{employee.first} {employee.last}"
    return {
        "id": employee.id,
        "userId": employee.user,
        "name": name,
        "firstName": employee.first,
        "lastName": employee.last,
        "managerId": None if employee.role == "Owner" else 18011,
        "role": employee.role,
        "roleIds": [],
        "businessUnitId": None if employee.unit is None else UNITS[employee.unit].id,
        **MADE,
        "email": mail(employee.first, employee.last, 1, host="example.com"),
        "phoneNumber": None,
        "loginName": mail(employee.first, employee.last, 1, host="x").partition("@")[0],
        "active": employee.active,
        "aadUserId": None,
        "accountLocked": False,
        "home": None,
        "agentId": employee.id % 1000,
        "startDate": "2021-03-01T00:00:00Z",
        "terminationDate": None if employee.active else "2025-02-14T00:00:00Z",
        "hourlyRate": 0.0,
        "overtimeProfileId": None,
        "customFields": [],
        "permissions": None,
    }


def technician_row(technician: Technician) -> Row:
    """Return somebody in a van as the settings module tells it."""
    person = employee_row(
        Employee(technician.id, technician.id, technician.first, technician.last, "Technician")
    )
    zone = ZONES[technician.zone][0]
    return {
        **{key: person[key] for key in ("id", "userId", "name", "roleIds")},
        "businessUnitId": UNITS[technician.unit].id,
        "mainZoneId": zone,
        "zoneIds": [zone],
        **MADE,
        **{key: person[key] for key in ("email", "phoneNumber", "loginName")},
        "home": None,
        "dailyGoal": 1800.0,
        "isManagedTech": True,
        "licenseType": "ManagedTech",
        "customFields": [],
        "active": technician.active,
        "aadUserId": None,
        "burdenRate": 0.0,
        "team": UNITS[technician.unit].name,
        "jobFilter": None,
        "permissions": None,
        "accountLocked": False,
        "commissionRate": 0.0,
        "currentValue": None,
        "firstName": technician.first,
        "lastName": technician.last,
        "hourlyRate": 0.0,
        **empty("jobId", "mobilePhone", "outboundCallerId", "payrollId", "payrollProfileId", "appoitmentId"),
        **empty("shiftStart", "shiftEnd"),
        "soldByRate": 0.0,
        "startDate": "2021-03-01T00:00:00Z",
        "status": "Idle",
        "skills": [],
        "positions": [technician.position],
        **empty("location", "bio", "memo"),
    }
