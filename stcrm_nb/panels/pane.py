"""Pane: a part of a panel drawn from plain values; it reports gestures by name.

What stands on the screen is a tree of nodes: tag, text, attributes. The browser side makes elements of them
and puts text in as text, so nothing a customer typed is ever read as markup (requirement S1), and a test of a
page needs no browser: it looks at the tree.
"""

from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

import anywidget
import traitlets

Node = dict[str, Any]  # what JSON can hold
Message = Mapping[str, Any]
Gesture = Callable[[Message], None]

FOLDER = files("stcrm_nb.panels")
STYLE = FOLDER.joinpath("panel.css").read_text(encoding="utf-8")


def node(tag: str, *children: "Node | str | None", **attributes: object) -> Node:
    """Return one element; attributes that are None or False are left out.

    Parameters
    ----------
    tag : str
        One of the tags that `pane.js` knows.
    *children : Node, str or None
        What is in it; text stays text.
    **attributes
        `class_` for class, `aria_label` for aria-label and so on. `gesture` makes the element report under
        that name; `value` goes with it.

    Returns
    -------
    dict

    Examples
    --------
    >>> node("button", "Back", gesture="back")
    {'tag': 'button', 'attributes': {'gesture': 'back'}, 'children': ['Back']}
    """
    kept = {
        name.rstrip("_").replace("_", "-"): value
        for name, value in attributes.items()
        if value is not None and value is not False
    }
    return {"tag": tag, "attributes": kept, "children": [child for child in children if child is not None]}


class Pane(anywidget.AnyWidget):
    """A part of a panel.

    Parameters
    ----------
    act : callable
        Called with each gesture: its name, value, and the values of all fields of the pane.
    label : str
        What a screen reader calls this part.
    """

    _esm = FOLDER.joinpath("pane.js").read_text(encoding="utf-8")
    _css = STYLE
    tree = traitlets.Dict().tag(sync=True)

    def __init__(self, act: Gesture, *, label: str) -> None:
        super().__init__()
        self._act = act
        self._label = label
        self._turn = 0
        self.on_msg(self._hear)

    def draw(self, *children: Node | None, focus: str = "") -> None:
        """Show these nodes instead of those before.

        Parameters
        ----------
        *children : Node or None
            What is in the pane.
        focus : str
            Key of the node that takes the keyboard; empty leaves it where it is.
        """
        self._turn += 1  # so that the browser hears of every drawing, even of an equal one
        self.tree = {
            "turn": self._turn,
            "label": self._label,
            "focus": focus,
            "children": [child for child in children if child is not None],
        }

    def _hear(self, _widget: object, message: Message, _buffers: object) -> None:
        self._act(message)
