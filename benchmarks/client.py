"""A viewer without a browser: opens a session over the WebSocket, changes filters, counts bytes."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from websockets.sync.client import ClientConnection

FILTERS = ("selectbox", "slider", "multiselect", "button_group")


class PageError(RuntimeError):
    """A rerun ended in an error: an error page must not look like a fast page."""


@dataclass
class Viewer:
    """One session on one page."""

    base: str
    page: str = ""
    connection: ClientConnection = field(init=False)
    page_hash: str = ""
    query: str = ""
    widgets: dict[str, tuple[str, Any]] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Connect as the browser does."""
        self.connection = connect(
            self.base.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=self.base,  # type: ignore[arg-type]
            max_size=None,
            compression=None,
        )

    def rerun(self) -> int:
        """Ask for a rerun and wait for its end; return the bytes that came."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self.query
        state.page_script_hash = self.page_hash
        if not self.page_hash:
            state.page_name = self.page
        state.context_info.url = f"{self.base}/{self.page}"
        state.context_info.timezone = "UTC"
        state.context_info.locale = "en"
        state.context_info.color_scheme = "light"
        for identifier, value in self.values.items():
            widget = state.widget_states.widgets.add()
            widget.id = identifier
            kind = self.widgets[identifier][0]
            if kind == "selectbox":
                widget.string_value = value
            else:
                widget.string_array_value.data[:] = value
        self.connection.send(message.SerializeToString())
        return self._listen()

    def _listen(self) -> int:
        received = 0
        seen: dict[str, tuple[str, Any]] = {}
        while True:
            raw = self.connection.recv(timeout=60)
            received += len(raw)
            answer = ForwardMsg.FromString(raw)  # type: ignore[arg-type]
            kind = answer.WhichOneof("type")
            if kind == "navigation":
                self.page_hash = answer.navigation.page_script_hash
            elif kind == "page_info_changed":
                self.query = answer.page_info_changed.query_string
            elif kind == "page_not_found":
                raise PageError(f"no page {self.page!r}")
            elif kind == "delta":
                element = answer.delta.new_element
                name = element.WhichOneof("type")
                if name == "exception":
                    raise PageError(element.exception.message)
                if name in FILTERS:
                    widget = getattr(element, name)
                    seen[widget.id] = (name, widget)
            elif kind == "script_finished":
                if answer.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    continue
                self.widgets.update(seen)
                self.values = {k: v for k, v in self.values.items() if k in seen}
                return received

    def changes(self, prefix: str) -> Iterator[int]:
        """Change the filters of a page in turn, again and again; give the bytes of each rerun.

        `prefix` tells a page's own filters from those of the sidebar.
        """
        for step in itertools.count(1):
            own = [key for key in self.widgets if f"{prefix}:" in key]
            names = own or list(self.widgets)
            identifier = names[step % len(names)]
            kind, widget = self.widgets[identifier]
            options = list(widget.options)
            if kind == "selectbox":
                self.values[identifier] = options[(7 * step) % len(options)]
            elif kind == "slider":
                # a range has two ends; its later end stays where it is
                first = options[(7 * step) % (len(options) - 1)]
                self.values[identifier] = [first, options[-1]][: len(widget.default)]
            elif kind == "multiselect":
                self.values[identifier] = [options[(7 * step) % len(options)]]
            else:
                self.values[identifier] = [options[step % len(options)].content]
            yield self.rerun()

    def close(self) -> None:
        """End the session."""
        self.connection.close()
