"""A finger on a chart: it scrolls the page, and a tap is a click."""

from typing import Final

SCRIPT: Final = """<script>
// A chart that can be clicked takes every touch for a drag: the page stands still under the finger, and a tap only
// hovers. Kept from it, the browser scrolls, and makes a tap the same mouse events as a click. Once a window.
if (!window.pantauHalalTouch) {
  window.pantauHalalTouch = true;
  document.addEventListener("touchstart", (event) => {
    if (event.target.closest && event.target.closest(".js-plotly-plot")) event.stopPropagation();
  }, {capture: true, passive: true});
}
</script>"""
"""For `st.html(…, unsafe_allow_javascript=True)`, once on the page."""
