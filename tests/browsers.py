"""Which Chromium the tests open: `python tests/browsers.py` names it, and fails if there is none."""

import shutil


def system_chromium() -> str | None:
    """The machine's own Chromium or Chrome; without one, playwright opens the one it keeps."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)


if __name__ == "__main__":
    print(system_chromium() or exit("no Chromium here yet"))
