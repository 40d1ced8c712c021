"""Generated from the catalogue by `make stubs`; do not edit."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from pandas import DataFrame

from stcrm_nb import resources
from stcrm_nb.changes.change import Change
from stcrm_nb.frames.record import Record

class _CustomersList(resources.BoundOperation):
    def __call__(
        self,
        *,
        page_size: int | None = ...,
        sort: str | None = ...,
        ids: Sequence[int] | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        exclude_accounting_changes_from_modified_date_range: bool | None = ...,
        name: str | None = ...,
        street: str | None = ...,
        unit: str | None = ...,
        city: str | None = ...,
        state: str | None = ...,
        zip: str | None = ...,
        country: str | None = ...,
        latitude: float | None = ...,
        longitude: float | None = ...,
        phone: str | None = ...,
        active: Literal["True", "Any", "False"] | bool | None = ...,
        external_data_application_guid: str | None = ...,
        external_data_key: str | None = ...,
        external_data_values: Sequence[str] | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        page_size: int | None = ...,
        sort: str | None = ...,
        ids: Sequence[int] | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        exclude_accounting_changes_from_modified_date_range: bool | None = ...,
        name: str | None = ...,
        street: str | None = ...,
        unit: str | None = ...,
        city: str | None = ...,
        state: str | None = ...,
        zip: str | None = ...,
        country: str | None = ...,
        latitude: float | None = ...,
        longitude: float | None = ...,
        phone: str | None = ...,
        active: Literal["True", "Any", "False"] | bool | None = ...,
        external_data_application_guid: str | None = ...,
        external_data_key: str | None = ...,
        external_data_values: Sequence[str] | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _CustomersGet(resources.BoundOperation):
    def __call__(self, id: int, *, refresh: bool = ...) -> Record: ...
    def request(self, id: int, *, refresh: bool = ...) -> str: ...

class _CustomersContacts(resources.BoundOperation):
    def __call__(
        self, id: int, *, page_size: int | None = ..., names: bool = ..., refresh: bool = ...
    ) -> DataFrame: ...
    def request(
        self, id: int, *, page_size: int | None = ..., names: bool = ..., refresh: bool = ...
    ) -> str: ...

class _CustomersNotes(resources.BoundOperation):
    def __call__(
        self,
        id: int,
        *,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        id: int,
        *,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _CustomersAllContacts(resources.BoundOperation):
    def __call__(
        self,
        *,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        customer_ids: Sequence[int] | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        customer_ids: Sequence[int] | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _CustomersCustomFields(resources.BoundOperation):
    def __call__(
        self,
        *,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _CustomersCreate(resources.BoundOperation):
    def __call__(
        self,
        *,
        name: str,
        locations: Sequence[dict[str, Any]],
        address: dict[str, Any],
        type: Literal["Residential", "Commercial"] | None = ...,
        contacts: Sequence[dict[str, Any]] | None = ...,
        custom_fields: Sequence[dict[str, Any]] | None = ...,
        tag_type_ids: Sequence[int] | None = ...,
        external_data: dict[str, Any] | None = ...,
        do_not_mail: bool | None = ...,
        do_not_service: bool | None = ...,
        national_account: bool | None = ...,
        tax_exempt: bool | None = ...,
        payment_term_id: int | None = ...,
        credit_limit: float | None = ...,
        credit_limit_balance: float | None = ...,
    ) -> Change: ...
    def request(
        self,
        *,
        name: str,
        locations: Sequence[dict[str, Any]],
        address: dict[str, Any],
        type: Literal["Residential", "Commercial"] | None = ...,
        contacts: Sequence[dict[str, Any]] | None = ...,
        custom_fields: Sequence[dict[str, Any]] | None = ...,
        tag_type_ids: Sequence[int] | None = ...,
        external_data: dict[str, Any] | None = ...,
        do_not_mail: bool | None = ...,
        do_not_service: bool | None = ...,
        national_account: bool | None = ...,
        tax_exempt: bool | None = ...,
        payment_term_id: int | None = ...,
        credit_limit: float | None = ...,
        credit_limit_balance: float | None = ...,
    ) -> str: ...

class _CustomersUpdate(resources.BoundOperation):
    def __call__(
        self,
        id: int,
        *,
        name: str = ...,
        type: Literal["Residential", "Commercial"] = ...,
        address: dict[str, Any] = ...,
        active: bool = ...,
        custom_fields: Sequence[dict[str, Any]] = ...,
        tag_type_ids: Sequence[int] = ...,
        external_data: dict[str, Any] = ...,
        do_not_mail: bool = ...,
        do_not_service: bool = ...,
        national_account: bool = ...,
        tax_exempt: bool = ...,
        payment_term_id: int = ...,
        credit_limit: float = ...,
        credit_limit_balance: float = ...,
    ) -> Change: ...
    def request(
        self,
        id: int,
        *,
        name: str = ...,
        type: Literal["Residential", "Commercial"] = ...,
        address: dict[str, Any] = ...,
        active: bool = ...,
        custom_fields: Sequence[dict[str, Any]] = ...,
        tag_type_ids: Sequence[int] = ...,
        external_data: dict[str, Any] = ...,
        do_not_mail: bool = ...,
        do_not_service: bool = ...,
        national_account: bool = ...,
        tax_exempt: bool = ...,
        payment_term_id: int = ...,
        credit_limit: float = ...,
        credit_limit_balance: float = ...,
    ) -> str: ...

class _CustomersAddContact(resources.BoundOperation):
    def __call__(
        self,
        id: int,
        *,
        type: Literal["Phone", "MobilePhone", "Email", "Fax"],
        value: str,
        memo: str | None = ...,
    ) -> Change: ...
    def request(
        self,
        id: int,
        *,
        type: Literal["Phone", "MobilePhone", "Email", "Fax"],
        value: str,
        memo: str | None = ...,
    ) -> str: ...

class _CustomersUpdateContact(resources.BoundOperation):
    def __call__(
        self,
        id: int,
        contact_id: int,
        *,
        type: Literal["Phone", "MobilePhone", "Email", "Fax"] = ...,
        value: str = ...,
        memo: str = ...,
        preferences: dict[str, Any] = ...,
    ) -> Change: ...
    def request(
        self,
        id: int,
        contact_id: int,
        *,
        type: Literal["Phone", "MobilePhone", "Email", "Fax"] = ...,
        value: str = ...,
        memo: str = ...,
        preferences: dict[str, Any] = ...,
    ) -> str: ...

class _CustomersRemoveContact(resources.BoundOperation):
    def __call__(self, id: int, contact_id: int) -> Change: ...
    def request(self, id: int, contact_id: int) -> str: ...

class _CustomersAddNote(resources.BoundOperation):
    def __call__(
        self, id: int, *, text: str, pin_to_top: bool | None = ..., add_to_locations: bool | None = ...
    ) -> Change: ...
    def request(
        self, id: int, *, text: str, pin_to_top: bool | None = ..., add_to_locations: bool | None = ...
    ) -> str: ...

class _CustomersRemoveNote(resources.BoundOperation):
    def __call__(self, id: int, note_id: int) -> Change: ...
    def request(self, id: int, note_id: int) -> str: ...

class _CustomersAddTag(resources.BoundOperation):
    def __call__(self, id: int, tag_type_id: int) -> Change: ...
    def request(self, id: int, tag_type_id: int) -> str: ...

class _CustomersRemoveTag(resources.BoundOperation):
    def __call__(self, id: int, tag_type_id: int) -> Change: ...
    def request(self, id: int, tag_type_id: int) -> str: ...

class Customers(resources.Resource):
    list: _CustomersList
    get: _CustomersGet
    contacts: _CustomersContacts
    notes: _CustomersNotes
    all_contacts: _CustomersAllContacts
    custom_fields: _CustomersCustomFields
    create: _CustomersCreate
    update: _CustomersUpdate
    add_contact: _CustomersAddContact
    update_contact: _CustomersUpdateContact
    remove_contact: _CustomersRemoveContact
    add_note: _CustomersAddNote
    remove_note: _CustomersRemoveNote
    add_tag: _CustomersAddTag
    remove_tag: _CustomersRemoveTag
    def tags(self, frame: DataFrame, *, wide: bool = ...) -> DataFrame: ...
    def custom_field_values(self, frame: DataFrame, *, wide: bool = ...) -> DataFrame: ...
    def external_data(self, frame: DataFrame, *, wide: bool = ...) -> DataFrame: ...

class _LocationsList(resources.BoundOperation):
    def __call__(
        self,
        *,
        ids: Sequence[int] | None = ...,
        name: str | None = ...,
        customer_id: int | None = ...,
        street: str | None = ...,
        unit: str | None = ...,
        city: str | None = ...,
        state: str | None = ...,
        zip: str | None = ...,
        country: str | None = ...,
        latitude: float | None = ...,
        longitude: float | None = ...,
        active: Literal["True", "Any", "False"] | bool | None = ...,
        page_size: int | None = ...,
        sort: str | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        external_data_application_guid: str | None = ...,
        external_data_key: str | None = ...,
        external_data_values: Sequence[str] | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        ids: Sequence[int] | None = ...,
        name: str | None = ...,
        customer_id: int | None = ...,
        street: str | None = ...,
        unit: str | None = ...,
        city: str | None = ...,
        state: str | None = ...,
        zip: str | None = ...,
        country: str | None = ...,
        latitude: float | None = ...,
        longitude: float | None = ...,
        active: Literal["True", "Any", "False"] | bool | None = ...,
        page_size: int | None = ...,
        sort: str | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        external_data_application_guid: str | None = ...,
        external_data_key: str | None = ...,
        external_data_values: Sequence[str] | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _LocationsGet(resources.BoundOperation):
    def __call__(self, id: int, *, refresh: bool = ...) -> Record: ...
    def request(self, id: int, *, refresh: bool = ...) -> str: ...

class _LocationsContacts(resources.BoundOperation):
    def __call__(
        self, id: int, *, page_size: int | None = ..., names: bool = ..., refresh: bool = ...
    ) -> DataFrame: ...
    def request(
        self, id: int, *, page_size: int | None = ..., names: bool = ..., refresh: bool = ...
    ) -> str: ...

class _LocationsNotes(resources.BoundOperation):
    def __call__(
        self,
        id: int,
        *,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        id: int,
        *,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _LocationsAllContacts(resources.BoundOperation):
    def __call__(
        self,
        *,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        location_ids: Sequence[int] | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        location_ids: Sequence[int] | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _LocationsCustomFields(resources.BoundOperation):
    def __call__(
        self,
        *,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _LocationsPreferredTechnician(resources.BoundOperation):
    def __call__(self, id: int, *, refresh: bool = ...) -> int | None: ...
    def request(self, id: int, *, refresh: bool = ...) -> str: ...

class _LocationsCreate(resources.BoundOperation):
    def __call__(
        self,
        *,
        name: str,
        address: dict[str, Any],
        customer_id: int,
        contacts: Sequence[dict[str, Any]] | None = ...,
        custom_fields: Sequence[dict[str, Any]] | None = ...,
        tag_type_ids: Sequence[int] | None = ...,
        external_data: dict[str, Any] | None = ...,
        coordinates_source: Literal["None", "System", "User", "Imported"] | None = ...,
        coordinates_verification_status: Literal["Unverified", "InProgress", "Failed", "Verified"]
        | None = ...,
    ) -> Change: ...
    def request(
        self,
        *,
        name: str,
        address: dict[str, Any],
        customer_id: int,
        contacts: Sequence[dict[str, Any]] | None = ...,
        custom_fields: Sequence[dict[str, Any]] | None = ...,
        tag_type_ids: Sequence[int] | None = ...,
        external_data: dict[str, Any] | None = ...,
        coordinates_source: Literal["None", "System", "User", "Imported"] | None = ...,
        coordinates_verification_status: Literal["Unverified", "InProgress", "Failed", "Verified"]
        | None = ...,
    ) -> str: ...

class _LocationsUpdate(resources.BoundOperation):
    def __call__(
        self,
        id: int,
        *,
        customer_id: int = ...,
        name: str = ...,
        address: dict[str, Any] = ...,
        active: bool = ...,
        tax_zone_id: int = ...,
        custom_fields: Sequence[dict[str, Any]] = ...,
        tag_type_ids: Sequence[int] = ...,
        external_data: dict[str, Any] = ...,
    ) -> Change: ...
    def request(
        self,
        id: int,
        *,
        customer_id: int = ...,
        name: str = ...,
        address: dict[str, Any] = ...,
        active: bool = ...,
        tax_zone_id: int = ...,
        custom_fields: Sequence[dict[str, Any]] = ...,
        tag_type_ids: Sequence[int] = ...,
        external_data: dict[str, Any] = ...,
    ) -> str: ...

class _LocationsAddContact(resources.BoundOperation):
    def __call__(
        self,
        id: int,
        *,
        type: Literal["Phone", "MobilePhone", "Email", "Fax"],
        value: str,
        memo: str | None = ...,
    ) -> Change: ...
    def request(
        self,
        id: int,
        *,
        type: Literal["Phone", "MobilePhone", "Email", "Fax"],
        value: str,
        memo: str | None = ...,
    ) -> str: ...

class _LocationsUpdateContact(resources.BoundOperation):
    def __call__(
        self,
        id: int,
        contact_id: int,
        *,
        type: Literal["Phone", "MobilePhone", "Email", "Fax"] = ...,
        value: str = ...,
        memo: str = ...,
        preferences: dict[str, Any] = ...,
    ) -> Change: ...
    def request(
        self,
        id: int,
        contact_id: int,
        *,
        type: Literal["Phone", "MobilePhone", "Email", "Fax"] = ...,
        value: str = ...,
        memo: str = ...,
        preferences: dict[str, Any] = ...,
    ) -> str: ...

class _LocationsRemoveContact(resources.BoundOperation):
    def __call__(self, id: int, contact_id: int) -> Change: ...
    def request(self, id: int, contact_id: int) -> str: ...

class _LocationsAddNote(resources.BoundOperation):
    def __call__(
        self, id: int, *, text: str, pin_to_top: bool | None = ..., add_to_customer: bool | None = ...
    ) -> Change: ...
    def request(
        self, id: int, *, text: str, pin_to_top: bool | None = ..., add_to_customer: bool | None = ...
    ) -> str: ...

class _LocationsRemoveNote(resources.BoundOperation):
    def __call__(self, id: int, note_id: int) -> Change: ...
    def request(self, id: int, note_id: int) -> str: ...

class _LocationsAddTag(resources.BoundOperation):
    def __call__(self, id: int, tag_type_id: int) -> Change: ...
    def request(self, id: int, tag_type_id: int) -> str: ...

class _LocationsRemoveTag(resources.BoundOperation):
    def __call__(self, id: int, tag_type_id: int) -> Change: ...
    def request(self, id: int, tag_type_id: int) -> str: ...

class _LocationsSetPreferredTechnician(resources.BoundOperation):
    def __call__(self, id: int, preferred_technician_id: int) -> Change: ...
    def request(self, id: int, preferred_technician_id: int) -> str: ...

class Locations(resources.Resource):
    list: _LocationsList
    get: _LocationsGet
    contacts: _LocationsContacts
    notes: _LocationsNotes
    all_contacts: _LocationsAllContacts
    custom_fields: _LocationsCustomFields
    preferred_technician: _LocationsPreferredTechnician
    create: _LocationsCreate
    update: _LocationsUpdate
    add_contact: _LocationsAddContact
    update_contact: _LocationsUpdateContact
    remove_contact: _LocationsRemoveContact
    add_note: _LocationsAddNote
    remove_note: _LocationsRemoveNote
    add_tag: _LocationsAddTag
    remove_tag: _LocationsRemoveTag
    set_preferred_technician: _LocationsSetPreferredTechnician
    def tags(self, frame: DataFrame, *, wide: bool = ...) -> DataFrame: ...
    def custom_field_values(self, frame: DataFrame, *, wide: bool = ...) -> DataFrame: ...
    def external_data(self, frame: DataFrame, *, wide: bool = ...) -> DataFrame: ...

class _LeadsList(resources.BoundOperation):
    def __call__(
        self,
        *,
        page_size: int | None = ...,
        ids: Sequence[int] | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        customer_id: int | None = ...,
        is_prospect: bool | None = ...,
        without_customer: bool | None = ...,
        status: Literal["Open", "Dismissed", "Converted"] | None = ...,
        customer_city: str | None = ...,
        customer_state: str | None = ...,
        customer_zip: str | None = ...,
        customer_created_on_or_after: str | date | datetime | None = ...,
        customer_created_before: str | date | datetime | None = ...,
        customer_modified_on_or_after: str | date | datetime | None = ...,
        sort: str | None = ...,
        gen_perm_url: bool | None = ...,
        lead_customer_name: str | None = ...,
        lead_phone: str | None = ...,
        is_capture_source_form: bool | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        page_size: int | None = ...,
        ids: Sequence[int] | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        customer_id: int | None = ...,
        is_prospect: bool | None = ...,
        without_customer: bool | None = ...,
        status: Literal["Open", "Dismissed", "Converted"] | None = ...,
        customer_city: str | None = ...,
        customer_state: str | None = ...,
        customer_zip: str | None = ...,
        customer_created_on_or_after: str | date | datetime | None = ...,
        customer_created_before: str | date | datetime | None = ...,
        customer_modified_on_or_after: str | date | datetime | None = ...,
        sort: str | None = ...,
        gen_perm_url: bool | None = ...,
        lead_customer_name: str | None = ...,
        lead_phone: str | None = ...,
        is_capture_source_form: bool | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _LeadsGet(resources.BoundOperation):
    def __call__(self, id: int, *, refresh: bool = ...) -> Record: ...
    def request(self, id: int, *, refresh: bool = ...) -> str: ...

class _LeadsNotes(resources.BoundOperation):
    def __call__(
        self,
        id: int,
        *,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        id: int,
        *,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _LeadsCreate(resources.BoundOperation):
    def __call__(
        self,
        *,
        campaign_id: int,
        summary: str,
        call_reason_id: int | None = ...,
        follow_up_date: str | date | datetime | None = ...,
        customer_id: int | None = ...,
        location_id: int | None = ...,
        tag_type_ids: Sequence[int] | None = ...,
        booking_id: int | None = ...,
        business_unit_id: int | None = ...,
        job_type_id: int | None = ...,
        priority: Literal["Low", "Normal", "High", "Urgent"] | None = ...,
        lead_customer_name: str | None = ...,
        lead_phone: str | None = ...,
        lead_email: str | None = ...,
        lead_street: str | None = ...,
        lead_unit: str | None = ...,
        lead_city: str | None = ...,
        lead_state: str | None = ...,
        lead_zip: str | None = ...,
        lead_country: str | None = ...,
    ) -> Change: ...
    def request(
        self,
        *,
        campaign_id: int,
        summary: str,
        call_reason_id: int | None = ...,
        follow_up_date: str | date | datetime | None = ...,
        customer_id: int | None = ...,
        location_id: int | None = ...,
        tag_type_ids: Sequence[int] | None = ...,
        booking_id: int | None = ...,
        business_unit_id: int | None = ...,
        job_type_id: int | None = ...,
        priority: Literal["Low", "Normal", "High", "Urgent"] | None = ...,
        lead_customer_name: str | None = ...,
        lead_phone: str | None = ...,
        lead_email: str | None = ...,
        lead_street: str | None = ...,
        lead_unit: str | None = ...,
        lead_city: str | None = ...,
        lead_state: str | None = ...,
        lead_zip: str | None = ...,
        lead_country: str | None = ...,
    ) -> str: ...

class _LeadsUpdate(resources.BoundOperation):
    def __call__(
        self,
        id: int,
        *,
        campaign_id: int = ...,
        summary: str = ...,
        business_unit_id: int = ...,
        job_type_id: int = ...,
        priority: Literal["Low", "Normal", "High", "Urgent"] = ...,
        lead_customer_name: str = ...,
        lead_phone: str = ...,
        lead_email: str = ...,
        lead_street: str = ...,
        lead_unit: str = ...,
        lead_city: str = ...,
        lead_state: str = ...,
        lead_zip: str = ...,
        lead_country: str = ...,
    ) -> Change: ...
    def request(
        self,
        id: int,
        *,
        campaign_id: int = ...,
        summary: str = ...,
        business_unit_id: int = ...,
        job_type_id: int = ...,
        priority: Literal["Low", "Normal", "High", "Urgent"] = ...,
        lead_customer_name: str = ...,
        lead_phone: str = ...,
        lead_email: str = ...,
        lead_street: str = ...,
        lead_unit: str = ...,
        lead_city: str = ...,
        lead_state: str = ...,
        lead_zip: str = ...,
        lead_country: str = ...,
    ) -> str: ...

class _LeadsDismiss(resources.BoundOperation):
    def __call__(self, id: int, *, dismissing_reason_id: int) -> Change: ...
    def request(self, id: int, *, dismissing_reason_id: int) -> str: ...

class _LeadsFollowUp(resources.BoundOperation):
    def __call__(
        self,
        id: int,
        *,
        follow_up_date: str | date | datetime,
        text: str | None = ...,
        pin_to_top: bool | None = ...,
    ) -> Change: ...
    def request(
        self,
        id: int,
        *,
        follow_up_date: str | date | datetime,
        text: str | None = ...,
        pin_to_top: bool | None = ...,
    ) -> str: ...

class _LeadsAddNote(resources.BoundOperation):
    def __call__(self, id: int, *, text: str, pin_to_top: bool | None = ...) -> Change: ...
    def request(self, id: int, *, text: str, pin_to_top: bool | None = ...) -> str: ...

class _LeadsSubmitForm(resources.BoundOperation):
    def __call__(
        self,
        *,
        name: str,
        email: str | None = ...,
        phone_number: str | None = ...,
        address: dict[str, Any] | None = ...,
        summary: str | None = ...,
        id: int | None = ...,
    ) -> Change: ...
    def request(
        self,
        *,
        name: str,
        email: str | None = ...,
        phone_number: str | None = ...,
        address: dict[str, Any] | None = ...,
        summary: str | None = ...,
        id: int | None = ...,
    ) -> str: ...

class Leads(resources.Resource):
    list: _LeadsList
    get: _LeadsGet
    notes: _LeadsNotes
    create: _LeadsCreate
    update: _LeadsUpdate
    dismiss: _LeadsDismiss
    follow_up: _LeadsFollowUp
    add_note: _LeadsAddNote
    submit_form: _LeadsSubmitForm
    def tags(self, frame: DataFrame, *, wide: bool = ...) -> DataFrame: ...

class _BookingsList(resources.BoundOperation):
    def __call__(
        self,
        *,
        ids: Sequence[int] | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        external_id: str | None = ...,
        sort: str | None = ...,
        provider: int | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        ids: Sequence[int] | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        external_id: str | None = ...,
        sort: str | None = ...,
        provider: int | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _BookingsGet(resources.BoundOperation):
    def __call__(self, id: int, *, provider: int | None = ..., refresh: bool = ...) -> Record: ...
    def request(self, id: int, *, provider: int | None = ..., refresh: bool = ...) -> str: ...

class _BookingsContacts(resources.BoundOperation):
    def __call__(
        self,
        id: int,
        *,
        page_size: int | None = ...,
        provider: int | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        id: int,
        *,
        page_size: int | None = ...,
        provider: int | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _BookingsListForProvider(resources.BoundOperation):
    def __call__(
        self,
        provider: int,
        *,
        ids: Sequence[int] | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        external_id: str | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        provider: int,
        *,
        ids: Sequence[int] | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        external_id: str | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _BookingsGetForProvider(resources.BoundOperation):
    def __call__(self, id: int, provider: int, *, refresh: bool = ...) -> Record: ...
    def request(self, id: int, provider: int, *, refresh: bool = ...) -> str: ...

class _BookingsContactsForProvider(resources.BoundOperation):
    def __call__(
        self, id: int, provider: int, *, page_size: int | None = ..., names: bool = ..., refresh: bool = ...
    ) -> DataFrame: ...
    def request(
        self, id: int, provider: int, *, page_size: int | None = ..., names: bool = ..., refresh: bool = ...
    ) -> str: ...

class _BookingsCreate(resources.BoundOperation):
    def __call__(
        self,
        provider: int,
        *,
        source: str,
        name: str,
        summary: str,
        is_first_time_client: bool,
        external_id: str,
        address: dict[str, Any] | None = ...,
        contacts: Sequence[dict[str, Any]] | None = ...,
        customer_type: Literal["Residential", "Commercial"] | None = ...,
        start: str | date | datetime | None = ...,
        campaign_id: int | None = ...,
        business_unit_id: int | None = ...,
        job_type_id: int | None = ...,
        priority: Literal["Low", "Normal", "High", "Urgent"] | None = ...,
        uploaded_images: Sequence[str] | None = ...,
        is_send_confirmation_email: bool | None = ...,
    ) -> Change: ...
    def request(
        self,
        provider: int,
        *,
        source: str,
        name: str,
        summary: str,
        is_first_time_client: bool,
        external_id: str,
        address: dict[str, Any] | None = ...,
        contacts: Sequence[dict[str, Any]] | None = ...,
        customer_type: Literal["Residential", "Commercial"] | None = ...,
        start: str | date | datetime | None = ...,
        campaign_id: int | None = ...,
        business_unit_id: int | None = ...,
        job_type_id: int | None = ...,
        priority: Literal["Low", "Normal", "High", "Urgent"] | None = ...,
        uploaded_images: Sequence[str] | None = ...,
        is_send_confirmation_email: bool | None = ...,
    ) -> str: ...

class _BookingsUpdate(resources.BoundOperation):
    def __call__(
        self,
        id: int,
        provider: int,
        *,
        source: str = ...,
        name: str = ...,
        address: dict[str, Any] = ...,
        customer_type: Literal["Residential", "Commercial"] = ...,
        start: str | date | datetime = ...,
        summary: str = ...,
        campaign_id: int = ...,
        business_unit_id: int = ...,
        job_type_id: int = ...,
        priority: Literal["Low", "Normal", "High", "Urgent"] = ...,
        is_first_time_client: bool = ...,
        uploaded_images: Sequence[str] = ...,
        external_id: str = ...,
    ) -> Change: ...
    def request(
        self,
        id: int,
        provider: int,
        *,
        source: str = ...,
        name: str = ...,
        address: dict[str, Any] = ...,
        customer_type: Literal["Residential", "Commercial"] = ...,
        start: str | date | datetime = ...,
        summary: str = ...,
        campaign_id: int = ...,
        business_unit_id: int = ...,
        job_type_id: int = ...,
        priority: Literal["Low", "Normal", "High", "Urgent"] = ...,
        is_first_time_client: bool = ...,
        uploaded_images: Sequence[str] = ...,
        external_id: str = ...,
    ) -> str: ...

class _BookingsDismiss(resources.BoundOperation):
    def __call__(
        self, id: int, provider: int, *, call_reason_id: int | None = ..., dismissing_memo: str | None = ...
    ) -> Change: ...
    def request(
        self, id: int, provider: int, *, call_reason_id: int | None = ..., dismissing_memo: str | None = ...
    ) -> str: ...

class _BookingsAddContact(resources.BoundOperation):
    def __call__(
        self,
        id: int,
        provider: int,
        *,
        type: Literal["Phone", "MobilePhone", "Email", "Fax"],
        value: str,
        memo: str | None = ...,
    ) -> Change: ...
    def request(
        self,
        id: int,
        provider: int,
        *,
        type: Literal["Phone", "MobilePhone", "Email", "Fax"],
        value: str,
        memo: str | None = ...,
    ) -> str: ...

class _BookingsUpdateContact(resources.BoundOperation):
    def __call__(
        self,
        id: int,
        contact_id: int,
        provider: int,
        *,
        type: Literal["Phone", "MobilePhone", "Email", "Fax"] = ...,
        value: str = ...,
        memo: str = ...,
    ) -> Change: ...
    def request(
        self,
        id: int,
        contact_id: int,
        provider: int,
        *,
        type: Literal["Phone", "MobilePhone", "Email", "Fax"] = ...,
        value: str = ...,
        memo: str = ...,
    ) -> str: ...

class _BookingsRemoveContact(resources.BoundOperation):
    def __call__(self, id: int, contact_id: int, provider: int) -> Change: ...
    def request(self, id: int, contact_id: int, provider: int) -> str: ...

class Bookings(resources.Resource):
    list: _BookingsList
    get: _BookingsGet
    contacts: _BookingsContacts
    list_for_provider: _BookingsListForProvider
    get_for_provider: _BookingsGetForProvider
    contacts_for_provider: _BookingsContactsForProvider
    create: _BookingsCreate
    update: _BookingsUpdate
    dismiss: _BookingsDismiss
    add_contact: _BookingsAddContact
    update_contact: _BookingsUpdateContact
    remove_contact: _BookingsRemoveContact
    def uploaded_images(self, frame: DataFrame, *, wide: bool = ...) -> DataFrame: ...

class _BookingProviderTagsList(resources.BoundOperation):
    def __call__(
        self,
        *,
        name: str | None = ...,
        ids: Sequence[int] | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        name: str | None = ...,
        ids: Sequence[int] | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _BookingProviderTagsGet(resources.BoundOperation):
    def __call__(self, id: int, *, refresh: bool = ...) -> Record: ...
    def request(self, id: int, *, refresh: bool = ...) -> str: ...

class _BookingProviderTagsCreate(resources.BoundOperation):
    def __call__(self, *, tag_name: str, description: str) -> Change: ...
    def request(self, *, tag_name: str, description: str) -> str: ...

class _BookingProviderTagsUpdate(resources.BoundOperation):
    def __call__(self, id: int, *, tag_name: str = ..., description: str = ...) -> Change: ...
    def request(self, id: int, *, tag_name: str = ..., description: str = ...) -> str: ...

class BookingProviderTags(resources.Resource):
    list: _BookingProviderTagsList
    get: _BookingProviderTagsGet
    create: _BookingProviderTagsCreate
    update: _BookingProviderTagsUpdate

class _ContactsList(resources.BoundOperation):
    def __call__(
        self,
        *,
        name: str | None = ...,
        title: str | None = ...,
        reference_id: str | None = ...,
        is_archived: bool | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        page_size: int | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        name: str | None = ...,
        title: str | None = ...,
        reference_id: str | None = ...,
        is_archived: bool | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        page_size: int | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _ContactsGet(resources.BoundOperation):
    def __call__(self, id: str, *, refresh: bool = ...) -> Record: ...
    def request(self, id: str, *, refresh: bool = ...) -> str: ...

class _ContactsRelationships(resources.BoundOperation):
    def __call__(
        self,
        contact_id: str,
        *,
        related_entity_id: int | None = ...,
        type_slug: Literal["customer", "location", "booking"] | None = ...,
        type_name: str | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        page_size: int | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        contact_id: str,
        *,
        related_entity_id: int | None = ...,
        type_slug: Literal["customer", "location", "booking"] | None = ...,
        type_name: str | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        page_size: int | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _ContactsListByRelationship(resources.BoundOperation):
    def __call__(
        self,
        relationship_id: int,
        *,
        name: str | None = ...,
        title: str | None = ...,
        reference_id: str | None = ...,
        is_archived: bool | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        page_size: int | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        relationship_id: int,
        *,
        name: str | None = ...,
        title: str | None = ...,
        reference_id: str | None = ...,
        is_archived: bool | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        page_size: int | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _ContactsCreate(resources.BoundOperation):
    def __call__(
        self, *, name: str | None = ..., title: str | None = ..., reference_id: str | None = ...
    ) -> Change: ...
    def request(
        self, *, name: str | None = ..., title: str | None = ..., reference_id: str | None = ...
    ) -> str: ...

class _ContactsUpdate(resources.BoundOperation):
    def __call__(
        self,
        id: str,
        *,
        is_archived: bool,
        name: str | None = ...,
        title: str | None = ...,
        reference_id: str | None = ...,
    ) -> Change: ...
    def request(
        self,
        id: str,
        *,
        is_archived: bool,
        name: str | None = ...,
        title: str | None = ...,
        reference_id: str | None = ...,
    ) -> str: ...

class _ContactsReplace(resources.BoundOperation):
    def __call__(
        self,
        id: str,
        *,
        is_archived: bool,
        name: str | None = ...,
        title: str | None = ...,
        reference_id: str | None = ...,
    ) -> Change: ...
    def request(
        self,
        id: str,
        *,
        is_archived: bool,
        name: str | None = ...,
        title: str | None = ...,
        reference_id: str | None = ...,
    ) -> str: ...

class _ContactsRemove(resources.BoundOperation):
    def __call__(self, id: str) -> Change: ...
    def request(self, id: str) -> str: ...

class _ContactsAddRelationship(resources.BoundOperation):
    def __call__(
        self, contact_id: str, related_entity_id: int, type_slug: Literal["customer", "location", "booking"]
    ) -> Change: ...
    def request(
        self, contact_id: str, related_entity_id: int, type_slug: Literal["customer", "location", "booking"]
    ) -> str: ...

class _ContactsRemoveRelationship(resources.BoundOperation):
    def __call__(
        self, contact_id: str, related_entity_id: int, type_slug: Literal["customer", "location", "booking"]
    ) -> Change: ...
    def request(
        self, contact_id: str, related_entity_id: int, type_slug: Literal["customer", "location", "booking"]
    ) -> str: ...

class Contacts(resources.Resource):
    list: _ContactsList
    get: _ContactsGet
    relationships: _ContactsRelationships
    list_by_relationship: _ContactsListByRelationship
    create: _ContactsCreate
    update: _ContactsUpdate
    replace: _ContactsReplace
    remove: _ContactsRemove
    add_relationship: _ContactsAddRelationship
    remove_relationship: _ContactsRemoveRelationship
    methods: ContactsMethods
    preferences: ContactsPreferences

class _ContactsMethodsList(resources.BoundOperation):
    def __call__(
        self,
        contact_id: str,
        *,
        reference_id: str | None = ...,
        type: Literal["Phone", "MobilePhone", "Email", "Fax"] | None = ...,
        value: str | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        page_size: int | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        contact_id: str,
        *,
        reference_id: str | None = ...,
        type: Literal["Phone", "MobilePhone", "Email", "Fax"] | None = ...,
        value: str | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        page_size: int | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _ContactsMethodsSearch(resources.BoundOperation):
    def __call__(
        self,
        *,
        contact_id: str | None = ...,
        reference_id: str | None = ...,
        type: Literal["Phone", "MobilePhone", "Email", "Fax"] | None = ...,
        value: str | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        page_size: int | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        contact_id: str | None = ...,
        reference_id: str | None = ...,
        type: Literal["Phone", "MobilePhone", "Email", "Fax"] | None = ...,
        value: str | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        page_size: int | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _ContactsMethodsGet(resources.BoundOperation):
    def __call__(self, contact_id: str, contact_method_id: str, *, refresh: bool = ...) -> Record: ...
    def request(self, contact_id: str, contact_method_id: str, *, refresh: bool = ...) -> str: ...

class _ContactsMethodsCreate(resources.BoundOperation):
    def __call__(
        self,
        contact_id: str,
        *,
        type: Literal["Phone", "MobilePhone", "Email", "Fax"],
        value: str,
        reference_id: str | None = ...,
        memo: str | None = ...,
    ) -> Change: ...
    def request(
        self,
        contact_id: str,
        *,
        type: Literal["Phone", "MobilePhone", "Email", "Fax"],
        value: str,
        reference_id: str | None = ...,
        memo: str | None = ...,
    ) -> str: ...

class _ContactsMethodsUpdate(resources.BoundOperation):
    def __call__(
        self, contact_id: str, contact_method_id: str, *, value: str = ..., memo: str = ...
    ) -> Change: ...
    def request(
        self, contact_id: str, contact_method_id: str, *, value: str = ..., memo: str = ...
    ) -> str: ...

class _ContactsMethodsUpsert(resources.BoundOperation):
    def __call__(
        self,
        contact_id: str,
        contact_method_id: str,
        *,
        type: Literal["Phone", "MobilePhone", "Email", "Fax"],
        value: str,
        reference_id: str | None = ...,
        memo: str | None = ...,
    ) -> Change: ...
    def request(
        self,
        contact_id: str,
        contact_method_id: str,
        *,
        type: Literal["Phone", "MobilePhone", "Email", "Fax"],
        value: str,
        reference_id: str | None = ...,
        memo: str | None = ...,
    ) -> str: ...

class _ContactsMethodsRemove(resources.BoundOperation):
    def __call__(self, contact_id: str, contact_method_id: str) -> Change: ...
    def request(self, contact_id: str, contact_method_id: str) -> str: ...

class ContactsMethods(resources.Resource):
    list: _ContactsMethodsList
    search: _ContactsMethodsSearch
    get: _ContactsMethodsGet
    create: _ContactsMethodsCreate
    update: _ContactsMethodsUpdate
    upsert: _ContactsMethodsUpsert
    remove: _ContactsMethodsRemove

class _ContactsPreferencesList(resources.BoundOperation):
    def __call__(self, contact_id: str, contact_method_id: str, *, refresh: bool = ...) -> DataFrame: ...
    def request(self, contact_id: str, contact_method_id: str, *, refresh: bool = ...) -> str: ...

class _ContactsPreferencesGet(resources.BoundOperation):
    def __call__(
        self, contact_id: str, contact_method_id: str, preference_name: str, *, refresh: bool = ...
    ) -> Record: ...
    def request(
        self, contact_id: str, contact_method_id: str, preference_name: str, *, refresh: bool = ...
    ) -> str: ...

class _ContactsPreferencesTypes(resources.BoundOperation):
    def __call__(self, *, refresh: bool = ...) -> DataFrame: ...
    def request(self, *, refresh: bool = ...) -> str: ...

class _ContactsPreferencesUpdate(resources.BoundOperation):
    def __call__(
        self, contact_id: str, contact_method_id: str, preference_name: str, *, value: str = ...
    ) -> Change: ...
    def request(
        self, contact_id: str, contact_method_id: str, preference_name: str, *, value: str = ...
    ) -> str: ...

class ContactsPreferences(resources.Resource):
    list: _ContactsPreferencesList
    get: _ContactsPreferencesGet
    types: _ContactsPreferencesTypes
    update: _ContactsPreferencesUpdate

class _TagsAdd(resources.BoundOperation):
    def __call__(self, *, customer_ids: Sequence[int], tag_type_ids: Sequence[int]) -> Change: ...
    def request(self, *, customer_ids: Sequence[int], tag_type_ids: Sequence[int]) -> str: ...

class _TagsRemove(resources.BoundOperation):
    def __call__(self, *, customer_ids: Sequence[int], tag_type_ids: Sequence[int]) -> Change: ...
    def request(self, *, customer_ids: Sequence[int], tag_type_ids: Sequence[int]) -> str: ...

class Tags(resources.Resource):
    add: _TagsAdd
    remove: _TagsRemove

class _ExportBookings(resources.BoundOperation):
    def __call__(
        self,
        *,
        from_: str | None = ...,
        include_recent_changes: bool | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        from_: str | None = ...,
        include_recent_changes: bool | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _ExportCustomers(resources.BoundOperation):
    def __call__(
        self,
        *,
        from_: str | None = ...,
        include_recent_changes: bool | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        from_: str | None = ...,
        include_recent_changes: bool | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _ExportCustomerContacts(resources.BoundOperation):
    def __call__(
        self,
        *,
        from_: str | None = ...,
        include_recent_changes: bool | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        from_: str | None = ...,
        include_recent_changes: bool | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _ExportLeads(resources.BoundOperation):
    def __call__(
        self,
        *,
        from_: str | None = ...,
        include_recent_changes: bool | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        from_: str | None = ...,
        include_recent_changes: bool | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _ExportLocations(resources.BoundOperation):
    def __call__(
        self,
        *,
        from_: str | None = ...,
        include_recent_changes: bool | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        from_: str | None = ...,
        include_recent_changes: bool | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _ExportLocationContacts(resources.BoundOperation):
    def __call__(
        self,
        *,
        from_: str | None = ...,
        include_recent_changes: bool | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        from_: str | None = ...,
        include_recent_changes: bool | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class Export(resources.Resource):
    bookings: _ExportBookings
    customers: _ExportCustomers
    customer_contacts: _ExportCustomerContacts
    leads: _ExportLeads
    locations: _ExportLocations
    location_contacts: _ExportLocationContacts

class _LookupsCampaigns(resources.BoundOperation):
    def __call__(
        self,
        *,
        ids: Sequence[int] | None = ...,
        name: str | None = ...,
        campaign_phone_number: str | None = ...,
        active: Literal["True", "Any", "False"] | bool | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        ids: Sequence[int] | None = ...,
        name: str | None = ...,
        campaign_phone_number: str | None = ...,
        active: Literal["True", "Any", "False"] | bool | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _LookupsCampaignCategories(resources.BoundOperation):
    def __call__(
        self,
        *,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _LookupsBusinessUnits(resources.BoundOperation):
    def __call__(
        self,
        *,
        ids: Sequence[int] | None = ...,
        name: str | None = ...,
        active: Literal["True", "Any", "False"] | bool | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        external_data_application_guid: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        ids: Sequence[int] | None = ...,
        name: str | None = ...,
        active: Literal["True", "Any", "False"] | bool | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        external_data_application_guid: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _LookupsEmployees(resources.BoundOperation):
    def __call__(
        self,
        *,
        ids: Sequence[int] | None = ...,
        user_ids: Sequence[int] | None = ...,
        name: str | None = ...,
        email: str | None = ...,
        active: Literal["True", "Any", "False"] | bool | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        ids: Sequence[int] | None = ...,
        user_ids: Sequence[int] | None = ...,
        name: str | None = ...,
        email: str | None = ...,
        active: Literal["True", "Any", "False"] | bool | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _LookupsTechnicians(resources.BoundOperation):
    def __call__(
        self,
        *,
        ids: Sequence[int] | None = ...,
        user_ids: Sequence[int] | None = ...,
        name: str | None = ...,
        active: Literal["True", "Any", "False"] | bool | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        ids: Sequence[int] | None = ...,
        user_ids: Sequence[int] | None = ...,
        name: str | None = ...,
        active: Literal["True", "Any", "False"] | bool | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _LookupsTagTypes(resources.BoundOperation):
    def __call__(
        self,
        *,
        active: Literal["True", "Any", "False"] | bool | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        active: Literal["True", "Any", "False"] | bool | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _LookupsJobTypes(resources.BoundOperation):
    def __call__(
        self,
        *,
        ids: Sequence[int] | None = ...,
        name: str | None = ...,
        min_duration: int | None = ...,
        max_duration: int | None = ...,
        priority: str | None = ...,
        active: Literal["True", "Any", "False"] | bool | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        order_by: str | None = ...,
        order_by_direction: str | None = ...,
        external_data_application_guid: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        ids: Sequence[int] | None = ...,
        name: str | None = ...,
        min_duration: int | None = ...,
        max_duration: int | None = ...,
        priority: str | None = ...,
        active: Literal["True", "Any", "False"] | bool | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        order_by: str | None = ...,
        order_by_direction: str | None = ...,
        external_data_application_guid: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _LookupsCallReasons(resources.BoundOperation):
    def __call__(
        self,
        *,
        active: Literal["True", "Any", "False"] | bool | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        active: Literal["True", "Any", "False"] | bool | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _LookupsZones(resources.BoundOperation):
    def __call__(
        self,
        *,
        active: Literal["True", "Any", "False"] | bool | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        active: Literal["True", "Any", "False"] | bool | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _LookupsPaymentTerms(resources.BoundOperation):
    def __call__(
        self,
        *,
        ids: Sequence[int] | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        ids: Sequence[int] | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class _LookupsTaxZones(resources.BoundOperation):
    def __call__(
        self,
        *,
        ids: Sequence[int] | None = ...,
        active: Literal["True", "Any", "False"] | bool | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> DataFrame: ...
    def request(
        self,
        *,
        ids: Sequence[int] | None = ...,
        active: Literal["True", "Any", "False"] | bool | None = ...,
        page_size: int | None = ...,
        created_before: str | date | datetime | None = ...,
        created_on_or_after: str | date | datetime | None = ...,
        modified_before: str | date | datetime | None = ...,
        modified_on_or_after: str | date | datetime | None = ...,
        sort: str | None = ...,
        names: bool = ...,
        refresh: bool = ...,
    ) -> str: ...

class Lookups(resources.Resource):
    campaigns: _LookupsCampaigns
    campaign_categories: _LookupsCampaignCategories
    business_units: _LookupsBusinessUnits
    employees: _LookupsEmployees
    technicians: _LookupsTechnicians
    tag_types: _LookupsTagTypes
    job_types: _LookupsJobTypes
    call_reasons: _LookupsCallReasons
    zones: _LookupsZones
    payment_terms: _LookupsPaymentTerms
    tax_zones: _LookupsTaxZones
