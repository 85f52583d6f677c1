"""What happens between `make run` and the first visitor."""

import json
import os
import subprocess
import sys

import pytest
from serve import ROOT, Served

# Starts the app as a web server would, looks at it once it is ready for visitors, then runs its first page.
PROBE = """
import asyncio, gc, json, sys, threading, types
sys.path.insert(0, sys.argv[1])
from halal_ui.server import app
from streamlit import config, runtime
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import script_runner

async def collections_after_a_run():
    counted = []
    script_runner.gc = types.SimpleNamespace(collect=counted.append)
    succeeded, _ = await runtime.get_instance().does_script_run_without_error()
    for thread in threading.enumerate():
        if thread.name == "ScriptRunner.scriptThread":
            thread.join()
    return len(counted) if succeeded else "failed"

async def look():
    yield "frozen", gc.get_freeze_count()
    yield "not_frozen", len(gc.get_objects())
    yield "plotly_imported", "plotly.graph_objs" in sys.modules
    yield "addresses_unknown", PagesManager.uses_pages_directory
    yield "collections_as_set", await collections_after_a_run()
    config.set_option("runner.postScriptGC", True)
    yield "collections_by_default", await collections_after_a_run()

async def start():
    messages, said = asyncio.Queue(), asyncio.Queue()
    serving = asyncio.create_task(app({"type": "lifespan"}, messages.get, said.put))
    await messages.put({"type": "lifespan.startup"})
    assert await said.get() == {"type": "lifespan.startup.complete"}
    print(json.dumps({name: value async for name, value in look()}))
    await messages.put({"type": "lifespan.shutdown"})
    await serving

asyncio.run(start())
"""


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """What the app is like once it has started, from a folder that has nothing to do with it."""
    folder = tmp_path_factory.mktemp("elsewhere")
    said = subprocess.run(
        [sys.executable, "-c", PROBE, str(ROOT)],
        cwd=folder,
        env={**os.environ, "PANTAU_HALAL_STORE": str(folder / "store")},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


def test_the_first_page_has_been_run_before_anybody_comes(started: dict):
    """Nobody waits for imports: those of the first page, down to Plotly's, are done."""
    assert started["plotly_imported"]


def test_the_first_visitor_may_come_by_any_address(started: dict):
    """Until app.py has been run once, Streamlit knows the main page only, and says of /kab-kota that it is missing."""
    assert not started["addresses_unknown"]


def test_what_the_start_made_is_frozen(started: dict):
    """A hundred thousand objects and more, which no collection will look through again."""
    assert started["frozen"] > 100_000
    assert started["not_frozen"] < started["frozen"] / 10


def test_no_collection_after_a_run(started: dict):
    """The hidden runner.postScriptGC still decides whether every run ends in a collection, and ours says no."""
    assert started["collections_as_set"] == 0
    assert started["collections_by_default"] == 1


def test_the_start_asks_nothing_of_the_internet(server: Served):
    """
    Streamlit asks a host abroad for our address, to print it; without internet that is a wait and a warning.

    It prints one address, and asks for none, where browser.serverAddress says what to print.
    """
    printed = server.log.read_text("utf-8")
    assert printed.count("URL: http") == 1
    assert "Network URL" not in printed
    assert "external IP" not in printed
