"""The packages of the product: known wherever they are listed, each name for one thing."""

import tomllib
from collections import Counter

from django.conf import settings

# These stand beside the product: nothing of them is in the image, or counted as covered.
BESIDE = {"benchmarks", "local", "tests"}
# What Django, DRF and CONTRIBUTING's table call the same thing in every app.
CONVENTIONS = {
    *("__init__", "__main__", "admin", "apps", "base", "exceptions", "formats"),
    *("letters", "models", "receivers", "schema", "selectors", "serializers"),
    *(
        "services",
        "signals",
        "urls",
        "views",
        "commands",
        "management",
        "migrations",
        "tests",
    ),
    # A package and the command that it is there for.
    "work",
}
PROJECT = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["tool"]


PACKAGES = {path.parent.name for path in settings.BASE_DIR.glob("*/__init__.py")}


def modules():
    """Return the modules of the product and of what stands beside it, but no tests."""
    return [
        path.relative_to(settings.BASE_DIR)
        for package in PACKAGES
        for path in (settings.BASE_DIR / package).rglob("*.py")
        if not {"tests", "migrations"} & set(path.relative_to(settings.BASE_DIR).parts)
    ]


def test_every_package_has_a_place_in_the_order_of_imports():
    assert set(PROJECT["importlinter"]["root_packages"]) == PACKAGES


def test_every_package_of_the_product_is_counted_as_covered():
    assert set(PROJECT["coverage"]["run"]["source"]) == PACKAGES - BESIDE


def test_every_package_of_the_product_is_in_the_image():
    built = (settings.BASE_DIR / "Dockerfile").read_text().splitlines()
    sent = (settings.BASE_DIR / ".dockerignore").read_text().splitlines()
    for package in PACKAGES - BESIDE:
        assert f"COPY {package} {package}" in built
        assert f"!{package}" in sent


def test_a_module_name_stands_for_one_thing():
    """Caught: three modules that were called locks, and three called postgres."""
    things = {
        thing
        for path in modules()
        for thing in (path.with_suffix(""), *path.parents)
        if thing.name
    }
    named = Counter(thing.name for thing in things)
    assert {name for name, n in named.items() if n > 1} - CONVENTIONS == set()


def test_no_folder_of_the_product_needs_searching():
    folders = Counter(path.parent for path in modules())
    assert {str(folder): n for folder, n in folders.items() if n > 17} == {}


def test_the_frame_is_less_than_a_third_of_the_product():
    lines = Counter()
    for path in modules():
        if path.parts[0] not in {"benchmarks", "tests"}:
            text = (settings.BASE_DIR / path).read_text()
            lines[path.parts[0]] += text.count("\n")
    assert lines["focusguard"] <= 0.33 * lines.total()
