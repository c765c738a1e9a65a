"""Template tags of the staff's pages, beside Django's own."""

import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
CELL = re.compile(r"(<t[dh])\b")


@register.simple_tag
def labelled(cells: Iterable[str], headers: Iterable[dict[str, Any]]) -> SafeString:
    """Return a row's cells, each with the name of its column: a narrow page has no head."""
    row = ""
    for cell, header in zip(cells, headers, strict=False):
        name = str(header["text"])
        if header.get("class_attrib", "").find("action-checkbox") >= 0:
            name = "Select"
        label = format_html(' data-label="{}"', name[:1].upper() + name[1:])
        head, tag, rest = CELL.split(cell, maxsplit=1)
        row += f"{head}{tag}{label}{rest}"
    return mark_safe(row)  # noqa: S308  (Django made the cells, `format_html` the rest)
