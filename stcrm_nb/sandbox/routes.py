"""One route for each operation of the catalogue, and the token endpoint."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from urllib.parse import parse_qsl

import msgspec
import numpy as np
from numpy.typing import NDArray
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stcrm_nb.catalogue import RESOURCES, Operation, Resource
from stcrm_nb.sandbox.errand import Answer, Errand
from stcrm_nb.sandbox.filters import keep
from stcrm_nb.sandbox.oauth import Tokens
from stcrm_nb.sandbox.rules import Ask, Refusal, read_ask
from stcrm_nb.sandbox.shelf import Shelf
from stcrm_nb.sandbox.tenant import Tenant

ROOT = "/crm/v2/tenant/{tenant}"
GATEWAY = {404: "Resource not found", 405: "Method not allowed"}


def application(tenant: Tenant, tokens: Tokens, now: Callable[[], datetime]) -> Starlette:
    """Return the web application of one tenant.

    Parameters
    ----------
    tenant : Tenant
        Its state; read and changed by this application alone.
    tokens : Tokens
        Lets calls in.
    now : callable
        The sandbox's time.

    Returns
    -------
    Starlette
    """
    routes = [Route("/connect/token", _token_endpoint(tokens), methods=["POST"])]
    for resource in RESOURCES:
        for operation in resource.operations:
            answer = ANSWERS.get(shape(resource, operation))
            if answer:
                endpoint = _endpoint(Errand(tenant, resource, operation, Ask({}), {}, now), answer, tokens)
                routes.append(Route(f"{ROOT}/{operation.path}", endpoint, methods=[operation.method]))
    app = Starlette(routes=routes, exception_handlers={HTTPException: _gateway, Exception: _failure})
    app.router.redirect_slashes = False  # the service redirects nobody
    return app


def shape(resource: Resource, operation: Operation) -> str:
    """Return what kind of operation this is: its method, and its path without the names.

    >>> from stcrm_nb.catalogue import LOCATIONS
    >>> shape(LOCATIONS, LOCATIONS.operation("remove_contact"))
    'DELETE records/{}/children/{}'
    """
    words = (
        "{}" if word.startswith("{") else "records" if word == resource.name else "children"
        for word in operation.path.split("/")
    )
    return f"{operation.method} {'/'.join(words)}"


def list_records(errand: Errand) -> bytes:
    """Answer with one page of the records that pass the filters."""
    shelf, ask = errand.records, errand.ask
    field, last_first = ask.sort
    order = shelf.order(field)[:: -1 if last_first else 1]
    kept = order[keep(errand.tenant, errand.resource.name, ask.values)[order]]
    for name, effect in EFFECTS.items():
        if ask.values.get(name):
            effect(shelf, _on_page(kept, ask))
    return _page(shelf, kept, ask)


def get_record(errand: Errand) -> bytes | Refusal:
    """Answer with one record."""
    position = errand.records.find(errand.ask.values["id"])
    return _unknown(errand) if position is None else errand.records.row(position)


def list_children(errand: Errand) -> bytes | Refusal:
    """Answer with one page of the children of one record."""
    record_id = errand.ask.values["id"]
    if errand.records.find(record_id) is None:
        return _unknown(errand)
    shelf = errand.tenant.shelves[errand.child]
    places = np.array(shelf.places(shelf.parent).get(record_id, ()), dtype=np.intp)
    kept = keep(errand.tenant, errand.child, errand.ask.values)
    return _page(shelf, places[kept[places]], errand.ask)


def remove_child(errand: Errand) -> bytes | Refusal:
    """Take one child away from its record; what other records hold stays."""
    record_id = errand.ask.values["id"]
    if errand.records.find(record_id) is None:
        return _unknown(errand)
    *_, word, last = errand.operation.path.split("/")
    child_id = errand.ask.values[last.strip("{}")]
    shelf = errand.tenant.shelves[errand.child]
    ids = shelf.column("id")
    for position in shelf.places(shelf.parent).get(record_id, ()):
        if ids[position] == child_id:
            shelf.remove(position)
            return b""
    name = errand.resource.singular.capitalize()
    return Refusal(HTTPStatus.NOT_FOUND, f"{name} {record_id} has no {child_id} among its {word}.")


ANSWERS: dict[str, Answer] = {
    "GET records": list_records,
    "GET records/{}": get_record,
    "GET records/{}/children": list_children,
    "DELETE records/{}/children/{}": remove_child,
}


def fill_lead_url(shelf: Shelf, positions: NDArray[np.intp]) -> None:
    """Give leads without a permanent address one; it stays."""
    urls = shelf.column("leadUrl")
    for position in positions.tolist():
        if urls[position] is None:
            row = msgspec.json.decode(shelf.row(position))
            row["leadUrl"] = f"https://sandbox.invalid/leads/{row['id']}"
            shelf.replace(position, msgspec.json.encode(row))


EFFECTS: dict[str, Callable[[Shelf, NDArray[np.intp]], None]] = {"genPermUrl": fill_lead_url}


def _on_page(kept: NDArray[np.intp], ask: Ask) -> NDArray[np.intp]:
    start = (ask.page - 1) * ask.size
    return kept[start : start + ask.size]


def _page(shelf: Shelf, kept: NDArray[np.intp], ask: Ask) -> bytes:
    rows = b",".join([shelf.row(position) for position in _on_page(kept, ask).tolist()])
    more = ask.page * ask.size < len(kept)
    total = len(kept) if ask.values.get("includeTotal") else None
    head = {"page": ask.page, "pageSize": ask.size, "hasMore": more, "totalCount": total}
    return msgspec.json.encode(head).removesuffix(b"}") + b',"data":[' + rows + b"]}"


def _unknown(errand: Errand) -> Refusal:
    title = f"{errand.resource.singular.capitalize()} {errand.ask.values['id']} does not exist."
    return Refusal(HTTPStatus.NOT_FOUND, title)


def _endpoint(errand: Errand, answer: Answer, tokens: Tokens) -> Callable[[Request], Awaitable[Response]]:
    async def respond(request: Request) -> Response:
        refusal = tokens.refusal(request.headers, errand.operation.scope) or _foreign(
            errand, request.path_params
        )
        asked = refusal or read_ask(errand.operation, request.path_params, request.query_params)
        body = asked if isinstance(asked, Refusal) else answer(replace(errand, ask=asked))
        if isinstance(body, Refusal):
            return _refuse(body)
        return Response(body, media_type="application/json" if body else None)

    return respond


def _foreign(errand: Errand, path: Mapping[str, str]) -> Refusal | None:
    """Refuse another tenant's path: a token is made for one tenant, so this is access, not absence."""
    if path["tenant"] == str(errand.tenant.meta.tenant):
        return None
    return Refusal(HTTPStatus.FORBIDDEN, f"The access token is not for tenant {path['tenant']}.")


def _token_endpoint(tokens: Tokens) -> Callable[[Request], Awaitable[Response]]:
    async def respond(request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode(errors="replace")))
        status, body = tokens.issue(form)
        return _json(status, body, headers={"Cache-Control": "no-store"})

    return respond


def _json(status: int, body: object, *, headers: Mapping[str, str] | None = None) -> Response:
    return Response(
        msgspec.json.encode(body), status, headers=dict(headers or {}), media_type="application/json"
    )


def _refuse(refusal: Refusal) -> Response:
    # application/json, not problem+json: so the published description declares these bodies.
    trace_id = f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-00"
    return _json(refusal.status, refusal.body(trace_id))


async def _gateway(_request: Request, fault: Exception) -> Response:
    status = fault.status_code if isinstance(fault, HTTPException) else 500
    headers = fault.headers if isinstance(fault, HTTPException) else None
    return _json(status, {"statusCode": status, "message": GATEWAY.get(status, "Error")}, headers=headers)


async def _failure(_request: Request, fault: Exception) -> Response:
    return _refuse(Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, f"The sandbox failed: {fault!r}"))
