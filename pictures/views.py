"""Pictures over HTTP (docs/contract.md, Pictures)."""

from functools import partial
from typing import Any

from csp.constants import HEADER as POLICY
from django.http import HttpResponse
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.appearance.shown_pictures import are_kept, picture_path
from accounts.devices.authentication import signed_in_user
from focusguard.api.raw_bodies import taken_file
from focusguard.api.views import ApiViewSet
from pictures import schema, services
from pictures.exceptions import PictureNotFound, PicturesOff, PictureTypeNeeded
from pictures.picture_body import PictureBody, require_picture
from pictures.serializers import PictureSerializer
from pictures.stores import id_in, store

# No copy on the way: a picture that was taken away is gone with the browsers' own.
KEPT_FOR_EVER = "private, max-age=31536000, immutable"
# Opened by itself it is no page of ours, whatever a browser makes of it.
ALONE = "default-src 'none'; sandbox"


class OwnPictureViewSet(ApiViewSet):
    """`PUT`, `DELETE /users/me/picture`: the bytes of a picture, or none any more."""

    parser_classes = (PictureBody,)
    serializer_class = PictureSerializer

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not are_kept():
            raise PicturesOff
        if self.action == "update":
            require_picture(request)

    def handle_exception(self, exc: Exception) -> Response:
        # The words of everywhere else ask for JSON.
        if isinstance(exc, UnsupportedMediaType):
            exc = PictureTypeNeeded()
        return super().handle_exception(exc)

    @schema.put_picture
    def update(self, request: Request) -> Response:
        user = services.put_picture(
            user_id=signed_in_user(request).pk, read=partial(taken_file, request)
        )
        return Response({"picture": picture_path(user.picture_id)})

    @schema.delete_picture
    def destroy(self, request: Request) -> Response:
        services.remove_picture(user_id=signed_in_user(request).pk)
        return Response(status=204)


class PictureViewSet(ApiViewSet):
    """`GET /pictures/{name}.webp`: open, as a page's images are, and not counted.

    A board shows a hundred of them, and a browser asks for each once.
    """

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = ()
    serializer_class = PictureSerializer

    @schema.get_picture
    def retrieve(self, request: Request, picture_name: str) -> Any:
        picture_id = id_in(f"{picture_name}.webp")
        if picture_id is None or not are_kept():
            raise PictureNotFound
        content = store().get(picture_id)
        if content is None:
            raise PictureNotFound
        self.headers["Cache-Control"] = KEPT_FOR_EVER
        headers = {POLICY: ALONE, "Content-Disposition": "inline"}
        return HttpResponse(content, content_type="image/webp", headers=headers)
