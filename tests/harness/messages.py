"""The messages of the socket as the AsyncAPI document says them, and its faults.

`python -m tests.harness.messages` is what `make lint` runs.
"""

import gzip
import json
import sys
from functools import cache
from pathlib import Path

from jsonschema import Draft7Validator, FormatChecker
from jsonschema.exceptions import best_match

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "realtime" / "asyncapi.json"
# As @asyncapi/specs 6.11.1 publishes it: schemas/3.0.0-without-$id.json.
SPECIFICATION = ROOT / "tests" / "house" / "asyncapi" / "3.0.0.json.gz"


@cache
def document():
    return json.loads(FILE.read_text())


def faults(told):
    """List what is wrong with a document: its form, its references, its examples."""
    specification = json.loads(gzip.decompress(SPECIFICATION.read_bytes()))
    found = [
        f"{place_of(error)}: {best_match([error]).message[:300]}"
        for error in Draft7Validator(specification).iter_errors(told)
    ]
    found += [
        f"{ref}: leads nowhere" for ref in references(told) if at(told, ref) is None
    ]
    if found:
        return found
    for name, message in told["components"]["messages"].items():
        examples = message.get("examples", [])
        if not examples:
            found.append(f"{name}: has no example")
        for example in examples:
            for fault in told_wrong(example["payload"], told):
                found.append(f"{name}, {example['name']}: {fault}")
            if example["payload"].get("type") != name:
                found.append(f"{name}, {example['name']}: is another message")
    return found


def told_wrong(payload, told=None):
    """List what a message says that its schema does not, and what it leaves out."""
    told = told or document()
    name = payload.get("type")
    message = told["components"]["messages"].get(name)
    if message is None:
        return [f"there is no message {name!r}"]
    # A `$ref` of the payload is read in the whole document.
    schema = {**told, **message["payload"]}
    errors = Draft7Validator(schema, format_checker=FormatChecker()).iter_errors(
        payload
    )
    unknown = [
        f"{path} is not described" for path in undescribed(payload, schema, told)
    ]
    return [f"{place_of(error)}: {error.message}" for error in errors] + unknown


def undescribed(value, schema, told, path=""):
    """List the fields that no schema names: what is sent grows with its document alone."""
    if "$ref" in schema:
        schema = at(told, schema["$ref"])
    for one in schema.get("oneOf", []):
        if (one.get("type") == "null") == (value is None):
            return undescribed(value, one, told, path)
    if not isinstance(value, dict):
        return []
    known = schema.get("properties", {})
    found = [f"{path}.{name}" for name in value.keys() - known.keys()]
    for name in value.keys() & known.keys():
        found += undescribed(value[name], known[name], told, f"{path}.{name}")
    return found


def references(value):
    """List every `$ref` below a value."""
    if isinstance(value, dict):
        found = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return found + [ref for one in value.values() for ref in references(one)]
    if isinstance(value, list):
        return [ref for one in value for ref in references(one)]
    return []


def at(told, ref):
    """Return what a reference of the document leads to; None where there is nothing."""
    if not ref.startswith("#/"):
        return None
    for name in ref.removeprefix("#/").split("/"):
        told = told.get(name) if isinstance(told, dict) else None
    return told


def place_of(error):
    return "/".join(map(str, error.path)) or "."


def main():
    found = faults(document())
    for fault in found:
        sys.stderr.write(f"{fault}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
