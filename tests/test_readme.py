"""What the README says is so."""

import doctest
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from serve import PRODUCT, ROOT, served

from halal_ui.snapshot import demonstration

README = (ROOT / "README.md").read_text("utf-8")


def commands(language: str) -> list[str]:
    """The lines of the README's blocks in that language, without their comments."""
    blocks = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    return [line.split("#")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


def test_its_pandas_lines_print_what_it_says(monkeypatch: pytest.MonkeyPatch):
    """The six lines run from the root of the repository."""
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(ROOT / "README.md"), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert (result.failed, result.attempted) == (0, 6)


@pytest.mark.skipif(not (ROOT / ".venv" / "app").exists(), reason="the environment was not made by make")
def test_make_run_opens_the_dashboard(tmp_path: Path):
    """`make run` serves the dashboard on the port and the store it is given."""
    assert "make run" in commands("sh")
    make = shutil.which("make")
    assert make
    with served(tmp_path, (make, "run", "PORT=0", f"STORE={tmp_path / 'some store'}")) as running:
        assert b"<title>" in running.get().read()
    assert len(list((tmp_path / "some store" / "originals").iterdir())) == len(demonstration.files())


def test_make_test_is_what_ci_runs():
    """The README, the Makefile and CI mean the same by "every test"."""
    assert "make test" in commands("sh")
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8")
    told = subprocess.run(["make", "--dry-run", "test"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "pytest" in told.stdout


def test_the_windows_lines_start_the_same_server():
    """Its Windows commands name files that are there and the module that `make run` starts."""
    *_, install, start = commands("bat")
    assert (ROOT / install.split()[-1]).is_file()
    assert start.split()[1:] == list(PRODUCT[1:])
    assert PRODUCT[0] == sys.executable


def test_every_room_is_on_its_map():
    """A folder at the top that the map leaves out is one nobody finds."""
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert {f"`{folder}/`" in README for folder in folders if folder != "__pycache__"} == {True}
