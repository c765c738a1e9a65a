"""Imports and settings keep the queue replaceable, and out of a request's way."""

import ast
import logging

from tests.harness.sources import ROOT, tracked


def importers_of(package):
    """List the files that import a package, or something of it."""
    found = []
    for name in tracked():
        if name.endswith(".py") and package in (text := (ROOT / name).read_text()):
            modules = map(_modules, ast.walk(ast.parse(text)))
            firsts = {module.partition(".")[0] for few in modules for module in few}
            found += [name] * (package in firsts)
    return found


def _modules(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module]
    return []


def test_one_module_imports_procrastinate():
    assert importers_of("procrastinate") == ["work/queue.py"]


def test_no_app_imports_work():
    """Without a worker everything still works: nobody else may need the queue."""
    apart = ("work/", "tests/")
    assert [name for name in importers_of("work") if not name.startswith(apart)] == []


def test_commands_say_nothing_of_tasks():
    """procrastinate tells each process that it registers them, once a task."""
    assert not logging.getLogger("procrastinate").isEnabledFor(logging.INFO)
