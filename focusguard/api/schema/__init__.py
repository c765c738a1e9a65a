"""The OpenAPI document, made from the code that answers.

`errors` knows every code, `operations` what a route answers, `shapes` what a body may
be, `document` what stands at the head; `about.md` and `tags.md` are its prose.
"""

from focusguard.api.schema.documented_errors import ErrorSerializer, domain_errors
from focusguard.api.schema.operations import ApiSchema

__all__ = ["ApiSchema", "ErrorSerializer", "domain_errors"]
