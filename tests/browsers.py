"""Which Chromium the tests open: `python tests/browsers.py` names it, and fails if there is none."""

import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # this module also runs where playwright has not been installed yet
    from playwright.sync_api import Page


# All is drawn, and nothing has been added or taken away for a third of a second.
SETTLED = """() => {
    const all = what => [...document.querySelectorAll(what)].filter(element => element.offsetParent);
    const app = document.querySelector('[data-testid=stApp]');
    const done = app?.dataset.testScriptState === 'notRunning'
        && app.dataset.testConnectionState === 'CONNECTED'
        && all('[data-testid=stMain] [data-testid=stElementContainer]').length
        && !all('[data-stale=true], [data-testid=stSkeleton], [data-testid=stAppSkeleton]').length
        && !all('[data-testid=stSpinner]').length
        && all('[data-testid=stPlotlyChart]').every(chart => chart.querySelector('.main-svg'))
        && all('[data-testid=stDataFrame]').every(table => table.querySelector('canvas'))
        && document.fonts.status === 'loaded';
    const nodes = done ? document.querySelectorAll('*').length : 0, now = performance.now();
    if (!done || nodes !== window.lastNodes) [window.lastNodes, window.lastChange] = [nodes, now];
    return done && now - window.lastChange > 333;
}"""


@dataclass
class Visit:
    """A page open in the browser, what it asked the network for, and what it complained about."""

    page: "Page"
    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def settle(self, timeout: float = 120) -> None:
        """Waits until everything is drawn; to be called after a click, too."""
        self.page.wait_for_timeout(50)  # a click takes a moment to become a run
        self.page.wait_for_function(SETTLED, polling=100, timeout=timeout * 1000)


def system_chromium() -> str | None:
    """The machine's own Chromium or Chrome; without one, playwright opens the one it keeps."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)


if __name__ == "__main__":
    print(system_chromium() or exit("no Chromium here yet"))
