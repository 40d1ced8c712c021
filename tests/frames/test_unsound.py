"""A page that came damaged is refused, whether its rows were checked by the reader or by the parse alone."""

import json
import warnings

import pyarrow as pa
from faults.pager import row
from hypothesis import given, settings
from hypothesis import strategies as st

from stcrm_nb.catalogue import LOCATIONS
from stcrm_nb.errors import BrokenReplyError
from stcrm_nb.frames.parse.decode import decode
from stcrm_nb.transport.reply import Page, Reply, read_envelope, read_page
from stcrm_nb.transport.session import Read

LIST = LOCATIONS.operation("list")
KIND = {"content-type": "application/json"}
PIECES = (
    *(b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\", b"\n", b"\r", b"\t", b" ", b"\0", b"\xff", b"]}"),
    *(b"null", b"true", b"NaN", b"Infinity", b"1", b"0", b"-", b"+", b".", b"e9999", b"/**/", b'"data":['),
)

bodies = st.builds(
    lambda count, plain: json.dumps(
        {
            "page": 1,
            "pageSize": 4,
            "hasMore": False,
            "totalCount": 4,
            "data": [row(number) for number in range(count)],
        },
        separators=(",", ":"),
        ensure_ascii=plain,
    ).encode(),
    st.integers(0, 4),
    st.booleans(),
)
places = st.floats(0, 1)
damage = st.one_of(
    st.tuples(places, st.sampled_from(PIECES), st.just(0)),  # put in
    st.tuples(places, st.just(b""), st.sampled_from([1, 2, 5, 20])),  # taken out
    st.tuples(places, st.sampled_from(PIECES), st.just(1)),  # replaced
    st.tuples(places, places, st.integers(1, 60)),  # a part of it said again
)


def damaged(body: bytes, where: float, what: bytes | float, length: int) -> bytes:
    at = int(where * len(body))
    if isinstance(what, float):
        source = int(what * len(body))
        return body[:at] + body[source : source + length] + body[at:]
    return body[:at] + what + body[at + length :]


def parsed(read: Read[Page], pages: list[bytes]) -> pa.Table | None:
    """Return the rows of all pages, or None if they are refused."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            for page in pages:
                read(Reply(200, KIND, page), LIST)
            return decode(pages, LIST.record).table
        except BrokenReplyError:
            return None


@settings(max_examples=1500)
@given(st.lists(bodies, max_size=2), bodies, st.lists(damage, min_size=1, max_size=2), st.integers(0, 2))
def test_a_damaged_page_is_refused_by_the_parse_as_by_the_reader(
    good: list[bytes], body: bytes, faults: list[tuple[float, bytes | float, int]], place: int
) -> None:
    for fault in faults:
        body = damaged(body, *fault)
    pages = [*good[:place], body, *good[place:]]
    strict, alone = (parsed(read, pages) for read in (read_page, read_envelope))
    if strict is None:
        assert alone is None or b"\\ud" in body, "half a character is kept, nothing else"
    else:
        assert strict.equals(alone)


def test_half_a_character_is_kept_as_the_sign_for_that() -> None:
    """Text cut off between two halves of an emoji: grammar allows it, and the row is worth having."""
    body = rb'{"data":[{"id":1,"name":"caf\u00e9 \ud83d"},{"id":2,"na\ud83dme":"x"}]}'
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = decode([body], LIST.record).table
    assert table.column("name").to_pylist() == ["caf\u00e9 \ufffd", None]
    assert table.column("id").to_pylist() == [1, 2]
