"""Tabs of the browser, used again: a new visitor in a tab that has shown the app before costs a third of a new tab."""

from collections import defaultdict
from dataclasses import dataclass, field

from browsers import Visit
from playwright.sync_api import Browser, ConsoleMessage, Page

_FORGET = "() => { localStorage.clear(); sessionStorage.clear(); }"
NARROW = 600
"""Width in pixels below which a tab is a phone's."""


@dataclass
class Tab:
    """A page in a context of its own, and who looks at it."""

    page: Page
    phone: bool
    visit: Visit

    def noted(self, message: ConsoleMessage) -> None:
        # Opened at an address like /kab-kota, Streamlit first looks for its server below that address.
        url = message.location.get("url", "")
        if message.type == "error" and not url.endswith(("/_stcore/health", "/_stcore/host-config")):
            self.visit.faults.append(f"{message.text} {url}")


@dataclass
class Tabs:
    """
    The browser's tabs; those that are free were cleared of all that a visitor leaves.

    What stays is what the browser keeps in memory of the app's own files, which a person's does too.
    """

    browser: Browser
    _free: dict[bool, list[Tab]] = field(default_factory=lambda: defaultdict(list))

    def take(self, *, width: int, height: int, dark: bool) -> Tab:
        """A tab for a new visitor, on a screen of this size and with the machine's own theme."""
        free = self._free[width < NARROW]
        tab = free.pop() if free else self._new(phone=width < NARROW)
        tab.visit = Visit(tab.page)
        tab.page.set_viewport_size({"width": width, "height": height})
        tab.page.emulate_media(color_scheme="dark" if dark else "light")
        return tab

    def give_back(self, tab: Tab) -> None:
        """The visitor is gone, with all that they had."""
        tab.page.evaluate(_FORGET)
        tab.page.goto("about:blank")
        tab.page.context.clear_cookies()
        self._free[tab.phone].append(tab)

    def _new(self, *, phone: bool) -> Tab:
        context = self.browser.new_context(
            locale="id-ID", timezone_id="Asia/Makassar", reduced_motion="reduce", has_touch=phone, is_mobile=phone
        )
        page = context.new_page()
        tab = Tab(page, phone, Visit(page))
        page.on("request", lambda request: tab.visit.requests.append(request.url))
        page.on("pageerror", lambda error: tab.visit.faults.append(str(error)))
        page.on("console", tab.noted)
        return tab
