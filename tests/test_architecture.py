"""Who may import whom, and what no file may do: read off the source, nothing is run."""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# From the outside in: a room imports from itself and from the rooms after it.
ROOMS = ("app", "pages", "halal_ui", "halal_store", "halal_metrics")
# In halal_ui likewise: what draws on a screen, what is shown, the numbers shown, and the words and the looks of all.
FLOORS = ("server screen reports slides story views charts snapshot exports intake sentences look words turns").split()
ON_SCREEN = {"server", "screen"}

PRODUCT = sorted(
    file for room in ROOMS for file in ([ROOT / "app.py"] if room == "app" else (ROOT / room).rglob("*.py"))
    if file.exists()
)  # fmt: skip
EVERYTHING = sorted({*PRODUCT, *(ROOT / "tests").rglob("*.py"), *(ROOT / "data").glob("**/*.py")})


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def module(file: Path) -> str:
    return name(file).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imported(file: Path) -> set[str]:
    """Full names, relative imports resolved; `from a import b` counts as a and as a.b."""
    package = module(file) if file.name == "__init__.py" else module(file).rpartition(".")[0]
    names = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            source = ".".join([*above, *filter(None, [node.module])])
            names |= {source, *(f"{source}.{alias.name}" for alias in node.names)}
    return names


def packages(file: Path) -> set[str]:
    return {full.partition(".")[0] for full in imported(file)}


def calls(file: Path) -> Iterator[str]:
    """The last word of whatever is called: `read_csv` for `pd.read_csv(…)`."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def of(room: str) -> list[Path]:
    return [file for file in PRODUCT if name(file).split("/")[0].removesuffix(".py") == room]


@pytest.mark.parametrize("room", ROOMS)
def test_imports_point_one_way(room: str):
    """app.py and pages use halal_ui, which uses halal_store, which uses halal_metrics; never the other way."""
    outer = {*ROOMS[: ROOMS.index(room)], "app", "pages", "tests"}
    wrong = {name(file): found for file in of(room) if (found := packages(file) & outer)}
    assert not wrong


def test_no_modules_need_each_other():
    """Every module stands after those it imports, also within a function; no way leads back to where it began."""
    files = {module(file): file for file in PRODUCT}
    needs = {}
    for here, file in files.items():
        names = imported(file) & files.keys() - {here}
        # `from package import part`, said in the package itself, needs that part and not the package
        needs[here] = {
            name for name in names
            if not (here.startswith(f"{name}.") and any(part.startswith(f"{name}.") for part in names))
        }  # fmt: skip
    TopologicalSorter(needs).prepare()  # raises what names the circle


@pytest.mark.parametrize("room", ["halal_metrics", "halal_store"])
def test_the_inner_rooms_have_no_screen(room: str):
    """What counts and what keeps the log run without Streamlit and without Plotly."""
    wrong = {name(file): found for file in of(room) if (found := packages(file) & {"streamlit", "plotly"})}
    assert not wrong


def test_metrics_do_not_ask_the_clock():
    """halal_metrics is told the date: the same question has the same answer tomorrow."""
    clock = {"now", "today", "utcnow", "time", "time_ns", "localtime", "gmtime"}
    wrong = {name(file): found for file in of("halal_metrics") if (found := set(calls(file)) & clock)}
    assert not wrong


def test_metrics_open_files_only_in_sheets_and_holidays():
    """halal_metrics computes from frames; bytes are read in halal_metrics/sheets, days off in holidays.py."""
    readers = {"open", "read_text", "read_bytes", "read_csv", "read_excel", "read_parquet", "read_table", "scandir"}
    elsewhere = [file for file in of("halal_metrics") if "sheets" not in file.parts and file.name != "holidays.py"]
    wrong = {name(file): found for file in elsewhere if (found := set(calls(file)) & readers)}
    assert not wrong


def floor(full: str) -> str:
    """`screen` of `halal_ui.screen.data`; "" of `halal_ui` itself."""
    return full.split(".")[1] if full.startswith("halal_ui.") else ""


def test_only_the_screen_knows_the_screen():
    """Streamlit is imported by `screen/` and the server alone, through other modules too; whatever else is there."""
    modules = {module(file): imported(file) for file in of("halal_ui")}
    knows = {found for found, names in modules.items() if any(n.split(".")[0] == "streamlit" for n in names)}
    assert {"halal_ui.screen.data", "halal_ui.server"} <= knows
    while more := {found for found, names in modules.items() if names & knows} - knows:
        knows |= more
    assert {floor(found) for found in knows} == ON_SCREEN


def test_every_module_has_a_room_and_imports_only_downwards():
    """A file of halal_ui lies on one of the floors, and imports from its own or from those below it."""
    assert {floor(module(file)) for file in of("halal_ui")} == {"", *FLOORS}
    assert not imported(ROOT / "halal_ui" / "__init__.py")
    upwards = {
        name(file): found
        for file in of("halal_ui")
        if (found := {
            full for full in imported(file)
            if floor(full) and FLOORS.index(floor(full)) < FLOORS.index(floor(module(file)))
        })
    }  # fmt: skip
    assert not upwards


def test_what_is_read_of_the_store_is_masked():
    """The store itself is known to those who write, or open what an operator has asked to see; no other sees it."""
    own = {
        "snapshot/masked.py", "snapshot/demonstration.py", "screen/data.py", "screen/history/effect.py",
        "screen/history/handed_back.py", "screen/history/opened.py", "screen/history/undoing.py",
        "screen/history/unmasking.py",
        "screen/meeting/new_meeting.py", "screen/notes/saving.py", "screen/quality/deciding.py",
        "screen/upload/drop.py", "screen/upload/keeping.py", "screen/upload/page.py", "screen/upload/session.py",
        "screen/upload/store.py",
    }  # fmt: skip
    raw = re.compile(r"\bdata\.log\(\)|\bStore\(")
    found = {name(file).removeprefix("halal_ui/") for file in of("halal_ui") if raw.search(file.read_text("utf-8"))}
    found |= {name(file) for file in [*of("pages"), *of("app")] if raw.search(file.read_text("utf-8"))}
    assert found <= own


def test_pages_are_tables_of_contents():
    """A page imports neither pandas nor plotly nor another page: a metric, chart or component would be missing."""
    forbidden = {"pandas", "numpy", "plotly", "pages"}
    wrong = {name(file): found for file in of("pages") if (found := packages(file) & forbidden)}
    assert not wrong


def test_pages_lie_in_the_folders_of_the_menu():
    """Streamlit serves a script lying directly in pages/ without app.py around it."""
    assert not list((ROOT / "pages").glob("*.py"))


def test_the_app_is_the_only_script_at_the_top():
    """Everything else has a room."""
    assert [file.name for file in ROOT.glob("*.py")] == ["app.py"]


def test_modules_are_named_for_what_is_in_them():
    """No drawer for what has no name."""
    drawers = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
    assert not [name(file) for file in EVERYTHING if set(module(file).split(".")) & drawers]


def test_files_are_short_enough_to_read():
    """A file past 300 lines is two files."""
    lengths = {name(file): len(file.read_text("utf-8").splitlines()) for file in EVERYTHING}
    assert not {file: lines for file, lines in lengths.items() if lines > 300}
