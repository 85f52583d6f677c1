"""A client that speaks Streamlit's protocol without a browser: it sends what it likes, drawn on a page or not."""

from collections.abc import Mapping
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

PATIENCE = 60


class Forger:
    """A connection to the app at `url`, with the cookies of whoever is impersonated."""

    def __init__(self, url: str, cookies: Mapping[str, str] | None = None, **headers: str) -> None:
        cookies = dict(cookies or {})
        origin = headers.pop("Origin", url)
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), **headers}
        self._connection = connect(
            url.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=["streamlit", cookies.get("_streamlit_xsrf", "none")],
            origin=origin,
            additional_headers={name: value for name, value in sent.items() if value},
            max_size=None,
            open_timeout=PATIENCE,
        )
        self._page = ""
        self.widgets: dict[str, str] = {}
        """Id → kind of every widget that was drawn."""
        self.said: list[str] = []
        """The sentences of the last run: alerts and captions."""

    def __enter__(self) -> "Forger":
        self._socket = self._connection.__enter__()
        return self

    def __exit__(self, *fault: Any) -> None:
        self._connection.__exit__(*fault)

    def run(self, path: str, query: str = "", **states: Any) -> "Forger":
        """Asks for a page, with widgets set: `states` {end of the widget's id: True (a click or a switch) or text}."""
        message = BackMsg()
        question = message.rerun_script
        question.page_script_hash, question.page_name = self._page, "" if self._page else path
        question.query_string = query
        for name, value in states.items():
            self._set(question.widget_states.widgets.add(id=self.id_of(name)), value)
        self._socket.send(message.SerializeToString())
        self.said = []
        while not self._is_last(self._socket.recv(timeout=PATIENCE)):
            pass
        return self

    def id_of(self, name: str) -> str:
        """The full id of a widget that is known by its end; a full id is taken as it is."""
        return next((full for full in self.widgets if full.endswith(f"-{name}")), name)

    def _set(self, state: Any, value: Any) -> None:
        if isinstance(value, str):
            state.string_value = value
        elif self.widgets.get(state.id) == "button":
            state.trigger_value = value
        else:
            state.bool_value = value

    def _is_last(self, data: bytes) -> bool:
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self._page = message.navigation.page_script_hash
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._look_at(message.delta.new_element)
        return kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def _look_at(self, drawn: Any) -> None:
        kind = drawn.WhichOneof("type")
        element = getattr(drawn, kind)
        if isinstance(name := getattr(element, "id", None), str) and name:
            self.widgets[name] = kind
        if kind in ("alert", "markdown"):
            self.said.append(element.body)
