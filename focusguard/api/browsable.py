"""The browsable API: every action has a form, filled with what it would take."""

import json
from typing import Any

from django import forms
from rest_framework import renderers, serializers
from rest_framework.request import Request, override_method
from rest_framework.utils.formatting import markup_description


class BrowsableAPIRenderer(renderers.BrowsableAPIRenderer):
    """DRF's, told by what was written for the document.

    DRF fills a form from the view's one serializer, which is here what the view shows:
    people would be offered what no request may have.
    """

    def get_name(self, view: Any) -> str:
        schema = _schema_shown(view)
        return str(schema.get_summary() if schema else super().get_name(view))

    def get_description(self, view: Any, status_code: int) -> str:
        schema = _schema_shown(view)
        return str(markup_description(schema.get_description() if schema else ""))

    def get_breadcrumbs(self, request: Request) -> list[tuple[str, str]]:
        # The index answers with a slash and without.
        crumbs = super().get_breadcrumbs(request)
        return [(name, url) for name, url in crumbs if not url.endswith("/")]

    def get_raw_data_form(
        self, data: Any, view: Any, method: str, request: Request
    ) -> forms.Form | None:
        with override_method(view, request, method) as asked:
            if not self.show_form_for_method(view, method, asked, None):
                return None
            schema = _schema_of(view, method)
            if schema is None:
                return None
            shape = schema.get_request_serializer()
            if isinstance(shape, type):
                shape = shape()
        return _form(shape, _content(schema, shape, data, method), view)


def _schema_shown(view: Any) -> Any:
    """Return that of the method asked, or where there is none, of the first there is."""
    there = list(view.action_map or {})
    asked = view.request.method.lower()
    return _schema_of(view, asked if asked in there else next(iter(there), ""))


def _schema_of(view: Any, method: str) -> Any:
    """Return what `extend_schema` says of a method of this view."""
    action = view.action_map.get(method.lower()) if view.action_map else None
    handler = getattr(view, action or "", None)
    kind = getattr(handler, "kwargs", {}).get("schema")
    if kind is None:
        return None
    schema = kind()
    schema.view, schema.method = view, method.upper()
    schema.path = view.request.path
    return schema


def _content(schema: Any, shape: Any, shown: Any, method: str) -> str | None:
    """Fill a form: a PUT with what stands, anything else with the first example."""
    if not isinstance(shape, serializers.Serializer):
        return None
    fields = shape.fields
    if method == "PUT" and isinstance(shown, dict) and shown.keys() & fields.keys():
        values = {name: shown[name] for name in fields if name in shown}
    else:
        examples = schema.get_examples()
        values = next((each.value for each in examples if each.request_only), {})
    return json.dumps(values, indent=4, ensure_ascii=False)


def _form(shape: Any, content: str | None, view: Any) -> forms.Form:
    told = "No body is needed."
    if isinstance(shape, serializers.Serializer):
        names = [
            name if field.required else f"{name} (optional)"
            for name, field in shape.fields.items()
        ]
        told = f"Takes: {', '.join(names)}."
    elif isinstance(shape, dict):
        told = f"Takes: {', '.join(shape)}."
    media_types = [(kind.media_type, kind.media_type) for kind in view.parser_classes]

    class RawDataForm(forms.Form):
        _content_type = forms.ChoiceField(
            label="Media type",
            choices=media_types,
            widget=forms.Select(attrs={"data-override": "content-type"}),
        )
        _content = forms.CharField(
            label="Content",
            widget=forms.Textarea(attrs={"data-override": "content"}),
            initial=content,
            required=False,
            help_text=told,
        )

    return RawDataForm()
