"""One route for each operation of the catalogue, and the token endpoint."""

import secrets
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from urllib.parse import parse_qsl

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stcrm_nb.catalogue import CONTACTS, RESOURCES, Operation, Resource
from stcrm_nb.sandbox.errand import Answer, Errand
from stcrm_nb.sandbox.oauth import Tokens
from stcrm_nb.sandbox.reads import reader_of
from stcrm_nb.sandbox.rules import Ask, Refusal, read_ask
from stcrm_nb.sandbox.tenant import Tenant
from stcrm_nb.sandbox.writes import WRITES
from stcrm_nb.sandbox.writes.body import read_body

Endpoint = Callable[[Request], Awaitable[Response]]
CONTACT_SCOPES = {operation.scope for operation in CONTACTS.operations}
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
GATEWAY = {404: "Resource not found", 405: "Method not allowed"}


def application(
    tenant: Tenant, tokens: Tokens, now: Callable[[], datetime], *, contact_management: bool = True
) -> Starlette:
    """Return the web application of one tenant.

    Parameters
    ----------
    tenant : Tenant
        Its state; read and changed by this application alone.
    tokens : Tokens
        Lets calls in.
    now : callable
        The sandbox's time.
    contact_management : bool
        Whether the tenant has the feature behind `contacts`; without it all of them are refused (403).

    Returns
    -------
    Starlette
    """
    routes = [Route("/connect/token", _token_endpoint(tokens), methods=["POST"])]
    paths: dict[str, dict[str, Endpoint]] = {}
    for resource, operation in each_operation():
        answer = WRITES[operation.operation_id] if operation.writes else reader_of(operation)
        if operation.scope in CONTACT_SCOPES and not contact_management:
            answer = _switched_off
        endpoint = _endpoint(Errand(tenant, resource, operation, Ask({}), {}, now), answer, tokens)
        path = f"/{operation.module}/tenant/{{tenant}}/{operation.path}"
        paths.setdefault(path, {})[operation.method] = endpoint
    routes += [Route(path, _by_method(methods), methods=METHODS) for path, methods in paths.items()]
    app = Starlette(routes=routes, exception_handlers={HTTPException: _gateway, Exception: _failure})
    app.router.redirect_slashes = False  # the service redirects nobody
    return app


def each_operation() -> Iterator[tuple[Resource, Operation]]:
    """Yield all operations, those with fewer ids in the path first: names come before ids."""
    pairs = [(resource, operation) for resource in RESOURCES for operation in resource.operations]
    yield from sorted(pairs, key=lambda pair: pair[1].path.count("{"))


def _switched_off(_errand: Errand) -> Refusal:
    return Refusal(HTTPStatus.FORBIDDEN, "Contact Management is not enabled for this tenant.")


def _by_method(methods: Mapping[str, Endpoint]) -> Endpoint:
    """Return what answers one path, and nothing else does: other methods are refused, with the known ones."""

    async def respond(request: Request) -> Response:
        found = methods.get("GET" if request.method == "HEAD" else request.method)
        if found is None:
            raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": ", ".join(methods)})
        return await found(request)

    return respond


def _endpoint(errand: Errand, answer: Answer, tokens: Tokens) -> Endpoint:
    async def respond(request: Request) -> Response:
        refusal = tokens.refusal(request.headers, errand.operation.scope) or _foreign(
            errand, request.path_params
        )
        operation = errand.operation
        asked = refusal or read_ask(operation, request.path_params, request.query_params)
        sent = read_body(operation, await request.body()) if operation.body else {}
        if isinstance(asked, Refusal):
            return _refuse(asked)
        if isinstance(sent, Refusal):
            return _refuse(sent)
        told = answer(replace(errand, ask=asked, body=sent))
        if isinstance(told, Refusal):
            return _refuse(_declared(told, operation))
        return Response(told, media_type="application/json" if told else None)

    return respond


def _declared(refusal: Refusal, operation: Operation) -> Refusal:
    """Refuse with 400 where the description does not declare the finer status."""
    declared = refusal.status in operation.errors
    return refusal if declared else replace(refusal, status=HTTPStatus.BAD_REQUEST)


def _foreign(errand: Errand, path: Mapping[str, str]) -> Refusal | None:
    """Refuse another tenant's path: a token is made for one tenant, so this is access, not absence."""
    if path["tenant"] == str(errand.tenant.meta.tenant):
        return None
    return Refusal(HTTPStatus.FORBIDDEN, f"The access token is not for tenant {path['tenant']}.")


def _token_endpoint(tokens: Tokens) -> Endpoint:
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
    reply = _refuse(Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, f"The sandbox failed: {fault!r}"))
    reply.headers["Connection"] = "close"  # the server hangs up after a failure; say so
    return reply
