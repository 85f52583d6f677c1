"""The elements of a page, kept as calls that show them again."""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st
from streamlit.proto.Delta_pb2 import Delta

Element = tuple[Callable[..., Any], tuple, dict[str, Any]]


def write(deltas: Iterable[Delta], file: Path) -> None:
    """Keeps what one run of a page has sent."""
    file.write_text(json.dumps([delta.SerializeToString().hex() for delta in deltas]), "utf-8")


def in_words(file: Path) -> str:
    """How many elements of which kind."""
    counts = Counter(map(kind, _deltas(file)))
    return ", ".join(f"{count} {name}" for name, count in counts.most_common())


def calls(file: Path) -> list[Element]:
    """One call for each of them. Containers are not nested: that costs Streamlit nothing."""
    return [_call(delta, f"element{number}") for number, delta in enumerate(_deltas(file))]


def _deltas(file: Path) -> list[Delta]:
    return [Delta.FromString(bytes.fromhex(delta)) for delta in json.loads(file.read_text("utf-8"))]


def kind(delta: Delta) -> str:
    return delta.new_element.WhichOneof("type") if delta.WhichOneof("type") == "new_element" else "container"


def _call(delta: Delta, key: str) -> Element:
    name = kind(delta)
    element = getattr(delta.new_element, name, None)
    match name:
        case "container":
            return st.container, (), {}
        case "plotly_chart":
            figure = go.Figure(json.loads(element.spec))
            return st.plotly_chart, (figure,), {"key": key, "theme": None, "config": json.loads(element.config)}
        case "dataframe":
            table = pa.ipc.open_stream(element.arrow_data.data).read_all().to_pandas()
            return st.dataframe, (table,), {"key": key}
        case "html":
            return st.html, (element.body,), {"unsafe_allow_javascript": element.unsafe_allow_javascript}
        case "markdown" | "heading" | "text":
            return st.markdown, (element.body,), {}
        case "button":
            return st.button, (element.label,), {"key": key}
        case "download_button":
            return st.download_button, (element.label, bytes), {"key": key, "on_click": "ignore"}
        case "page_link":
            return st.page_link, (element.external or "https://example.org",), {"label": element.label}
        case "selectbox":
            return st.selectbox, (element.label, list(element.options)), {"key": key}
        case "date_input":
            return st.date_input, (element.label, "2025-06-04"), {"key": key}
        case "button_group":
            # The one the visitors change: it keeps the key they know it by.
            own = element.id.rpartition("-")[2]
            options = [option.content for option in element.options]
            return st.segmented_control, (element.label, options), {"default": options[0], "key": own}
        case _:
            return st.markdown, (name,), {}
