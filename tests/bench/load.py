"""
A room full of visitors: real Streamlit sessions over websockets, each timed from the question to the last
element, as a browser would see it but without the drawing.
"""

import asyncio
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import websockets
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

KEPT_RUNS = 2  # a browser forgets a large element that two runs have not shown (global.maxCachedMessageAge)
PATIENCE = 120.0  # seconds for one run


@dataclass
class Times:
    """What a crowd has waited, in seconds, and what went wrong."""

    loads: list[float] = field(default_factory=list)
    actions: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def add(self, others: "Times") -> None:
        self.loads += others.loads
        self.actions += others.actions
        self.errors += others.errors

    @staticmethod
    def quantile(times: Sequence[float], part: float) -> float:
        if len(times) < 2:
            return times[0] if times else float("nan")
        return statistics.quantiles(times, n=100, method="inclusive")[round(part * 100) - 1]

    @property
    def load(self) -> float:
        return self.quantile(self.loads, 0.5)

    @property
    def action(self) -> float:
        return self.quantile(self.actions, 0.5)

    @property
    def slow_action(self) -> float:
        return self.quantile(self.actions, 0.95)


class Visitor:
    """One browser tab on one page of the app."""

    def __init__(self, url: str, path: str) -> None:
        self._address, self._path, self._origin = url.replace("http", "ws", 1) + "/_stcore/stream", path, url
        self._kept: dict[str, int] = {}  # the large elements this browser has, by hash: last seen in which run
        self._runs = 0
        self._page_hash = ""
        self.widgets: dict[str, str] = {}  # id → kind
        self.elements: list[Delta] = []  # what the last run sent
        self.pages = 0  # in the menu
        self.bytes = 0

    async def __aenter__(self) -> "Visitor":
        self._socket = await websockets.connect(
            self._address,
            subprotocols=["streamlit"],
            origin=self._origin,
            max_size=None,
            compression=None,
            ping_interval=None,
            open_timeout=PATIENCE,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._socket.close()

    async def run(self, key: str = "", value: str = "") -> float:
        """Asks for the page, with the widget of that key set to a value, and waits for its end; seconds."""
        start = time.perf_counter()
        await self._socket.send(self._question(key, value).SerializeToString())
        self._runs += 1
        self.elements, self.bytes = [], 0
        while not self._is_last(await asyncio.wait_for(self._socket.recv(), PATIENCE)):
            pass
        self._kept = {name: run for name, run in self._kept.items() if self._runs - run <= KEPT_RUNS}
        return time.perf_counter() - start

    def _question(self, key: str, value: str) -> BackMsg:
        message = BackMsg()
        question = message.rerun_script
        question.page_script_hash = self._page_hash
        question.page_name = "" if self._page_hash else self._path
        question.cached_message_hashes.extend(self._kept)
        question.context_info.timezone = "Asia/Makassar"
        question.context_info.timezone_offset = -480
        question.context_info.locale = "id-ID"
        question.context_info.color_scheme = "light"
        question.context_info.url = f"{self._origin}/{self._path}"
        if key:
            name = next(name for name in self.widgets if name.endswith(f"-{key}"))
            state = question.widget_states.widgets.add(id=name)
            if self.widgets[name] in ("button_group", "multiselect"):
                state.string_array_value.data.append(value)
            else:
                state.string_value = value
        return message

    def _is_last(self, data: bytes) -> bool:
        message = ForwardMsg.FromString(data)
        self.bytes += len(data)
        kind = message.WhichOneof("type")
        if message.metadata.cacheable:
            self._kept[message.hash] = self._runs
        if kind == "ref_hash":
            self._kept[message.ref_hash] = self._runs
        elif kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
            self.pages = len(message.navigation.app_pages)
        elif kind == "page_not_found":
            raise RuntimeError(f"no page {self._path!r}")
        elif kind == "delta":
            self._look_at(message.delta)
        return kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def _look_at(self, delta: Delta) -> None:
        self.elements.append(delta)
        if delta.WhichOneof("type") != "new_element":
            return
        kind = delta.new_element.WhichOneof("type")
        element = getattr(delta.new_element, kind)
        if kind == "exception":
            raise RuntimeError(f"{element.type}: {element.message}")
        if kind == "alert" and element.format == Alert.ERROR:
            raise RuntimeError(element.body)
        if isinstance(name := getattr(element, "id", None), str) and name:
            self.widgets[name] = kind


async def crowd(
    url: str, path: str, *, visitors: int, actions: int, think: float, key: str, values: Sequence[str]
) -> Times:
    """All open the page at once, then each changes a filter every `think` seconds, give or take a quarter."""
    times, dice = Times(), random.Random(visitors)

    async def visit(number: int) -> None:
        try:
            start = time.perf_counter()
            async with Visitor(url, path) as visitor:
                await visitor.run()
                times.loads.append(time.perf_counter() - start)
                for turn in range(actions):
                    await asyncio.sleep(think * dice.uniform(0.75, 1.25))
                    times.actions.append(await visitor.run(key, values[(number + turn + 1) % len(values)]))
        except Exception as error:  # counted, and told at the end
            times.errors.append(f"{type(error).__name__}: {error}")

    await asyncio.gather(*map(visit, range(visitors)))
    return times
