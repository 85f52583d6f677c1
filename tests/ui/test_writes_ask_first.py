"""No write without asking: read off the source, nothing is run."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WRITES = {"commit", "undo", "record", "note", "take_back", "freeze"}


def writes(tree: ast.AST) -> Iterator[tuple[ast.Call, bool]]:
    """Every call of a store's writing method with `by=`, and whether its `by` came from `require` in that function."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        asked = [
            node.lineno
            for node in ast.walk(function)
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("require", "access.require")
        ]
        for node in ast.walk(function):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr in WRITES and any(keyword.arg == "by" for keyword in node.keywords):
                yield node, any(line <= (node.end_lineno or node.lineno) for line in asked)


def test_every_write_of_the_screens_asks_first():
    """In halal_ui and pages, whatever calls one of WRITES asks `access.require` in the same function."""
    own = {"demonstration.py"}  # the demonstration set of an empty store, before anybody is there
    unasked, asked = [], 0
    for file in [*(ROOT / "halal_ui").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "app.py"]:
        for call, first in writes(ast.parse(file.read_text("utf-8"))):
            asked += first
            if not first and file.name not in own:
                unasked.append(f"{file.relative_to(ROOT)}:{call.lineno}")
    assert not unasked
    assert asked
