"""A file that code, docstrings or docs name is in the repository."""

import re
from pathlib import Path

import pytest

from tests.harness.sources import ROOT, tracked

DOCUMENT = r"[\w./-]+\.md\b"
# A name in code may be that of a file which is only made.
SOURCE = r"(?<![\w.*/-])(?:[\w-]+/)+[\w-]+\.(?:py|tsx?|css|toml)\b"
# Another project's document, whose address says where it is.
ADDRESSED = re.compile(r"https?://\S+")


def dangling(text, beside, kinds=DOCUMENT):
    """List the files that `text`, which stands in the folder `beside`, names in vain."""
    folders = (ROOT, ROOT / "docs", beside)
    return [
        name
        for name in re.findall(kinds, ADDRESSED.sub("", text))
        if not any((folder / name.lstrip("/")).is_file() for folder in folders)
    ]


def test_cited_documents_are_in_the_repository():
    missing = []
    for name in tracked():
        path = ROOT / name
        if path == Path(__file__) or "node_modules" in name:
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue  # a picture
        kinds = f"{DOCUMENT}|{SOURCE}" if path.suffix == ".md" else DOCUMENT
        missing += [f"{name}: {cited}" for cited in dangling(text, path.parent, kinds)]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("cited", ["house.md", "docs/nowhere.md", "(seed.md, JWT)"])
def test_missing_document_is_found(cited):
    assert dangling(f"A rule ({cited}).", ROOT / "accounts")


def test_missing_source_is_found():
    named = "`tests/nowhere.py`, `tests/house/__init__.py`, `*/tests/test_models.py`"
    assert dangling(named, ROOT, SOURCE) == ["tests/nowhere.py"]


@pytest.mark.parametrize("cited", ["docs/design.md", "README.md", "apart.mdx"])
def test_document_that_stands_or_is_none_is_let_be(cited):
    assert not dangling(f"A rule ({cited}).", ROOT / "accounts")
