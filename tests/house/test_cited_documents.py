"""A document that code, docstrings or docs name is in the repository."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
NAMED = re.compile(r"[\w./-]+\.md\b")
# Another project's document, whose address says where it is.
ADDRESSED = re.compile(r"https?://\S+")


def tracked():
    out = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
    ).stdout.decode()
    # An archive of the sources has no index to ask.
    return [name for name in out.split("\0") if name] or [
        str(path.relative_to(ROOT))
        for folder in ("focusguard", "accounts", "docs", "tests")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    ]


def dangling(text, beside):
    """List the documents that `text`, a file in the folder `beside`, names in vain."""
    folders = (ROOT, ROOT / "docs", beside)
    return [
        name
        for name in NAMED.findall(ADDRESSED.sub("", text))
        if not any((folder / name.lstrip("/")).is_file() for folder in folders)
    ]


def test_cited_documents_are_in_the_repository():
    missing = []
    for name in tracked():
        path = ROOT / name
        if path == Path(__file__) or "node_modules" in name or not path.is_file():
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue  # a picture
        missing += [f"{name}: {cited}" for cited in dangling(text, path.parent)]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("cited", ["house.md", "docs/nowhere.md", "(seed.md, JWT)"])
def test_missing_document_is_found(cited):
    assert dangling(f"A rule ({cited}).", ROOT / "accounts")


@pytest.mark.parametrize("cited", ["docs/design.md", "README.md", "apart.mdx"])
def test_document_that_stands_or_is_none_is_let_be(cited):
    assert not dangling(f"A rule ({cited}).", ROOT / "accounts")
