"""Answers to the operations that read."""

from stcrm_nb.catalogue import Operation
from stcrm_nb.sandbox.errand import Answer
from stcrm_nb.sandbox.reads.feeds import read_feed
from stcrm_nb.sandbox.reads.lists import get_row, list_all, list_rows, preferred_technician

BY_REPLY: dict[str, Answer] = {
    "page": list_rows,
    "feed": read_feed,
    "record": get_row,
    "array": list_all,
    "id": preferred_technician,
}


def reader_of(operation: Operation) -> Answer:
    """Return what answers a reading operation."""
    return BY_REPLY[operation.reply]
